import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/mysql', {
  container: 'MySqlContainer',
  started: 'StartedMySqlContainer',
  kind: 'mysql',
  tells: 'getPort getConnectionUri',
});
