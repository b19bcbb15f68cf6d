/** How what was opened is called in a sentence. */
import type { Obligation } from '../model/claims.js';

/** ``A client of `pg` ``, ``A `Session` of `neo4j-driver` ``. */
export function opened(of: Obligation): string {
  if (of.kind === 'temp-directory') return 'A temporary directory';
  const [, type, library = of.what] = /^(\S+) of (.+)$/.exec(of.what) ?? [];
  const source = library === 'global' ? '' : ` of \`${library.replace(/^node:/, '')}\``;
  return type === undefined ? `A ${NOUNS[of.kind] ?? 'client'}${source}` : `${/^[aeiou]/i.test(type) ? 'An' : 'A'} \`${type}\`${source}`;
}

const NOUNS: Partial<Record<Obligation['kind'], string>> = {
  'network-port': 'server',
  container: 'container',
  filesystem: 'file',
  worker: 'worker',
  timer: 'timer',
  subscription: 'subscription',
  process: 'process',
  handle: 'handle',
};
