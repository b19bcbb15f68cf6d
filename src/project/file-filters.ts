import type { RunnerUse } from '../model/runner.js';
import { globTest } from './globs.js';
import { joinPath } from './packages.js';

/** Flags of Jest and Vitest that take the next word. */
const VALUE_FLAGS = new Set(
  `-c --config -t --testNamePattern -w --maxWorkers --minWorkers --reporter --reporters --shard --project --projects --selectProjects --ignoreProjects --outputFile
  --testTimeout --test-timeout --hookTimeout --environment --env --testEnvironment --pool --retry --exclude --dir --root --rootDir -r --roots --coverage.provider --coverageReporters
  --coverageDirectory --collectCoverageFrom --seed --sequence --mode --globalSetup --setupFiles --setupFilesAfterEnv --testPathIgnorePatterns --coveragePathIgnorePatterns
  --testMatch --testRegex --preset --testRunner --testResultsProcessor --changedSince --silent --max-workers`.split(/\s+/),
);
const VERBS = new Set(['run', 'watch', 'dev', 'related', 'bench', 'list', 'test', 'init']);

/**
 * Words of a command that choose among the files of a configuration: `jest tests/tck`, `vitest run src/unit`. Gives a test over
 * paths relative to the root, or nothing when some command runs everything. Other runners' words are part of their layout.
 */
export function filterOf(use: RunnerUse): ((path: string) => boolean) | undefined {
  if (use.commands.length === 0 || (use.runner !== 'jest' && use.runner !== 'vitest')) return undefined;
  const tests: ((path: string) => boolean)[] = [];
  for (const { words } of use.commands) {
    const filters = positional(words);
    if (filters.length === 0 || filters.some((word) => /[$`]/.test(word))) return undefined;
    for (const word of filters) tests.push(wordTest(word, use));
  }
  return (path) => tests.some((test) => test(path));
}

function positional(words: readonly string[]): string[] {
  const found: string[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (VALUE_FLAGS.has(word)) at++;
    else if (!word.startsWith('-') && !(found.length === 0 && VERBS.has(word))) found.push(word);
  }
  return found;
}

/** The shell expands globs before the runner sees them; a plain word is part of a path, to Jest as a regular expression. */
function wordTest(word: string, use: RunnerUse): (path: string) => boolean {
  const plain = word.replace(/^\.\//, '');
  const glob = /[*{]/.test(plain) ? joinPath(use.dir, plain) : undefined;
  const matches = glob === undefined ? undefined : globTest([glob]);
  let regex: RegExp | undefined;
  try {
    regex = use.runner === 'jest' ? new RegExp(plain, 'i') : undefined;
  } catch {
    // No regular expression: taken as text.
  }
  return (path) => path.includes(plain) || (matches?.(path) ?? false) || (regex?.test(`/${path}`) ?? false);
}
