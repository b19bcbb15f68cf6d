import { remedy } from '../model/remedy.js';
import { changesOf, groupsOf } from './support/changes.js';
import { undoCalls } from './support/undo-calls.js';

export default remedy({
  id: 'restore-mocks',
  rules: ['leaked-mock'],
  summary: 'Restores spies, stubs and interceptors in an after-hook of the same suite.',
  repair(broken) {
    const changes = changesOf(broken, ['mock', 'http-mock', 'global-stub']);
    if ('kind' in changes) return changes;
    const groups = groupsOf(broken, changes);
    return 'kind' in groups ? groups : undoCalls(broken, groups);
  },
});
