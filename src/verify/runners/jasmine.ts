import { join } from 'node:path';
import { exactly, insideFile, installedFile, keptOptions, readJson, type OptionTable, type Results, type RunnerAdapter } from './adapter.js';

const OPTIONS: OptionTable = {
  dropped: {
    '--filter': true,
    '--filter-path': true,
    '--random': false,
    '--seed': true,
    '--parallel': false,
    '--reporter': true,
    '--fail-fast': false,
    '--color': false,
    '--no-color': false,
    '--verbose': false,
  },
  valued: [],
};

/** Jasmine 5 to 7: one process, tests in the order in which they are written, results by a reporter of ours. */
export const jasmine: RunnerAdapter = {
  id: 'jasmine',
  package: 'jasmine',
  // Its workers are a cluster, whose members share more than two processes do.
  numbersWorkers: false,
  invoke: (wanted) => ({
    command: [
      process.execPath,
      installedFile(wanted, 'jasmine', { bin: 'jasmine' }),
      ...keptOptions(wanted.suite.command.words.slice(1), OPTIONS),
      '--random=false',
      ...(wanted.names ? [`--filter=${exactly(wanted.names)}`] : []),
      `--reporter=${insideFile('jasmine-report.cjs')}`,
      ...wanted.files,
    ],
    env: { ISOLATION_AUDIT_RESULTS: join(wanted.folder, 'results.json'), ISOLATION_AUDIT_FILE: wanted.files[0]! },
  }),
  results: (wanted) => readJson(join(wanted.folder, 'results.json')) as Results | undefined,
};
