import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { verify } from '../../src/verify/index.js';
import { shuffled, upperBound } from '../../src/verify/repeat.js';
import { buildPrograms } from './programs.js';
import { suiteFolder } from './suite-folder.js';

let programs: string;
beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);

test.each([
  // 0.05 to the power of 1/n, and the usual tables of Clopper and Pearson.
  [0, 59, 0.0495],
  [0, 10, 0.2589],
  [1, 10, 0.3942],
  [2, 59, 0.1028],
  [3, 3, 1],
])('%i failures of %i runs leave a rate of at most %f', (failed, runs, bound) => {
  expect(upperBound(failed, runs)).toBeCloseTo(bound, 3);
});

test('a number draws the same order again, another one another', () => {
  const files = Array.from({ length: 20 }, (_, at) => `${at}.test.js`);
  expect(shuffled(files, 7)).toEqual(shuffled(files, 7));
  expect(shuffled(files, 7)).not.toEqual(shuffled(files, 8));
  expect([...shuffled(files, 7)].sort()).toEqual([...files].sort());
});

/** Two files that count who is running by a file, and wait long enough to meet. */
const check = (name: string, asserts: string): string => `
const assert = require('node:assert');
const fs = require('node:fs');
const { test } = require('node:test');
test('${name} is alone', async () => {
  fs.writeFileSync('busy-${name}', '');
  await new Promise((done) => setTimeout(done, 1500));
  const busy = fs.readdirSync('.').filter((each) => each.startsWith('busy-'));
  await new Promise((done) => setTimeout(done, 500));
  fs.rmSync('busy-${name}');
  ${asserts}
});
`;

function berths(asserts: string): string {
  return suiteFolder({ north: check('north', asserts), south: check('south', asserts) });
}

test('a test that fails only beside others is told, with times and what they prove', { timeout: 120_000 }, async () => {
  const { verification } = await verify({ root: berths('assert.equal(busy.length, 1);'), programs, repeat: { runs: 2, workers: 2, seed: 5 } });
  const [suite] = verification!.repeated!;
  expect(suite).toMatchObject({ title: 'Node test runner', workers: 2, failed: 2, bound: 1 });
  expect(suite!.failing).toMatchObject([
    { file: 'checks/north.test.js', name: 'north is alone', times: 2, failure: '2 == 1' },
    { file: 'checks/south.test.js', times: 2 },
  ]);
  // node:test has an order of its own.
  expect(suite).not.toHaveProperty('seed');
});

test('clean runs prove little, and parallel ones take less time', { timeout: 120_000 }, async () => {
  const { verification } = await verify({ root: berths(''), programs, repeat: { runs: 3, workers: 2 }, budget: 100_000 });
  const [suite] = verification!.repeated!;
  expect(suite).toMatchObject({ failed: 0, failing: [] });
  expect(suite!.bound).toBeCloseTo(0.632, 3);
  expect(suite!.parallel).toHaveLength(3);
  expect(Math.min(...suite!.parallel.map((each) => each.milliseconds))).toBeLessThan(suite!.serial!.milliseconds);
  expect(suite!.serial!.testMilliseconds).toBeGreaterThan(4000);
});

test('a suite that fails in one worker is not run in parallel, nor is one without time', { timeout: 120_000 }, async () => {
  const failing = await verify({ root: berths("assert.fail('never');"), programs, repeat: { runs: 3, workers: 2 } });
  expect(failing.verification?.repeated).toMatchObject([{ why: '`north is alone` fails in one worker: never', parallel: [] }]);
  const late = await verify({ root: berths(''), programs, repeat: { runs: 3, workers: 2 }, budget: 1 });
  expect(late.verification?.repeated).toMatchObject([{ why: 'the time budget was spent after 0 of 3 runs', parallel: [] }]);
});

test('what passes alone fails where two complete runs are made at once', { timeout: 120_000 }, async () => {
  // Names of the worker are the same in both.
  const root = berths('');
  rmSync(join(root, 'checks/south.test.js'));
  writeFileSync(
    join(root, 'checks/north.test.js'),
    `const assert = require('node:assert');
const fs = require('node:fs');
const { test } = require('node:test');
test('north is alone', async () => {
  const mine = 'here-' + process.pid;
  fs.writeFileSync(mine, '');
  const here = () => fs.readdirSync('.').filter((each) => each.startsWith('here-'));
  for (let looks = 0; looks < 400 && here().length === 1; looks++) await new Promise((done) => setTimeout(done, 10));
  const all = here();
  fs.rmSync(mine);
  assert.deepEqual(all, [mine]);
});`,
  );
  const alone = await verify({ root, programs, repeat: { runs: 1, workers: 2 } });
  expect(alone.verification?.repeated).toMatchObject([{ failed: 0 }]);
  const { verification } = await verify({ root, programs, repeat: { runs: 1, workers: 2, twoAtOnce: true } });
  expect(verification?.repeated).toMatchObject([{ twoAtOnce: true, failed: 1, failing: [{ name: 'north is alone', times: 1 }] }]);
});
