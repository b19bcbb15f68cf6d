import type { Layout, Runner, RunnerUse, Schedule, Vocabulary, Word } from '../model/runner.js';
import { titled } from './support/options.js';
import { everything } from './support/states.js';

const test: Word = { role: 'test' };
const suite: Word = { role: 'suite' };
const hook = (when: 'before' | 'after', scope: 'file' | 'test'): Word => ({ role: 'hook', when, scope });

const vocabulary: Vocabulary = {
  modules: ['@japa/runner', 'japa'],
  globals: false,
  words: { test, default: test },
  modifiers: { only: 'only', skip: 'skip', failing: 'fails' },
  // `setup` and `teardown` without `each` before them are members of the group, which `context` has.
  members: { group: suite, setup: hook('before', 'test'), teardown: hook('after', 'test') },
  context: {
    setup: hook('before', 'file'),
    teardown: hook('after', 'file'),
    each: suite,
    // Until version 4 of `japa`.
    before: hook('before', 'file'),
    after: hook('after', 'file'),
    beforeEach: hook('before', 'test'),
    afterEach: hook('after', 'test'),
    cleanup: 'cleanup',
  },
  hooksOfGroups: true,
  cleanups: [],
  sets: { NODE_ENV: 'test' },
};

/** The program that starts the tests names their files (`configure({ files: ['tests/**\/*.spec.ts'] })`); these are the names that its templates use. */
const layout = ({ dir }: RunnerUse): Layout => ({
  dir,
  include: ['**/{test,tests}/**/*.{spec,test}.{js,ts,mjs,mts,cjs,cts}', '**/*.spec.{js,ts}'],
  exclude: ['**/{node_modules,build,dist}/**'],
  setupFiles: [],
  globalSetup: [],
});

function schedule(use: RunnerUse): Schedule {
  const title = titled('Japa', use);
  return {
    runner: 'japa',
    ...(use.version ? { version: use.version } : {}),
    dir: use.dir,
    mode: `${title}, one process`,
    files: { overlap: 'serial', by: 'default', reason: 'Japa runs all test files in one process, one after another' },
    canParallel: false,
    tests: 'sequential',
    unit: 'process',
    crossFile: everything,
    preloadsAll: true,
    rootHooks: 'run',
    restores: [],
    chdirThrows: false,
    workerIds: [],
    why: 'Two runs of Japa on one machine are two processes',
    whyWithin: `${title} loads all test files into one process and runs their tests there, one after another`,
    notes: [],
  };
}

const japa: Runner = {
  id: 'japa',
  language: 'typescript',
  title: 'Japa',
  packages: ['@japa/runner', 'japa'],
  commands: ['japa'],
  configFiles: [],
  vocabulary,
  layout,
  schedule,
};
export default japa;
