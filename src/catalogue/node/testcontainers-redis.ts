import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/redis', {
  container: 'RedisContainer',
  started: 'StartedRedisContainer',
  kind: 'redis',
  tells: 'getPort getConnectionUrl',
});
