import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/minio', {
  container: 'MinioContainer',
  started: 'StartedMinioContainer',
  kind: 's3',
  tells: 'getPort getConnectionUrl',
});
