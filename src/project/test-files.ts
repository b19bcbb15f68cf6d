import type { Layout, Runner, RunnerUse } from '../model/runner.js';
import { deeperTests } from './deeper-tests.js';
import { filterOf } from './file-filters.js';
import { byImports, isForeign, nearest } from './file-owner.js';
import { matching, setupFiles, sourceLayout, type ResolveSetup } from './layout-files.js';
import { oneByOne } from './one-by-one.js';
import { dirOf, type Packages } from './packages.js';
import type { FoundUse } from './runner-uses.js';
import type { Walk } from './walk.js';

/** One run of one runner with the files that it loads. */
export interface SuiteUse {
  readonly use: RunnerUse;
  readonly runner: Runner;
  readonly layout: Layout;
  readonly testFiles: readonly string[];
  /** Files of the project; what lies in installed packages is left out. */
  readonly setupFiles: readonly string[];
  readonly globalSetup: readonly string[];
  /** Setup specifiers that name no file of the project and no installed package. */
  readonly missing: readonly string[];
}

/** Which files each use loads. A file belongs to one use: the nearest folder's, then the one that asks for the fewest files. */
export function findTestFiles(
  found: readonly FoundUse[],
  runners: readonly Runner[],
  walk: Walk,
  packages: Packages,
  readText: (path: string) => string | undefined,
  resolve: ResolveSetup,
): SuiteUse[] {
  const candidates = found.map(({ use, runner, by, isNamed, ranBy }) => {
    const layout = runner.layout(use);
    const written = matching(layout, walk);
    const all = written.length > 0 ? [...written, ...deeperTests(runner, layout, written, walk, readText)] : matching(sourceLayout(layout, walk), walk);
    const filter = filterOf(use);
    const filtered = filter && all.filter(filter);
    return {
      use,
      runner,
      by,
      isNamed,
      ranBy,
      layout,
      matches: filtered && filtered.length > 0 ? filtered : all,
      isNarrowed: filtered !== undefined && filtered.length > 0,
    };
  });
  const modules = runners.flatMap((runner) => runner.vocabulary.modules.map((name) => ({ runner, name })));
  const claims = new Map<string, number[]>();
  candidates.forEach(({ matches }, index) => {
    for (const path of matches) claims.set(path, [...(claims.get(path) ?? []), index]);
  });
  const owned = candidates.map((): string[] => []);
  for (const [path, indexes] of claims) {
    const dir = dirOf(path);
    const near = nearest(indexes, candidates, dir, packages);
    const winner = near.length === 1 ? near[0] : byImports(near, candidates, path, readText);
    if (winner === undefined || isForeign(candidates[winner], path, modules, readText)) continue;
    owned[winner]?.push(path);
  }
  return candidates.flatMap(({ use, runner, layout, ranBy }, index) => {
    const testFiles = (owned[index] ?? []).sort();
    if (testFiles.length === 0) return [];
    const missing: string[] = [];
    const files = (specifiers: readonly string[]): string[] => [
      ...new Set(specifiers.flatMap((each) => setupFiles(each, layout, use, walk, resolve, missing))),
    ];
    const setup = files(layout.setupFiles);
    const globalSetup = files(layout.globalSetup);
    const isSetup = new Set([...setup, ...globalSetup]);
    return oneByOne(
      {
        use: ranBy.length > 0 ? { ...use, commands: [...use.commands, ...ranBy] } : use,
        runner,
        layout,
        testFiles: testFiles.filter((path) => !isSetup.has(path)),
        setupFiles: setup,
        globalSetup,
        missing,
      },
      walk,
      packages,
    );
  });
}
