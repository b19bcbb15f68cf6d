import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Verdict } from '../../src/model/verdict.js';
import { replay, verify } from '../../src/verify/index.js';
import { readReplay } from '../../src/verify/replay.js';
import { buildPrograms } from './programs.js';
import { suiteFolder } from './suite-folder.js';

let programs: string;
beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);

const HEAD = "const assert = require('node:assert');\nconst { after, test } = require('node:test');\n";

/** A suite of node:test, whose files can be written anew. */
function project(files: Readonly<Record<string, string>>) {
  const root = suiteFolder({}, { packages: { ioredis: '5' } });
  const write = (name: string, body: string): void => writeFileSync(join(root, `checks/${name}.test.js`), HEAD + body);
  for (const [name, body] of Object.entries(files)) write(name, body);
  return { root, write };
}

/** What a shell hands on of the line that a verdict prints. */
const typed = ({ again }: Verdict): string => {
  const [command] = /^npx isolation-audit verify --replay (?=')/.exec(again!)!;
  return execFileSync('sh', ['-c', `printf %s ${again!.slice(command.length)}`], { encoding: 'utf8' });
};

const keeps = (title: string, key: string, value: string): string => `
const redis = new (require('ioredis'))(6379);
after(() => redis.quit());
test(${JSON.stringify(title)}, async () => {
  await redis.set(${key}, '${value}');
  assert.equal(await redis.get(${key}), '${value}', 'the letter is another');
});
`;
// A key and a title that a shell, a page and a terminal could each spoil.
const KEY = JSON.stringify("söhne's $(letter)");

test('the line of a verdict does the same run again, on servers of its own', { timeout: 120_000 }, async () => {
  const { root, write } = project({ north: keeps('a letter isn’t lost', KEY, 'north'), south: keeps("it's kept", KEY, 'south') });
  const { findings } = await verify({ root, programs, rules: ['shared-redis-keyspace'] });
  const { verdict } = findings.find(({ rule }) => rule === 'shared-redis-keyspace')!;
  expect(verdict).toMatchObject({ word: 'CONFIRMED', replay: { kind: 'at-once', fails: verdict!.b, says: 'the letter is another', met: 2 } });
  const run = typed(verdict!);
  expect(JSON.parse(run)).toEqual(verdict!.replay);
  expect(run).toMatch(/^[ -~]+$/);

  expect(await replay({ root, programs, run })).toMatchObject({
    word: 'FAILS-AGAIN',
    order: verdict!.order,
    failure: 'the letter is another',
    versions: verdict!.versions,
  });
  const failing = verdict!.b!.file.includes('north') ? ['north', 'a letter isn’t lost'] : ['south', "it's kept"];
  const [name, title] = failing as [string, string];
  const same = keeps(title, KEY, name);
  write(name, same.replace('the letter is another', 'a letter is gone'));
  expect(await replay({ root, programs, run })).toMatchObject({ word: 'FAILS-OTHERWISE', failure: 'a letter is gone' });
  write(name, same.replace(/assert.equal\((await .*?\)), .*/, 'assert.ok($1);'));
  expect(await replay({ root, programs, run })).toMatchObject({ word: 'PASSES' });
  write(name, same.replaceAll(KEY, '`own:${process.pid}`'));
  const apart = await replay({ root, programs, run });
  expect(apart).toMatchObject({ word: 'NOT-FOLLOWED', why: expect.stringMatching(/^the order did not come about: B ended before SET /) as string });
  write(name, same.replace('test(', 'test.skip('));
  expect(await replay({ root, programs, run })).toMatchObject({ word: 'NOT-FOLLOWED', why: 'the test is not run any more' });
  write(name, `${same}}`);
  expect(await replay({ root, programs, run })).toMatchObject({ word: 'NOT-FOLLOWED', why: expect.stringMatching(/ cannot be run: /) as string });
  write(name, same.replace('await redis.set', "assert.fail('the post is shut');\n  await redis.set"));
  expect(await replay({ root, programs, run })).toMatchObject({
    word: 'NOT-FOLLOWED',
    why: expect.stringMatching(/^the order did not come about: B ended before SET /) as string,
    failure: 'the post is shut',
  });
  rmSync(join(root, verdict!.b!.file));
  await expect(replay({ root, programs, run })).rejects.toThrow(
    /^No suite here runs `checks\/\w+\.test\.js` and `checks\/\w+\.test\.js`: pass the root that the report was made for\.$/,
  );
});

test.each(['A', 'B'] as const)(
  'a lock that forbids the order is told of the tests as they are named, whichever was the first worker: %s',
  { timeout: 60_000 },
  async (held) => {
    // What is queued takes effect in the end, and is one.
    const { root } = project({
      north: keeps('a letter is kept', "'letter'", 'north').replace('await redis.set(', 'await redis.multi({ pipeline: false });\n  await redis.set('),
      south: keeps('a letter leaves', "'letter'", 'south'),
    });
    const touch = { kind: 'key', name: 'letter' };
    const step = (role: string, operation: string) => ({ role, service: 'redis', operation, touch, nth: 0 });
    const other = held === 'A' ? 'B' : 'A';
    const [north, south] = ['checks/north.test.js', 'checks/south.test.js'];
    const files = { [held]: north, [other]: south };
    const steps = [step(held, 'SET'), step(other, 'SET'), step(held, 'GET')];
    const run = JSON.stringify({ ...RUN, files, steps, bad: [0, 3], met: 2, fails: { file: south, name: 'a letter leaves' } });
    expect(await replay({ root, programs, run })).toMatchObject({
      word: 'SERIALISED',
      why: 'the order cannot happen: SET letter of A takes effect with the end of its transaction, and A has to wait inside it',
      order: 'A: SET letter, then B: SET letter, then A: GET letter',
    });
  },
);

test('a lock file forbids it too, whatever each file does before it takes its turn', { timeout: 60_000 }, async () => {
  const turns = (title: string, value: string): string => `
const { mkdirSync, rmdirSync } = require('node:fs');
const { setTimeout: wait } = require('node:timers/promises');
const redis = new (require('ioredis'))(6379);
after(() => redis.quit());
test('${title}', async () => {
  await redis.set('letterbox', 'open');
  for (;;) try { mkdirSync('turn.lock'); break; } catch { await wait(10); }
  await redis.set('letter', '${value}');
  assert.equal(await redis.get('letter'), '${value}');
  rmdirSync('turn.lock');
});
`;
  const { root } = project({ north: turns('a letter is kept', 'north'), south: turns('a letter leaves', 'south') });
  const step = (role: string, operation: string, name: string) => ({ role, service: 'redis', operation, touch: { kind: 'key', name }, nth: 0 });
  const [A, B] = ['checks/north.test.js', 'checks/south.test.js'];
  const bad = [step('A', 'SET', 'letter'), step('B', 'SET', 'letter'), step('A', 'GET', 'letter')];
  const steps = [step('A', 'SET', 'letterbox'), step('B', 'SET', 'letterbox'), ...bad];
  const run = JSON.stringify({ ...RUN, files: { A, B }, steps, bad: [2, 5], met: 4, fails: { file: A, name: 'a letter is kept' } });
  expect(await replay({ root, programs, run })).toMatchObject({
    word: 'SERIALISED',
    why: 'the order cannot happen: A and B take turns by the lock file turn.lock',
  });
});

test('so does that of a path, and that of state in one worker', { timeout: 120_000 }, async () => {
  const file = (text: string): string => `
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
test('a note is kept', () => {
  mkdirSync('notes', { recursive: true });
  writeFileSync('notes/today.txt', '${text}');
  assert.equal(readFileSync('notes/today.txt', 'utf8'), '${text}');
});
`;
  const zone = `
test('sets a zone', () => { process.env.POST_ZONE = 'UTC'; });
test('asks for the zone', () => assert.equal(process.env.POST_ZONE, undefined));
`;
  const { root } = project({ east: file('east'), west: file('west'), zone });
  const { findings } = await verify({ root, programs, rules: ['shared-path', 'leaked-env'] });
  for (const [rule, kind] of [
    ['shared-path', 'at-once'],
    ['leaked-env', 'in-one-worker'],
  ]) {
    const verdict = findings.find((each) => each.rule === rule)!.verdict!;
    expect(verdict).toMatchObject({ word: 'CONFIRMED', replay: { kind } });
    expect(await replay({ root, programs, run: typed(verdict) })).toMatchObject({ word: 'FAILS-AGAIN' });
  }
});

const RUN = {
  kind: 'at-once',
  files: { A: 'a', B: 'b' },
  chosen: {},
  steps: [{ role: 'A', service: 'redis', operation: 'SET', nth: 0 }],
  bad: [0, 1],
  met: 1,
  fails: { file: 'b', name: '' },
  says: '',
};
test('only what a report tells is taken for a run', () => {
  expect(readReplay(JSON.stringify(RUN))).toEqual(RUN);
  const [step] = RUN.steps;
  for (const wrong of [
    'north',
    '7',
    '[]',
    ...[
      { ...RUN, kind: 'twice' },
      { ...RUN, files: { A: 'a' } },
      { ...RUN, chosen: { A: 'all' } },
      { ...RUN, met: 'all' },
      { ...RUN, bad: [0] },
      { ...RUN, fails: 'b' },
      { ...RUN, steps: [{ ...step, role: 'C' }] },
      { ...RUN, steps: [{ ...step, service: 'http' }] },
      { ...RUN, steps: [{ ...step, touch: 'key' }] },
      { kind: 'in-one-worker', tests: [], fails: RUN.fails, says: '' },
    ].map((each) => JSON.stringify(each)),
  ])
    expect(() => readReplay(wrong), wrong).toThrow('What stands behind `--replay` is no run that a report tells: copy the whole line, quotes included.');
});
