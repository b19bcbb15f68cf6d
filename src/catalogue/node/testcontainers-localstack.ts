import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/localstack', {
  container: 'LocalstackContainer',
  started: 'StartedLocalStackContainer',
  kind: 's3',
  tells: 'getPort getConnectionUri',
});
