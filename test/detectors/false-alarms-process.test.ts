import { describe, expect, test } from 'vitest';
import { places, type Case, type Files } from './audit.js';

const spec = (body: string, imports = ''): Files => ({
  'a.test.ts': `import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';${imports}\n${body}\n`,
});

const mocha = { runner: 'mocha' } as const;
const modes = {
  'a.test.js': `it('a', () => { process.env.SHOP_MODE = 'open'; process.env.SHOP_MODE = 'testing'; });
it('b', () => { assert.equal(process.env.SHOP_MODE, 'testing'); });`,
};

/** Classes of code in which a finding about state inside a process was wrong, met in real repositories. */
const cases: readonly Case[] = [
  {
    what: 'a helper that goes back to the folder of the project, whichever way the promise ends',
    rule: 'leaked-cwd',
    given: { runner: 'mocha' },
    files: {
      'test/inside.js': [
        `const { join } = require('node:path');`,
        `const project = join(__dirname, '..');`,
        `exports.inside = (dir, run) => Promise.resolve().then(() => {`,
        `process.chdir(dir);`,
        `return run(dir).then(() => process.chdir(project)).catch((error) => { process.chdir(project); throw error; });`,
        `});`,
      ].join('\n'),
      'test/a.test.js': `const { inside } = require('./inside');\nit('a', () => inside('/tmp', async () => {}));\nit('b', () => expect(process.cwd()).toBe('x'));`,
    },
  },
  {
    what: 'a helper that goes somewhere else',
    rule: 'leaked-cwd',
    given: { runner: 'mocha' },
    files: {
      'test/inside.js': `exports.inside = (dir, run) => Promise.resolve().then(() => {\nprocess.chdir(dir);\nreturn run(dir).then(() => process.chdir('/srv'));\n});`,
      'test/a.test.js': `const { inside } = require('./inside');\nit('a', () => inside('/tmp', async () => {}));\nit('b', () => expect(process.cwd()).toBe('x'));`,
    },
    finds: ['test/a.test.js:2'],
  },
  {
    what: 'a path below a folder that is not known here, and empty where it is read',
    rule: 'shared-path',
    files: {
      'store.js': `const fs = require('node:fs');\nlet home = '';\nexports.store = (text) => fs.writeFileSync(home + '/orders.json', text);`,
      'a.test.js': `const { store } = require('./store');\nit('a', () => store('1'));`,
      'b.test.js': `const { store } = require('./store');\nit('b', () => store('2'));`,
    },
  },
  {
    what: 'a part of a copy that a library made',
    rule: 'shared-module-state',
    files: {
      'orders.ts': `export const ORDERS = { first: { price: 1 } };`,
      ...spec(
        `test('a', () => { const { first } = cloneDeep(ORDERS); delete first.price; });\ntest('b', () => { expect(ORDERS.first.price).toBe(1); });`,
        ` import { cloneDeep } from 'lodash-es'; import { ORDERS } from './orders';`,
      ),
    },
  },
  {
    what: 'a part of an object laid over another by a library',
    rule: 'shared-module-state',
    files: {
      'orders.ts': `export const ORDERS = { first: { price: 1 } };`,
      ...spec(
        `test('a', () => { const own = merge({}, ORDERS); own.first.price = 2; });\ntest('b', () => { expect(ORDERS.first.price).toBe(1); });`,
        ` import { merge } from 'lodash'; import { ORDERS } from './orders';`,
      ),
    },
  },
  {
    what: 'a part of a shallow copy is the shared one',
    rule: 'shared-module-state',
    files: {
      'orders.ts': `export const ORDERS = { first: { price: 1 } };`,
      ...spec(
        `test('a', () => { const own = { ...ORDERS }; own.first.price = 2; });\ntest('b', () => { expect(ORDERS.first.price).toBe(1); });`,
        ` import { ORDERS } from './orders';`,
      ),
    },
    finds: ['a.test.ts:2'],
  },
  {
    what: 'a property given only where none stands',
    rule: 'shared-global',
    files: spec(`
test('a', () => { if (!globalThis.fetch) globalThis.fetch = vi.fn(); });
test('b', () => { if (typeof globalThis.fetch === 'undefined') { globalThis.fetch = vi.fn(); } });
test('c', () => { if (globalThis.fetch) { expect(1).toBe(1); } else { globalThis.fetch = vi.fn(); } });
test('d', () => { globalThis.fetch ??= vi.fn(); });
test('e', () => {});`),
  },
  {
    what: 'a property replaced where one stands',
    rule: 'shared-global',
    files: spec(`test('a', () => { if (globalThis.fetch) globalThis.fetch = vi.fn(); });\ntest('b', async () => { await fetch('http://localhost'); });`),
    finds: ['a.test.ts:2'],
  },
  ...(
    [
      ['that the test has put there', `globalThis.Shop = { open: () => 1 };`, `delete globalThis.Shop;`, []],
      ['that was there before', `start();`, `stop();`, ['a.test.ts:4']],
    ] as const
  ).map(([what, does, after, finds]) => ({
    what: `a method of a global object ${what}`,
    rule: 'shared-global',
    files: spec(`
afterEach(() => { ${after} });
test('a', () => { ${does} const open = globalThis.Shop.open; globalThis.Shop.open = () => open(); });
test('b', () => { expect(Shop.open()).toBe(1); });`),
    finds,
  })),
  {
    what: 'a property of a global that is stubbed anew for each test',
    rule: 'shared-global',
    files: spec(`
beforeEach(() => { vi.stubGlobal('window', { scrollY: 0 }); });
afterEach(() => { vi.unstubAllGlobals(); });
test('a', () => { window.scrollY = 5; Object.defineProperty(window, 'location', { value: {} }); });
test('b', () => {});`),
  },
  {
    what: 'a property of a global that only a later test stubs',
    rule: 'shared-global',
    files: spec(`
test('a', () => { window.scrollY = 5; });
test('b', () => { vi.stubGlobal('window', {}); });
test('c', () => { expect(window.scrollY).toBe(0); });`),
    finds: ['a.test.ts:3'],
  },
  {
    what: 'a value of its own that the program made up, cleared before each test',
    rule: 'shared-global',
    files: spec(`
const shared = globalThis as unknown as { ordersClientCache?: unknown };
describe('a', () => {
  beforeEach(() => { shared.ordersClientCache = undefined; });
  test('a', () => { shared.ordersClientCache = {}; });
});
test('b', () => {});`),
  },
  {
    what: 'the switch by which React knows that it is tested',
    rule: 'shared-global',
    files: spec(`
describe('a', () => {
  beforeEach(() => { globalThis.IS_REACT_ACT_ENVIRONMENT = true; });
  test('a', () => {});
});
test('b', () => {});`),
  },
  {
    what: 'a module taken out of the cache of modules',
    rule: 'shared-global',
    files: spec(`test('a', () => { delete require.cache[require.resolve('./orders')]; expect(1).toBe(1); });\ntest('b', () => {});`),
  },
  {
    what: 'what a helper does while it loads, where a hook requires it',
    rule: 'shared-global',
    given: { runner: 'mocha' },
    files: {
      'test/common.js': `process.on('unhandledRejection', (error) => { throw error; });\nmodule.exports.uri = 'x';`,
      'a.test.js': `const { before, it } = require('mocha');\nbefore(() => { connect(require('./test/common').uri); });\nit('a', () => {});\nit('b', () => {});`,
      'b.test.js': `const { it } = require('mocha');\nit('c', () => {});`,
    },
  },
  {
    what: 'options replaced as a whole, and put back from a copy',
    rule: 'shared-module-state',
    files: spec(
      `
const first = { ...authenticator.options };
afterEach(() => { authenticator.options = first; });
test('a', () => { authenticator.options = { digits: 6 }; });
test('b', () => {});`,
      ` import { authenticator } from 'otplib';`,
    ),
  },
  {
    what: 'options changed inside, and put back from one copy for all tests',
    rule: 'shared-module-state',
    files: spec(
      `
const first = { ...authenticator.options };
afterEach(() => { authenticator.options = first; });
test('a', () => { authenticator.options.digits = 6; });
test('b', () => {});`,
      ` import { authenticator } from 'otplib';`,
    ),
    finds: ['a.test.ts:5'],
  },
  {
    what: 'a spy that answers for single calls',
    rule: 'leaked-mock',
    files: spec(`test('a', () => { vi.spyOn(mailer, 'send').mockReturnValueOnce(1); });\ntest('b', () => {});`, ` import { mailer } from 'the-mailer';`),
  },
  {
    what: 'a spy put on before each test that only watches',
    rule: 'leaked-mock',
    files: spec(
      `describe('a', () => {\n  beforeEach(() => { vi.spyOn(mailer, 'send'); });\n  test('a', () => { expect(mailer.send).not.toHaveBeenCalled(); });\n});\ntest('b', () => { mailer.send(); });`,
      ` import { mailer } from 'the-mailer';`,
    ),
    finds: ['a.test.ts:3'],
  },
  {
    what: 'a spy put on before each test for whose calls no test asks',
    rule: 'leaked-mock',
    files: spec(
      `describe('a', () => {\n  beforeEach(() => { vi.spyOn(mailer, 'send'); });\n  test('a', () => {});\n});\ntest('b', () => { mailer.send(); });`,
      ` import { mailer } from 'the-mailer';`,
    ),
  },
  ...[true, false].map((isCounted) => ({
    what: `a spy that answers once, of which a later test ${isCounted ? 'counts the calls' : 'only wants another answer'}`,
    rule: 'leaked-mock',
    files: spec(
      `test('a', async () => { vi.spyOn(stock, 'count').mockResolvedValueOnce(1); expect(await sell()).toBe(true); });
test('b', async () => { const spy = vi.spyOn(stock, 'count').mockResolvedValueOnce(0); expect(await sell()).toBe(false); ${isCounted ? 'expect(spy).toHaveBeenCalledTimes(1);' : ''} });
test('c', async () => { expect(await stock.count()).toBe(9); });`,
      ` import * as stock from './stock'; import { sell } from './sell';`,
    ),
    ...(isCounted ? { finds: ['a.test.ts:2'] } : {}),
  })),
  {
    what: 'calls of a spy that a hook forgets',
    rule: 'leaked-mock',
    files: spec(
      `describe('a', () => {\n  beforeEach(() => { vi.clearAllMocks(); vi.spyOn(mailer, 'send'); });\n  test('a', () => {});\n});\ntest('b', () => {});`,
      ` import { mailer } from 'the-mailer';`,
    ),
  },
  {
    what: 'calls of a spy that the configuration forgets',
    rule: 'leaked-mock',
    given: { use: { options: { test: { clearMocks: true } } } },
    files: spec(
      `describe('a', () => {\n  beforeEach(() => { vi.spyOn(mailer, 'send'); });\n  test('a', () => {});\n});\ntest('b', () => {});`,
      ` import { mailer } from 'the-mailer';`,
    ),
  },
  {
    what: 'a console that is silenced and that nobody looks at',
    rule: 'leaked-mock',
    files: spec(`test('a', () => { vi.spyOn(console, 'warn').mockImplementation(() => undefined); });\ntest('b', () => {});`),
  },
  {
    what: 'a console that two tests count the lines of',
    rule: 'leaked-mock',
    files: spec(`
test('a', () => { const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined); expect(warn).toHaveBeenCalled(); });
test('b', () => { const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined); expect(warn).toHaveBeenCalled(); });
test('c', () => {});`),
    finds: ['a.test.ts:3'],
  },
  {
    what: 'a fake clock left on by a test that fails, where no later test waits',
    rule: 'leaked-timers',
    files: {
      'orders.ts': `export const total = (prices: number[]) => prices.length;`,
      ...spec(
        `test('a', () => { vi.useFakeTimers(); expect(total([])).toBe(0); vi.useRealTimers(); });\ntest('b', () => { expect(total([1])).toBe(1); });`,
        ` import { total } from './orders';`,
      ),
    },
  },
  {
    what: 'a fake clock left on by a test that fails, where a later test calls what waits',
    rule: 'leaked-timers',
    files: {
      'orders.ts': `export const send = () => new Promise((done) => { setTimeout(done, 5); });`,
      ...spec(
        `const later = () => send();\ntest('a', () => { vi.useFakeTimers(); expect(1).toBe(1); vi.useRealTimers(); });\ntest('b', async () => { await later(); });`,
        ` import { send } from './orders';`,
      ),
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'a fake clock left on by a test that fails, where a later test calls what waits, imported through an alias',
    rule: 'leaked-timers',
    files: {
      'src/orders.ts': `export const send = () => new Promise((done) => { setTimeout(done, 5); });`,
      'src/lib/a.test.ts': spec(
        `test('a', () => { vi.useFakeTimers(); expect(1).toBe(1); vi.useRealTimers(); });\ntest('b', async () => { await send(); });`,
        ` import { send } from '@/orders';`,
      )['a.test.ts']!,
    },
    finds: ['src/lib/a.test.ts:2'],
  },
  {
    what: 'a log that tests fill, and that nobody reads',
    rule: 'order-dependent-test',
    files: spec(
      `describe('a', () => {
  const log: string[] = [];
  test('a', () => { client.trace(log); log.push('a'); });
  test('b', () => { client.trace(log); log.push('b'); });
});`,
      ` import { client } from 'the-client';`,
    ),
  },
  {
    what: 'a list that one test fills, and a later one looks at',
    rule: 'order-dependent-test',
    files: spec(
      `describe('a', () => {
  const ids: string[] = [];
  test('a', () => { ids.push('a'); });
  test('b', () => { client.send(ids[0]); });
});`,
      ` import { client } from 'the-client';`,
    ),
    finds: ['a.test.ts:5'],
  },
  {
    what: 'files put into a temporary directory before the block that removes it',
    rule: 'missing-cleanup',
    files: spec(
      `test('a', () => { const dir = mkdtempSync('x-'); writeFileSync(dir + '/a', ''); try { expect(dir).toBe(dir); } finally { rmSync(dir); } });`,
      ` import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';`,
    ),
  },
  ...(
    [
      ['is expected to fail', 'await expect(client.connect()).rejects.toThrow();', []],
      ['is expected to fail, in the words of Code', 'await code.expect(client.connect()).to.reject(/refused/);', []],
      ['is expected to fail, in a function', 'await expect(() => client.connect()).rejects.toThrow(/refused/);', []],
      ['succeeds, and of which another call fails', 'await client.connect(); await expect(client.query("SELEC")).rejects.toThrow();', ['a.test.ts:2']],
      ['is expected not to fail', 'await expect(client.connect()).resolves.not.toThrow();', ['a.test.ts:2']],
    ] as const
  ).map(([what, code, finds]) => ({
    what: `a client whose connecting ${what}`,
    rule: 'missing-cleanup',
    files: spec(`test('a', async () => { const client = new Client({ port: 1 }); ${code} });`, ` import { Client } from 'pg';`),
    finds,
  })),
  ...(
    [
      ['whose output is read to its end', 'end', []],
      ['of which the first lines are read', 'data', ['a.test.ts:2']],
    ] as const
  ).map(([what, event, finds]) => ({
    what: `a process ${what}`,
    rule: 'missing-cleanup',
    files: spec(
      `test('a', () => { const child = spawn('./cli.js'); child.stdout.on('${event}', (text) => expect(text).toBeDefined()); });`,
      ` import { spawn } from 'node:child_process';`,
    ),
    finds,
  })),
  {
    what: 'a pool that is given to an object of the project, which is closed',
    rule: 'missing-cleanup',
    files: {
      'orders.ts': `export class Dialect { constructor(readonly options: unknown) {} }\nexport class Orders { constructor(readonly options: unknown) {} async destroy() { await run(); } }`,
      ...spec(
        `test('a', async () => { const orders = new Orders({ dialect: new Dialect({ pool: new Pool() }) }); await orders.destroy(); });`,
        ` import { Pool } from 'pg'; import { Dialect, Orders } from './orders';`,
      ),
    },
  },
  {
    what: 'a pool that is given to an object of the project, which nobody closes',
    rule: 'missing-cleanup',
    files: {
      'orders.ts': `export class Orders { constructor(readonly options) {} async all() { return this.options.pool.query('SELECT 1'); } }`,
      ...spec(
        `test('a', async () => { const orders = new Orders({ pool: new Pool() }); await orders.all(); });`,
        ` import { Pool } from 'pg'; import { Orders } from './orders';`,
      ),
    },
    finds: ['a.test.ts:2'],
  },
  {
    what: 'a spy on an object that the test made',
    rule: 'leaked-mock',
    files: {
      'orders.ts': `export class Db { query: object; constructor() { this.query = {}; } }`,
      ...spec(
        `
test('a', () => { const db = new Db(); vi.spyOn(db['query']['orders'], 'first'); });
test('b', () => { const db = new Db(); vi.spyOn(db['query']['orders'], 'first'); });
test('c', () => {});`,
        ` import { Db } from './orders';`,
      ),
    },
  },
  {
    what: 'what sinon calls a spy',
    rule: 'leaked-mock',
    files: spec(`test('a', () => { sinon.spy(mailer, 'send'); });\ntest('b', () => {});`, ` import sinon from 'sinon'; import { mailer } from 'the-mailer';`),
  },
  {
    what: 'what sinon calls a stub',
    rule: 'leaked-mock',
    files: spec(
      `test('a', () => { sinon.stub(mailer, 'send'); });\ntest('b', () => { mailer.send(); });`,
      ` import sinon from 'sinon'; import { mailer } from 'the-mailer';`,
    ),
    finds: ['a.test.ts:2'],
  },
  {
    what: 'a pool that is given to a dialect of Kysely, out of a table of dialects',
    rule: 'missing-cleanup',
    files: {
      'orders.ts': `import { Kysely } from 'kysely';\nexport class Orders extends Kysely<unknown> { all() { return this.selectFrom('orders').execute(); } }`,
      ...spec(
        `describe.each([new PostgresDialect({ pool: new Pool() })])('%s', (dialect) => {
  const db = new Orders({ dialect });
  suite({ async after() { await db.destroy(); } });
  test('a', () => {});
});`,
        ` import { Pool } from 'pg'; import { PostgresDialect } from 'kysely'; import { suite } from 'somewhere'; import { Orders } from './orders';`,
      ),
    },
  },
  {
    what: 'a database in memory',
    rule: 'missing-cleanup',
    files: spec(
      `const orders = new Sequelize({ dialect: 'sqlite', storage: ':memory:' });\ntest('a', async () => { await orders.sync(); });`,
      ` import { Sequelize } from 'sequelize';`,
    ),
  },
  {
    what: 'a worker of a cluster whose end the test waits for',
    rule: 'missing-cleanup',
    files: spec(
      `test('a', async () => { const worker = cluster.fork(); await new Promise((done) => worker.once('exit', done)); });`,
      ` import cluster from 'node:cluster';`,
    ),
  },
  {
    what: 'a worker of a cluster that the test only listens to',
    rule: 'missing-cleanup',
    files: spec(
      `test('a', async () => { const worker = cluster.fork(); await new Promise((done) => worker.once('message', done)); });`,
      ` import cluster from 'node:cluster';`,
    ),
    finds: ['a.test.ts:2'],
  },
  {
    what: 'a folder that the callback goes back to which is handed to what several hooks set',
    rule: 'leaked-cwd',
    given: mocha,
    files: {
      'a.test.js': `let folder; let app;
${['shop', 'others']
  .map(
    (each) => `describe('${each}', () => {
before((done) => { folder = process.cwd(); process.chdir('/tmp/${each}'); lift((error, lifted) => { app = lifted; done(); }); });
after((done) => { app.lower(() => { process.chdir(folder); done(); }); });
it('${each}', () => {}); });`,
  )
  .join('\n')}`,
    },
  },
  {
    what: 'a folder that no callback goes back to',
    rule: 'leaked-cwd',
    given: mocha,
    files: {
      'app.js': `module.exports = function App() { this.lower = (done) => done(); };`,
      'a.test.js': `const App = require('./app');
describe('shop', () => { before(() => { process.chdir('/tmp/shop'); }); after((done) => { new App().lower(() => { done(); }); }); it('a', () => {}); });
describe('others', () => { it('b', () => {}); });`,
    },
    finds: ['a.test.js:2'],
  },
  {
    what: 'a variable that a test sets back to what the command gives',
    rule: 'leaked-env',
    given: { ...mocha, use: { commands: [{ words: ['mocha'], env: { SHOP_MODE: 'testing' }, from: 'script test' }] } },
    files: modes,
  },
  {
    what: 'a variable that a test sets to what some file says of it',
    rule: 'leaked-env',
    given: { ...mocha, environment: { SHOP_MODE: 'testing' } },
    files: modes,
    finds: ['a.test.js:1'],
  },
  ...[true, false].map((isWatched) => ({
    what: isWatched ? 'a console that another test watches' : 'a console at which nobody looks, where others say its method',
    rule: 'shared-global',
    files: spec(`test('a', async () => { const log = console.error; console.error = vi.fn(); await sell(); console.error = log; });
test('b', async () => { const error = await sell(); expect(error).toBeUndefined(); ${isWatched ? 'expect(console.error).toBeDefined();' : ''} });`),
    ...(isWatched ? { finds: ['a.test.ts:2'] } : {}),
  })),
  {
    what: 'a variable of an environment that a stub of each test gives',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'a.test.js': `const sinon = require('sinon');
describe('shop', () => {
  const box = sinon.createSandbox();
  beforeEach(() => { box.stub(process, 'env').value(Object.assign({}, process.env, { SHOP_NAME: undefined })); });
  afterEach(() => { box.restore(); });
  it('a', () => { process.env.SHOP_MODE = 'open'; shop(); });
});
it('b', () => { assert.equal(process.env.SHOP_MODE, undefined); });`,
    },
  },
  {
    what: 'a variable of an environment that a hook makes anew, by the name of the imported process',
    rule: 'leaked-env',
    files: spec(
      `const before = process.env;
describe('shop', () => {
  beforeEach(() => { Object.defineProperty(process, 'env', { value: {} }); });
  afterAll(() => { Object.defineProperty(process, 'env', { value: before }); });
  describe('open', () => { test('a', () => { process.env.SHOP_MODE = 'open'; shop(); }); });
  test('b', () => { expect(process.env.SHOP_MODE).toBeUndefined(); });
});`,
      ` import process from 'node:process';`,
    ),
  },
  {
    what: 'a variable that the hooks of every suite set',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'lib/config.js': `exports.load = () => process.env.SHOP_MODE;`,
      'a.test.js': `const { load } = require('./lib/config');
const opens = (mode) => () => { let error; beforeEach(() => { process.env.SHOP_MODE = mode; try { load(); } catch (e) { error = e; } }); it('x', () => { assert.ok(error); }); };
describe('a', opens('early')); describe('b', opens('late'));`,
    },
  },
  {
    what: 'a path with letters that a loop draws into a list',
    rule: 'shared-path',
    given: mocha,
    files: {
      'a.test.js': `const { writeFileSync } = require('node:fs'); const { tmpdir } = require('node:os'); const { join } = require('node:path');
const letters = (length) => { const drawn = []; while (length > 0) { drawn.push('abc'.charAt(Math.floor(Math.random() * 3))); length--; } return drawn.join(''); };
describe('orders', () => { const file = join(tmpdir(), \`orders-\${letters(10)}.json\`); it('a', () => { writeFileSync(file, '1'); }); });`,
    },
  },
  {
    what: 'temporary directories of several tests that begin alike, which one hook removes',
    rule: 'missing-cleanup',
    files: spec(
      `describe('orders', () => {
  let dir;
  afterEach(() => { if (dir) rmSync(dir, { recursive: true, force: true }); });
  test('a', () => { dir = mkdtempSync(join(tmpdir(), 'orders-')); writeFileSync(join(dir, 'a.json'), '{}'); });
  test('b', () => { dir = mkdtempSync(join(tmpdir(), 'orders-')); writeFileSync(join(dir, 'b.json'), '{}'); });
});`,
      ` import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'; import { tmpdir } from 'node:os'; import { join } from 'node:path';`,
    ),
  },
  {
    what: 'a temporary file in a folder that a function removes which gives promises too',
    rule: 'missing-cleanup',
    given: mocha,
    files: {
      'lib/remove.js': `const { fromCallback } = require('universalify'); const fs = require('graceful-fs');
function remove(path, done) { fs.rm(path, { recursive: true, force: true }, done); }
module.exports = { remove: fromCallback(remove) };`,
      'a.test.js': `const { remove } = require('./lib/remove'); const { mkdirSync, writeFileSync } = require('node:fs'); const { tmpdir } = require('node:os'); const { join } = require('node:path');
describe('orders', () => {
  let dir;
  beforeEach(() => { dir = join(tmpdir(), 'orders'); mkdirSync(dir); });
  afterEach((done) => remove(dir, done));
  it('a', () => { writeFileSync(join(dir, Math.random() + '.json'), '1'); });
});`,
    },
  },
  {
    what: 'what hangs on a window that a hook takes away with its environment',
    rule: 'shared-global',
    given: mocha,
    files: {
      'a.test.js': `const browser = require('benv');
describe('orders', () => {
  before((done) => { browser.setup(() => { $.fn.dialog = function () {}; done(); }); });
  after(() => { browser.teardown(true); });
  it('a', () => { window.alert = function () { return true; }; $('a').dialog(); });
});`,
      'b.test.js': `it('b', () => { window.alert('b'); $('b').dialog(); });`,
    },
  },
  {
    what: 'a variable that the suite behind sets for itself before all its tests, and takes away',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'lib/orders.js': `module.exports = () => process.env.ORDER_IDS;`,
      'a.test.js': `const orders = require('./lib/orders');
describe('off', () => {
  before(() => { process.env.ORDER_IDS = 'false'; });
  it('a', () => { orders(); });
});
describe('on', () => {
  before(() => { process.env.ORDER_IDS = 'true'; });
  after(() => { delete process.env.ORDER_IDS; });
  it('b', () => { orders(); });
});`,
      'b.test.js': `const orders = require('./lib/orders');\nit('c', () => { orders(); });`,
    },
  },
  {
    what: 'a variable that a suite within sets before all its tests, and that stays for the tests beside it',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'lib/orders.js': `module.exports = () => process.env.ORDER_IDS;`,
      'a.test.js': `const orders = require('./lib/orders');
before(() => { process.env.ORDER_IDS = 'true'; });
it('a', () => { process.env.ORDER_IDS = 'false'; orders(); });
it('b', () => { orders(); });`,
    },
    finds: ['a.test.js:3'],
  },
  {
    what: 'a variable that a test sets to what the head of its file has set',
    rule: 'leaked-env',
    given: { runner: 'jest' },
    files: {
      'client.ts': `export const client = () => process.env.ORDERS_URL;`,
      'a.test.ts': `import { client } from './client';
const url = 'http://127.0.0.1:8117';
const before = process.env.ORDERS_URL;
process.env.ORDERS_URL = url;
afterAll(() => { if (before) process.env.ORDERS_URL = before; });
it('a', () => { process.env.ORDERS_URL = url; client(); });
it('b', () => { client(); });`,
    },
  },
  {
    what: 'a variable that a test sets to something else than the head of its file',
    rule: 'leaked-env',
    given: { runner: 'jest' },
    files: {
      'client.ts': `export const client = () => process.env.ORDERS_URL;`,
      'a.test.ts': `import { client } from './client';
const before = process.env.ORDERS_URL;
process.env.ORDERS_URL = 'http://127.0.0.1:8117';
afterAll(() => { if (before) process.env.ORDERS_URL = before; });
it('a', () => { process.env.ORDERS_URL = 'http://127.0.0.1:8118'; client(); });
it('b', () => { client(); });`,
    },
    finds: ['a.test.ts:5'],
  },
  {
    what: 'the last test of a helper that the callback of a call declares on two ways',
    rule: 'leaked-cwd',
    given: { runner: 'node-test' },
    files: {
      'a.test.js': `const { test } = require('node:test');
const { readFile } = require('node:fs');
(function (done) {
  readFile('orders.txt', (error, text) => { if (error) return done(error); done(null); });
})(function () { define(); });
function define() {
  test('a', () => {});
  test('b', () => { process.chdir('orders'); });
}`,
    },
  },
  {
    what: 'functions that hang on a function and work with the arguments of the one around it',
    rule: 'shared-global',
    given: mocha,
    files: {
      'test/browsers.js': `module.exports = function browsers(browser) {
  function root() { return browser; }
  function start(done) { browser.setup(() => { $.fn.dialog = function () {}; done(); }); }
  function stop() { browser.teardown(); }
  root.start = start;
  root.stop = stop;
  return root;
};`,
      'a.test.js': `const browser = require('benv');
describe('orders', () => {
  const browsers = require('./test/browsers')(browser);
  beforeEach((done) => { browsers.start(done); });
  afterEach(() => { browsers.stop(); });
  it('a', () => { window.alert = function () {}; $('a').dialog(); });
});`,
      'b.test.js': `it('b', () => { window.alert('b'); $('b').dialog(); });`,
    },
  },
];

describe.each(cases)('$what', ({ rule, files, given, finds = [] }) => {
  test(rule, () => {
    expect(places(rule, files, given)).toEqual(finds);
  });
});
