import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { verify } from '../../src/verify/index.js';
import { buildPrograms } from './programs.js';
import { suiteFolder } from './suite-folder.js';

let programs: string;
beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);

/** Two files that each leave a variable behind, and say elsewhere that they have run. */
function project() {
  const root = suiteFolder({});
  const starts = join(root, '../starts');
  for (const zone of ['NORTH', 'SOUTH'])
    writeFileSync(
      join(root, `checks/${zone.toLowerCase()}.test.js`),
      `const assert = require('node:assert');
const { test } = require('node:test');
require('node:fs').appendFileSync(${JSON.stringify(starts)}, '${zone} ');
test('sets a zone', () => { process.env.ZONE_${zone} = 'UTC'; });
test('asks for the zone', () => assert.equal(process.env.ZONE_${zone}, undefined));
`,
    );
  /** Which files have run since the last time it was asked. */
  const ran = (): readonly string[] => {
    const names = existsSync(starts) ? readFileSync(starts, 'utf8').trim().split(' ') : [];
    rmSync(starts, { force: true });
    return [...new Set(names)].sort();
  };
  return { root, ran, edit: () => appendFileSync(join(root, 'checks/north.test.js'), '// changed\n') };
}

/** A verification that is interrupted when the first finding is judged. */
async function interrupted(root: string, reports: readonly string[] = []): Promise<void> {
  const controller = new AbortController();
  const onProgress = ({ phase, done }: { readonly phase: string; readonly done: number }): void => {
    if (phase.startsWith('Putting') && done === 1) controller.abort();
  };
  await expect(verify({ root, programs, rules: ['leaked-env'], onProgress, reports, signal: controller.signal })).rejects.toThrow();
}

test('a verification that was cut short is gone on with, until all is judged or the tree changes', { timeout: 120_000 }, async () => {
  const { root, ran, edit } = project();
  await interrupted(root);
  const [first] = ran();
  const other = first === 'NORTH' ? 'SOUTH' : 'NORTH';
  const words = ({ findings }: Awaited<ReturnType<typeof verify>>): unknown => findings.map(({ verdict }) => verdict?.word);

  // No time at all: what is known stands, and all else is left for later.
  const none = await verify({ root, programs, rules: ['leaked-env'], budget: -1 });
  expect(ran()).toEqual([]);
  expect(none.verification).toMatchObject({ resumed: 1, untried: [{ why: 'the time budget is spent, and the next `verify` goes on from here' }] });

  const rest = await verify({ root, programs, rules: ['leaked-env'] });
  expect(ran()).toEqual([other]);
  expect(words(rest)).toEqual(['CONFIRMED', 'CONFIRMED']);
  expect(rest.verification).toMatchObject({ resumed: 1, untried: [] });

  const anew = await verify({ root, programs, rules: ['leaked-env'] });
  expect(ran()).toEqual(['NORTH', 'SOUTH']);
  expect(anew.verification).not.toHaveProperty('resumed');

  await interrupted(root);
  ran();
  edit();
  await verify({ root, programs, rules: ['leaked-env'] });
  expect(ran()).toEqual(['NORTH', 'SOUTH']);
});

test('a report that was written meanwhile is no change of the tree', { timeout: 120_000 }, async () => {
  const { root } = project();
  const file = join(root, 'evidence.html');
  const reports = [file];
  await interrupted(root, reports);
  writeFileSync(file, 'after');
  const resumed = async (of: readonly string[]): Promise<number | undefined> =>
    (await verify({ root, programs, rules: ['leaked-env'], budget: -1, reports: of })).verification!.resumed;
  expect(await resumed(reports)).toBe(1);
  expect(await resumed([])).toBeUndefined();
});
