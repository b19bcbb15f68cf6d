import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/valkey', {
  container: 'ValkeyContainer',
  started: 'StartedValkeyContainer',
  kind: 'redis',
  tells: 'getPort getConnectionUrl',
});
