import type { Runner, RunnerUse } from '../model/runner.js';
import type { Project } from './project.js';
import { DECLARES_TESTS } from './deeper-tests.js';
import { isObject } from './json-file.js';
import { dirOf, type Package } from './packages.js';
import type { FoundUse } from './runner-uses.js';
import { importsAny } from './file-owner.js';
import type { SuiteUse } from './test-files.js';
import { rangeOf } from './versions.js';

const NAMED_LIKE_TEST = /(?:[.\-_](?:test|spec)s?|(?:^|\/)(?:test|tests|__tests__|spec|specs)\/.*)\.[cm]?[jt]sx?$/;
const NAMED_AS_TEST = /[.\-_](?:test|spec)\.[cm]?[jt]sx?$/;
/** Files read in a package before giving up on it. */
const MOST_READ = 5000;

/**
 * The last resort, for packages whose scripts lead into programs of their own (`astro-scripts test`, `gulp test`, Karma): files that
 * look like tests belong to the runner that they import, else to the one with global words that the package depends on.
 */
export function findLeftOver(project: Project, runners: readonly Runner[], found: readonly FoundUse[], suites: readonly SuiteUse[]): SuiteUse[] {
  const taken = new Set(suites.flatMap((suite) => [...suite.testFiles, ...suite.setupFiles, ...suite.globalSetup]));
  const served = new Set(
    suites
      .filter((suite) => found.some((each) => each.use.dir === suite.use.dir && each.runner === suite.runner && each.by !== 'dependency'))
      .map((suite) => suite.use.dir),
  );
  const importable = runners.filter((runner) => runner.vocabulary.modules.length > 0);
  const isStarted = (runner: Runner, dir: string): boolean => suites.some((suite) => suite.runner === runner && (suite.use.dir === dir || dir === ''));
  const global = memoised((owner: Package) => globalRunner(owner, runners, project, served.has(owner.dir), (runner) => isStarted(runner, owner.dir)));
  const serves = (runner: Runner, owner: Package): boolean =>
    suites.some((suite) => suite.runner === runner && suite.use.dir === owner.dir && served.has(owner.dir) && global(owner) !== runner);
  const groups = new Map<string, { owner: Package; runner: Runner; files: string[] }>();
  const misses = new Map<Package, number>();
  for (const path of project.walk.files) {
    if (!NAMED_LIKE_TEST.test(path) || taken.has(path) || path.endsWith('.d.ts')) continue;
    const owner = homeOf(path, project, (each) => served.has(each.dir) || global(each) !== undefined);
    if (!owner || (misses.get(owner) ?? 0) > MOST_READ || inFixturePackage(project, path)) continue;
    const assumed = global(owner);
    if (served.has(owner.dir) && !assumed && !NAMED_AS_TEST.test(path)) continue;
    const text = project.readText(path) ?? '';
    const runner = importable.find((each) => importsAny(text, each.vocabulary.modules)) ?? (assumed && DECLARES_TESTS.test(text) ? assumed : undefined);
    // What a runner's own patterns leave out stays out.
    if (!runner || serves(runner, owner)) {
      misses.set(owner, (misses.get(owner) ?? 0) + 1);
      continue;
    }
    const key = `${owner.dir}\0${runner.id}`;
    const group = groups.get(key) ?? { owner, runner, files: [] };
    group.files.push(path);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ owner, runner, files }) => {
    const use: RunnerUse = found.find((each) => each.runner === runner && each.use.dir === owner.dir)?.use ?? {
      runner: runner.id,
      dir: owner.dir,
      options: {},
      computed: [],
      commands: [],
    };
    return { use, runner, layout: runner.layout(use), testFiles: files, setupFiles: [], globalSetup: [], missing: [] };
  });
}

/** The package whose scripts could run a file: packages without scripts (`debug/package.json` in a library of entry points) are run from above. */
function homeOf(path: string, project: Project, isHome: (owner: Package) => boolean): Package | undefined {
  const nearest = project.packages.owner(path);
  for (let each = nearest; each; each = each.dir === '' ? undefined : project.packages.owner(dirOf(each.dir))) {
    if (isHome(each) || isObject(each.json['scripts'])) return each;
  }
  return nearest;
}

/**
 * The runner whose global words left-over files may use. A package that is served has some only where Karma runs others in a browser, or
 * where it depends on a second runner that nothing visible starts.
 */
function globalRunner(
  owner: Package,
  runners: readonly Runner[],
  project: Project,
  isServed: boolean,
  isStarted: (runner: Runner) => boolean,
): Runner | undefined {
  const has = (name: string): boolean => rangeOf(owner, name, project.packages) !== undefined;
  const byKarma = ['mocha', 'jasmine'].find((id) => has(`karma-${id}`));
  if (byKarma !== undefined) return runners.find((runner) => runner.id === byKarma);
  if (isObject(owner.json['workspaces'])) return undefined;
  const known = ['jest', 'vitest', 'mocha', 'jasmine'].flatMap((id) => runners.filter((runner) => runner.id === id && runner.packages.some(has)));
  return isServed ? known.find((runner) => runner.id === 'mocha' && !isStarted(runner)) : known[0];
}

function inFixturePackage(project: Project, path: string): boolean {
  const owner = project.packages.owner(path);
  for (const each of project.packages.all)
    if (each.fixture && path.startsWith(`${each.dir}/`) && (owner === undefined || each.dir.length > owner.dir.length)) return true;
  return false;
}

function memoised<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key) as Value;
  };
}
