import { refusal } from '../model/remedy.js';
import { strategy } from '../model/plan.js';
import { Draft } from './support/edits.js';
import { LIBRARY_NEEDS } from './support/ours.js';
import { servedOutside } from './support/outside.js';
import { pointEnvironment, type Variable } from './support/setup.js';
import { fromVariable } from './support/variables.js';

/** Community has one database for users; Enterprise makes more, and sessions choose one by name. */
export default strategy({
  id: 'own-graph',
  kinds: ['neo4j'],
  summary: 'A database of Neo4j for each worker, where the server is the Enterprise edition and a variable names the database.',
  plan(shared) {
    const images = shared.project.images('neo4j');
    if (!images.some((image) => /enterprise/i.test(image)))
      return refusal(
        "Neo4j Community has one database: start a server for each worker, put `workerName('test', { kind: 'neo4j' })` as a label or property on all that tests write, or roll back after each test",
      );
    const outsider = servedOutside(shared);
    if (outsider) return outsider;
    const variables = new Map<string, Variable>();
    for (const { decidedAt, resource, at } of shared.claims) {
      const why = fromVariable(shared, resource, decidedAt ?? at, 'database', variables);
      if (why) return why;
    }
    const draft = new Draft();
    const creates = new Map<string, string>();
    const says = pointEnvironment(shared, [...variables.values()], draft, creates);
    if (typeof says !== 'string') return says;
    const edits = draft.done(shared);
    if ('kind' in edits) return edits;
    return {
      kind: 'plan',
      says,
      why: 'The server is the Enterprise edition, and the sessions take the name of the database from a variable.',
      needs: [...LIBRARY_NEEDS, 'The user may create databases; each starts empty.'],
      edits,
      creates,
    };
  },
});
