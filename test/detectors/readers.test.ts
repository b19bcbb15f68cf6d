import { describe, expect, test } from 'vitest';
import { audit, places, type Case } from './audit.js';

/** What stays after a test is told where another test looks at it, as far as the source shows. */
const mocha = { runner: 'mocha' };
const config = { 'lib/config.js': `exports.mode = () => process.env.SHOP_MODE;` };

const cases: readonly Case[] = [
  {
    what: 'a variable that is never put back, and of which no other test says anything',
    rule: 'leaked-env',
    given: mocha,
    files: { 'a.test.js': `it('a', () => { process.env.SHOP_MODE = 'quick'; });\nit('b', () => { expect(1).toBe(1); });` },
  },
  {
    what: 'a variable that another file says',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'a.test.js': `it('a', () => { process.env.SHOP_MODE = 'quick'; });`,
      'b.test.js': `it('b', () => { expect(process.env.SHOP_MODE).toBeUndefined(); });`,
    },
    finds: ['a.test.js:1'],
  },
  {
    what: 'a variable that no test comes to, beside data that its file is seen to come to',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'rates.json': '{ "SHOP_MODE": 1 }',
      'lib/rates.js': `const load = (name) => require(name);\nexports.rates = () => load('../rates.json');`,
      'lib/prices.js': `const { rates } = require('./rates');\nexports.prices = (mode) => [process.env.SHOP_MODE, mode, rates()];`,
      'a.test.js': `const { prices } = require('./lib/prices');\nit('a', () => { process.env.SHOP_MODE = 'quick'; prices(); });\nit('b', () => { expect(require('./rates.json')).toBeDefined(); });`,
    },
  },
  {
    what: 'a variable that a module reads which another file imports',
    rule: 'leaked-env',
    given: mocha,
    files: {
      ...config,
      'a.test.js': `it('a', () => { process.env.SHOP_MODE = 'quick'; });`,
      'b.test.js': `import { mode } from './lib/config';\nit('b', () => { mode(); });`,
    },
    finds: ['a.test.js:1'],
  },
  {
    what: 'a global that a module reads which a later test requires',
    rule: 'shared-global',
    given: mocha,
    files: {
      'lib/prices.js': `exports.total = () => PRICES.lamp;`,
      'a.test.js': `const { total } = require('./lib/prices');
it('a', () => { global.PRICES = { lamp: 1 }; });
it('b', () => { total(); });`,
    },
    finds: ['a.test.js:2'],
  },
  {
    what: 'a variable that another function of the module reads than the later test calls',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'lib/limits.js': `exports.inside = () => process.env.SHOP_LIMIT;\nexports.outside = () => process.env.SHOP_OTHER;`,
      'a.test.js': `const { inside, outside } = require('./lib/limits');
it('a', () => { process.env.SHOP_LIMIT = '2'; inside(); });
it('b', () => { outside(); });`,
    },
  },
  {
    what: 'a variable that a function of another module reads, through which the later test comes',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'lib/limits.js': `exports.inside = () => process.env.SHOP_LIMIT;`,
      'lib/shop.js': `const limits = require('./limits');\nfunction order() { return limits.inside(); }\nmodule.exports = { order };`,
      'a.test.js': `const { inside } = require('./lib/limits'); const shop = require('./lib/shop');
it('a', () => { process.env.SHOP_LIMIT = '2'; inside(); });
it('b', () => { shop.order(); });`,
    },
    finds: ['a.test.js:2'],
  },
  {
    what: 'a variable that a module reads which the later test loads anew',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'lib/limits.js': `const limit = process.env.SHOP_LIMIT;\nexports.inside = () => limit;`,
      'a.test.js': `const load = () => { delete require.cache[require.resolve('./lib/limits')]; return require('./lib/limits'); };
it('a', () => { process.env.SHOP_LIMIT = '2'; load().inside(); });
it('b', () => { load().inside(); });`,
    },
    finds: ['a.test.js:2'],
  },
  {
    what: 'a stub of a function that nothing calls in what the later test comes to',
    rule: 'leaked-mock',
    files: {
      'src/config.ts': `export function token() { return 'x'; }`,
      'src/orders.ts': `import * as config from './config';\nexport function user() { return config.token(); }\nexport function mask(text: string) { return text.trim(); }`,
      'a.test.ts': `import { test, vi } from 'vitest'; import * as config from './src/config'; import * as orders from './src/orders'; import { mask } from './src/orders';
test('a', () => { vi.spyOn(config, 'token').mockReturnValue('y'); orders.user(); });
test('b', () => { mask(' x '); });`,
    },
  },
  ...(
    [
      ['which the later test does not call', `it('b', () => { shop.close(); });`, []],
      ['which the later test calls', `it('b', () => { shop.open(); });`, ['a.test.js:3']],
      ['which another one calls that the later test calls', `it('b', () => { shop.reopen(); });`, ['a.test.js:3']],
      ['which the later test itself replaces', `it('b', () => { shop.open = () => 0; shop.reopen(); });`, []],
      ['of which the later test calls one by a name that is made', `it('b', () => { shop['op' + end](); });`, ['a.test.js:3']],
    ] as const
  ).map(([which, later, finds]) => ({
    what: `what a method calls of an object that its module exports whole, ${which}`,
    rule: 'shared-module-state',
    files: {
      'lib/mails.js': `const mails = { send: () => 1 };\nmodule.exports = mails;`,
      'lib/log.js': `module.exports = (name) => ({ info: () => name });`,
      'lib/shop.js': `const mails = require('./mails'); const log = require('./log')('shop');
const shop = { open: () => { log.info(); return mails.send(); }, close: () => log.info(), reopen: () => { shop.close(); return shop.open(); } };
module.exports = shop;`,
      'a.test.js': `const mails = require('./lib/mails'); const shop = require('./lib/shop');
const end = 'en';
it('a', () => { mails.send = () => 2; shop.open(); });
${later}`,
    },
    finds,
  })),
  ...(
    [
      ['sets before each of its tests', `beforeEach(() => { process.env.SHOP_MODE = 'slow'; });`, []],
      ['deletes before each of its tests', `beforeEach(() => { delete process.env.SHOP_MODE; });`, []],
      [
        'sets before some of its tests',
        `describe('c', () => { beforeEach(() => { process.env.SHOP_MODE = 'slow'; }); it('c', () => { mode(); }); });`,
        ['a.test.js:2'],
      ],
    ] as const
  ).map(([which, begin, finds]) => ({
    what: `a variable that stays, which another file that looks at it ${which}`,
    rule: 'leaked-env',
    given: mocha,
    files: {
      ...config,
      'a.test.js': `const { mode } = require('./lib/config');\nit('a', () => { process.env.SHOP_MODE = 'quick'; mode(); });`,
      'b.test.js': `const { mode } = require('./lib/config');\ndescribe('shop', () => {\n${begin}\nafterEach(() => { delete process.env.SHOP_MODE; });\nit('b', () => { mode(); }); });`,
    },
    finds,
  })),
  {
    what: 'variables of which one meets a later test of the file, and one other files',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'a.test.js': `it('a', () => { process.env.SHOP_MODE = 'quick';
process.env.SHOP_NAME = 'lamps'; });
it('b', () => { process.env.SHOP_MODE = 'slow'; expect(process.env.SHOP_NAME).toBeUndefined(); });`,
      'b.test.js': `it('c', () => { expect(process.env.SHOP_MODE).toBeUndefined(); });`,
    },
    finds: ['a.test.js:2'],
  },
  {
    what: 'what a handler calls that the module gives an object while it loads',
    rule: 'shared-module-state',
    files: {
      'lib/mails.js': `const mails = { send: () => 1 };\nmodule.exports = mails;`,
      'lib/shop.js': `const mails = require('./mails'); const { make } = require('somewhere');
const app = make();
app.on('order', () => mails.send());
const order = () => app.emit('order');
module.exports = { order };`,
      'a.test.js': `const mails = require('./lib/mails'); const { order } = require('./lib/shop');
it('a', () => { mails.send = () => 2; order(); });
it('b', () => { order(); });`,
    },
    finds: ['a.test.js:2'],
  },
  {
    what: 'a stub of a function that a method calls of an object which a hook makes',
    rule: 'leaked-mock',
    files: {
      'src/config.ts': `export function token() { return 'x'; }`,
      'src/orders.ts': `import * as config from './config';\nexport class Orders { user() { return config.token(); } }\nexport const mask = (text: string) => text.trim();`,
      'a.test.ts': `import { beforeEach, test, vi } from 'vitest'; import * as config from './src/config'; import { Orders, mask } from './src/orders';
let orders: Orders;
beforeEach(() => { orders = new Orders(); });
test('a', () => { vi.spyOn(config, 'token').mockReturnValue('y'); orders.user(); mask(''); });
test('b', () => { orders.user(); });`,
    },
    finds: ['a.test.ts:4'],
  },
  {
    what: 'what the loader keeps of a module, of which the modules that a later test requires say nothing',
    rule: 'shared-global',
    given: mocha,
    files: {
      'lib/prices.js': `module.exports = { total: () => 1 };`,
      'a.test.js': `const { total } = require('./lib/prices');
it('a', () => { require.cache['/lib/lamps.js'].exports = {}; });
it('b', () => { total(); });`,
    },
  },
  {
    what: 'a variable of a suite, beside other tests of what the suite tests',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'a.test.js': `import { total } from './lib/orders';
describe('quick', () => { beforeEach(() => { process.env.SHOP_MODE = 'quick'; }); it('a', () => { total(); }); });
it('b', () => { total(); });`,
    },
    finds: ['a.test.js:2'],
  },
  {
    what: 'a variable beside another test of a module that is required by its path',
    rule: 'leaked-env',
    given: mocha,
    files: {
      'a.test.js': `const path = require('path');
const { total } = require(path.join(__dirname, 'lib', 'orders'));
it('a', () => { process.env.SHOP_MODE = 'quick'; total(); });
it('b', () => { total(); });`,
    },
    finds: ['a.test.js:3'],
  },
  ...(
    [
      ['names it', `expect(order.state).to.equal('new');`, ['test/orders.js:2']],
      ['does not name it', `expect(1).to.equal(1);`, []],
    ] as const
  ).map(([what, body, finds]) => ({
    what: `an object of a file that the test file loads, where a later test of that file ${what}`,
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'all.test.js': `require('./test/orders');\nrequire('./test/carts');`,
      'test/orders.js': `describe('orders', () => { const order = { state: 'new' };\nit('a', () => { order.state = 'paid'; });\nit('b', () => { ${body} }); });`,
      'test/carts.js': `it('c', () => {});`,
    },
    finds,
  })),
  ...(
    [
      ['says', `total(process.env.SHOP_RATE);`, ['test/orders.js:2']],
      ['does not say', `total(1);`, []],
    ] as const
  ).map(([what, body, finds]) => ({
    what: `a variable set in a file that the test file loads, which a later test of that file ${what}`,
    rule: 'leaked-env',
    given: mocha,
    files: {
      'all.test.js': `require('./test/orders');`,
      'test/orders.js': `describe('orders', () => { const { total } = require('shop');\nit('a', () => { process.env.SHOP_RATE = '2'; });\nit('b', () => { ${body} }); });`,
    },
    finds,
  })),
  ...(
    [
      ['comes to what reads it', 'total()', ['a.test.js:3']],
      ['comes to another function of the same file', 'name()', []],
    ] as const
  ).map(([what, call, finds]) => ({
    what: `a global that stays, where a later test ${what}`,
    rule: 'shared-global',
    given: mocha,
    files: {
      'lib/orders.js': `function total() { return globalThis.shopRate * 2; }\nfunction name() { return 'shop'; }\nmodule.exports = { total, name };`,
      'a.test.js': `const { total, name } = require('./lib/orders');
it('a', () => { name(); });
it('b', () => { globalThis.shopRate = 2; total(); });
it('c', () => { ${call}; });`,
    },
    finds,
  })),
  ...(
    [
      ['comes to what reads it', 'total()', ['a.test.js:2']],
      ['comes to another function of the same file', 'name()', []],
    ] as const
  ).map(([what, call, finds]) => ({
    what: `a global that stays, where another file ${what}`,
    rule: 'shared-global',
    given: mocha,
    files: {
      'lib/orders.js': `function total() { return globalThis.shopRate * 2; }\nfunction name() { return 'shop'; }\nmodule.exports = { total, name };`,
      'a.test.js': `const { total } = require('./lib/orders');\nit('a', () => { globalThis.shopRate = 2; total(); });`,
      'b.test.js': `const { total, name } = require('./lib/orders');\nit('b', () => { ${call}; });`,
    },
    finds,
  })),
  {
    what: 'an object of a suite that a later test names, and one of the same name in another suite',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'a.test.js': `describe('orders', () => {
  const order = { total: 1 };
  it('a', () => { order.total = 2; });
  it('b', () => { expect(order.total).toBe(1); });
});
describe('carts', () => {
  const order = { total: 1 };
  it('c', () => { expect(order.total).toBe(1); });
  it('d', () => { order.total = 2; });
});`,
    },
    finds: ['a.test.js:3'],
  },
  ...(
    [
      ['filled while its module loads', `each({ card: require('./card') }, payments.add);`, ['a.test.js:2']],
      ['filled by tests only', '', []],
    ] as const
  ).map(([how, load, finds]) => ({
    what: `a hook that empties for good what a module keeps, ${how}`,
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'lib/payments.js': `const { each } = require('lodash');
const payments = { handlers: {}, add(handler, name) { payments.handlers[name] = handler; }, find(name) { return payments.handlers[name]; } };
${load}
module.exports = { payments };`,
      'lib/card.js': `module.exports = { pay() {} };`,
      'a.test.js': `const { payments } = require('./lib/payments');
beforeEach(() => { payments.handlers = {}; });
it('a', () => { payments.add({}, 'own'); expect(payments.handlers).to.have.property('own'); });`,
      'b.test.js': `const { payments } = require('./lib/payments');
it('b', () => { expect(payments.find('card')).to.be.ok(); });`,
    },
    finds,
  })),
  {
    what: 'what a call outside the project gives a suite, and that a later test names',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'a.test.js': `const { openStore } = require('stores');
describe('orders', () => {
  const store = openStore();
  it('a', () => { store.total = 2; });
  it('b', () => { expect(store.total).toBe(1); });
});`,
    },
    finds: ['a.test.js:4'],
  },
  {
    what: 'what a call outside the project gives, where a hook has to do with it, a test makes it or a later one sets it itself',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'a.test.js': `const { openStore } = require('stores');
describe('orders', () => {
  const store = openStore();
  beforeEach(() => { store.$reset(); });
  it('a', () => { store.total = 2; });
  it('b', () => { expect(store.total).toBe(1); });
});
describe('carts', () => {
  it('c', () => { const store = openStore(); store.total = 2; });
  it('d', () => { const store = openStore(); expect(store.total).toBe(1); });
});
describe('bills', () => {
  const bills = openStore();
  it('e', () => { bills.total = 2; });
  it('f', () => { bills.total = 3; expect(bills.total).toBe(3); });
});`,
    },
  },
  {
    what: 'an object of a suite that a hook resets, that later tests set themselves, that a test makes, or that a helper is given',
    rule: 'shared-module-state',
    given: mocha,
    files: {
      'a.test.js': `describe('orders', () => {
  const order = { total: 1 };
  beforeEach(() => { order.total = 1; });
  it('a', () => { order.total = 2; });
  it('b', () => { expect(order.total).toBe(1); });
});
describe('carts', () => {
  const cart = { total: 1 };
  it('c', () => { cart.total = 2; });
  it('d', () => { cart.total = 3; expect(cart.total).toBe(3); });
});
describe('bills', () => {
  let bill;
  beforeEach(() => { bill = { total: 1 }; });
  it('e', () => { bill.total = 2; const own = { total: 1 }; own.total = 2; });
  it('f', () => { expect(bill.total).toBe(1); });
});
describe('slips', () => {
  const first = { total: 1 };
  const second = { total: 1 };
  const charge = (slip) => { slip.total = 2; };
  it('g', () => { charge(first); });
  it('h', () => { charge(second); expect(second.total).toBe(2); });
});`,
    },
  },
  {
    what: 'a global that no later test says',
    rule: 'shared-global',
    files: { 'a.test.js': `import { test } from 'vitest';\ntest('a', () => { window.open = () => {}; });\ntest('b', () => {});` },
  },
  {
    what: 'a spy on a method that no later test meets',
    rule: 'leaked-mock',
    files: {
      'a.test.js': `import { test, vi } from 'vitest'; import { mailer } from './lib/mailer'; import { total } from './lib/orders';
test('a', () => { vi.spyOn(mailer, 'send').mockReturnValue(1); });
test('b', () => { total(); });`,
    },
  },
  {
    what: 'a part of what a module of the product keeps, beside tests of something else',
    rule: 'shared-module-state',
    files: {
      'lib/settings.js': `export const settings = { pages: 20 };`,
      'a.test.js': `import { test } from 'vitest'; import { settings } from './lib/settings'; import { total } from './lib/orders';
test('a', () => { settings.pages = 3; });
test('b', () => { total(); });`,
    },
  },
  {
    what: 'a part of what a module of the product keeps, beside another test of it',
    rule: 'shared-module-state',
    files: {
      'lib/settings.js': `export const settings = { pages: 20 };`,
      'a.test.js': `import { test } from 'vitest'; import { settings } from './lib/settings'; import { total } from './lib/orders';
test('a', () => { settings.pages = 3; });
test('b', () => { expect(total(settings)).toBe(1); });`,
    },
    finds: ['a.test.js:2'],
  },
  ...(
    [
      ['order-dependent-test', ['a.test.js:3']],
      ['shared-module-state', []],
    ] as const
  ).map(([rule, finds]): Case => ({
    what: 'what one test puts into an object of the suite and the next one needs, which is told once',
    rule,
    files: {
      'a.test.js': `import { describe, expect, test } from 'vitest'; import { make } from './lib/orders';
describe('orders', () => { const made = {}; test('makes', () => { made.id = make(); });
test('finds', () => { expect(made.id).toBe(1); }); });`,
    },
    finds,
  })),
  {
    what: 'an object of a suite that a hook empties key by key',
    rule: 'order-dependent-test',
    files: {
      'a.test.js': `import { beforeEach, describe, expect, test } from 'vitest'; import { total } from './lib/orders';
describe('orders', () => { const made = {}; beforeEach(() => { for (const key of Object.keys(made)) delete made[key]; });
test('one', () => { made.id = 1; expect(total(made)).toBe(1); });
test('none', () => { expect(total(made)).toBe(0); expect(made.id).toBeUndefined(); }); });`,
    },
  },
];

describe.each(cases)('$what', ({ rule, files, given, finds = [] }) => {
  test(rule, () => {
    expect(places(rule, files, given)).toEqual(finds);
  });
});

describe('how sure a leak is', () => {
  const sure = (second: string): unknown =>
    audit(
      {
        ...config,
        'a.test.js': `const { mode } = require('./lib/config');\nit('a', () => { process.env.SHOP_MODE = 'quick'; mode(); });\nit('b', () => { ${second} });`,
      },
      mocha,
    ).findings.map(({ rule, confidence }) => [rule, confidence]);

  test('nobody is certain where a later test meets it in what it calls', () => {
    expect(sure('mode();')).toEqual([['leaked-env', 'likely']]);
  });

  test('a later test that says the name makes it certain', () => {
    expect(sure('expect(process.env.SHOP_MODE).toBeUndefined();')).toEqual([['leaked-env', 'certain']]);
  });
});
