import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/neo4j', {
  container: 'Neo4jContainer',
  started: 'StartedNeo4jContainer',
  kind: 'neo4j',
  tells: 'getBoltUri getHttpUri',
});
