import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/mongodb', {
  container: 'MongoDBContainer',
  started: 'StartedMongoDBContainer',
  kind: 'mongodb',
  tells: 'getConnectionString',
});
