import { expect, test } from 'vitest';
import { audit, places } from './audit.js';

const mocha = { runner: 'mocha' } as const;

test('variables saved one by one and assigned back together', () => {
  const file = (back: string): string => `
import { afterEach, beforeEach, describe, it } from 'mocha';
describe('settings', () => {
  let saved;
  beforeEach(() => {
    saved = Object.create(null);
    for (const key of Object.keys(process.env)) {
      saved[key] = process.env[key];
      delete process.env[key];
    }
  });
  afterEach(() => {
    Object.assign(process.env, ${back});
  });
  it('a', () => {});
});
it('b', () => {});
`;
  expect(places('leaked-env', { 'a.test.ts': file('saved') }, mocha)).toEqual([]);
  expect(places('leaked-env', { 'a.test.ts': file('defaults') }, mocha)).toEqual(['a.test.ts:9']);
});

test('clocks that tests put over each other, of which only the last is taken away', () => {
  const file = (hook: string): string => `
import { after, afterEach, describe, it } from 'mocha';
import sinon from 'sinon';
describe('sale', () => {
  let clock;
  ${hook}(() => { clock.restore(); });
  it('begins', () => { clock = sinon.useFakeTimers(0); });
  it('ends', () => { clock = sinon.useFakeTimers(1); });
});
`;
  expect(places('leaked-timers', { 'a.test.ts': file('after') }, mocha)).toEqual(['a.test.ts:7']);
  expect(places('leaked-timers', { 'a.test.ts': file('afterEach') }, mocha)).toEqual([]);
  expect(places('leaked-timers', { 'a.test.ts': file('after').replaceAll('clock.restore()', 'sinon.restore()') }, mocha)).toEqual([]);
});

test('a restore that only a passing test reaches is the place of the finding', () => {
  const file = (body: string): string => `
import { it } from 'mocha';
it('rounds', () => {
  const parse = JSON.parse;
  JSON.parse = () => 1;
  ${body}
});
it('parses', () => {});
`;
  expect(places('shared-global', { 'a.test.ts': file('check();\n  JSON.parse = parse;') }, mocha)).toEqual(['a.test.ts:7']);
  expect(places('shared-global', { 'a.test.ts': file('try { check(); } finally { JSON.parse = parse; }') }, mocha)).toEqual([]);
});

test('what the head of the file has set is put back by a test that sets it again, if it passes', () => {
  const file = (back: string): string => `
import { it } from 'mocha';
process.env.SHOP_KEY = 'first';
it('a', () => { process.env.SHOP_KEY = 'second'; run(); ${back} });
it('b', () => { run(process.env.SHOP_KEY); });
`;
  const variant = (back: string) => audit({ 'a.test.ts': file(back) }, mocha).findings.map((each) => each.variant);
  expect(variant(`process.env.SHOP_KEY = 'first';`)).toEqual(['normal-only']);
  expect(variant(`process.env.SHOP_KEY = 'third';`)).toEqual([undefined]);
});

test('a callback that asserts before it puts back', () => {
  const file = (body: string): string => `
import { it } from 'mocha';
import { expect } from 'chai';
it('hides errors', (done) => {
  const mode = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  get('/orders').end((error) => {
    ${body}
    done();
  });
});
it('shows errors', () => {});
`;
  expect(places('leaked-env', { 'a.test.ts': file('expect(error).to.equal(null);\n    process.env.NODE_ENV = mode;') }, mocha)).toEqual(['a.test.ts:9']);
  expect(places('leaked-env', { 'a.test.ts': file('process.env.NODE_ENV = mode;\n    expect(error).to.equal(null);') }, mocha)).toEqual([]);
});

test('a mock that comes too late for modules that stay loaded', () => {
  const file = (hook: string): string => `
import { beforeEach, describe, test, vi } from 'vitest';
vi.mock('./rates', () => ({ rate: () => 2 }));
describe('prices', () => {
  beforeEach(async () => { ${hook} });
  test('doubles', () => {});
});
`;
  const shared = { use: { options: { test: { isolate: false } } } };
  const others = { 'rates.ts': 'export const rate = () => 1;', 'b.test.ts': `import { test } from 'vitest';\ntest('b', () => {});\n` };
  expect(places('order-dependent-test', { ...others, 'a.test.ts': file('') }, shared)).toEqual(['a.test.ts:3']);
  expect(places('order-dependent-test', { ...others, 'a.test.ts': file('vi.resetModules();') }, shared)).toEqual([]);
});

test('a setting of the product put back to a constant that never stood there', () => {
  const file = (back: string): string => `
import { after, before, describe, it } from 'mocha';
import { settings } from './settings';
describe('small pages', () => {
  const saved = settings.pages.size;
  before(() => { settings.pages.size = 3; });
  after(() => { settings.pages.size = ${back}; });
  it('cuts', () => {});
});
it('fits', () => {});
`;
  const others = { 'settings.ts': `export const settings = { pages: { size: 20 } };\n` };
  expect(places('shared-module-state', { ...others, 'a.test.ts': file('50') }, mocha)).toEqual(['a.test.ts:6']);
  expect(places('shared-module-state', { ...others, 'a.test.ts': file('20') }, mocha)).toEqual([]);
  expect(places('shared-module-state', { ...others, 'a.test.ts': file('saved') }, mocha)).toEqual([]);
});

test('a setting that the environment can give, put back to a constant', () => {
  const file = (back: string): string => `
import config from 'config';
import { after, before, describe, it } from 'mocha';
describe('small pages', () => {
  const saved = config.pages.size;
  before(() => { config.pages.size = '3'; });
  after(() => { config.pages.size = ${back}; });
  it('cuts', () => {});
});
it('fits', () => {});
`;
  const settings = { 'config/default.json': '{ "pages": { "size": "20" } }' };
  const mapped = { ...settings, 'config/custom-environment-variables.json': '{ "pages": { "size": "PAGE_SIZE" } }' };
  expect(places('shared-module-state', { ...mapped, 'a.test.ts': file(`'20'`) }, mocha)).toEqual(['a.test.ts:6']);
  expect(places('shared-module-state', { ...mapped, 'a.test.ts': file('saved') }, mocha)).toEqual([]);
  expect(places('shared-module-state', { ...settings, 'a.test.ts': file(`'20'`) }, mocha)).toEqual([]);
});

test('what a test changes and an after-all hook puts back meets the tests in between', () => {
  const file = (hook: string, second: string): string => `
import { afterAll, afterEach, describe, test } from 'vitest';
describe('invoices', () => {
  const saved = Intl.DateTimeFormat;
  ${hook}(() => { Intl.DateTimeFormat = saved; });
  test('in Paris', () => { Intl.DateTimeFormat = paris; });
  ${second}
});
test('outside', () => {});
`;
  const second = `test('at home', () => {});`;
  expect(places('shared-global', { 'a.test.ts': file('afterAll', second) })).toEqual(['a.test.ts:6']);
  expect(places('shared-global', { 'a.test.ts': file('afterEach', second) })).toEqual([]);
  // The last test of its suite: nobody runs before the hook.
  expect(places('shared-global', { 'a.test.ts': file('afterAll', '') })).toEqual([]);
});

test('handlers that one test lays over the others', () => {
  const file = (hook: string): string => `
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, test } from 'vitest';
const server = setupServer();
beforeAll(() => server.listen());
${hook}
afterAll(() => server.close());
test('the shop is down', () => { server.use(http.get('/orders', () => HttpResponse.error())); });
test('the shop is up', () => {});
`;
  expect(places('leaked-mock', { 'a.test.ts': file('') })).toEqual(['a.test.ts:9']);
  expect(places('leaked-mock', { 'a.test.ts': file('afterEach(() => server.resetHandlers());') })).toEqual([]);
});

test('properties of a global, several at once or the whole location', () => {
  const file = (line: string): string => `
import { afterEach, test } from 'vitest';
test('abroad', () => { ${line} });
test('at home', () => { expect([locale, location]).toBeDefined(); });
`;
  expect(places('shared-global', { 'a.test.ts': file(`Object.defineProperties(globalThis, { locale: { value: 'fr' } });`) })).toEqual(['a.test.ts:3']);
  expect(places('shared-global', { 'a.test.ts': file(`Object.defineProperty(window, 'location', { value: new URL('http://shop.test') });`) })).toEqual([
    'a.test.ts:3',
  ]);
  expect(places('shared-global', { 'a.test.ts': file(`window.location.hash = '#orders';`) })).toEqual([]);
});

test('copies of the environment taken after the first test has changed it', () => {
  const file = (hooks: string, later = `it('ships', () => {});`): string => `
import { afterEach, beforeEach, it } from 'mocha';
const original = process.env;
${hooks}
it('pays', () => { process.env.SHOP_MODE = 'test'; });
${later}
`;
  const found = (text: string): readonly string[] => places('leaked-env', { 'a.test.ts': text }, mocha);
  expect(found(file('afterEach(() => { process.env = { ...original }; });'))).toEqual(['a.test.ts:5']);
  expect(found(file('afterEach(() => { process.env = { ...original }; });', `it('ships', () => { process.env.SHOP_MODE = 'live'; });`))).toEqual([]);
  expect(found(file(`it('opens', () => {});\nafterEach(() => { process.env = { ...original }; });`))).toEqual([]);
  expect(found(file('beforeEach(() => { process.env = { ...original }; });\nafterEach(() => { process.env = { ...original }; });'))).toEqual([]);
});

test('the live environment put back after another object has stood in for it', () => {
  const file = (hooks: string, body = `process.env.SHOP_MODE = 'test';`): string => `
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
const original = process.env;
describe('orders', () => {
${hooks}
  it('pays', () => { ${body} });
  it('ships', () => {});
});
it('lists', () => {});
`;
  const found = (text: string): readonly string[] => places('leaked-env', { 'a.test.ts': text });
  expect(found(file('beforeEach(() => { process.env = {}; });\nafterAll(() => { process.env = original; });'))).toEqual([]);
  expect(found(file('afterEach(() => { process.env = original; });', `process.env = { SHOP_MODE: 'test' };`))).toEqual([]);
  expect(found(file('afterEach(() => { process.env = original; });'))).toEqual(['a.test.ts:6']);
  const copy = `const saved = { ...process.env }; process.env = { SHOP_MODE: 'test' }; expect(1).toBe(1);`;
  expect(found(file('', `${copy} process.env = saved;`))).toEqual(['a.test.ts:6']);
  expect(found(file('', `const saved = { ...process.env }; try { process.env = {}; } finally { process.env = saved; }`))).toEqual([]);
});

test('sinon verifies and restores in one call', () => {
  const file = (hook: string): string => `
const sinon = require('sinon');
const door = require('./door');
describe('the door', () => {
  afterEach(() => { ${hook} });
  it('is open', () => { sinon.stub(door, 'state').returns(1); });
  it('is closed', () => {});
});
`;
  const door = { 'door.js': 'exports.state = () => 0;' };
  expect(places('leaked-mock', { ...door, 'a.test.ts': file('sinon.verify();') }, mocha)).toEqual(['a.test.ts:6']);
  expect(places('leaked-mock', { ...door, 'a.test.ts': file('sinon.verifyAndRestore();') }, mocha)).toEqual([]);
});

test('a hook that forgets the calls of a spy is shown beside the spy that it does not restore', () => {
  const file = (hook: string): string => `
import { afterEach, expect, test, vi } from 'vitest';
import * as prices from './prices';
${hook}
test('a', () => { vi.spyOn(prices, 'total').mockReturnValue(3); expect(prices.total()).toBe(3); });
test('b', () => { expect(prices.total()).toBe(2); });
`;
  const notes = (hook: string): readonly string[] => {
    const told = audit({ 'prices.ts': `export const total = () => 2;`, 'a.test.ts': file(hook) });
    return told.findings.filter(({ rule }) => rule === 'leaked-mock').flatMap(({ places: all }) => all.map((each) => `${told.line(each)} ${each.note}`));
  };
  expect(notes('afterEach(() => { vi.clearAllMocks(); });')).toContain('a.test.ts:4 this forgets calls, and restores nothing');
  expect(notes('').join()).not.toContain('restores nothing');
  expect(notes('afterEach(() => { vi.restoreAllMocks(); });')).toEqual([]);
});
