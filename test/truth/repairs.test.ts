import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { fix } from '../../src/project/fix.js';
import { runTwin, scenarios } from './twins.js';

/** Fixtures that `fix` repairs by itself: what fails in parallel passes after it, under the real runner. */
const REPAIRED = [
  'fixed-port/ava-express',
  'fixed-port/jest-left-open',
  'leaked-cwd/ava-process-chdir',
  'leaked-cwd/jest-next-file',
  'leaked-cwd/mocha-helper-chdir',
  'leaked-cwd/node-test-last-statement',
  'leaked-env/jasmine-object-assign',
  'leaked-env/jest-undefined-text',
  'leaked-env/mocha-restore-last',
  'leaked-env/node-test-deleted',
  'leaked-env/playwright-all-but-one',
  'leaked-mock/jest-many-files',
  'leaked-mock/jest-reset-mocks',
  'leaked-mock/jest-restore-last',
  'leaked-mock/mocha-nock-persist',
  'leaked-mock/mocha-sinon-reset',
  'leaked-mock/node-test-global-mock',
  'leaked-mock/vitest-describe-spy',
  'leaked-mock/vitest-many-files',
  'leaked-timers/jasmine-clock',
  'leaked-timers/jest-restore-mocks-only',
  'leaked-timers/mocha-sinon-shadowed',
  'leaked-timers/node-test-mock-timers',
  'leaked-timers/vitest-next-file',
  'leaked-timers/vitest-restored-on-success',
  'missing-cleanup/node-test-server',
  'shared-global/jasmine-random',
  'shared-global/mocha-prototype-patch',
  'shared-global/vitest-fetch-replaced',
  'shared-module-state/mocha-settings-object',
];

/** Fixtures that it repairs without the library where it is told to. */
const PLAINLY = ['fixed-port/mocha-parallel-helper', 'fixed-port/vitest-two-servers', 'shared-path/node-test-tmp-folder'];

/** Where one line of configuration does it for all files, as in the twin that was repaired by hand. */
const BY_OPTION = ['leaked-mock/jest-many-files', 'leaked-mock/vitest-many-files'];

test.each([...REPAIRED, ...PLAINLY])('%s passes once it is repaired', { timeout: 120_000 }, async (name) => {
  const [rule, scenario] = name.split('/');
  const { path, truth } = scenarios(rule!).find((each) => each.name === scenario)!;
  const place = mkdtempSync(join(tmpdir(), 'isolation-audit-repaired-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  cpSync(join(path, 'collides'), place, { recursive: true });
  const options = { root: place, runtime: !PLAINLY.includes(name) };
  const fixed = await fix(options);
  expect(fixed.left).toEqual([]);
  for (const file of fixed.files) {
    expect(file.after).not.toContain('isolation-audit');
    writeFileSync(join(place, file.path), file.after);
  }
  if (BY_OPTION.includes(name)) {
    const [config, ...others] = fixed.files;
    expect(others).toEqual([]);
    expect(config?.after).toBe(readFileSync(join(path, 'isolated', config!.path), 'utf8'));
  }
  const before = await runTwin(join(path, 'collides'), truth.parallel, { ...truth.env }, { meet: truth.alone !== true, timeout: truth.timeout ?? 60_000 });
  expect(before.code, before.output).not.toBe(0);
  const after = await runTwin(place, truth.parallel, { ...truth.env }, { meet: truth.alone !== true, timeout: truth.timeout ?? 60_000 });
  expect(after.code, after.output).toBe(0);
  expect((await fix(options)).files).toEqual([]);
});
