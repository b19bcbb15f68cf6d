import { detector } from '../model/detector.js';
import { handedAtOnce } from './at-once.js';
import { lonelyNames } from './custom.js';
import { sharedNames } from './databases.js';
import { handedNames } from './handed.js';

export default detector({
  id: 'hardcoded-resource-name',
  axis: ['A', 'P', 'R'],
  summary: 'Test files use one queue, topic, bucket, index or table under the same name.',
  wording: {
    what: '{title} is used{wipes} by {count}.',
    why: '{reason}, so messages, objects and documents of one file reach the tests of another.',
    fix: 'Put the worker id or a unique id into the name.',
  },
  variants: {
    alone: {
      what: '{title} keeps one name, where {peers} others in the suite get a new one for each test.',
      why: 'A second run on the same server uses the same name, and what an earlier run has left under it is still there.',
    },
    left: {
      what: '{title} is filled under one name by {count} and never removed.',
      why: 'The server keeps running between runs, so the next run finds what this one has left, and a run beside it works on the same.',
    },
    once: {
      what: 'The name {name} is handed to {to} by {count} that run at the same time.',
      why: '{within}, so one of them finds or overwrites what the other has made under it.',
      fix: 'Give each test a name of its own.',
    },
  },
  detect(audited, surroundings) {
    const claimed = sharedNames(audited, surroundings, {
      rule: 'hardcoded-resource-name',
      kinds: ['kafka', 'rabbitmq', 'nats', 'mqtt', 's3', 'dynamodb', 'elasticsearch', 'sqs', 'pubsub', 'firestore', 'etcd'],
      byUnit: true,
    });
    const queues = sharedNames(audited, surroundings, { rule: 'hardcoded-resource-name', kinds: ['redis'], byUnit: true, part: 'queues' });
    return [
      ...claimed,
      ...queues,
      ...handedNames(
        audited,
        {
          rule: 'hardcoded-resource-name',
          axis: ['A', 'R'],
          names:
            /(queue|topic|bucket|exchange|stream|tenant)(name|id)?$|(index|table|collection|container|registry)_?name$|(key|queue|redis|index|table)_?(prefix|namespace)$/i,
          plain: /(queue|topic|bucket)_?name$/i,
          values: /^[A-Za-z][\w.:/-]{1,62}$/,
          noun: 'name',
        },
        [...claimed, ...queues],
      ),
      ...handedAtOnce(audited, 'hardcoded-resource-name'),
      ...lonelyNames(audited, 'hardcoded-resource-name', [...claimed, ...queues]),
    ];
  },
});
