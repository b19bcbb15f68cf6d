import { join, resolve } from 'node:path';
import { escapeRegex } from '../../model/patterns.js';
import { asWorker, installedFile, keptOptions, readJson, type OptionTable, type Results, type RunnerAdapter, type TestResult } from './adapter.js';

const OPTIONS: OptionTable = {
  dropped: {
    '-g': true,
    '--grep': true,
    '-gv': true,
    '--grep-invert': true,
    '-j': true,
    '--workers': true,
    '--retries': true,
    '--reporter': true,
    '--add-reporter': true,
    '--shard': true,
    '--fully-parallel': false,
    '--forbid-only': false,
    '--repeat-each': true,
    '--shuffle': false,
    '-x': false,
    '--max-failures': true,
    '--ui': false,
    '--headed': false,
    '--debug': false,
    '--trace': true,
    '-u': false,
    '--update-snapshots': false,
    '--only-changed': false,
    '--last-failed': false,
    '--output': true,
    '--timeout': true,
  },
  valued: ['-c', '--config', '--project', '--global-timeout', '--tsconfig'],
};

interface Suite {
  readonly title: string;
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly {
      readonly status: string;
      readonly results: readonly { readonly duration?: number; readonly error?: { readonly message?: string } }[];
    }[];
  }[];
}
interface Written {
  readonly config: { readonly rootDir: string };
  readonly suites: readonly Suite[];
  readonly errors: readonly { readonly message?: string; readonly location?: { readonly file: string } }[];
}

/** Playwright 1.30 and later: one worker, files in the order of their paths whatever is asked for, results by its JSON reporter. */
export const playwright: RunnerAdapter = {
  id: 'playwright',
  package: '@playwright/test',
  numbersWorkers: true,
  wholeSuite: 'own order',
  invoke: (wanted) => ({
    command: [
      process.execPath,
      installedFile(wanted, '@playwright/test', { bin: 'playwright' }),
      'test',
      ...keptOptions(wanted.suite.command.words.slice(1), OPTIONS),
      `--workers=${wanted.workers ?? 1}`,
      '--retries=0',
      '--max-failures=0',
      '--reporter=json',
      `--output=${join(wanted.folder, 'output')}`,
      ...(wanted.patience === undefined ? [] : [`--timeout=${wanted.patience}`]),
      // The text that is searched begins with project and file.
      ...(wanted.names ? ['--grep', `(?:^|\\s)(?:${wanted.names.map(escapeRegex).join('|')})(?:$|\\s+@)`] : []),
      ...wanted.files.map((file) => `^${escapeRegex(file)}$`),
    ],
    env: {
      PLAYWRIGHT_JSON_OUTPUT_NAME: join(wanted.folder, 'results.json'),
      ...asWorker(wanted, 'playwright-worker.cjs'),
    },
  }),
  results(wanted) {
    const written = readJson(join(wanted.folder, 'results.json')) as Written | undefined;
    return (
      written && {
        // The outermost suites are the files.
        tests: written.suites.flatMap((suite) => testsOf(suite, [], written.config.rootDir)),
        broken: written.errors.map(({ message, location }) => ({ file: location?.file ?? wanted.files[0]!, message: message ?? '' })),
      }
    );
  },
};

function testsOf({ suites, specs }: Suite, around: readonly string[], rootDir: string): Results['tests'] {
  return [
    ...(specs ?? []).flatMap(({ title, file, tests }) =>
      tests.map(({ status, results }): TestResult => {
        const message = results.find((each) => each.error)?.error?.message;
        return {
          file: resolve(rootDir, file),
          name: [...around, title].join(' '),
          ...(results[0]?.duration === undefined ? {} : { milliseconds: results[0].duration }),
          state: status === 'skipped' ? 'skipped' : status === 'expected' ? 'passed' : 'failed',
          ...(message === undefined ? {} : { message: message.replace(/^Error: /, '') }),
        };
      }),
    ),
    ...(suites ?? []).flatMap((suite) => testsOf(suite, [...around, suite.title], rootDir)),
  ];
}
