import { expect, test } from 'vitest';
import type { Deed, Suspect } from '../../src/project/suspects.js';
import { judgeDependence, judgeLeak } from '../../src/verify/leaks.js';
import type { Choice, Outcome } from '../../src/verify/run.js';

type Body = (state: Map<string, string>) => void;
type Suite = Readonly<Record<string, Readonly<Record<string, Body>>>>;

/** A runner in memory: files share what they leave, one run knows nothing of the last. */
function runner(suite: Suite, started: string[][] = []): (choice: Choice) => Promise<Outcome> {
  return (choice) => {
    const state = new Map<string, string>();
    const tests = [...new Set(choice.map((each) => each.file))].flatMap((file) =>
      Object.entries(suite[file] ?? {})
        .filter(([name]) => choice.some((each) => each.file === file && (each.test === undefined || each.test === name)))
        .map(([name, body]) => {
          try {
            body(state);
            return { file, name, state: 'passed' as const };
          } catch (error) {
            return { file, name, state: 'failed' as const, message: (error as Error).message };
          }
        }),
    );
    started.push(tests.map((each) => each.name));
    return Promise.resolve({ tests, broken: [], milliseconds: 1 });
  };
}

const leave: Body = (state) => void state.set('zone', 'UTC');
const fine: Body = () => undefined;
const needsNothing: Body = (state) => {
  if (state.has('zone')) throw new Error('the zone is UTC');
};
const needsZone: Body = (state) => {
  if (!state.has('zone')) throw new Error('there is no zone');
};

function suspect(deeds: readonly Deed[], testFiles: readonly string[], crossFile: readonly string[] = ['env']): Suspect {
  return { deeds, suite: { testFiles, schedule: { crossFile } } } as unknown as Suspect;
}
const writes = (file: string, ...tests: string[]): Deed => ({ file, does: 'write', state: 'env', tests });
const reads = (file: string, ...tests: string[]): Deed => ({ file, does: 'read', tests });

test('a later test of the file that fails by it, and passes alone, confirms a leak', async () => {
  const run = runner({ 'a.js': { first: fine, changes: leave, suffers: needsNothing } });
  const verdict = await judgeLeak(suspect([writes('a.js', 'changes')], ['a.js']), run);
  expect(verdict).toMatchObject({
    word: 'CONFIRMED',
    a: { file: 'a.js', name: 'changes' },
    b: { file: 'a.js', name: 'suffers' },
    failure: 'the zone is UTC',
  });
  expect(verdict.trials.map(({ order, passed }) => `${order} ${passed}`)).toEqual([...Array(3).fill('bad false'), ...Array(3).fill('control true')]);
});

test('so does a test of the next file, where the state reaches it', async () => {
  const files = { 'a.js': { changes: leave }, 'b.js': { suffers: needsNothing } };
  const deeds = [writes('a.js', 'changes')];
  expect(await judgeLeak(suspect(deeds, Object.keys(files)), runner(files))).toMatchObject({ word: 'CONFIRMED', b: { file: 'b.js', name: 'suffers' } });
  expect(await judgeLeak(suspect(deeds, Object.keys(files), ['file']), runner(files))).toMatchObject({ word: 'NOT-CONFIRMED' });
});

test('a test that fails alone as well, or by another one, confirms nothing', async () => {
  const files = {
    'a.js': {
      other: leave,
      changes: fine,
      suffers: needsNothing,
      fails: () => {
        throw new Error('always');
      },
    },
  };
  expect(await judgeLeak(suspect([writes('a.js', 'changes')], ['a.js']), runner(files))).toMatchObject({ word: 'NOT-CONFIRMED' });
});

test('names that are made at run time fit', async () => {
  const run = runner({ 'a.js': { 'adds 1 (twice)': leave, suffers: needsNothing } });
  expect(await judgeLeak(suspect([writes('a.js', 'adds .* \\(twice\\)')], ['a.js']), run)).toMatchObject({ word: 'CONFIRMED' });
});

test('a test that never runs is not reached, and a file that does not load fails already', async () => {
  const lone = suspect([writes('a.js', 'changes')], ['a.js']);
  expect(await judgeLeak(lone, runner({ 'a.js': { another: fine } }))).toMatchObject({ word: 'UNREACHED' });
  const broken = (): Promise<Outcome> => Promise.resolve({ tests: [], broken: [], fault: '`a.js` cannot be run: SyntaxError', milliseconds: 1 });
  expect(await judgeLeak(lone, broken)).toMatchObject({ word: 'ALREADY-FAILING', why: '`a.js` cannot be run: SyntaxError' });
});

test('mixed failures are flaky, and a control that fails proves nothing', async () => {
  let time = 0;
  const sometimes: Body = (state) => {
    if (state.has('zone') && time++ !== 2) throw new Error('the zone is UTC');
  };
  const deeds = [writes('a.js', 'changes')];
  expect(await judgeLeak(suspect(deeds, ['a.js']), runner({ 'a.js': { changes: leave, suffers: sometimes } }))).toMatchObject({ word: 'FLAKY-CONFIRMED' });
  let alone = 0;
  const unsteady: Body = (state) => {
    if (state.has('zone') || alone++ > 0) throw new Error('again');
  };
  expect(await judgeLeak(suspect(deeds, ['a.js']), runner({ 'a.js': { changes: leave, suffers: unsteady } }))).toMatchObject({ word: 'NOT-CONFIRMED' });
});

test('a test that fails alone and passes after the one that writes depends on it', async () => {
  const deeds = [writes('a.js', 'makes'), reads('a.js', 'uses')];
  expect(await judgeDependence(suspect(deeds, ['a.js']), runner({ 'a.js': { makes: leave, uses: needsZone } }))).toMatchObject({
    word: 'CONFIRMED',
    a: { name: 'makes' },
    b: { name: 'uses' },
    failure: 'there is no zone',
  });
  expect(await judgeDependence(suspect(deeds, ['a.js']), runner({ 'a.js': { makes: leave, uses: fine } }))).toMatchObject({ word: 'NOT-CONFIRMED' });
  expect(await judgeDependence(suspect(deeds, ['a.js']), runner({ 'a.js': { makes: fine, uses: needsZone } }))).toMatchObject({ word: 'ALREADY-FAILING' });
});

test('few runs are enough for a leak within a file', async () => {
  const started: string[][] = [];
  await judgeLeak(suspect([writes('a.js', 'changes')], ['a.js']), runner({ 'a.js': { changes: leave, suffers: needsNothing } }, started));
  expect(started).toHaveLength(7);
});

test('a file whose tests do not come about is told to fail, and why', async () => {
  const suite = { testFiles: ['a.test.js'], schedule: { crossFile: [] } };
  const deeds = [{ file: 'a.test.js', does: 'write', tests: ['sets a zone'] }];
  const run = () =>
    Promise.resolve({ tests: [{ file: 'a.test.js', name: 'before all', state: 'failed', message: 'no server' }], broken: [], milliseconds: 1 } as const);
  const judged = await judgeLeak({ deeds, suite } as unknown as Suspect, run);
  expect(judged).toMatchObject({ word: 'ALREADY-FAILING', why: '`before all` fails alone: no server' });
});
