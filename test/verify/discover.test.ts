import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Log } from 'sarif';
import { sarif } from '../../src/reporters/sarif.js';
import { verify } from '../../src/verify/index.js';
import { buildPrograms } from './programs.js';
import { suiteFolder } from './suite-folder.js';

let programs: string;
beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);

const north = { file: 'checks/north.test.js', does: 'write' };
const south = { file: 'checks/south.test.js', does: 'write' };

/** A suite of a runner, with what every test file begins with. */
function project(runner: Runner, files: Readonly<Record<string, string>>): string {
  const { command, packages, head } = RUNNERS[runner];
  const texts = Object.fromEntries(Object.entries(files).map(([name, body]) => [name, `${head}\n${body}`]));
  return suiteFolder(texts, { command, packages: { ioredis: '5', ...packages } });
}

type Runner = keyof typeof RUNNERS;
const COMMONJS = "const assert = require('node:assert');\nconst Redis = require('ioredis');";
const RUNNERS = {
  'node:test': { command: 'node --test checks/', packages: {}, head: `${COMMONJS}\nconst { after, test } = require('node:test');` },
  Jest: { command: 'jest', packages: { jest: '30' }, head: `${COMMONJS}\nconst after = afterAll;` },
  Mocha: { command: 'mocha checks', packages: { mocha: '11' }, head: `${COMMONJS}\nconst test = it;` },
  Vitest: {
    command: 'vitest run',
    packages: { vitest: '4' },
    head: "import assert from 'node:assert';\nimport Redis from 'ioredis';\nimport { afterAll as after, test } from 'vitest';",
  },
} as const;

const OPENED = `const redis = new Redis(Number(process.env.REDIS_PORT ?? 6379), { db: 0 });
after(() => redis.quit());`;
/** Sets a key and wants it to stay. */
const keeps = (title: string, key: string, value: string): string => `
test('${title}', async () => {
  await redis.set(${key}, '${value}');
  assert.equal(await redis.get(${key}), '${value}');
  await redis.set(\`own:\${process.pid}:\${Date.now()}\`, '1');
});
`;

test('what no finding tells is seen and tried, and what each makes for itself is not', { timeout: 240_000 }, async () => {
  // No source says that the two are one.
  const root = project('node:test', {
    north: `${OPENED}const key = [...'rettel'].reverse().join('');${keeps('a letter arrives', 'key', 'north')}`,
    south: `const redis = require('../post.js');\nafter(() => redis.quit());${keeps('a letter leaves', "'letter'", 'south')}`,
  });
  writeFileSync(
    join(root, 'post.js'),
    "const Redis = require('ioredis');\nconst found = require(process.env.SETTINGS ?? './settings.json');\nmodule.exports = new Redis(found.port, { db: found.db });",
  );
  writeFileSync(join(root, 'settings.json'), JSON.stringify({ port: 6379, db: 0 }));
  const report = await verify({ root, programs, discover: true });
  const { findings, verification } = report;
  const [observed, ...others] = findings.filter(({ confidence }) => confidence !== 'possible');
  expect(others).toEqual([]);
  expect(observed).toMatchObject({
    number: findings.length,
    rule: 'shared-redis-keyspace',
    observed: true,
    confidence: 'certain',
    verdict: { word: 'CONFIRMED' },
    files: [north.file, south.file],
    resource: { title: 'Redis database `0`' },
    wording: { what: 'A run shows that 2 test files share Redis database `0` and break each other over key `letter`.' },
  });
  expect(observed!.wording.why).toMatch(/^Node runs .*, and in an order that was forced a test fails that passes alone\.$/);
  expect(observed!.places.map(({ path, code, note }) => [path, code?.split('\n')[0], note])).toEqual([
    [observed!.verdict!.b!.file, expect.stringMatching(/^test\('a letter/), 'this test fails'],
    [observed!.verdict!.a!.file, expect.stringMatching(/^test\('a letter/), 'changed here, in another worker'],
  ]);
  const [suite] = verification!.observed!;
  expect(suite).toMatchObject({ files: 2, meetings: [{ service: 'redis', database: '0', things: [{ name: 'key letter', uses: [north, south] }] }] });
  expect(suite!.meetings[0]!.things).toHaveLength(1);
  expect(suite!.meetings[0]).toMatchObject({ finding: observed!.number });
  expect(suite!.meetings[0]).not.toHaveProperty('verdict');
  expect(report.files.map(({ status }) => status)).toEqual(['held', 'held']);

  const [result] = (JSON.parse(sarif(report)) as Log).runs[0]!.results!.filter(({ properties }) => properties?.['observed']);
  expect(result).toMatchObject({ level: 'error', ruleId: 'shared-redis-keyspace', properties: { verdict: 'CONFIRMED' } });
  expect(result!.locations![0]!.physicalLocation!.artifactLocation!.uri).toBe(observed!.verdict!.b!.file);

  // The same again, and silent where the settings say that the name is safe.
  const again = await verify({ root, programs, discover: true });
  expect(again.findings.at(-1)!.fingerprints).toEqual(observed!.fingerprints);
  writeFileSync(join(root, 'isolation-audit.config.json'), JSON.stringify({ safeNames: ['0'] }));
  const silenced = await verify({ root, programs, discover: true });
  expect(silenced.findings.filter(({ observed: isObserved }) => isObserved)).toEqual([]);
  expect(silenced.verification!.observed![0]!.meetings[0]!.verdict).toMatchObject({ word: 'CONFIRMED' });
});

test.each([
  ['Jest', 'a letter arrives', 'a letter leaves'],
  ['Mocha', 'a letter arrives', 'a letter leaves'],
  ['Vitest', 'a letter arrives', 'a letter leaves'],
] as const)('%s tells which file sends what, and the finding about it is named', { timeout: 120_000 }, async (runner, arrives, leaves) => {
  const root = project(runner, {
    north: `${OPENED}${keeps('a letter arrives', "'letter'", 'north')}`,
    south: `${OPENED}${keeps('a letter leaves', "'letter'", 'south')}`,
  });
  const { findings, verification } = await verify({ root, programs, discover: true });
  const { number } = findings.find(({ rule }) => rule === 'shared-redis-keyspace')!;
  expect(verification!.observed![0]!.meetings).toMatchObject([
    {
      finding: number,
      things: [
        {
          name: 'key letter',
          uses: [
            { ...north, name: arrives },
            { ...south, name: leaves },
          ],
        },
      ],
    },
  ]);
});

test('a suite without a server is not watched, and the report says so', { timeout: 120_000 }, async () => {
  const root = project('node:test', { alone: `test('sums', () => assert.equal(1 + 1, 2));` });
  const { verification } = await verify({ root, programs, discover: true });
  expect(verification!.observed).toMatchObject([{ files: 0, meetings: [], why: 'no server is known that its tests use' }]);
});
