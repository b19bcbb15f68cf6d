/** Tests that take turns by a path that can be made only once never overlap, whatever order is asked of them. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../src/verify/index.js';
import { openLab, type Lab } from '../../src/verify/lab.js';
import type { Step } from '../../src/verify/recording.js';
import { forbids } from '../../src/verify/services.js';
import { buildPrograms } from './programs.js';
import { REDIS, roles } from './roles.js';
import { suiteFolder } from './suite-folder.js';

const { folder, script, both } = roles();
let programs: string;
let lab: Lab;
beforeAll(async () => {
  programs = await buildPrograms();
  lab = await openLab({ needs: [{ kind: 'redis' }], programs });
}, 60_000);
afterAll(async () => lab.close());

/** What scripts begin with: the second one begins when the first has its turn, or what stands for one. A lock file of its own for each test: who fails leaves it behind. */
const first = (name: string): string => `${USES} const lock = '${name}.lock'; const begins = () => fs.writeFileSync('${name}.begun', '');`;
const second = (name: string): string => `${USES} const lock = '${name}.lock'; while (!fs.existsSync('${name}.begun')) await wait(10);`;
const USES = "const fs = require('node:fs'); const wait = (ms) => new Promise((done) => setTimeout(done, ms));";
/** Waits for its turn as long as it takes. */
const takes = (make: string): string => `for (;;) try { ${make}; break; } catch (error) { if (error.code !== 'EEXIST') throw error; await wait(10); }`;
const TAKE = takes('fs.mkdirSync(lock)');
const LEAVE = 'fs.rmdirSync(lock);';
const write = (name: string): string => `fs.writeFileSync('note.txt', '${name}');`;
const read = (name: string): string => `assert.equal(fs.readFileSync('note.txt', 'utf8'), '${name}');`;

const call = (role: string, operation: string): Step => ({ role, service: 'files', operation, touch: { kind: 'path', name: 'note.txt' }, nth: 0 });
const ORDER = [call('A', 'writeFile'), call('B', 'writeFile'), call('A', 'readFile')];
const watch = () => ({ paths: [join(realpathSync(folder), 'note.txt')], bases: [{ folder: realpathSync(folder), as: '' }] });
const forbidden = (what: string, name: string) => ({ outcome: 'not-reached', why: `${what} of B waits for the lock file ${name}.lock, which A has` });
const turns = (name: string): string => `A and B take turns by the lock file ${name}.lock`;

test.each([
  ['a folder', TAKE, LEAVE],
  ['a file that is opened', takes("fs.closeSync(fs.openSync(lock, 'wx'))"), 'fs.unlinkSync(lock);'],
  ['a file that is written', takes("await fs.promises.writeFile(lock, '', { flag: 'wx' })"), 'await fs.promises.rm(lock);'],
  [
    'a link',
    takes("await new Promise((done, fail) => fs.symlink('turn', lock, (error) => (error ? fail(error) : done())))"),
    'fs.renameSync(lock, `${lock}.old`); fs.unlinkSync(`${lock}.old`);',
  ],
])('an order that breaks a turn by %s is given up at once', { timeout: 60_000 }, async (what, take, leave) => {
  const name = what.replaceAll(' ', '-');
  const a = script(`${name}-a`, first(name), take, 'begins();', write('a'), read('a'), leave);
  const b = script(`${name}-b`, second(name), take, write('b'), read('b'), leave);
  const { codes, recording } = await both(lab, a, b, ORDER, watch());
  expect({ codes, schedule: recording.schedule }).toMatchObject({ codes: [0, 0], schedule: forbidden('writeFile note.txt', name) });
  expect(forbids(recording.schedule, ORDER, [0, 3])).toBe(turns(name));
});

test('so is one of commands', { timeout: 60_000 }, async () => {
  const own = (name: string): readonly string[] => [`await redis.set('cart', '${name}');`, `assert.equal(await redis.get('cart'), '${name}');`];
  const a = script('redis-a', first('redis'), REDIS, TAKE, 'begins();', ...own('a'), LEAVE, 'redis.quit();');
  const b = script('redis-b', second('redis'), REDIS, TAKE, ...own('b'), LEAVE, 'redis.quit();');
  const touch = { kind: 'key', name: 'cart' } as const;
  const step = (role: string, operation: string): Step => ({ role, service: 'redis', operation, touch, nth: 0 });
  const order = [step('A', 'SET'), step('B', 'SET'), step('A', 'GET')];
  const { codes, recording } = await both(lab, a, b, order);
  expect({ codes, schedule: recording.schedule }).toMatchObject({ codes: [0, 0], schedule: forbidden('SET cart', 'redis') });
  expect(forbids(recording.schedule, order, [0, 3])).toBe(turns('redis'));
});

const BY_TURNS = [TAKE, 'begins();', write('a'), LEAVE, TAKE, read('a'), LEAVE];
const FOLDER = "try { fs.mkdirSync(lock); } catch (error) { if (error.code !== 'EEXIST') throw error; }";
test.each([
  ['only one takes its turn', [TAKE, 'begins();', write('a'), read('a'), LEAVE], [write('b')]],
  ['the turn ends between two uses', BY_TURNS, [TAKE, write('b'), LEAVE]],
  [
    'a folder is made where it is missing, for each test',
    [FOLDER, 'begins();', write('a'), read('a')],
    ["mark('one');", FOLDER, "mark('two');", FOLDER, write('b'), LEAVE],
  ],
  [
    'a folder is made where it is missing, and once more by a helper',
    [FOLDER, 'begins();', write('a'), read('a')],
    [FOLDER, FOLDER, 'await wait(100);', write('b'), LEAVE],
  ],
])('an order is followed where %s', { timeout: 60_000 }, async (what, a, b) => {
  const name = what.replaceAll(/[ ,]+/g, '-');
  const files = [script(`${name}-a`, first(name), ...a), script(`${name}-b`, second(name), ...b)] as const;
  const { codes, recording } = await both(lab, ...files, ORDER, watch());
  expect({ codes, schedule: recording.schedule }).toMatchObject({ codes: [1, 0], schedule: { outcome: 'followed', reached: 3 } });
});

test('what is done without the lock that was waited for is not forbidden by it', { timeout: 60_000 }, async () => {
  // Gives up after a while, and does it all the same.
  const hasty = `for (let time = 0; time < 3; time++) try { fs.mkdirSync(lock); break; } catch { await wait(10); }`;
  const a = script('patient', first('hasty'), TAKE, 'begins();', write('a'), read('a'), 'await wait(200);', LEAVE);
  const b = script('hasty', second('hasty'), hasty, write('b'));
  const { recording } = await both(lab, a, b, ORDER, watch());
  expect(recording.schedule).toMatchObject({ outcome: 'not-reached' });
  expect(forbids(recording.schedule, ORDER, [0, 3])).toBeUndefined();
});

test('a finding about what is used in turns is SERIALISED', { timeout: 120_000 }, async () => {
  const file = (name: string): string => `
const assert = require('node:assert');
const fs = require('node:fs');
const { setTimeout: wait } = require('node:timers/promises');
const { test } = require('node:test');
test('a note of ${name} is kept', async () => {
  const lock = 'turn.lock';
  ${TAKE}
  ${write(name)}
  ${read(name)}
  ${LEAVE}
});`;
  const { findings } = await verify({ root: suiteFolder({ north: file('north'), south: file('south') }), programs, rules: ['shared-path'] });
  const { verdict } = findings.find(({ resource }) => resource.title.includes('note.txt'))!;
  expect(verdict).toMatchObject({
    word: 'SERIALISED',
    why: `the order cannot happen: ${turns('turn')}`,
    a: { file: 'checks/north.test.js', name: '' },
    b: { file: 'checks/south.test.js', name: '' },
  });
  expect(verdict).not.toHaveProperty('missed');
});
