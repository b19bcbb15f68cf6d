import type { Runner } from '../model/runner.js';
import type { Packages } from './packages.js';
import type { FoundUse } from './runner-uses.js';

export interface Candidate extends FoundUse {
  /** All its commands name the files they run. */
  readonly isNarrowed: boolean;
  readonly matches: readonly string[];
}

export function nearest(indexes: readonly number[], candidates: readonly Candidate[], dir: string, packages: Packages): number[] {
  const owner = packages.owner(dir)?.dir ?? '';
  // A dependency alone is a guess: it gives way wherever anything is known, and where the file's own package is known.
  const known = indexes.filter((index) => candidates[index]?.by !== 'dependency');
  const real = known.length > 0 ? known : candidates.some((each) => each.by !== 'dependency' && each.use.dir === owner) ? [] : indexes;
  // A use may reach outside its folder (`rootDir: '../..'`); one whose folder holds the file is nearer.
  const depth = (each: Candidate): number => (each.use.dir === '' || dir === each.use.dir || dir.startsWith(`${each.use.dir}/`) ? each.use.dir.length : -1);
  const deepest = new Map<Runner, number>();
  for (const index of real) {
    const each = candidates[index];
    if (each) deepest.set(each.runner, Math.max(deepest.get(each.runner) ?? -1, depth(each)));
  }
  const near = real.filter((index) => {
    const each = candidates[index];
    return each !== undefined && depth(each) === deepest.get(each.runner);
  });
  return near.filter((index) => {
    const own = candidates[index];
    return !near.some((other) => {
      const rival = candidates[other];
      return other !== index && own !== undefined && rival?.runner === own.runner && precedes(rival, own, other < index);
    });
  });
}

/**
 * Two configurations of one runner in one folder: the one whose commands name their files; else a special one when it is clearly
 * the smaller (`vitest.integration.config.ts`), else the standard one, beside which it is a variant (`vitest.other-driver.config.ts`).
 */
function precedes(a: Candidate, b: Candidate, isEarlier: boolean): boolean {
  if (a.isNarrowed !== b.isNarrowed) return a.isNarrowed;
  const size = a.matches.length - b.matches.length;
  if (a.isNamed !== b.isNamed) return a.isNamed ? 2 * a.matches.length < b.matches.length : a.matches.length <= 2 * b.matches.length;
  if (size !== 0) return size < 0;
  return a.use.commands.length === b.use.commands.length ? isEarlier : a.use.commands.length > b.use.commands.length;
}

/**
 * Default patterns are wide: where a runner is only guessed, its configuration could not be read or its words must be imported,
 * a file that imports another runner and not this one is not its own. `*.test.ts` beside Playwright may be node:test's.
 */
export function isForeign(
  winner: Candidate | undefined,
  path: string,
  modules: readonly { runner: Runner; name: string }[],
  readText: (path: string) => string | undefined,
): boolean {
  if (!winner || (winner.runner.vocabulary.globals && winner.by !== 'dependency' && winner.use.computed.length === 0)) return false;
  const text = readText(path);
  if (text === undefined || importsAny(text, winner.runner.vocabulary.modules)) return false;
  if (winner.by === 'dependency' && !winner.runner.vocabulary.globals) return true;
  return importsAny(
    text,
    modules.filter((each) => each.runner !== winner.runner).map((each) => each.name),
  );
}

/** Several runners' patterns fit: the one whose module the file imports, else one that needs no import, else the nearest. */
export function byImports(
  indexes: readonly number[],
  candidates: readonly Candidate[],
  path: string,
  readText: (path: string) => string | undefined,
): number | undefined {
  if (indexes.length === 0) return undefined;
  const text = readText(path) ?? '';
  const importing = indexes.filter((index) => importsAny(text, candidates[index]?.runner.vocabulary.modules ?? []));
  const left = importing.length > 0 ? importing : indexes.filter((index) => candidates[index]?.runner.vocabulary.globals);
  return [...(left.length > 0 ? left : indexes)].sort((a, b) => weight(candidates[b]) - weight(candidates[a]))[0];
}

function weight(candidate: Candidate | undefined): number {
  if (!candidate) return 0;
  const evidence = { command: 2, config: 1, dependency: 0 }[candidate.by];
  return candidate.use.dir.length * 1000 + evidence * 100 - Math.min(candidate.matches.length, 9999) / 100;
}

/** Whether a text imports one of the modules, by `from`, `require` or `import(`. */
export function importsAny(text: string, modules: readonly string[]): boolean {
  return modules.some((module) => {
    for (let at = text.indexOf(module); at >= 0; at = text.indexOf(module, at + 1)) {
      const quote = text[at - 1];
      if (
        (quote === '"' || quote === "'" || quote === '`') &&
        text[at + module.length] === quote &&
        /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*$/.test(text.slice(Math.max(0, at - 40), at - 1))
      )
        return true;
    }
    return false;
  });
}
