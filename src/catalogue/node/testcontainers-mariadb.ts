import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/mariadb', {
  container: 'MariaDbContainer',
  started: 'StartedMariaDbContainer',
  kind: 'mysql',
  tells: 'getPort getConnectionUri',
});
