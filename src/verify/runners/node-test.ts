import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { asWorker, exactly, insideFile, keptOptions, type OptionTable, type Results, type RunnerAdapter } from './adapter.js';

const OPTIONS: OptionTable = {
  dropped: {
    '--test': false,
    '--test-name-pattern': true,
    '--test-skip-pattern': true,
    '--test-reporter': true,
    '--test-reporter-destination': true,
    '--test-concurrency': true,
    '--test-shard': true,
    '--test-only': false,
    '--test-force-exit': false,
    '--test-update-snapshots': false,
    '--experimental-test-coverage': false,
    '--test-randomize': false,
    '--test-random-seed': true,
    '--watch': false,
  },
  valued: ['-r', '--require', '--import', '--loader', '--experimental-loader', '--env-file', '-C', '--conditions', '--test-timeout'],
};

/** Node 20 and later: a process for each file, one after another, results by a reporter of ours. */
export const nodeTest: RunnerAdapter = {
  id: 'node-test',
  numbersWorkers: true,
  wholeSuite: 'own order',
  invoke: (wanted) => ({
    command: [
      process.execPath,
      ...keptOptions(wanted.suite.command.words.slice(1), OPTIONS),
      '--test',
      `--test-concurrency=${wanted.workers ?? 1}`,
      `--test-reporter=${pathToFileURL(insideFile('node-test-report.mjs')).href}`,
      `--test-reporter-destination=${join(wanted.folder, 'results.ndjson')}`,
      // Node 20 asks for a test's own title, later versions for the full name: a pattern for both, checked again in the results.
      ...(wanted.names ? [`--test-name-pattern=/${exactly([...new Set(wanted.names.flatMap(tails))])}/`] : []),
      ...wanted.files,
    ],
    env: asWorker(wanted, 'node-test-worker.cjs'),
  }),
  results(wanted) {
    let text: string;
    try {
      text = readFileSync(join(wanted.folder, 'results.ndjson'), 'utf8');
    } catch {
      return undefined;
    }
    const lines = text.split('\n').filter((line) => line !== '');
    const all = lines.map((line) => JSON.parse(line) as Results['tests'][number] & { readonly broken?: true });
    return {
      tests: all.filter((each) => !each.broken),
      broken: all.filter((each) => each.broken).map(({ file, message }) => ({ file, message: message ?? '' })),
    };
  },
};

/** A full name says not where its last title begins: every end of it at a blank. */
const tails = (name: string): string[] => name.split(' ').map((_, at, words) => words.slice(at).join(' '));
