import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/nats', {
  container: 'NatsContainer',
  started: 'StartedNatsContainer',
  kind: 'nats',
  tells: 'getConnectionOptions',
});
