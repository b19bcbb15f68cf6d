import { describe, expect, test } from 'vitest';
import { audit, places, type Case } from './audit.js';

const spec = (body: string, imports = ''): string => `import { afterEach, beforeEach, expect, test, vi } from 'vitest';\n${imports}\n${body}\n`;

/** Classes of code in which a finding about modules, globals and mocks was wrong, met in real repositories. */
const cases: readonly Case[] = [
  ...(
    [
      ['outside it', `it('ships', () => { const order = { paid: false }; expect(order.paid).toBe(false); });`, '', []],
      ['in it', '', `it('ships', () => { expect(order.paid).toBe(false); });`, ['tests.js:3', 'tests.js:3']],
    ] as const
  ).map(([where, outside, inside, finds]): Case => ({
    what: `what a function of a helper declares for the tests in it, where a later test stands ${where}`,
    rule: 'shared-module-state',
    given: { runner: 'mocha' },
    files: {
      'tests.js': `module.exports = () => describe('orders', () => {
  const order = { name: 'bread' };
  it('pays', () => { order.paid = true; });
  ${inside}
});`,
      'a.test.js': `const tests = require('./tests');\ntests();\n${outside}\n`,
      'b.test.js': `const tests = require('./tests');\ntests();\n${outside}\n`,
    },
    finds,
  })),
  ...(
    [
      ['made anew for each test', `let orders; beforeEach(() => { orders = rewire('./orders'); orders.__set__('send', () => 1); });`, `orders.run();`, []],
      ['set by each test', `const orders = rewire('./orders');`, `orders.__set__({ send: () => 1 });`, []],
      ['put back', `const orders = rewire('./orders'); let putBack; afterEach(() => putBack());`, `putBack = orders.__set__('send', () => 1);`, []],
      ['that a later test meets', `const orders = rewire('./orders');`, `orders.__set__({ send: () => 1, store: () => 2 });`, ['a.test.js:3']],
    ] as const
  ).map(([what, head, does, finds]) => ({
    what: `a copy of a module ${what}`,
    rule: 'shared-module-state',
    given: { runner: 'mocha' },
    files: {
      'orders.js': `let send = () => 0;\nlet store = () => 0;\nexports.run = () => send(store());`,
      'a.test.js': `const rewire = require('rewire'); ${head}
describe('orders', () => {
it('a', () => { ${does} });
it('b', () => { ${what === 'set by each test' ? does : ''} expect(orders.run({ send: 1 })).toBe(0); });
});`,
      'b.test.js': `const rewire = require('rewire');\nconst orders = rewire('./orders');\nit('b', () => { orders.run({ send: 2 }); });`,
    },
    finds,
  })),
  ...(
    [
      ['does not have', `module.exports = { read: () => ({}) };`, []],
      ['does not have, beside another object that does,', `module.exports = { read: () => ({}) };`, [], `const shop = {};\nshop.plugins = [];`],
      ['does not have, beside an object of a function that does,', `module.exports = { read: () => { const all = {}; all.plugins = []; return all; } };`, []],
      ['is given by the test file', `module.exports = { read: () => ({}) };`, ['a.test.js:2'], `settings.plugins = [];`],
      ['has', `module.exports = { read: () => ({}), plugins: [] };`, ['a.test.js:2']],
      ['is given by its own file', `module.exports = { read: () => ({}) };\nmodule.exports.plugins = [];`, ['a.test.js:2']],
    ] as const
  ).map(([what, settings, finds, more = '']) => ({
    what: `a property of a module taken away that it ${what}`,
    rule: 'shared-module-state',
    given: { runner: 'jest' },
    files: {
      'settings.js': settings,
      'a.test.js': `const settings = require('./settings');
test('a', () => { delete settings.plugins; });
test('b', () => { expect(settings.plugins).toBe(undefined); });
${more}`,
    },
    finds,
  })),
  ...(
    [
      ['that counts on first', `it('b', () => { tools.port++; start(tools.port); });`, []],
      ['that reads it', `it('b', () => { start(tools.port); });`, ['a.test.js:2']],
      ['that takes it out of the object', `it('b', () => { const { port } = tools; start(port); });`, ['a.test.js:2']],
      ['that has a variable of its own of this name', `it('b', () => { const port = 80; start(tools.name, port); });`, []],
    ] as const
  ).map(([what, body, finds]) => ({
    what: `a number of a helper that tests count on, beside a file ${what}`,
    rule: 'shared-module-state',
    given: { runner: 'mocha' },
    files: {
      'test/tools.js': `let port = 1;\nmodule.exports = { port, name: 'shop', run: () => { port++; return port; } };`,
      'a.test.js': `const tools = require('./test/tools');\nit('a', () => { tools.port++; start(tools.port); });\nit('runs', () => { tools.run(); });`,
      'b.test.js': `const tools = require('./test/tools');\n${body}`,
    },
    finds,
  })),
  {
    what: 'mocks that a hook resets, which gives methods back in Vitest',
    rule: 'leaked-mock',
    files: {
      'a.test.ts': spec(
        `beforeEach(() => { vi.resetAllMocks(); });\ntest('a', () => { vi.spyOn(mailer, 'send').mockReturnValue(1); });\ntest('b', () => {});`,
        `import * as mailer from './mailer';`,
      ),
      'mailer.ts': `export const send = () => 0;`,
    },
  },
  {
    what: 'a spy that lets every call through',
    rule: 'leaked-mock',
    files: {
      'a.test.ts': spec(
        `test('a', async () => { const spy = vi.spyOn(machine, 'machineId'); await machine.machineId(); expect(spy).toHaveBeenCalledOnce(); });\ntest('b', () => {});`,
        `import * as machine from './machine';`,
      ),
      'machine.ts': `export const machineId = async () => 'x';`,
    },
  },
  {
    what: 'a spy that answers in place of the method',
    rule: 'leaked-mock',
    files: {
      'a.test.ts': spec(
        `test('a', async () => { const spy = vi.spyOn(machine, 'machineId'); spy.mockResolvedValue('y'); await machine.machineId(); });\ntest('b', async () => { await machine.machineId(); });`,
        `import * as machine from './machine';`,
      ),
      'machine.ts': `export const machineId = async () => 'x';`,
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'an object that each instance of a class makes for itself',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
class Address { constructor(street) { this.street = street; } }
class Customer { home = new Address('none'); }
test('a', () => { expect(new Customer().home.street).toBe('none'); });
test('b', () => { expect(Customer.name).toBe('Customer'); });`),
    },
  },
  {
    what: 'a static counter set back to its first value',
    rule: 'shared-module-state',
    files: {
      'order.ts': `export class Order { static saved = 0; static log: string[] = []; save(): void { Order.saved++; } }`,
      'a.test.ts': spec(
        `
test('a', () => { Order.saved = 0; Order.log = []; Order.log.length = 0; expect(Order.saved).toBe(0); });
test('b', () => { expect(Order.saved).toBe(0); });`,
        `import { Order } from './order';`,
      ),
    },
  },
  {
    what: 'a static counter left at another value',
    rule: 'shared-module-state',
    files: {
      'order.ts': `export class Order { static saved = 0; }`,
      'a.test.ts': spec(`\ntest('a', () => { Order.saved = 4; });\ntest('b', () => { expect(Order.saved).toBe(0); });`, `import { Order } from './order';`),
    },
    finds: ['a.test.ts:4'],
  },
  {
    what: 'an object of the test file that no later test names',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const context = { user: '' };
test('a', () => { context.user = 'Ada'; expect(context.user).toBe('Ada'); });
test('b', () => { expect(1).toBe(1); });`),
    },
  },
  {
    what: 'an object of the test file that a later test reaches through a function',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const context = { user: '' };
const greet = () => 'Hello ' + context.user;
test('a', () => { context.user = 'Ada'; });
test('b', () => { expect(greet()).toBe('Hello '); });`),
    },
    finds: ['a.test.ts:6'],
  },
  {
    what: 'a list that tests only add to and a hook works off',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const made = [];
afterEach(() => { for (const each of made) each.remove(); });
test('a', () => { made.push({ remove() {} }); });
test('b', () => { made.push({ remove() {} }); });
test('c', () => {});`),
    },
  },
  {
    what: 'a function of the product puts back what tests change',
    rule: 'shared-module-state',
    files: {
      'settings.ts': `export const settings = { retries: 3, now: () => 1 };\nexport function resetSettings(): void { settings.retries = 3; }`,
      'a.test.ts': spec(
        `
test('a', () => { settings.retries = 0; resetSettings(); });
test('b', () => { expect(settings.retries).toBe(3); });`,
        `import { resetSettings, settings } from './settings';`,
      ),
    },
  },
  {
    what: 'an object of the product with several changes is one finding',
    rule: 'shared-module-state',
    files: {
      'settings.ts': `export const settings = { retries: 3, delay: 1 };`,
      'a.test.ts': spec(
        `\ntest('a', () => { settings.retries = 0; settings.delay = 0; });\ntest('b', () => { expect(settings.retries).toBe(3); });`,
        `import { settings } from './settings';`,
      ),
    },
    finds: ['a.test.ts:4'],
  },
  {
    what: 'a function that runs in the browser',
    rule: 'shared-global',
    given: { runner: 'playwright' },
    files: {
      'a.test.ts': `import { test } from '@playwright/test';
test('a', async ({ page }) => { await page.evaluate(() => { globalThis.fetch = undefined; }); });
test('b', async () => {});`,
    },
  },
  {
    what: 'a listener for the end of the process',
    rule: 'shared-global',
    files: { 'a.test.ts': spec(`test('a', () => { process.on('exit', () => {}); });\ntest('b', () => {});`) },
  },
  {
    what: 'listeners taken off and put back',
    rule: 'shared-global',
    files: {
      'a.test.ts': spec(`
test('a', () => {
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  for (let i = 0; i < listeners.length; i++) process.on('uncaughtException', listeners[i]);
});
test('b', () => {});`),
    },
  },
  {
    what: 'a global of the suite cleared before each test',
    rule: 'shared-global',
    files: {
      'a.test.ts': spec(`
test('a', () => { globalThis.__orders = undefined; });
test('b', () => { delete globalThis.__orders; });
test('c', () => { globalThis.__orders = {}; });
test('d', () => {});`),
    },
  },
  {
    what: 'a global put back by its descriptor',
    rule: 'shared-global',
    files: {
      'a.test.ts': spec(`
const saved = globalThis.navigator;
test('a', () => {
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: saved, configurable: true });
});
test('b', () => {});`),
    },
  },
  {
    what: 'functions of an object that is only looked at',
    rule: 'shared-global',
    files: {
      'a.test.ts': spec(`
const plugin = { install() { globalThis.fetch = undefined; } };
test('a', () => { expect(plugin).toBeDefined(); });
test('b', () => {});`),
    },
  },
  {
    what: 'a helper that sets a variable for many files is told once, where it stands',
    rule: 'leaked-env',
    given: { runner: 'playwright' },
    files: {
      'test/helpers/start.ts': `export function start(port: number): void {\n  process.env.PORT = String(port);\n}`,
      ...Object.fromEntries(
        ['a', 'b', 'c', 'd'].map((name, index) => [
          `${name}.test.ts`,
          `import { test } from '@playwright/test';\nimport { start } from './test/helpers/start';\ntest.beforeAll(() => start(${index} + Math.random()));\ntest('${name}', async () => {});`,
        ]),
      ),
      'e.test.ts': `import { test } from '@playwright/test';\ntest('e', async () => { expect(process.env.PORT).toBeUndefined(); });`,
    },
    finds: ['test/helpers/start.ts:2'],
  },
  {
    what: 'a deep copy made for the test',
    rule: 'shared-module-state',
    files: {
      'clone.ts': `export const clone = <T>(of: T): T => JSON.parse(JSON.stringify(of));`,
      'a.test.ts': spec(
        `
const order = { total: 1 };
test('a', () => { const own = clone(order); own.total = 2; const other = structuredClone(order); other.total = 3; });
test('b', () => { expect(order.total).toBe(1); });`,
        `import { clone } from './clone';`,
      ),
    },
  },
  {
    what: 'a list emptied before each test',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const orders = ['first'];
beforeEach(() => { orders.splice(0); });
test('a', () => { expect(orders).toEqual([]); });
test('b', () => { expect(orders).toEqual([]); });`),
      'b.test.ts': spec(`test('c', () => {});`),
    },
    given: { runner: 'mocha' },
  },
  {
    what: 'a later test that sets the first value itself',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const node = { major: 20 };
test('a', () => { node.major = 22; expect(node.major).toBe(22); });
test('b', () => { node.major = 20; expect(node.major).toBe(20); });`),
    },
  },
  ...[
    { what: 'objects that a hook gives what they were made with', again: `{ total: 1, name: 'first', open: true }`, finds: [] },
    { what: 'objects that a hook gives something else', again: `{ total: 3 }`, finds: ['a.test.ts:7', 'a.test.ts:11'] },
  ].map(({ what, again, finds }): Case => ({
    what,
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const node = { total: 1, name: 'first', open: true };
const start = ${again};
beforeEach(() => { Object.assign(node, start); });
test('a', () => { node.total = 2; node.name = 'second'; });
describe('orders', () => {
  const order = { total: 1 };
  beforeEach(() => { Object.assign(order, ${again}); });
  test('b', () => { order.total = 2; node.open = false; });
  test('c', () => { expect(order.total).toBe(1); expect(node).toEqual(start); });
});`),
    },
    finds,
  })),
  {
    what: 'a part of a deep copy',
    rule: 'shared-module-state',
    files: {
      'a.test.ts': spec(`
const order = { detail: { items: [{ price: 1 }] } };
const clone = (of) => JSON.parse(JSON.stringify(of));
test('a', () => { const own = clone(order); own.detail.items[0].price = 2; });
test('b', () => { expect(order.detail.items[0].price).toBe(1); });`),
    },
  },
  {
    what: 'the environment replaced by a copy, and put back',
    rule: 'leaked-env',
    files: {
      'a.test.ts': spec(`
test('a', () => {
  const saved = process.env;
  process.env = { ...saved };
  process.env.REGION = 'eu';
  process.env = saved;
});
test('b', () => {});`),
    },
  },
  {
    what: 'put back in `finally`, changed a few lines before its `try`',
    rule: 'shared-module-state',
    files: {
      'order.ts': `export class Order { total(): number { return 1; } }`,
      'a.test.ts': spec(
        `
test('a', async () => {
  const saved = Order.prototype.total;
  Order.prototype.total = () => 2;
  const client = connect();
  try { await client.run(); } finally { Order.prototype.total = saved; }
});
test('b', () => {});`,
        `import { Order } from './order';\nimport { connect } from 'somewhere';`,
      ),
    },
  },
  {
    what: 'an undeclared variable that others declare for themselves',
    rule: 'shared-global',
    files: {
      'a.test.js': `it('a', () => { link = 'a'; assert(link); });\nit('b', () => { let link = 'b'; assert(link); });`,
      'b.test.js': `it('c', () => { const link = 'c'; assert(link); assert(page.link); });`,
    },
    given: { runner: 'mocha' },
  },
  {
    what: 'an undeclared variable that a hook of each file sets before its tests read it',
    rule: 'shared-global',
    files: Object.fromEntries(
      ['a', 'b'].map((each) => [
        `${each}.test.js`,
        `describe('${each}', () => { beforeEach((done) => lift((app) => { running = app; done(); })); afterEach((done) => running.lower(done)); it('${each}', () => { running.request('/'); }); });`,
      ]),
    ),
    given: { runner: 'mocha' },
  },
  {
    what: 'an undeclared variable that another file sets on some ways only',
    rule: 'shared-global',
    files: Object.fromEntries(
      ['a', 'b'].map((each) => [`${each}.test.js`, `it('${each}', () => { try { open('${each}'); } catch (error) { failed = true; } assert(failed); });`]),
    ),
    given: { runner: 'mocha' },
    finds: ['a.test.js:1', 'b.test.js:1'],
  },
  {
    what: 'a limit on the listeners of a given target',
    rule: 'shared-global',
    files: {
      'a.test.ts': spec(
        `test('a', () => { setMaxListeners(100, new AbortController().signal); });\ntest('b', () => {});`,
        `import { setMaxListeners } from 'node:events';`,
      ),
    },
  },
  {
    what: 'a limit on the listeners of all',
    rule: 'shared-global',
    files: { 'a.test.ts': spec(`test('a', () => { setMaxListeners(100); });\ntest('b', () => {});`, `import { setMaxListeners } from 'node:events';`) },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'a way of a helper that this caller does not ask for',
    rule: 'leaked-env',
    files: {
      'test/helpers/shop.ts': `export const openShop = ({ bare }: { bare?: boolean } = {}) => { if (bare === true) process.env.SHOP_BARE = 'yes'; };`,
      'a.test.ts': spec(
        `test('a', () => { openShop({}); });\ntest('b', () => { openShop({ bare: false }); });\ntest('c', () => { expect(process.env.SHOP_BARE).toBe(undefined); });`,
        `import { openShop } from './test/helpers/shop';`,
      ),
      'b.test.ts': spec(
        `test('a', () => { openShop({ bare: true }); });\ntest('c', () => { expect(process.env.SHOP_BARE).toBe(undefined); });`,
        `import { openShop } from './test/helpers/shop';`,
      ),
    },
    finds: ['b.test.ts:3'],
  },
  {
    what: 'a mark of a computed name on a function that no other test uses',
    rule: 'shared-module-state',
    files: {
      'marks.ts': `export const marks = { seen: Symbol('seen') };`,
      'test/helpers/shapes.ts': `const shapes = module.exports;\nshapes.round = () => {};\nshapes.square = () => {};\n`,
      'a.test.ts': spec(
        `test('a', () => { round[marks.seen] = true; paint(round); });\ntest('b', () => { square[marks.seen] = true; paint(square); });`,
        `import { marks } from './marks';\nimport { paint } from 'somewhere';\nimport { round, square } from './test/helpers/shapes';`,
      ),
      'b.test.ts': spec(
        `test('a', () => { round[marks.seen] = true; paint(round); });\ntest('b', () => { paint(round); });`,
        `import { marks } from './marks';\nimport { paint } from 'somewhere';\nimport { round } from './test/helpers/shapes';`,
      ),
    },
    finds: ['b.test.ts:5'],
  },
  ...['var', 'const'].flatMap((form) =>
    (['shared-module-state', 'order-dependent-test'] as const).map((rule) => ({
      what: `a part of an object of the suite, held by a ${form}, that one test hands to the next, while a hook writes another`,
      rule,
      files: {
        'a.test.ts': spec(`describe('orders', () => {
  ${form} scope = {};
  beforeAll(() => { scope.shop = open(); });
  test('sells', async () => { scope.id = await scope.shop.sell(); });
  test('finds', async () => { expect(await scope.shop.find(scope.id)).toBeDefined(); });
});`),
      },
      ...(rule === 'order-dependent-test' ? { finds: ['a.test.ts:7'] } : {}),
    })),
  ),
  ...[true, false].map((isRead) => ({
    what: isRead ? 'an object that a helper reads from a file each time' : 'an object that a helper gives to all who ask',
    rule: 'shared-module-state',
    files: {
      'shop.json': '{ "port": 4310 }',
      'test/shop.ts': isRead
        ? `import { promises as fs } from 'node:fs';\nexport async function shop() { const text = await fs.readFile('./shop.json', 'utf8'); return JSON.parse(text); }`
        : `import data from '../shop.json';\nexport async function shop() { return data; }`,
      'a.test.ts': spec(
        `test('a', async () => { const it = await shop(); it.port = 1; expect(it.port).toBe(1); });\ntest('b', async () => { const it = await shop(); expect(it.port).toBe(4310); });`,
        `import { shop } from './test/shop';`,
      ),
    },
    ...(isRead ? {} : { finds: ['a.test.ts:3'] }),
  })),
  ...[`sinon.stub(orders, 'setNote')`, `sinon.createSandbox().stub(orders, 'setNote')`, `jest.spyOn(orders, 'setNote')`].map((spy): Case => ({
    what: `an object whose methods nobody calls: ${spy}`,
    rule: 'shared-module-state',
    given: { runner: spy.startsWith('jest') ? 'jest' : 'mocha' },
    files: {
      'orders.js': `const orders = { limit: 100, setNote(note) { orders.note = note; }, setLimit(limit) { orders.limit = limit; }, getLimit: () => orders.limit };
module.exports = orders;`,
      'a.test.js': `const sinon = require('sinon');
const orders = require('./orders');
beforeEach(() => { ${spy}; });
afterEach(() => { sinon.restore(); });
it('a', () => { orders.getLimit(); });`,
      'b.test.js': `const orders = require('./orders');\nit('b', () => { orders.getLimit(); });`,
    },
  })),
];

describe('false alarms', () => {
  for (const { what, rule, files, given, finds = [] } of cases) {
    test(`${rule}: ${what}`, () => {
      expect(places(rule, files, given)).toEqual(finds);
    });
  }
});

test('what restores a mock restores no clock', () => {
  const { findings } = audit({
    'a.test.ts': spec(
      `test('a', () => { vi.useFakeTimers(); const log = logger(); log.mockRestore(); });\ntest('b', () => {});`,
      `import { logger } from 'somewhere';`,
    ),
  });
  const clock = findings.find((each) => each.rule === 'leaked-timers');
  expect(clock?.confidence).toBe('certain');
  expect(clock?.variant).toBeUndefined();
});
