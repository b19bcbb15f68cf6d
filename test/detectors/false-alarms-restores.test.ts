import { describe, expect, test } from 'vitest';
import { places, type Case, type Files } from './audit.js';

const spec = (body: string, imports = ''): Files => ({
  'a.test.ts': `import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';${imports}\n${body}\n`,
});
const mocha = { runner: 'mocha' } as const;
const closing = (end: string): Files => ({
  'options.ts': `export const options = { path: 'open' };`,
  'shop.ts': `import { options } from './options';\nexport const shop = { options: { path: options.path }, async sell() { if (!this.options.path) throw new Error('closed'); } };`,
  'a.test.ts': `import tap from 'tap'; import { shop } from './shop'; import { options } from './options';
tap.test('a', async (t) => {
  shop.options.path = undefined;
  try {
    await shop.sell();
  ${end}
  shop.options.path = options.path;
});
tap.test('b', async (t) => { t.equal(shop.options.path, 'open'); });`,
});
const shop = {
  'defaults.ts': `export default { urls: { index: true, html: true } };`,
  'shop.ts': `import defaults from './defaults';\nexport class Shop { config = { ...defaults }; }`,
};
const inShop = ` import { Shop } from './shop'; import defaults from './defaults'; import { deepMerge } from 'somewhere';`;

/** Classes of code in which something was called changed for good and is put back, or made anew, met in real repositories. */
const cases: readonly Case[] = [
  {
    what: 'a configuration that a hook copies for each test',
    rule: 'shared-module-state',
    files: {
      ...shop,
      ...spec(
        `describe('shop', () => { const shop = new Shop();
beforeEach(() => { shop.config = deepMerge({}, defaults); });
test('a', () => { shop.config.urls.index = false; });
test('b', () => { shop.config.urls.html = false; }); });`,
        inShop,
      ),
    },
  },
  {
    what: 'a configuration of which a hook copies the first layer',
    rule: 'shared-module-state',
    files: {
      ...shop,
      ...spec(
        `describe('shop', () => { const shop = new Shop();
beforeEach(() => { shop.config = { ...defaults }; });
test('a', () => { shop.config.urls.index = false; });
test('b', () => { expect(shop.config.urls.index).toBe(true); }); });`,
        inShop,
      ),
    },
    finds: ['a.test.ts:4'],
  },
  {
    what: 'a module that a hook takes out of the cache and loads anew',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'order.js': `class Order {}\nmodule.exports = Order;`,
      'a.test.js': `describe('orders', () => { let Order;
beforeEach(() => { delete require.cache[__dirname + '/order.js']; Order = require('./order'); });
it('a', () => { Order.paths = ['orders']; });
it('b', () => { Order.prototype.parse = () => 1; });
it('c', () => { new Order(); }); });`,
    },
  },
  {
    what: 'a variable that a copy of the environment puts back',
    rule: 'leaked-env',
    files:
      spec(`test('a', () => { const mode = process.env.NODE_ENV; process.env = { ...process.env, NODE_ENV: 'production' }; process.env = { ...process.env, NODE_ENV: mode }; });
test('b', () => {});`),
  },
  {
    what: 'a variable that a copy of the environment sets',
    rule: 'leaked-env',
    files: spec(
      `test('a', () => { process.env = { ...process.env, SHOP_MODE: 'quick' }; });\ntest('b', () => { expect(process.env.SHOP_MODE).toBeUndefined(); });`,
    ),
    finds: ['a.test.ts:2'],
  },
  {
    what: 'a spy that `mockReset` gives back to the method in Vitest',
    rule: 'leaked-mock',
    files: spec(
      `describe('shop', () => {
  let send;
  beforeEach(() => { send = vi.spyOn(mailer, 'send').mockImplementation(() => 1); });
  afterEach(() => { send.mockReset(); });
  test('a', () => { send = vi.spyOn(mailer, 'send').mockImplementation(() => 2); expect(mailer.send()).toBe(2); });
});
test('b', () => { expect(mailer.send()).toBe(0); });`,
      ` import * as mailer from './mailer';`,
    ),
  },
  {
    what: 'a variable that only a failing test leaves changed, and of which no other test says anything',
    rule: 'leaked-env',
    files: spec(`test('a', () => { process.env.SHOP_MODE = 'quick'; expect(1).toBe(1); delete process.env.SHOP_MODE; });\ntest('b', () => {});`),
  },
  {
    what: 'a variable that only a failing test leaves changed, and that the product reads',
    rule: 'leaked-env',
    files: {
      'shop.ts': `export const mode = () => process.env.SHOP_MODE ?? 'slow';`,
      ...spec(
        `test('a', () => { process.env.SHOP_MODE = 'quick'; expect(mode()).toBe('quick'); delete process.env.SHOP_MODE; });\ntest('b', () => { expect(mode()).toBe('slow'); });`,
        ` import { mode } from './shop';`,
      ),
    },
    finds: ['a.test.ts:2'],
  },
  {
    what: 'a variable that only a failing test leaves changed, beside another test of the same subject',
    rule: 'leaked-env',
    files: spec(
      `test('a', () => { process.env.SHOP_MODE = 'quick'; expect(new Shop().mode).toBe('quick'); delete process.env.SHOP_MODE; });\ntest('b', () => { new Shop(); });`,
      ` import { Shop } from './shop';`,
    ),
    finds: ['a.test.ts:2'],
  },
  {
    what: 'a global that is put back after all tests, and of which no later one says anything',
    rule: 'shared-global',
    files: spec(`const saved = globalThis.fetch;\nafterAll(() => { globalThis.fetch = saved; });
test('a', () => { globalThis.fetch = () => 1; });\ntest('b', () => {});`),
  },
  {
    what: 'a global that is put back after all tests, and that a later one uses',
    rule: 'shared-global',
    files: spec(`const saved = globalThis.fetch;\nafterAll(() => { globalThis.fetch = saved; });
test('a', () => { globalThis.fetch = () => 1; });\ntest('b', async () => { await fetch('http://localhost'); });`),
    finds: ['a.test.ts:4'],
  },
  {
    what: 'a container that a `finally` stops, with a pause and plain calls before the `try`',
    rule: 'missing-cleanup',
    files: spec(
      `test('a', async () => {
const started = await new GenericContainer('mariadb:12').start();
await new Promise((done) => setTimeout(done, 2000));
const shop = makeShop(started.getHost());
shop.setup(started.getPort());
try { await shop.open(); } finally { await started.stop(); }
});`,
      ` import { GenericContainer } from 'testcontainers'; import { makeShop } from 'somewhere';`,
    ),
  },
  {
    what: 'a container that a `finally` stops, with another one started before the `try`',
    rule: 'missing-cleanup',
    files: spec(
      `test('a', async () => {
const one = await new GenericContainer('mariadb:12').start();
const two = await new GenericContainer('redis:7').start();
try { expect(1).toBe(1); } finally { await one.stop(); await two.stop(); }
});`,
      ` import { GenericContainer } from 'testcontainers';`,
    ),
    finds: ['a.test.ts:3'],
  },
  {
    what: 'what is meant to throw',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'keys.ts': `export const KEYS = Object.freeze(['one', 'two']);`,
      'a.test.ts': `import assert from 'node:assert'; import { KEYS } from './keys';
it('a', () => { assert.throws(() => { KEYS.push('x'); }, TypeError); });
it('b', () => { assert.equal(KEYS.length, 2); });`,
    },
  },
  {
    what: 'what does not throw',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'keys.ts': `export const KEYS = ['one', 'two'];`,
      'a.test.ts': `import assert from 'node:assert'; import { KEYS } from './keys';
it('a', () => { assert.doesNotThrow(() => { KEYS.push('x'); }); });
it('b', () => { assert.equal(KEYS.length, 2); });`,
    },
    finds: ['a.test.ts:2'],
  },
  {
    what: 'a property that an attack may have put on a function of the language',
    rule: 'shared-global',
    files: spec(`test('a', () => { attack(); delete Object.prototype.toString.call; });\ntest('b', () => {});`, ` import { attack } from './attack';`),
  },
  {
    what: 'a directory that a hook hands to the environment',
    rule: 'missing-cleanup',
    files: spec(
      `beforeEach(async () => { process.env.DATA_DIR = await mkdtemp('/tmp/x-'); });\ntest('a', () => {});`,
      ` import { mkdtemp } from 'node:fs/promises';`,
    ),
  },
  {
    what: 'a directory that a hook keeps to itself',
    rule: 'missing-cleanup',
    files: spec(`let dir;\nbeforeEach(async () => { dir = await mkdtemp('/tmp/x-'); });\ntest('a', () => {});`, ` import { mkdtemp } from 'node:fs/promises';`),
    finds: ['a.test.ts:3'],
  },
  {
    what: 'an argument by its number',
    rule: 'shared-global',
    given: mocha,
    files: {
      'a.test.js': `function shop() { const options = arguments.length > 1 ? arguments[1] : arguments[0]; options.mode = 'quick'; return options; }
it('a', () => { shop({}); });
it('b', () => { shop({}); });`,
    },
  },
  {
    what: 'a clock of a serial test beside tests that run at once',
    rule: 'leaked-timers',
    given: { runner: 'ava' },
    files: {
      'a.test.js': `const test = require('ava'); const FakeTimers = require('@sinonjs/fake-timers');
test('a', async (t) => { await delay(10); t.pass(); });
test.serial('b', async (t) => { const clock = FakeTimers.install(); await work(); clock.uninstall(); });`,
    },
  },
  {
    what: 'a variable set and deleted again in the listener that stands before it',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'a.test.ts': `import { load } from 'somewhere';
it('a', (done) => { load((node) => { node.on('input', () => { delete process.env.SHOP; done(); }); process.env.SHOP = 'x'; node.receive(); }); });
it('b', () => {});`,
    },
  },
  {
    what: 'a variable deleted in a function that is handed to a helper of the file',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'a.test.ts': `import { load } from './load';
function check(begin, end) { load(() => { begin(() => { load((error) => { end(error); }); }); }); }
it('a', (done) => { check((next) => { process.env.SHOP = 'x'; next(); }, (error) => { delete process.env.SHOP; done(error); }); });
it('b', () => {});`,
      'load.ts': `export function load(then) { queue.push(then); }`,
    },
  },
  {
    what: 'what a function puts back that takes the place of another',
    rule: 'shared-global',
    given: mocha,
    files: {
      'a.test.ts': `import { Daemon } from './daemon';
it('a', (done) => { const exit = process.exit; process.exit = () => { process.exit = exit; done(); }; new Daemon().end(); });
it('b', () => {});`,
      'daemon.ts': `export class Daemon { end() { setTimeout(() => process.exit(0), 5); } }`,
    },
  },
  {
    what: 'what a function replaces for good that takes the place of another',
    rule: 'shared-global',
    given: mocha,
    files: {
      'a.test.ts': `import { Daemon } from './daemon';
it('a', (done) => { process.exit = () => { done(); }; new Daemon().end(); });
it('b', () => { new Daemon(); });`,
      'daemon.ts': `export class Daemon { end() { setTimeout(() => process.exit(0), 5); } }`,
    },
    finds: ['a.test.ts:2'],
  },
  {
    what: 'what puts itself back when it is called, and a later test calls it too',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'a.test.ts': `import os from 'os'; import { shop } from './shop';
it('a', () => { const saved = os.hostname; os.hostname = () => { os.hostname = saved; return ''; }; shop.open(); });
it('b', () => { console.log(os.hostname()); });`,
      'shop.ts': `import os from 'os';\nexport const shop = { open: () => { queue.push(os.hostname()); } };`,
    },
  },
  {
    what: 'what puts back something else when a later test calls it',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'a.test.ts': `import os from 'os';
it('a', () => { const saved = os.tmpdir; os.hostname = () => { os.tmpdir = saved; return ''; }; });
it('b', () => { console.log(os.hostname()); });`,
    },
    finds: ['a.test.ts:2'],
  },
  {
    what: 'methods that a helper of the file puts back, called where the product calls back',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'a.test.ts': `import { Client } from './client';
const saved = {};
const replace = (methods) => { Object.keys(methods).forEach((name) => { saved[name] = Client[name]; Client[name] = methods[name]; }); };
const restore = () => { Object.keys(saved).forEach((name) => { Client[name] = saved[name]; }); };
it('a', (done) => { replace({ ping: (then) => then(null) }); Client.stop(() => { restore(); done(); }); });
it('b', () => { Client.ping(() => {}); });`,
      'client.ts': `export class Client { static ping(then) { queue.push(then); } static stop(then) { Client.ping(() => { queue.push(then); }); } }`,
    },
  },
  {
    what: 'put back by what `using` lets go of',
    rule: 'shared-global',
    files: {
      'test-utils/tty.ts': `export function stubTty(value: boolean) {
  const saved = Object.getOwnPropertyDescriptor(process.stdin, 'isTTY');
  Object.defineProperty(process.stdin, 'isTTY', { configurable: true, ...saved, value });
  return { [Symbol.dispose]() { if (saved) { Object.defineProperty(process.stdin, 'isTTY', saved); } else { Reflect.deleteProperty(process.stdin, 'isTTY'); } } };
}`,
      ...spec(
        `test('a', async () => { using _tty = stubTty(true); await publish(); });\ntest('b', async () => { await publish(); });`,
        ` import { publish } from 'somewhere'; import { stubTty } from './test-utils/tty';`,
      ),
    },
  },
  {
    what: 'a temporary folder that `await using` removes',
    rule: 'missing-cleanup',
    given: mocha,
    files: {
      'a.test.ts': `import * as fs from 'node:fs/promises'; import { tmpdir } from 'node:os'; import { join } from 'node:path';
it('a', async () => { await using dir = await fs.mkdtempDisposable(join(tmpdir(), 'x-')); await run(join(dir.path, 'config.json')); });`,
    },
  },
  {
    what: 'a variable deleted to begin without it, which nothing gives',
    rule: 'leaked-env',
    given: mocha,
    files: { 'a.test.ts': `it('a', () => { delete process.env.SHOP; });\nit('b', () => {});` },
  },
  {
    what: 'a deleted variable that the environment of the project gives',
    rule: 'leaked-env',
    given: { ...mocha, environment: { SHOP: 'x' } },
    files: { 'a.test.ts': `it('a', () => { delete process.env.SHOP; });\nit('b', () => { connect(process.env.SHOP); });` },
    finds: ['a.test.ts:1'],
  },
  {
    what: 'a deleted variable that a hook gives',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'a.test.ts': `before(() => { process.env.SHOP = 'x'; });\nit('a', () => { delete process.env.SHOP; });\nit('b', () => { connect(process.env.SHOP); });\nafter(() => { delete process.env.SHOP; });`,
    },
    finds: ['a.test.ts:2'],
  },
  {
    what: 'the net forbidden at the head of a file',
    rule: 'leaked-mock',
    given: mocha,
    files: {
      'a.test.ts': `import nock from 'nock';\nnock.disableNetConnect();\nit('a', () => {});`,
      'b.test.ts': `import nock from 'nock';\nbefore(() => { nock.disableNetConnect(); });\nit('b', () => {});`,
    },
  },
  {
    what: 'the net forbidden by a test',
    rule: 'leaked-mock',
    given: mocha,
    files: { 'a.test.ts': `import nock from 'nock';\nit('a', () => { nock.disableNetConnect(); });\nit('b', () => {});` },
    finds: ['a.test.ts:2'],
  },
  {
    what: 'a sandbox that a file without tests makes and restores around every test',
    rule: 'leaked-mock',
    given: mocha,
    files: {
      'globals.test.js': `const sinon = require('sinon');
global.sinon = sinon;
beforeEach(() => { global.sinon = sinon.createSandbox(); });
afterEach(() => { global.sinon.restore(); });`,
      'a.test.js': `const mailer = require('the-mailer');
it('a', () => { sinon.stub(mailer, 'send'); });
it('b', () => {});`,
    },
  },
  {
    what: 'a global that a file without tests gives to every test',
    rule: 'shared-global',
    given: mocha,
    files: {
      'globals.test.js': `beforeEach(() => { global.shop = makeShop(); });`,
      'a.test.js': `it('a', () => { shop.open(); });`,
    },
  },
  {
    what: 'a global that a file with tests gives to those of all files',
    rule: 'shared-global',
    given: mocha,
    files: {
      'globals.test.js': `beforeEach(() => { global.shop = makeShop(); });\nit('z', () => {});`,
      'a.test.js': `it('a', () => { shop.open(); });`,
    },
    finds: ['globals.test.js:1'],
  },
  {
    what: 'a part of what the hook of the suite copies for each test, beside suites that take the original',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'a.test.js': `const { cloneDeep } = require('lodash');
const FILES = { sizes: { a: 1 } };
describe('list', () => { let files;
  describe('reads', () => { beforeEach(() => { files = FILES; }); it('a', () => { run(files); }); });
  describe('adds', () => { beforeEach(() => { files = cloneDeep(FILES); }); it('b', () => { files.sizes.c = 2; run(files); }); it('c', () => { run(files); }); });
  describe('writes', () => { beforeEach(() => { files = FILES; }); it('d', () => { run(files); }); });
});`,
    },
  },
  {
    what: 'a part of the original where only another suite copies it',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'a.test.js': `const { cloneDeep } = require('lodash');
const FILES = { sizes: { a: 1 } };
describe('list', () => { let files;
  describe('adds', () => { beforeEach(() => { files = FILES; }); it('b', () => { files.sizes.c = 2; run(files); }); it('c', () => { run(files); }); });
  describe('reads', () => { beforeEach(() => { files = cloneDeep(FILES); }); it('a', () => { run(files); }); });
});`,
    },
    finds: ['a.test.js:4'],
  },
  {
    what: 'methods that are kept under their names and put back from there',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'test/mocker.js': `module.exports = class Mocker {
  constructor(target) { this.target = target; this.kept = {}; }
  mock(methods) { for (const name in methods) { this.kept[name] = this.target[name]; this.target[name] = methods[name]; } }
  reset() { for (const name in this.kept) { this.target[name] = this.kept[name]; } }
};`,
      'a.test.js': `const Client = require('./client');
const saved = {};
const replace = (methods) => { Object.keys(methods).forEach((name) => { saved[name] = Client[name]; Client[name] = methods[name]; }); };
const restore = () => { Object.keys(saved).forEach((name) => { Client[name] = saved[name]; }); };
it('a', () => { replace({ ping: () => 1 }); restore(); });
it('b', () => { Client.ping(); });`,
      'client.js': `module.exports = { ping() { return 0; } };`,
    },
  },
  {
    what: 'methods that are replaced by others under their names',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'a.test.js': `const Client = require('./client');
const other = {};
const replace = (methods) => { Object.keys(methods).forEach((name) => { Client[name] = methods[name]; }); };
const replaceAgain = () => { Object.keys(other).forEach((name) => { Client[name] = other[name]; }); };
it('a', () => { replace({ ping: () => 1 }); replaceAgain(); });
it('b', () => { Client.ping(); });`,
      'client.js': `module.exports = { ping() { return 0; } };`,
    },
    finds: ['a.test.js:3'],
  },
  {
    what: 'settings of the product that an after-each hook fills from where a before-each hook has kept them',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'settings.js': `export const settings = { quick: false };`,
      'a.test.js': `import { settings } from './settings';
const backup = {};
beforeEach(() => { backup.settings = {}; for (const key of ['quick']) { backup.settings[key] = settings[key]; } });
afterEach(() => { Object.assign(settings, backup.settings); });
it('a', () => { settings.quick = true; });
it('b', () => { run(settings.quick); });`,
    },
  },
  {
    what: 'settings of the product that an after hook fills from a copy',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'settings.js': `export const settings = { quick: false };`,
      'a.test.js': `import { settings } from './settings';
describe('quick', () => { const kept = { ...settings }; before(() => { settings.quick = true; }); after(() => { Object.assign(settings, kept); }); it('a', () => {}); });
it('b', () => { run(settings.quick); });`,
    },
  },
  {
    what: 'settings of the product that an after-each hook fills from something else',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'settings.js': `export const settings = { quick: false };`,
      'a.test.js': `import { settings } from './settings';
import { other } from './other';
afterEach(() => { Object.assign(settings, other); });
it('a', () => { settings.quick = true; });
it('b', () => { run(settings.quick); });`,
    },
    finds: ['a.test.js:4'],
  },
  {
    what: 'a property that the module itself gives its function, set to the same at the end',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'locator.js': `export function Locator() {}\nLocator.filters = [];`,
      'a.test.js': `import { Locator } from './locator';\nit('a', () => { build(Locator); Locator.filters = []; });\nit('b', () => { build(Locator.filters); });`,
    },
  },
  {
    what: 'a property that the module itself gives its function, set to something else',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'locator.js': `export function Locator() {}\nLocator.depth = 1;`,
      'a.test.js': `import { Locator } from './locator';\nit('a', () => { Locator.depth = 2; });\nit('b', () => { build(Locator.depth); });`,
    },
    finds: ['a.test.js:2'],
  },
  {
    what: 'what is saved of a variable that the head of the file sets',
    rule: 'leaked-env',
    files: spec(`process.env.SHOP_KEY = 'first';
test('a', () => { const saved = process.env.SHOP_KEY; process.env.SHOP_KEY = 'second'; try { run(); } finally { process.env.SHOP_KEY = saved; } });
test('b', () => { run(process.env.SHOP_KEY); });`),
  },
  {
    what: 'what a test saves and puts back of a variable that hooks set before all tests and delete after them',
    rule: 'leaked-env',
    given: { runner: 'node-test' },
    files: {
      'a.test.js': `import { after, before, test } from 'node:test';
before(() => { process.env.SHOP_KEY = 'first'; });
after(() => { delete process.env.SHOP_KEY; });
test('a', (t) => { const saved = process.env.SHOP_KEY; delete process.env.SHOP_KEY; t.after(() => { process.env.SHOP_KEY = saved; }); run(); });
test('b', () => { run(process.env.SHOP_KEY); });`,
    },
  },
  {
    what: 'what the head of a file has set, put back in `finally`',
    rule: 'leaked-env',
    files: spec(`process.env.SHOP_KEY = 'first';
test('a', () => { process.env.SHOP_KEY = 'second'; try { run(); } finally { process.env.SHOP_KEY = 'first'; } });
test('b', () => { run(process.env.SHOP_KEY); });`),
  },
  {
    what: 'what is saved of a variable that nobody sets',
    rule: 'leaked-env',
    files:
      spec(`test('a', () => { const saved = process.env.SHOP_KEY; process.env.SHOP_KEY = 'second'; try { run(); } finally { process.env.SHOP_KEY = saved; } });
test('b', () => { run(process.env.SHOP_KEY); });`),
    finds: ['a.test.ts:2'],
  },
  {
    what: 'variables that a loop deletes before each test',
    rule: 'leaked-env',
    files: spec(`const clear = () => { for (const key in process.env) { if (key.startsWith('SHOP_')) delete process.env[key]; } };
beforeEach(() => { clear(); });
test('a', () => { process.env.SHOP_KEY = 'x'; });
test('b', () => { run(process.env.SHOP_KEY); });`),
  },
  {
    what: 'a part of an object that a hook deletes under another name',
    rule: 'shared-module-state',
    files: {
      'devices.ts': `export const devices = { bulb: { level: 1 }, lamp: { level: 1 } };`,
      ...spec(
        `beforeEach(() => { delete devices.bulb.level; });
test('a', () => { const device = devices.bulb; device.level = 10; });
test('b', () => { run(devices.bulb.level); });
test('c', () => { const device = devices.lamp; device.level = 10; });
test('d', () => { run(devices.lamp.level); });`,
        ` import { devices } from './devices';`,
      ),
    },
    finds: ['a.test.ts:5'],
  },
  {
    what: 'a list that a hook of the test around empties before each test',
    rule: 'shared-module-state',
    given: { runner: 'tap' },
    files: {
      'a.test.js': `const { test } = require('tap');
const events = [];
test('logger', (batch) => {
  batch.beforeEach(() => { events.length = 0; });
  batch.test('a', (t) => { log(events); events.shift(); t.end(); });
  batch.test('b', (t) => { log(events); t.equal(events.length, 1); t.end(); });
});`,
    },
  },
  {
    what: 'a setting of a package that the end of the test puts back',
    rule: 'shared-module-state',
    given: { runner: 'tap' },
    files: {
      'a.test.js': `const { test } = require('tap');
const debug = require('debug');
test('logger', (batch) => {
  const before = debug.disable();
  debug.enable('shop');
  batch.teardown(() => { debug.enable(before); });
  batch.test('a', (t) => { t.end(); });
});
test('other', (t) => { debug('x'); t.end(); });`,
    },
  },
  {
    what: 'the time of a clock that the suite has switched on for all its tests',
    rule: 'leaked-timers',
    files: spec(`describe('sale', () => {
  beforeAll(() => { vi.useFakeTimers(); });
  afterAll(() => { vi.useRealTimers(); });
  test('a', () => { vi.setSystemTime(1234); });
  test('b', async () => { await vi.advanceTimersByTimeAsync(10); });
});`),
  },
  {
    what: 'a clock of a helper whose result puts it back, by a method that another helper writes into it',
    rule: 'leaked-timers',
    files: {
      'test/resource.ts': `export function disposable(thing, dispose) { const it = thing; it[Symbol.dispose] = () => { dispose(); }; return it; }`,
      'test/clock.ts': `import { disposable } from './resource';
import { vi } from 'vitest';
export function clock() { vi.useFakeTimers(); return disposable({ advance: vi.advanceTimersByTime }, () => { vi.useRealTimers(); }); }`,
      ...spec(
        `test('a', () => { using time = clock(); time.advance(10); });
test('b', async () => { await new Promise((done) => setTimeout(done, 10)); });`,
        ` import { clock } from './test/clock';`,
      ),
    },
  },
  {
    what: 'a clock of a helper whose result puts nothing back',
    rule: 'leaked-timers',
    files: {
      'test/resource.ts': `export function named(thing, name) { const it = thing; it.title = () => name(); return it; }`,
      'test/clock.ts': `import { named } from './resource';
import { vi } from 'vitest';
export function clock() { vi.useFakeTimers(); return named({ advance: vi.advanceTimersByTime }, () => { vi.useRealTimers(); }); }`,
      ...spec(
        `test('a', () => { using time = clock(); time.advance(10); });
test('b', async () => { await new Promise((done) => setTimeout(done, 10)); });`,
        ` import { clock } from './test/clock';`,
      ),
    },
    finds: ['a.test.ts:2'],
  },
  {
    what: 'a setting that is taken from the options again, behind a `catch` that keeps every error',
    rule: 'shared-module-state',
    given: { runner: 'tap' },
    files: closing('} catch (error) { t.equal(error.message, "closed"); }'),
  },
  ...[
    'try { vi.useFakeTimers(); await work(); vi.useRealTimers(); } catch (error) { console.log(error); }',
    'vi.useFakeTimers(); try { await work(); } catch { return; } vi.useRealTimers();',
  ].map((body): Case => ({
    what: `a clock that a \`catch\` leaves as it is: ${body}`,
    rule: 'leaked-timers',
    files: {
      'a.test.ts': `import { test, vi } from 'vitest'; import { work } from 'somewhere';
test('a', async () => { ${body} });
test('b', async () => { await new Promise((done) => setTimeout(done, 10)); });`,
    },
    finds: ['a.test.ts:2'],
  })),
  {
    what: 'a setting that is taken from the options again, behind a `catch` that throws on',
    rule: 'shared-module-state',
    given: { runner: 'tap' },
    files: closing('} catch (error) { throw new Error(error); }'),
    finds: ['a.test.ts:7'],
  },
  {
    what: 'a stub of a test that is written for it, where other tests ran before',
    rule: 'leaked-mock',
    given: { runner: 'tap' },
    files: {
      'a.test.ts': `import tap from 'tap'; import crypto from 'node:crypto'; import sinon from 'sinon';
tap.test('all', async (t) => {
  t.test('open', async (t) => { t.test('a', async (t) => { t.ok(crypto.randomBytes(4)); }); });
  t.test('close', async (t) => {
    sinon.stub(crypto, 'randomBytes').returns('4310');
    t.test('b', async (t) => { t.ok(crypto.randomBytes(4)); });
  });
});`,
    },
  },
  {
    what: 'a stub of a test behind which another test runs',
    rule: 'leaked-mock',
    given: { runner: 'tap' },
    files: {
      'a.test.ts': `import tap from 'tap'; import crypto from 'node:crypto'; import sinon from 'sinon';
tap.test('all', async (t) => {
  t.test('close', async (t) => { sinon.stub(crypto, 'randomBytes').returns('4310'); t.ok(crypto.randomBytes(4)); });
  t.test('open', async (t) => { t.test('a', async (t) => { t.ok(crypto.randomBytes(4)); }); });
});`,
    },
    finds: ['a.test.ts:3'],
  },
  ...(
    [
      ['is put back after each test', 'setGlobalDispatcher(before);', []],
      ['stays', '', ['a.test.ts:3']],
    ] as const
  ).map(([what, end, finds]): Case => ({
    what: `a setting of a package for the whole process that ${what}`,
    rule: 'shared-global',
    given: mocha,
    files: {
      'a.test.ts': `import { getGlobalDispatcher, setGlobalDispatcher, MockAgent } from 'undici';
describe('rates', () => { let before; let agent;
  beforeEach(() => { before = getGlobalDispatcher(); agent = new MockAgent(); setGlobalDispatcher(agent); agent.disableNetConnect(); });
  afterEach(() => { agent.close(); ${end} });
  it('a', () => {}); });
describe('others', () => { it('b', () => { fetch('http://127.0.0.1'); }); });`,
    },
    finds,
  })),
];

describe.each(cases)('$what', ({ rule, files, given, finds = [] }) => {
  test(rule, () => {
    expect(places(rule, files, given)).toEqual(finds);
  });
});
