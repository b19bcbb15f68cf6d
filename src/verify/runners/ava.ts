import { installedFile, keptOptions, type OptionTable, type RunnerAdapter, type TestResult } from './adapter.js';

const OPTIONS: OptionTable = {
  dropped: {
    '-m': true,
    '--match': true,
    '-s': false,
    '--serial': false,
    '-c': true,
    '--concurrency': true,
    '--fail-fast': false,
    '--no-fail-fast': false,
    '-t': false,
    '--tap': false,
    '-w': false,
    '--watch': false,
    '-T': true,
    '--timeout': true,
    '-u': false,
    '--update-snapshots': false,
    '-v': false,
    '--verbose': false,
  },
  valued: ['--config', '--environment-variables', '--node-arguments'],
};

/** AVA 4 to 7: its tests of a file run at once as always, results as TAP. */
export const ava: RunnerAdapter = {
  id: 'ava',
  package: 'ava',
  numbersWorkers: true,
  invoke: (wanted) => ({
    command: [
      process.execPath,
      installedFile(wanted, 'ava', { bin: 'ava' }),
      ...keptOptions(wanted.suite.command.words.slice(1), OPTIONS),
      '--concurrency=1',
      '--no-fail-fast',
      '--tap',
      `--timeout=${wanted.patience === undefined ? '30s' : `${wanted.patience}ms`}`,
      ...(wanted.names ?? []).flatMap((name) => ['--match', name.replace(/^!/, '*')]),
      ...wanted.files,
    ],
  }),
  results({ files }, output) {
    const lines = output.split(/\r?\n/);
    if (!lines.some((line) => line.startsWith('TAP version'))) return undefined;
    const tests: TestResult[] = [];
    const broken: { file: string; message: string }[] = [];
    lines.forEach((line, at) => {
      // `# SKIP`, or a test that is not written yet.
      const [, not, title, directive] = /^(not )?ok \d+ - (.*?)(?: # ([A-Z]{4})\b.*)?$/.exec(line) ?? [];
      if (title === undefined) return;
      const file = files[0]!;
      const message = not ? messageAfter(lines, at + 1) : undefined;
      if (not && / exited with a non-zero exit code|^No tests found in |^Uncaught exception/.test(title)) broken.push({ file, message: message ?? title });
      else if (not && title === 'before hook') broken.push({ file, message: message ?? title });
      else
        tests.push({
          file,
          name: title.replace(OF_HOOK, ''),
          state: directive ? 'skipped' : not ? 'failed' : 'passed',
          ...(message === undefined ? {} : { message }),
        });
    });
    return { tests, broken };
  },
};

/** A hook that fails takes its test with it: `beforeEach hook for there is pie`. */
const OF_HOOK = /^(?:before|after)Each(?:\.always)? hook for /;

/** What the block below a failed test says of the reason: the difference or the error, else the message. */
function messageAfter(lines: readonly string[], from: number): string | undefined {
  const end = lines.indexOf('  ...', from);
  const block = lines.slice(from, end < 0 ? from : end);
  const details = block.indexOf('    details:');
  const message = block.findIndex((line) => line.startsWith('    message: '));
  const told = details < 0 ? block.slice(message, message + 1) : block.slice(details + 1, message < 0 ? undefined : message);
  return told.length === 0 ? undefined : told.join('\n').replace(/^\s*message: /, '');
}
