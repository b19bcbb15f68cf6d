import { refusal, remedy } from '../model/remedy.js';
import { changesOf, groupsOf, lasting } from './support/changes.js';
import { hookEdits } from './support/hooks.js';
import { freshName, styleOf } from '../model/style.js';

export default remedy({
  id: 'put-cwd-back',
  rules: ['leaked-cwd'],
  summary: 'Saves the working directory before the tests and changes back in an after-hook of the same suite.',
  repair(broken) {
    const changes = changesOf(broken, ['cwd']);
    if ('kind' in changes) return changes;
    const groups = groupsOf(broken, changes);
    if ('kind' in groups) return groups;
    const why = lasting(broken, groups, (change) => change.state === 'cwd');
    if (why !== undefined) return refusal(why);
    const { text, facts } = broken;
    const { end } = styleOf(text, facts.path);
    const taken = new Set<string>();
    const edits = hookEdits(
      broken,
      groups.map(({ home }) => {
        const saved = freshName(text, 'savedCwd', taken);
        taken.add(saved);
        return {
          home,
          before: [`const ${saved} = process.cwd()${end}`],
          body: [`process.chdir(${saved})${end}`],
          isAfter: home.isHook,
        };
      }),
    );
    return 'kind' in edits ? edits : { kind: 'edits', says: 'Save `process.cwd()` and change back in an after-hook.', edits };
  },
});
