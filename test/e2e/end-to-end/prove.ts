import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServices, type Services } from '../../../scripts/services.mjs';
import { audit, project, tool } from '../cli.js';
import { filesOf, runnable, type Suite } from './suite.js';
import type { Files } from '../worker/project.js';

/** How often a repaired suite must pass in parallel. */
const ROUNDS = Number(process.env['ISOLATION_AUDIT_ROUNDS'] ?? 2);
const LIMIT = { timeout: 120_000 + 15_000 * ROUNDS };

/** What holds files back. */
function found(files: Files): readonly string[] {
  const { findings } = audit(project(files)).report;
  return [...new Set(findings.filter(({ confidence }) => confidence !== 'possible').map(({ rule, places: [{ path }] }) => `${rule} ${path}`))].sort();
}

/** What the command makes of the suite. */
function repaired(files: Files): Files {
  const folder = project(files);
  const { status, stderr } = tool(['fix', folder, '--force']);
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return filesOf(folder);
}

const whole = ({ files, byHand }: Suite): Files => (byHand ? { ...files, ...byHand } : repaired(files));

/** Each suite collides under its real runner before its repair, and passes in parallel after it. Called in several files: a suite takes tens of seconds, and files run in parallel. */
export function prove(suites: readonly Suite[]): void {
  let services: Services;
  beforeAll(async () => {
    services = await startServices([...new Set(suites.flatMap(({ needs }) => needs))]);
  }, 180_000);
  afterAll(async () => services.stop());

  describe.each(suites)('$name', (suite) => {
    test('passes serially and fails in parallel, where the scan says', LIMIT, async () => {
      expect(found(suite.files)).toEqual([...suite.finds].sort());
      const { serially, inParallel } = await runnable(suite, suite.files, services);
      const serial = await serially();
      expect(serial.code, serial.output).toBe(0);
      const parallel = await inParallel(8000);
      expect(parallel.code, parallel.output).not.toBe(0);
      expect(parallel.output).toMatch(new RegExp(suite.symptom));
    });

    test(`passes in parallel once it is repaired ${suite.byHand ? 'by hand' : 'by fix'}`, LIMIT, async () => {
      const files = whole(suite);
      expect(found(files)).toEqual(suite.leaves ?? []);
      expect(repaired(files)).toEqual(files);
      const { serially, inParallel } = await runnable(suite, files, services);
      for (let round = 0; round < ROUNDS; round++) {
        const parallel = await inParallel(30_000);
        expect(parallel.code, parallel.output).toBe(0);
      }
      const serial = await serially();
      expect(serial.code, serial.output).toBe(0);
    });
  });
}
