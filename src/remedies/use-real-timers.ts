import { remedy } from '../model/remedy.js';
import { changesOf, groupsOf } from './support/changes.js';
import { undoCalls } from './support/undo-calls.js';

export default remedy({
  id: 'use-real-timers',
  rules: ['leaked-timers'],
  summary: 'Switches real timers on in an after-hook of the same suite.',
  repair(broken) {
    const changes = changesOf(broken, ['timers']);
    if ('kind' in changes) return changes;
    const groups = groupsOf(broken, changes);
    return 'kind' in groups ? groups : undoCalls(broken, groups);
  },
});
