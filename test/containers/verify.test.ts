/** Verdicts on servers in containers, of the image that the project's own compose file names. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { containerImage, type ServiceName } from '../../scripts/services.mjs';
import { suspectsOf, type Suspect } from '../../src/project/suspects.js';
import { putToTheTest, type Verdicts } from '../../src/verify/trying.js';
import { scenarios, twinCopy } from '../truth/twins.js';
import { buildPrograms } from '../verify/programs.js';

let programs: string;
beforeAll(async () => {
  programs = await buildPrograms();
}, 120_000);

/** A twin in a project that says which image it uses. */
async function project(rule: string, name: string, twin: 'collides' | 'isolated', service: ServiceName) {
  const { path } = scenarios(rule).find((each) => each.name === name)!;
  const { project: root, remove } = twinCopy(join(path, twin));
  onTestFinished(remove);
  writeFileSync(join(root, 'compose.yaml'), `services:\n  store:\n    image: ${containerImage(service)}\n`);
  const suspects = (await suspectsOf({ root, rules: [rule] })).suspects.filter(({ finding }) => finding.confidence !== 'possible');
  const judge = (asked: readonly Suspect[]): Promise<Verdicts> => putToTheTest(asked, { root, programs });
  return { suspects, judge };
}

test.each([
  ['redis', 'shared-redis-keyspace', 'vitest-ioredis'],
  ['postgres', 'unscoped-wipe', 'jest-pg-truncate'],
  ['mariadb', 'unscoped-wipe', 'jest-mysql2-delete'],
] as const)('%s in a container: %s/%s is confirmed, and its repair is not', { timeout: 600_000 }, async (service, rule, name) => {
  const collides = await project(rule, name, 'collides', service);
  expect(collides.suspects).not.toEqual([]);
  const bad = await collides.judge(collides.suspects);
  expect(bad.untried).toEqual([]);
  for (const { word, versions } of bad.verdicts.values()) {
    expect(word).toBe('CONFIRMED');
    expect(versions).toContainEqual(expect.stringMatching(/^\w+ \d+\.\d+\S* \(container of \S+\)$/));
    expect(versions.join()).toContain(`(container of ${containerImage(service)})`);
  }
  const isolated = await project(rule, name, 'isolated', service);
  const good = await isolated.judge(collides.suspects);
  expect([...good.verdicts.values()].map(({ word }) => word)).not.toContain('CONFIRMED');
  expect([good.verdicts.size, good.untried]).toEqual([collides.suspects.length, []]);
});

test('two verifications at once do not meet', { timeout: 600_000 }, async () => {
  const both = await Promise.all([1, 2].map(() => project('shared-redis-keyspace', 'vitest-ioredis', 'collides', 'redis')));
  const judged = await Promise.all(both.map(({ suspects, judge }) => judge(suspects)));
  for (const { verdicts } of judged) expect(new Set([...verdicts.values()].map(({ word }) => word))).toEqual(new Set(['CONFIRMED']));
});
