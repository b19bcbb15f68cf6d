import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/elasticsearch', {
  container: 'ElasticsearchContainer',
  started: 'StartedElasticsearchContainer',
  kind: 'elasticsearch',
  tells: 'getPort getHttpUrl',
});
