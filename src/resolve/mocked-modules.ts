import type { Claim, Obligation } from '../model/claims.js';
import { isInside } from '../model/code.js';
import type { Call } from '../model/facts.js';
import type { Place } from '../model/place.js';
import type { FileIndex } from './file-index.js';
import type { RawMutation } from './settle.js';
import type { Resolver } from './resolver.js';

/** Modules that a test file replaces before anything is loaded: `vi.mock('pg')`, `jest.mock('./connection', () => ({ ... }))`; and packages whose class a hook stubs. */
interface Replaced {
  readonly packages: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
}

/** `pg.Client`: with the class, what opens connections is gone. */
const CLASS = /^((?:@[^/.#]+\/)?[\w-]+)\.[A-Z]\w*$/;
const WORDS = new Set(['jest.mock', 'vi.mock', 'vitest.mock']);
const KEEPS = /^(requireActual|importActual)$/;

export function replacedModules(r: Resolver, file: string, mutations: readonly RawMutation[]): Replaced {
  const index = r.index(file);
  const packages = new Set<string>();
  const files = new Set<string>();
  for (const { state, cell, at, holder, onlyWatches } of mutations) {
    const stubbed = state === 'mock' && holder.role === 'hook' && !onlyWatches ? CLASS.exec(cell)?.[1] : undefined;
    if (stubbed !== undefined) packages.add(stubbed);
    const id = state === 'module-mock' ? index?.callAt(at) : undefined;
    if (!index || id === undefined || !isWhole(index, index.facts.calls[id]!)) continue;
    const target = r.sources.resolveImport(file, cell);
    if ('package' in target) packages.add(target.package);
    else if ('file' in target) files.add(target.file);
  }
  return { packages, files };
}

/** Nothing of the module is left: no factory that takes the real one in, and no `{ spy: true }`. */
function isWhole(index: FileIndex, { callee, args }: Call): boolean {
  if (callee.kind !== 'member' || typeof callee.key !== 'string') return false;
  const owner = callee.of.kind === 'outer' ? callee.of.name : callee.of.kind === 'ref' ? index.facts.bindings[callee.of.binding]?.name : undefined;
  if (!WORDS.has(`${owner}.${callee.key}`)) return false;
  const factory = args[1]?.value;
  if (!factory) return true;
  if (factory.kind !== 'fn' || (index.facts.functions[factory.fn]?.params.length ?? 0) > 0) return false;
  return !index.facts.calls.some(
    (each) => isInside(index.facts, each.in, factory.fn) && each.callee.kind === 'member' && typeof each.callee.key === 'string' && KEEPS.test(each.callee.key),
  );
}

const through = ({ files }: Replaced, { at, via }: { readonly at: Place; readonly via: readonly Place[] }): boolean =>
  [at, ...via].some(({ path }) => files.has(path));

export const isReplacedClaim = (replaced: Replaced, claim: Claim): boolean => replaced.packages.has(claim.client) || through(replaced, claim);

/** `pg`, `Pool of pg` */
export const isReplacedObligation = (replaced: Replaced, open: Obligation): boolean =>
  replaced.packages.has(open.what.replace(/^.* of /, '')) || through(replaced, open);
