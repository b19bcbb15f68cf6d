/** What a query in Cypher touches, out of the reading that the catalogue has of it. */
import { readCypher, type CypherReading } from '../../core.js';
import type { Touch } from '../recording.js';
import { accessOf } from './touches.js';

export interface QueryReading {
  readonly operation: string;
  readonly touches: readonly Touch[];
}

/** Characters of a text that are read. */
const READ = 100_000;

export function readQuery(cypher: string): QueryReading {
  const [first, ...more] = readCypher(cypher.slice(0, READ));
  if (!first) return { operation: '', touches: [] };
  return { operation: first.verb, touches: [first, ...more].flatMap(touchesOf) };
}

function touchesOf({ does, labels, matchesAny }: CypherReading): Touch[] {
  const touches = does.flatMap((each): Touch[] => {
    const { unit, names, wipes } = each;
    const access = accessOf(each);
    if (names === 'database' || names === 'role') return unit === undefined ? [] : [{ kind: names, name: unit, access }];
    if (unit !== undefined) return [{ kind: 'label', name: unit, access }];
    // A query that only computes touches nothing; a write without a label can be to anything.
    return wipes === 'database' || access !== 'read' ? [{ kind: 'database', name: '', access }] : [];
  });
  const named = new Set(touches.map(({ name }) => name));
  for (const name of labels) if (!named.has(name)) touches.push({ kind: 'label', name, access: 'read' });
  if (matchesAny && !named.has('')) touches.push({ kind: 'database', name: '', access: 'read' });
  return touches;
}
