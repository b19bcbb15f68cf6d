import { detector } from '../model/detector.js';
import { sharedNames } from './databases.js';

export default detector({
  id: 'hardcoded-resource-name',
  axis: ['A', 'R'],
  summary: 'Test files use one queue, topic, bucket, index or table under the same name.',
  wording: {
    what: '{title} is used{wipes} by {count}.',
    why: '{reason}, so messages, objects and documents of one file reach the tests of another.',
    fix: 'Put the worker id or a unique id into the name.',
  },
  detect: (audited, surroundings) =>
    sharedNames(audited, surroundings, { rule: 'hardcoded-resource-name', kinds: ['kafka', 'rabbitmq', 'nats', 'mqtt', 's3', 'dynamodb', 'elasticsearch'], byUnit: true }),
});
