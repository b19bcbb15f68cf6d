import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/cassandra', {
  container: 'CassandraContainer',
  started: 'StartedCassandraContainer',
  kind: 'cassandra',
  tells: 'getPort getContactPoint',
});
