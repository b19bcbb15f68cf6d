import { containerModule } from '../families/testcontainers.js';

export default containerModule('@testcontainers/rabbitmq', {
  container: 'RabbitMQContainer',
  started: 'StartedRabbitMQContainer',
  kind: 'rabbitmq',
  tells: 'getAmqpUrl getAmqpsUrl',
});
