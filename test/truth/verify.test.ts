/**
 * Verdicts by real runners: every leak of a `collides` twin is confirmed, and the same tests of `isolated` are not.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { suspectsOf } from '../../src/project/suspects.js';
import { putToTheTest } from '../../src/verify/trying.js';
import { buildPrograms } from '../verify/programs.js';
import { scenarios, twinCopy } from './twins.js';

/** One of each runner, and of each kind of thing that is shared. `ISOLATION_AUDIT_VERIFY=all` tries all that there are. */
const CHOSEN = [
  'leaked-env/jest-undefined-text',
  'leaked-env/jasmine-object-assign',
  'leaked-cwd/ava-process-chdir',
  'leaked-mock/node-test-global-mock',
  'shared-module-state/mocha-shared-outbox',
  'order-dependent-test/playwright-chain',
  'shared-redis-keyspace/vitest-ioredis',
  'hardcoded-database-name/node-test-schema',
  'unscoped-wipe/jest-mysql2-delete',
  'fixed-port/jest-left-open',
  'shared-path/mocha-fixture-edited',
];
const RULES = ['leaked-cwd', 'leaked-env', 'leaked-mock', 'leaked-timers', 'order-dependent-test', 'shared-global', 'shared-module-state'];
/** Those that need two workers; most of them servers, as processes. */
const AT_ONCE = ['fixed-port', 'shared-path', 'hardcoded-database-name', 'shared-redis-keyspace', 'unscoped-query', 'unscoped-wipe'];

/** Known gaps of the scan; and Jasmine, whose workers share a port without an error and cannot be told their number. */
const MISSED = [
  'shared-module-state/playwright-counter',
  'fixed-port/mocha-scan-upward',
  'fixed-port/jasmine-cluster-port-zero',
  'fixed-port/jasmine-parallel-silent',
];

const all = scenarios(...RULES, ...AT_ONCE).filter(({ rule, name }) =>
  process.env['ISOLATION_AUDIT_VERIFY'] === 'all' ? !MISSED.includes(`${rule}/${name}`) : CHOSEN.includes(`${rule}/${name}`),
);

let programs: string;
beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);

describe.each(all.map((each) => ({ ...each, title: `${each.rule}/${each.name}` })))('$title', ({ rule, path }) => {
  test('is confirmed, and its repair is not', { timeout: 300_000 }, async () => {
    const [collides, isolated] = [twinCopy(join(path, 'collides')), twinCopy(join(path, 'isolated'))];
    onTestFinished(() => {
      collides.remove();
      isolated.remove();
    });
    const all = (await suspectsOf({ root: collides.project, rules: [rule] })).suspects;
    const suspects = all.filter(({ finding }) => finding.confidence !== 'possible');
    const bad = await putToTheTest(suspects, { root: collides.project, programs });
    expect([...bad.verdicts.values()].map(({ word, why }) => `${word}: ${why}`)).toEqual(Array(suspects.length).fill(expect.stringMatching(/^CONFIRMED: /)));
    const good = await putToTheTest(suspects, { root: isolated.project, programs });
    expect([...good.verdicts.values()].map(({ word }) => word)).not.toContain('CONFIRMED');
    expect(good.verdicts.size).toBe(suspects.length);
  });
});
