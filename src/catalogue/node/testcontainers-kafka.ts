import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/kafka', {
  container: 'KafkaContainer',
  started: 'StartedKafkaContainer',
  kind: 'kafka',
});
