/** A test of Mocha that is held back has the time for it, whatever limit it sets itself. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const SUITE = `describe('orders', function () {
  this.timeout(20);
  beforeEach((done) => setTimeout(done, 200));
  it('are counted', (done) => setTimeout(done, 200));
  it('are listed', function (done) { this.timeout(30); setTimeout(done, 200); });
});
`;

test.each([
  ['30000', ['passed', 'passed']],
  [undefined, ['failed']],
])('with a patience of %s', (patience, states) => {
  const folder = mkdtempSync(join(tmpdir(), 'patience-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [file, results] = [join(folder, 'orders.spec.cjs'), join(folder, 'results.json')];
  writeFileSync(file, SUITE);
  spawnSync(process.execPath, [resolve('node_modules/mocha/bin/mocha.js'), '--no-config', '--reporter', resolve('src/verify/inside/mocha-report.cjs'), file], {
    cwd: folder,
    env: { ...process.env, ISOLATION_AUDIT_RESULTS: results, ...(patience === undefined ? {} : { ISOLATION_AUDIT_PATIENCE: patience }) },
  });
  const { tests } = JSON.parse(readFileSync(results, 'utf8')) as { readonly tests: readonly { readonly state: string }[] };
  expect(tests.map(({ state }) => state)).toEqual(states);
});
