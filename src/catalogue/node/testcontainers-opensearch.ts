import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/opensearch', {
  container: 'OpenSearchContainer',
  started: 'StartedOpenSearchContainer',
  kind: 'elasticsearch',
  tells: 'getPort getHttpUrl',
});
