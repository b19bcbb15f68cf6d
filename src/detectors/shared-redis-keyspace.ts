import { detector } from '../model/detector.js';
import { OBSERVED, sharedNames } from './databases.js';

export default detector({
  id: 'shared-redis-keyspace',
  axis: ['A', 'R'],
  summary: 'Test files write to one Redis, Valkey or memcached keyspace.',
  wording: {
    what: '{title} is used{wipes} by {count}.',
    why: '{reason}, so keys, queues and counters of one file are read, overwritten or deleted by another.',
    fix: 'Give each worker its own database index, key prefix or server.',
  },
  variants: { observed: OBSERVED },
  detect: (audited, surroundings) =>
    sharedNames(audited, surroundings, { rule: 'shared-redis-keyspace', kinds: ['redis', 'memcached'], byUnit: false, part: 'no queues' }),
});
