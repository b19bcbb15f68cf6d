import { join } from 'node:path';
import { asWorker, exactly, insideFile, installedFile, keptOptions, readJson, withoutStack, type OptionTable, type RunnerAdapter } from './adapter.js';

const OPTIONS: OptionTable = {
  dropped: {
    '-i': false,
    '--runInBand': false,
    '-w': true,
    '--maxWorkers': true,
    '--workerIdleMemoryLimit': true,
    '-t': true,
    '--testNamePattern': true,
    '--json': false,
    '--outputFile': true,
    '--reporters': true,
    '--watch': false,
    '--watchAll': false,
    '-o': false,
    '--onlyChanged': false,
    '--changedSince': true,
    '--coverage': false,
    '--collectCoverage': false,
    '--coverageDirectory': true,
    '--coverageReporters': true,
    '--ci': false,
    '-b': false,
    '--bail': false,
    '--testPathPattern': true,
    '--testPathPatterns': true,
    '--runTestsByPath': false,
    '--findRelatedTests': false,
    '--shard': true,
    '--randomize': false,
    '--seed': true,
    '--testSequencer': true,
    '-u': false,
    '--updateSnapshot': false,
    '--forceExit': false,
    '--detectOpenHandles': false,
    '--logHeapUsage': false,
    '--passWithNoTests': false,
    '--verbose': false,
    '--silent': false,
  },
  valued: [
    '-c',
    '--config',
    '--rootDir',
    '--env',
    '--testEnvironment',
    '--selectProjects',
    '--setupFiles',
    '--setupFilesAfterEnv',
    '--globalSetup',
    '--preset',
  ],
};

interface Written {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly duration?: number | null;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** Jest 29 and 30: one worker process, files in the order of a sequencer of ours, results by `--json`. */
export const jest: RunnerAdapter = {
  id: 'jest',
  package: 'jest',
  numbersWorkers: true,
  wholeSuite: 'any order',
  invoke: (wanted) => ({
    command: [
      process.execPath,
      installedFile(wanted, 'jest', { bin: 'jest' }),
      ...keptOptions(wanted.suite.command.words.slice(1), OPTIONS),
      ...(wanted.patience === undefined ? [] : [`--testTimeout=${wanted.patience}`]),
      ...(wanted.names ? [`--testNamePattern=${exactly(wanted.names)}`] : []),
      // A worker of its own, which lives through all files: what a test does to its process does not end the one that writes the results.
      `--maxWorkers=${wanted.workers ?? 1}`,
      '--workerIdleMemoryLimit=100GB',
      '--ci',
      '--bail=0',
      '--coverage=false',
      // A server that a test leaves open would keep the process for ever.
      '--forceExit',
      '--json',
      `--outputFile=${join(wanted.folder, 'results.json')}`,
      `--testSequencer=${insideFile('jest-order.cjs')}`,
      '--runTestsByPath',
      ...wanted.files,
    ],
    env: {
      ISOLATION_AUDIT_ORDER: JSON.stringify(wanted.files),
      ...asWorker(wanted, 'jest-worker.cjs'),
    },
  }),
  results(wanted) {
    const written = readJson(join(wanted.folder, 'results.json')) as Written | undefined;
    return (
      written && {
        tests: written.testResults.flatMap(({ name: file, assertionResults }) =>
          assertionResults.map(({ fullName, status, duration, failureMessages }) => ({
            file,
            name: fullName,
            state: status === 'passed' || status === 'failed' ? status : ('skipped' as const),
            ...(duration == null ? {} : { milliseconds: duration }),
            ...(failureMessages?.[0] === undefined ? {} : { message: withoutStack(failureMessages[0]) }),
          })),
        ),
        broken: written.testResults
          .filter((each) => each.status === 'failed' && each.assertionResults.length === 0)
          .map(({ name: file, message }) => ({ file, message: withoutStack(message.replace(/^\s*● Test suite failed to run\s*/, '')) })),
      }
    );
  },
};
