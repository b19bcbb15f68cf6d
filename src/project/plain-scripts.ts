import type { Runner, RunnerUse } from '../model/runner.js';
import type { Project } from './project.js';
import { globTest } from './globs.js';
import { isObject } from './json-file.js';
import { joinPath, type Package } from './packages.js';
import { parseShell } from './shell.js';
import type { SuiteUse } from './test-files.js';

const CODE = /\.[cm]?[jt]s$/;
const TESTS_FOLDER = /(?:^|\/)(?:tests?|specs?|__tests__)(?:\/|$)/;
const NAMED_AS_TEST = /(?:^|\/)(?:tests?[.\-_][^/]+|[^/]+[.\-_](?:tests?|spec)|tests?)\.[cm]?[jt]s$/;
const NO_TEST = /(?:^|\/)(?:node_modules|fixtures?|helpers?|support|data)\//;

/**
 * Packages whose test script starts programs that no runner's model covers: `node test/run.js`, `tape test/*.js`. Each test file
 * counts as a program. Only where nothing else has found tests in the package.
 */
export function findPlainScripts(project: Project, runners: readonly Runner[], suites: readonly SuiteUse[]): SuiteUse[] {
  const runner = runners.find((each) => each.id === 'node-scripts');
  if (!runner) return [];
  return project.packages.all.flatMap((owner): SuiteUse[] => {
    if (owner.fixture || isObject(owner.json['workspaces']) || Array.isArray(owner.json['workspaces'])) return [];
    const inside = owner.dir === '' ? '' : `${owner.dir}/`;
    if (suites.some((suite) => suite.testFiles.some((file) => file.startsWith(inside)))) return [];
    const testFiles = filesOf(project, owner);
    // One file meets nobody.
    if (testFiles.length < 2) return [];
    const use: RunnerUse = { runner: runner.id, dir: owner.dir, options: {}, computed: [], commands: [] };
    return [{ use, runner, layout: runner.layout(use), testFiles, setupFiles: [], globalSetup: [], missing: [] }];
  });
}

function filesOf(project: Project, owner: Package): string[] {
  const scripts = Object.entries(isObject(owner.json['scripts']) ? owner.json['scripts'] : {});
  const words = scripts.flatMap(([name, text]) =>
    /^test(?::|$)/.test(name) && typeof text === 'string' ? parseShell(text).flatMap((command) => command.words) : [],
  );
  const out = new Set<string>();
  for (const word of words) for (const file of started(project, owner, word.replace(/^\.\//, ''))) out.add(file);
  return [...out].sort();
}

/** The test files behind a word of a command: those of a pattern, of a folder, and of the folder of a program that starts them. */
function started({ walk }: Project, owner: Package, word: string): string[] {
  if (!/test|spec/.test(word) || /^-|:\/\//.test(word)) return [];
  const isTest = (path: string): boolean => CODE.test(path) && !path.endsWith('.d.ts') && !NO_TEST.test(path);
  const cut = owner.dir === '' ? 0 : owner.dir.length + 1;
  if (word.includes('*')) {
    const fits = globTest([word]);
    return walk.under(owner.dir).filter((path) => isTest(path) && fits?.(path.slice(cut)) === true);
  }
  const path = joinPath(owner.dir, word.replace(/\/$/, ''));
  if (path === undefined) return [];
  const program = [path, `${path}.js`].find((each) => walk.has(each));
  const folder = program === undefined ? path : TESTS_FOLDER.test(program.slice(cut)) ? program.slice(0, program.lastIndexOf('/')) : undefined;
  if (folder === undefined || folder === '' || !TESTS_FOLDER.test(`${folder.slice(cut)}/`)) return [];
  return walk.under(folder).filter((each) => isTest(each) && NAMED_AS_TEST.test(each) && each !== program);
}
