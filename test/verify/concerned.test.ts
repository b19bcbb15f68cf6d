import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Collision } from '../../src/verify/collisions.js';
import { testsConcerned } from '../../src/verify/concerned.js';
import { verify } from '../../src/verify/index.js';
import type { Command, Recording, Step } from '../../src/verify/recording.js';
import { buildPrograms } from './programs.js';
import { suiteFolder } from './suite-folder.js';

const touch = { kind: 'key', name: 'cart' } as const;
const step = (role: string, nth: number): Step => ({ role, service: 'redis', operation: 'SET', touch, nth });
const COLLISIONS = [{ bad: [step('A', 1), step('B', 0)], met: 2, contested: 'key cart' }] as const satisfies readonly Collision[];

/** A file alone: who sets the cart, in order, and how long each of its tests takes. */
function file(role: string, setters: readonly (string | undefined)[], times: Readonly<Record<string, number>>, failing?: string) {
  const commands = setters.map((by): Partial<Command> => ({
    role,
    service: 'redis',
    operation: 'SET',
    touches: [{ ...touch, access: 'write' }],
    ...(by ? { test: by } : {}),
  }));
  const tests = Object.entries(times).map(([name, milliseconds]) => ({
    file: role,
    name,
    milliseconds,
    state: name === failing ? ('failed' as const) : ('passed' as const),
  }));
  return { recording: { commands } as unknown as Recording, alone: { tests, broken: [], milliseconds: 1 } };
}

describe('of two files only the tests are run that their collisions are about', () => {
  const times = { fills: 10, waits: 4000, pays: 10 };
  const a = file('A', ['fills', 'pays'], times);
  const b = file('B', ['fills'], times);

  test('where the others take long', () => {
    expect(testsConcerned(COLLISIONS, a, b)).toEqual({ A: ['pays'], B: ['fills'] });
  });

  test('and all of a file where a hook or nobody known does it', () => {
    expect(testsConcerned(COLLISIONS, a, file('B', [undefined], { fills: 10 }))).toEqual({ A: ['pays'] });
    expect(testsConcerned(COLLISIONS, a, file('B', [undefined], times))).toBeUndefined();
  });

  test('but not where little is saved, or a test is not known or fails', () => {
    expect(testsConcerned(COLLISIONS, file('A', ['fills', 'waits'], times), b)).toBeUndefined();
    expect(testsConcerned(COLLISIONS, file('A', ['fills', 'pays'], { fills: 10, pays: 10 }), file('B', ['fills'], { fills: 10 }))).toBeUndefined();
    expect(testsConcerned(COLLISIONS, file('A', ['fills', 'renamed'], times), b)).toBeUndefined();
    expect(testsConcerned(COLLISIONS, file('A', ['fills', 'pays'], times, 'pays'), b)).toBeUndefined();
  });
});

let programs: string;
beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);

test.each([
  ['is left out', 'north', 2, { A: ['a letter of north arrives'], B: ['a letter of south arrives'] }],
  ['is run where the next one needs it', 'found', undefined, {}],
])('a test that waits for a clock %s', { timeout: 240_000 }, async (_, value, times, chosen) => {
  const root = suiteFolder({}, { packages: { ioredis: '5' } });
  const waits = join(root, '../waits');
  const body = (name: string, before: string, letter: string): string => `
const assert = require('node:assert');
const { after, test } = require('node:test');
const redis = new (require('ioredis'))(6379);
after(() => redis.quit());
let found;
${before}
test('a letter of ${name} arrives', async () => {
  await redis.set('letter', ${letter});
  assert.equal(await redis.get('letter'), '${name}');
});
`;
  const wait = `test('waits for the post', async () => {
  require('node:fs').appendFileSync(${JSON.stringify(waits)}, 'w');
  await new Promise((resolve) => setTimeout(resolve, 2500));
  found = 'north';
});`;
  writeFileSync(join(root, 'checks/north.test.js'), body('north', wait, value === 'found' ? 'found' : `'${value}'`));
  writeFileSync(join(root, 'checks/south.test.js'), body('south', '', "'south'"));
  const { findings } = await verify({ root, programs, rules: ['shared-redis-keyspace'] });
  const { verdict } = findings.find(({ rule }) => rule === 'shared-redis-keyspace')!;
  expect(verdict).toMatchObject({ word: 'CONFIRMED', replay: { kind: 'at-once', chosen } });
  expect(verdict!.replay).toHaveProperty('chosen', chosen);
  // It runs when its file is run alone, twice, and then no more.
  if (times !== undefined) expect(readFileSync(waits, 'utf8')).toHaveLength(times);
});

/** What two files use without a server between them, and what stands in a test of it. */
const LOCAL = {
  'shared-path': {
    resource: 'note.txt',
    uses: (name: string): string => `
test('a note of ${name} is kept', () => {
  const fs = require('node:fs');
  fs.writeFileSync('note.txt', '${name}');
  assert.equal(fs.readFileSync('note.txt', 'utf8'), '${name}');
});`,
    tests: ['a note of north is kept', 'a note of south is kept'],
  },
  'fixed-port': {
    resource: '4459',
    uses: (name: string): string => `
test('the window of ${name} opens', async () => {
  const server = require('node:net').createServer();
  await new Promise((done, fail) => server.on('error', fail).listen(4459, done));
  await new Promise((done) => server.close(done));
});`,
    tests: ['the window of north opens', 'the window of south opens'],
  },
} as const;

test.each(['shared-path', 'fixed-port'] as const)('nor does such a test run where the files meet in what $0 is about', { timeout: 240_000 }, async (rule) => {
  const { resource, uses, tests } = LOCAL[rule];
  const root = suiteFolder({});
  const waits = join(root, '../waits');
  const head = "const assert = require('node:assert');\nconst { test } = require('node:test');\n";
  const wait = `test('waits for the post', async () => {
  require('node:fs').appendFileSync(${JSON.stringify(waits)}, 'w');
  await new Promise((resolve) => setTimeout(resolve, 2500));
});`;
  writeFileSync(join(root, 'checks/north.test.js'), head + wait + uses('north'));
  writeFileSync(join(root, 'checks/south.test.js'), head + uses('south') + wait);
  const { findings } = await verify({ root, programs, rules: [rule], resource });
  const verdict = findings.flatMap((finding) => finding.verdict ?? [])[0];
  expect(verdict).toMatchObject({ word: 'CONFIRMED', replay: { kind: 'at-once' } });
  expect(verdict!.replay).toHaveProperty('chosen', { A: [tests[0]], B: [tests[1]] });
  expect(verdict!.trace.filter(({ contested }) => contested).length).toBeGreaterThan(1);
  expect(readFileSync(waits, 'utf8')).toHaveLength(4);
});
