import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exactly, insideFile, installedFile, keptOptions, readJson, type OptionTable, type Results, type RunnerAdapter, type Wanted } from './adapter.js';

const OPTIONS: OptionTable = {
  dropped: {
    '--config': true,
    '--package': true,
    '--spec': true,
    '--grep': true,
    '-g': true,
    '--fgrep': true,
    '-f': true,
    '--invert': false,
    '-i': false,
    '--parallel': false,
    '-p': false,
    '--jobs': true,
    '-j': true,
    '--reporter': true,
    '-R': true,
    '--reporter-option': true,
    '--reporter-options': true,
    '-O': true,
    '--retries': true,
    '--bail': false,
    '-b': false,
    '--watch': false,
    '-w': false,
    '--exit': false,
    '--forbid-only': false,
    '--forbid-pending': false,
    '--recursive': false,
    '--sort': false,
    '-S': false,
    '--ignore': true,
    '--exclude': true,
    '--dry-run': false,
  },
  valued: [
    '-r',
    '--require',
    '--timeout',
    '-t',
    '-s',
    '--slow',
    '-u',
    '--ui',
    '--file',
    '--extension',
    '--import',
    '--loader',
    '--experimental-loader',
    '-n',
    '--node-option',
  ],
};

/** What a start decides by itself. The rest of the configuration stands. */
const DECIDED = [
  'spec',
  'parallel',
  'jobs',
  'grep',
  'fgrep',
  'g',
  'f',
  'invert',
  'reporter',
  'reporter-option',
  'reporterOptions',
  'retries',
  'bail',
  'watch',
  'sort',
  'exit',
  'package',
  'ignore',
  'exclude',
];

/** Mocha 8 to 12: serial in one process, files as given, results by a reporter of ours. */
export const mocha: RunnerAdapter = {
  id: 'mocha',
  package: 'mocha',
  numbersWorkers: true,
  wholeSuite: 'any order',
  invoke: (wanted) => ({
    command: [
      process.execPath,
      installedFile(wanted, 'mocha', { bin: 'mocha' }),
      '--config',
      configuration(wanted),
      '--no-package',
      ...keptOptions(wanted.suite.command.words.slice(1), OPTIONS),
      ...(wanted.patience === undefined ? [] : ['--timeout', String(wanted.patience)]),
      ...(wanted.names ? ['--grep', `/${exactly(wanted.names)}/`] : []),
      ...(wanted.workers === undefined || wanted.workers === 1 ? [] : ['--parallel', '--jobs', String(wanted.workers)]),
      '--retries',
      '0',
      // A server that a test leaves open would keep the process for ever.
      '--exit',
      '--reporter',
      insideFile('mocha-report.cjs'),
      ...wanted.files,
    ],
    // As workers of a parallel run have them; a serial run knows none.
    env: {
      ISOLATION_AUDIT_RESULTS: join(wanted.folder, 'results.json'),
      ...(wanted.patience === undefined ? {} : { MOCHA_WORKER_ID: String(wanted.worker - 1), ISOLATION_AUDIT_PATIENCE: String(wanted.patience) }),
    },
  }),
  results: (wanted) => readJson(join(wanted.folder, 'results.json')) as Results | undefined,
};

/** The project's configuration without its list of files, which Mocha would add to ours. */
function configuration({ root, suite, folder }: Wanted): string {
  const path = join(folder, 'mocharc.cjs');
  const isCode = suite.configPath !== undefined && /\.[cm]?js$/.test(suite.configPath);
  const base = isCode ? `require(${JSON.stringify(join(root, suite.configPath))})` : JSON.stringify(suite.options);
  writeFileSync(
    path,
    `const base = ${base};\nconst all = { ...(base.default ?? base) };\nfor (const key of ${JSON.stringify(DECIDED)}) delete all[key];\nmodule.exports = all;\n`,
  );
  return path;
}
