import { chmodSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fix } from '../../src/project/fix.js';
import { UserError } from '../../src/project/user-error.js';
import { replaceTogether } from '../../src/project/write-file.js';
import { tree } from './tree.js';

const PACKAGE = { name: 'acme-shop', private: true, type: 'module', scripts: { test: 'vitest run' }, devDependencies: { vitest: '^4.1.0' } };
const LEAK = `import { test, vi } from 'vitest';

test('knows the zone', () => {
  process.env.TZ = 'UTC';
  vi.useFakeTimers();
});
test('has a zone', () => {});
`;
const REPAIRED = `import { afterEach, test, vi } from 'vitest';

const savedTz = process.env.TZ;

afterEach(() => {
  vi.useRealTimers();
  if (savedTz === undefined) delete process.env.TZ;
  else process.env.TZ = savedTz;
});

test('knows the zone', () => {
  process.env.TZ = 'UTC';
  vi.useFakeTimers();
});
test('has a zone', () => {});
`;
const port = (address: string): string => `import { createServer } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';

const server = createServer();
beforeAll(() => new Promise((done) => server.listen(4310, done)));
afterAll(() => server.close());
test('is served', () => fetch(${address}));
`;
const BACK = '`http://localhost:${server.address().port}`';

test('several findings of one file, one after the other; a second time there is nothing to do', async () => {
  const root = tree({ 'package.json': PACKAGE, 'test/zone.test.js': LEAK });
  const fixed = await fix({ root });
  expect(fixed.files).toEqual([{ path: 'test/zone.test.js', before: LEAK, after: expect.any(String) }]);
  expect(fixed.files[0]!.after).toBe(REPAIRED);
  expect(fixed.repaired.map(({ rule, paths }) => [rule, ...paths]).sort()).toEqual([
    ['leaked-env', 'test/zone.test.js'],
    ['leaked-timers', 'test/zone.test.js'],
  ]);
  expect(fixed.left).toEqual([]);
  // Nothing is written by this.
  expect(readFileSync(join(root, 'test/zone.test.js'), 'utf8')).toBe(LEAK);
  const again = await fix({ root: tree({ 'package.json': PACKAGE, 'test/zone.test.js': fixed.files[0]!.after }) });
  expect(again).toEqual({ files: [], repaired: [], left: [], lanes: [] });
});

test('a call that does less in an old version of its library is not made there', async () => {
  const file = (open: string, receiver: string): string => `const sinon = require('sinon');
${open}
describe('the shop', () => {
  it('is closed', () => {
    ${receiver}.useFakeTimers();
  });
  it('is open', () => {});
});
`;
  const fixed = (version: string, text: string): ReturnType<typeof fix> =>
    fix({
      root: tree({
        'package.json': { name: 'acme-shop', private: true, scripts: { test: 'mocha' }, devDependencies: { mocha: '^10.2.0', sinon: version } },
        'test/shop.test.js': text,
      }),
    });
  const own = file('', 'sinon');
  expect((await fixed('^5.0.0', own)).files[0]?.after).toContain('sinon.restore();');
  const old = await fixed('^1', own);
  expect(old.files).toEqual([]);
  expect(old.left.map(({ why }) => why)).toEqual(['`sinon.restore()` takes back nothing before version 5 of `sinon`']);
  expect((await fixed('^1', file('const box = sinon.sandbox.create();', 'box'))).files[0]?.after).toContain('box.restore();');
});

test('byte order mark and line ends stay', async () => {
  const text = `\uFEFF${LEAK.replaceAll('\n', '\r\n')}`;
  const [file] = (await fix({ root: tree({ 'package.json': PACKAGE, 'zone.test.js': text }), rules: ['leaked-env'] })).files;
  expect(file!.before).toBe(text);
  expect(file!.after.startsWith('\uFEFFimport { afterEach, test, vi }')).toBe(true);
  expect(file!.after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('all files of one resource, or none', async () => {
  const files = (other: string): Record<string, string | object> => ({
    'package.json': PACKAGE,
    'test/orders.test.js': port(BACK),
    'test/bills.test.js': port(other),
  });
  const both = await fix({ root: tree(files(BACK)) });
  expect(both.files.map(({ path }) => path).sort()).toEqual(['test/bills.test.js', 'test/orders.test.js']);
  expect(both.files.every(({ after }) => after.includes('listen(0, done)'))).toBe(true);
  const named = await fix({ root: tree(files("'http://localhost:4310/bills'")) });
  expect(named.files.map(({ path }) => path).sort()).toEqual(['test/bills.test.js', 'test/orders.test.js']);
  expect(named.files.every(({ after }) => after.includes('listen(workerPort(4310), done)'))).toBe(true);
  expect(named.files.find(({ path }) => path.includes('bills'))!.after).toContain('fetch(`http://localhost:${workerPort(4310)}/bills`)');
  const none = await fix({ root: tree({ ...files("'http://localhost:4310'"), 'test/bills.test.js': `// @generated\n${port(BACK)}` }) });
  expect(none.files).toEqual([]);
  expect(none.left).toMatchObject([{ rule: 'fixed-port', why: 'the file is generated: `test/bills.test.js`' }]);
});

test('only the rule or the resource that is asked for', async () => {
  const root = tree({ 'package.json': PACKAGE, 'test/zone.test.js': LEAK, 'test/orders.test.js': port(BACK), 'test/bills.test.js': port(BACK) });
  expect((await fix({ root, rules: ['leaked-timers'] })).repaired.map(({ rule }) => rule)).toEqual(['leaked-timers']);
  expect((await fix({ root, resource: '4310' })).repaired.map(({ rule }) => rule)).toEqual(['fixed-port']);
  await expect(fix({ root, rules: ['leaked-time'] })).rejects.toThrow('There is no rule `leaked-time`; did you mean `leaked-timers`.');
  await expect(fix({ root, resource: 'orders_test' })).rejects.toThrow(UserError);
});

test('files that are not to be written', async () => {
  const root = tree({
    'package.json': PACKAGE,
    'test/kept.test.js': LEAK,
    'test/made.test.js': `// Generated by the shop. DO NOT EDIT.\n${LEAK.replace('UTC', 'Rome')}`,
    'test/latin.test.js': Buffer.concat([Buffer.from(`// caf`), Buffer.from([0xe9]), Buffer.from(`\n${LEAK.replace('UTC', 'Oslo')}`)]),
    'node_modules/shop/zone.test.js': LEAK,
  });
  chmodSync(join(root, 'test/kept.test.js'), 0o444);
  const { files, left } = await fix({ root, rules: ['leaked-env'] });
  expect(files).toEqual([]);
  expect(left.map(({ path, why }) => `${path}: ${why}`)).toEqual([
    'test/kept.test.js: the file may not be written',
    'test/latin.test.js: the file is not plain UTF-8',
    'test/made.test.js: the file is generated',
  ]);
});

test('what no remedy is known for, and what is accepted', async () => {
  const wipe =
    "import { test } from 'vitest';\nimport Redis from 'ioredis';\ntest('wipes', async () => {\n  const redis = new Redis();\n  await redis.flushall();\n  await redis.quit();\n});\n";
  const silent = LEAK.replace('  process.env', '  // isolation-audit-ignore-next-line leaked-env -- the zone is the same everywhere\n  process.env');
  const root = tree({ 'package.json': PACKAGE, 'wipe.test.js': wipe, 'other.test.js': wipe, 'zone.test.js': silent });
  const { left, repaired } = await fix({ root });
  expect(repaired.map(({ rule }) => rule)).toEqual(['shared-redis-keyspace', 'leaked-timers']);
  expect(left).toEqual([]);
});

test('several files are replaced together, or none of them', () => {
  const root = tree({ 'a.js': 'a', 'b.js': 'b' });
  const file = (name: string, before: string): { path: string; before: string; after: string } => ({ path: join(root, name), before, after: 'new' });
  expect(() => replaceTogether([file('a.js', 'a'), file('b.js', 'changed')])).toThrow(/`.*b\.js` has changed in the meantime/);
  expect(() => replaceTogether([file('a.js', 'a'), file('c.js', 'c')])).toThrow('Nothing has been changed.');
  expect(readdirSync(root).map((name) => readFileSync(join(root, name), 'utf8'))).toEqual(['a', 'b']);
  replaceTogether([file('a.js', 'a'), file('b.js', 'b')]);
  expect(readdirSync(root).map((name) => readFileSync(join(root, name), 'utf8'))).toEqual(['new', 'new']);
});
