import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exactly, insideFile, installedFile, keptOptions, readJson, type OptionTable, type Results, type RunnerAdapter } from './adapter.js';

const OPTIONS: OptionTable = {
  dropped: {
    '-t': true,
    '--testNamePattern': true,
    '--run': false,
    '-w': false,
    '--watch': false,
    '-u': false,
    '--update': false,
    '--reporter': true,
    '--reporters': true,
    '--outputFile': true,
    '--coverage': false,
    '--coverage.enabled': false,
    '--shard': true,
    '--retry': true,
    '--bail': true,
    '--changed': false,
    '--minWorkers': true,
    '--maxWorkers': true,
    '--fileParallelism': false,
    '--no-file-parallelism': false,
    '--sequence.shuffle': false,
    '--sequence.seed': true,
    '--ui': false,
    '--open': false,
    '--passWithNoTests': false,
  },
  valued: ['-c', '--config', '-r', '--root', '--dir', '--project', '--pool', '--environment', '--mode', '--testTimeout', '--hookTimeout', '--maxConcurrency'],
};

/** Vitest 2 to 5, started through its own API: what the command line cannot add to a configuration, options of a start can; results by a reporter of ours. */
export const vitest: RunnerAdapter = {
  id: 'vitest',
  package: 'vitest',
  numbersWorkers: true,
  wholeSuite: 'any order',
  invoke: (wanted) => ({
    command: [process.execPath, insideFile('vitest-run.mjs')],
    env: {
      ISOLATION_AUDIT_WORKER: String(wanted.worker),
      ISOLATION_AUDIT_RUN: JSON.stringify({
        vitest: pathToFileURL(installedFile(wanted, 'vitest', { file: 'dist/node.js' })).href,
        options: keptOptions(wanted.suite.command.words.slice(1), OPTIONS),
        files: wanted.files,
        workers: wanted.workers ?? 1,
        workerFile: insideFile('vitest-worker.mjs'),
        outputFile: join(wanted.folder, 'results.json'),
        ...(wanted.names ? { names: exactly(wanted.names) } : {}),
        ...(wanted.patience === undefined ? {} : { patience: wanted.patience }),
      }),
    },
  }),
  results: (wanted) => readJson(join(wanted.folder, 'results.json')) as Results | undefined,
};
