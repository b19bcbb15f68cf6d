import type { Abstract, TextValue } from '../model/abstract.js';
import { constantOf } from '../model/abstract.js';
import type { Place } from '../model/place.js';
import { partsOf } from './text.js';

const HASH = 'hash';

const hashed = (algorithm: string, of: readonly (Abstract | undefined)[], at: Place): TextValue => ({
  kind: 'text',
  parts: of.flatMap((each) => [...partsOf(each)]),
  at,
  from: [HASH, algorithm],
});

/**
 * Hashes: what they are is not computed, but equal texts have equal hashes, so a hash of known text stays one known text, and one
 * of text that varies varies as much.
 */
export function digest(name: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  const [first, second] = args;
  if (name === 'createHash' || name === 'createHmac') return hashed(constantOf(first) ?? name, name === 'createHmac' ? [second] : [], at);
  // `hash(algorithm, data)` since Node 20.12
  return name === 'hash' && second?.kind === 'text' ? finished(hashed(constantOf(first) ?? name, [second], at), at) : undefined;
}

export function hashMethod(receiver: TextValue, method: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  if (!receiver.from?.includes(HASH)) return undefined;
  if (method === 'update') return hashed(receiver.from[1] ?? '', [receiver, args[0]], at);
  if (method === 'digest') return finished(receiver, at);
  // A piece of a hash is known as little as the hash.
  if (['slice', 'substring', 'substr', 'padStart', 'padEnd'].includes(method)) {
    const known = constantOf(receiver);
    const bounds = args.map((each) => (each.kind === 'const' ? String(each.value) : '?')).join(',');
    return known === undefined ? receiver : { ...receiver, parts: [`${known}[${bounds}]`], at };
  }
  return undefined;
}

function finished(value: TextValue, at: Place): TextValue {
  const known = constantOf(value);
  // A hash never shows its text: only what varies is left of it.
  return {
    kind: 'text',
    parts: known === undefined ? value.parts.filter((part) => typeof part !== 'string') : [`${value.from?.[1] ?? HASH}(${known})`],
    at,
    from: value.from ?? [HASH],
  };
}
