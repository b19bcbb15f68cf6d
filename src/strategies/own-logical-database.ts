import { callAt } from '../model/code.js';
import { refusal } from '../model/remedy.js';
import { strategy } from '../model/plan.js';
import { isOurs, LIBRARY_NEEDS } from './support/ours.js';
import { ownServer } from './support/own-server.js';

export default strategy({
  id: 'own-logical-database',
  kinds: ['redis'],
  summary: 'A logical database of Redis for each worker, the first that is free; a wipe of the whole server becomes one of that database.',
  plan(shared) {
    const images = shared.project.images('redis');
    if (images.some((image) => /cluster/i.test(image))) return refusal('a cluster has one database for all: give the clients a prefix with `workerKeyPrefix`');
    const made = ownServer(shared, 'redis', (draft) => {
      for (const claim of shared.claims) {
        if (claim.wipes !== 'server') continue;
        const facts = shared.project.facts(claim.at.path);
        const call = facts && callAt(facts, claim.at);
        const text = shared.project.text(claim.at.path);
        if (!call || text === undefined || !isOurs(shared, claim.at.path)) return refusal(`\`${claim.at.path}\` empties the whole server`);
        const found = /flush_?all/i.exec(text.slice(...call.at));
        if (!found) return refusal(`how \`${claim.at.path}\` empties the whole server is not clear`);
        const word = found[0] === found[0].toUpperCase() ? 'FLUSHDB' : found[0] === 'flushAll' ? 'flushDb' : 'flushdb';
        const at = call.at[0] + found.index;
        draft.replace(claim.at.path, [at, at + found[0].length], word);
      }
      return undefined;
    });
    return 'kind' in made
      ? made
      : {
          kind: 'plan',
          ...made,
          why: 'Keys, and `FLUSHDB`, `KEYS` and `SCAN`, stay within a logical database; a prefix would not hold them.',
          needs: [...LIBRARY_NEEDS, 'The server has a logical database for each worker besides 0, of 16 by default; pub/sub knows no databases.'],
        };
  },
});
