import type { Layout, Runner, RunnerUse, Schedule, Vocabulary } from '../model/runner.js';

/** Whatever declares the tests inside: what is handed to it is taken to run. */
const vocabulary: Vocabulary = { modules: [], globals: false, words: {}, modifiers: {}, members: {}, context: {}, cleanups: [] };

/** The files are found where the script leads: `node test/run.js`, `tape test/*.js`. */
const layout = ({ dir }: RunnerUse): Layout => ({ dir, include: [], exclude: [], setupFiles: [], globalSetup: [] });

const schedule = ({ dir }: RunnerUse): Schedule => ({
  runner: 'node-scripts',
  dir,
  mode: 'test files that a script of the project starts',
  files: { overlap: 'serial', by: 'default', reason: 'a script of the project starts the test files, one after another as far as is known' },
  canParallel: true,
  tests: 'sequential',
  unit: 'process',
  crossFile: ['file'],
  preloadsAll: false,
  rootHooks: 'file',
  restores: [],
  chdirThrows: false,
  workerIds: [],
  why: 'Test files started side by side are processes of their own',
  whyWithin: 'A test file runs from top to bottom in one process, which ends with the file',
  notes: [],
});

const nodeScripts: Runner = {
  id: 'node-scripts',
  language: 'typescript',
  title: 'Node scripts',
  packages: [],
  commands: [],
  configFiles: [],
  vocabulary,
  layout,
  schedule,
};
export default nodeScripts;
