import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/clickhouse', {
  container: 'ClickHouseContainer',
  started: 'StartedClickHouseContainer',
  kind: 'clickhouse',
  tells: 'getPort getHttpPort getHttpUrl getConnectionUrl',
});
