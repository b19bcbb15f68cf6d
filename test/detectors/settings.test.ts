import { describe, expect, test } from 'vitest';
import { places, type Files, type Given } from './audit.js';

const spec = (imports: string, body: string): string =>
  `import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';\n${imports}\n${body}\n`;

describe('a setter of a module that keeps what it is given', () => {
  const locale = `
let locale = 'en';
let cached: string | undefined;
export function setLocale(next: string): void { locale = next; }
export function resetLocale(): void { locale = 'en'; }
export const price = (amount: number): string => locale + amount;
export const label = (): string => (cached ??= 'label');
export function remember(text: string): void { cached = text.trim(); }
`;
  const found = (body: string, names = 'price, resetLocale, setLocale'): readonly string[] =>
    places('shared-module-state', { 'locale.ts': locale, 'a.test.ts': spec(`import { ${names} } from './locale';`, body) });
  const later = `test('b', () => { expect(price(1)).toBe('en1'); });`;

  test('called in a test and not again', () => {
    expect(found(`test('a', () => { setLocale('de'); });\n${later}`)).toEqual(['a.test.ts:3']);
    expect(found(`const german = () => setLocale('de');\ntest('a', () => { german(); });\n${later}`)).toEqual(['a.test.ts:4']);
  });

  test('put back, by a hook or in the test', () => {
    expect(found(`afterEach(() => { setLocale('en'); });\ntest('a', () => { setLocale('de'); });\n${later}`)).toEqual([]);
    expect(found(`beforeEach(() => { resetLocale(); });\ntest('a', () => { setLocale('de'); });\n${later}`)).toEqual([]);
    expect(found(`test('a', () => { setLocale('de'); try { price(1); } finally { setLocale('en'); } });\n${later}`)).toEqual([]);
  });

  test('put back by what the setter hands back, or by the setter itself', () => {
    const saves = `
let locale = 'en';
export function setLocale(next: string): () => void { const before = locale; locale = next; return () => { locale = before; }; }
export function inLocale(next: string, run: () => void): void { const before = locale; locale = next; try { run(); } finally { locale = before; } }
export function spoil(next: string): void { const before = locale; locale = next; log(before); }
export const price = (amount: number): string => locale + amount;`;
    const of = (body: string): readonly string[] =>
      places('shared-module-state', {
        'locale.ts': saves,
        'noop.ts': 'export const noop = () => undefined;',
        'a.test.ts': spec(`import { inLocale, price, setLocale, spoil } from './locale';\nimport { noop } from './noop';`, body),
      });
    const last = `test('c', () => { expect(price(1)).toBe('en1'); });`;
    const suite = (first: string, after: string): string =>
      `describe('german', () => { let restore${first}; beforeAll(() => { restore = setLocale('de'); }); ${after} test('a', () => {}); });\n${last}`;
    for (const first of ['', ' = noop', ': () => void', ' = () => undefined']) expect(of(suite(first, 'afterAll(() => restore());'))).toEqual([]);
    expect(of(suite('', ''))).toEqual(['a.test.ts:4']);
    expect(of(`test('a', () => { const restore = setLocale('de'); try { price(1); } finally { restore(); } });\n${last}`)).toEqual([]);
    expect(of(`test('a', () => { inLocale('de', () => { price(1); }); });\n${last}`)).toEqual([]);
    expect(of(`test('a', () => { spoil('de'); });\n${last}`)).toEqual(['a.test.ts:4']);
  });

  test('met by no test that looks at it', () => {
    expect(found(`test('a', () => { setLocale('de'); });\ntest('b', () => { expect(1).toBe(1); });`)).toEqual([]);
    expect(found(`test('a', () => { setLocale('de'); });\ntest('b', () => { setLocale('fr'); expect(price(1)).toBe('fr1'); });`)).toEqual([]);
    expect(found(`beforeAll(() => { setLocale('de'); });\n${later}`)).toEqual([]);
  });

  test('a cache that is computed from what it is given', () => {
    expect(found(`test('a', () => { remember('x'); });\ntest('b', () => { expect(label()).toBe('x'); });`, 'label, remember')).toEqual([]);
  });
});

test('a setter of a module that is required', () => {
  const keeps = `let locale = 'en';\nconst setLocale = (next) => { locale = next; };\nconst price = (amount) => locale + amount;`;
  const found = (head: string, of: string, exported: string): readonly string[] =>
    places(
      'shared-module-state',
      {
        'locale.js': `${keeps}\n${exported}`,
        'a.test.js': `${head}\nit('a', () => { ${of}setLocale('de'); });\nit('b', () => { assert.equal(${of}price(1), 'en1'); });`,
        'b.test.js': `${head}\nit('c', () => {});`,
      },
      { runner: 'mocha' },
    );
  const each = `exports.setLocale = setLocale;\nexports.price = price;`;
  const whole = `module.exports = { setLocale, price };`;
  for (const exported of [each, whole]) {
    expect(found(`const { setLocale, price } = require('./locale');`, '', exported)).toEqual(['a.test.js:2']);
    expect(found(`const locale = require('./locale');`, 'locale.', exported)).toEqual(['a.test.js:2']);
  }
  const hook = `const locale = require('./locale');\nafterEach(() => { locale.setLocale('en'); });`;
  expect(found(hook, 'locale.', whole)).toEqual([]);
});

describe('a method of an object that a module keeps', () => {
  const registry = `
class Registry {
  strict = true;
  seen?: string;
  setStrict(next: boolean): void { this.strict = next; }
  isStrict(): boolean { return this.strict; }
  name(): string { return 'registry'; }
  look(text: string): string { this.seen = text; return this.seen; }
}
export const registry = new Registry();`;
  const found = (body: string, text = registry, names = 'registry'): readonly string[] =>
    places('shared-module-state', { 'registry.ts': text, 'a.test.ts': spec(`import { ${names} } from './registry';`, body) });
  const set = `test('a', () => { registry.setStrict(false); expect(registry.isStrict()).toBe(false); });`;

  test('keeps what it is given for a later test that asks for it', () => {
    expect(found(`${set}\ntest('b', () => { expect(registry.isStrict()).toBe(true); });`)).toEqual(['a.test.ts:3']);
    expect(found(`${set}\ntest('b', () => { expect(registry.strict).toBe(true); });`)).toEqual(['a.test.ts:3']);
    const record = `export const registry = { strict: true, setStrict(next) { this.strict = next; }, isStrict() { return this.strict; } };`;
    expect(found(`${set}\ntest('b', () => { expect(registry.isStrict()).toBe(true); });`, record)).toEqual(['a.test.ts:3']);
    const statics = `export class Log { static level = 'info'; static setLevel(next: string) { Log.level = next; } static current() { return this.level; } }`;
    const quiet = `test('a', () => { Log.setLevel('debug'); });`;
    expect(found(`${quiet}\ntest('b', () => { expect(Log.current()).toBe('info'); });`, statics, 'Log')).toEqual(['a.test.ts:3']);
  });

  test('is told nowhere else', () => {
    expect(found(`${set}\ntest('b', () => { expect(registry.name()).toBe('registry'); });`)).toEqual([]);
    expect(found(`${set}\ntest('b', () => { registry.setStrict(true); expect(registry.isStrict()).toBe(true); });`)).toEqual([]);
    expect(found(`afterEach(() => { registry.setStrict(true); });\n${set}\ntest('b', () => { expect(registry.isStrict()).toBe(true); });`)).toEqual([]);
    expect(found(`beforeAll(() => { registry.setStrict(false); });\ntest('b', () => { expect(registry.isStrict()).toBe(false); });`)).toEqual([]);
    expect(found(`test('a', () => { registry.look('x'); });\ntest('b', () => { expect(registry.look('y')).toBe('y'); });`)).toEqual([]);
    const own = registry.replace('export const registry = new Registry();', 'export { Registry };');
    const anew = (text: string): string => text.replaceAll('registry.', 'new Registry().');
    expect(found(anew(`${set}\ntest('b', () => { expect(registry.isStrict()).toBe(true); });`), own, 'Registry')).toEqual([]);
    const two = `${registry}\nexport const other = new Registry();`;
    expect(found(`${set}\ntest('b', () => { expect(other.isStrict()).toBe(true); });`, two, 'other, registry')).toEqual([]);
    const loaded = registry.replace('this.strict = next;', 'this.strict = parse(next);');
    expect(found(`${set}\ntest('b', () => { expect(registry.isStrict()).toBe(true); });`, loaded)).toEqual([]);
  });
});

describe('a setting that the next file finds as a test of another file has left it', () => {
  const locale = `
let locale = 'en';
export function setLocale(next: string): void { locale = next; }
export const price = (amount: number): string => locale + amount;`;
  const found = (later: string, given: Given = { runner: 'mocha' }, names = 'price'): readonly string[] =>
    places(
      'shared-module-state',
      {
        'locale.ts': locale,
        'a.test.ts': `${words(given)}import { setLocale } from './locale';\nit('a', () => { setLocale('de'); });`,
        'b.test.ts': `${words(given)}import { ${names} } from './locale';\n${later}`,
      },
      given,
    );
  const words = ({ runner }: Given): string => (runner === 'vitest' ? `import { expect, it, vi } from 'vitest'; ` : '');
  const looks = `it('b', () => { expect(price(1)).toBe('en1'); });`;

  test('is told where files share their modules', () => {
    expect(found(looks)).toEqual(['a.test.ts:2']);
    expect(found(`const euros = () => price(1);\nit('b', () => { expect(euros()).toBe('en1'); });`)).toEqual(['a.test.ts:2']);
    expect(found(looks, { runner: 'jest' })).toEqual([]);
  });

  test('is none where the next file sets it, mocks the module or does not look', () => {
    const both = 'price, setLocale';
    expect(found(`beforeEach(() => { setLocale('en'); });\n${looks}`, undefined, both)).toEqual([]);
    expect(found(`setLocale('en');\n${looks}`, undefined, both)).toEqual([]);
    expect(found(`it('b', () => { setLocale('en'); expect(price(1)).toBe('en1'); });`, undefined, both)).toEqual([]);
    expect(found(`it('b', () => { setLocale('fr'); });\n${looks}`, undefined, both)).toEqual(['a.test.ts:2', 'b.test.ts:2']);
    expect(found(`it('b', () => {});`)).toEqual([]);
    const vitest = { runner: 'vitest', use: { options: { test: { isolate: false } } } };
    expect(found(looks, vitest)).toEqual(['a.test.ts:2']);
    expect(found(`vi.mock('./locale', () => ({ price: () => 'en1' }));\n${looks}`, vitest)).toEqual([]);
  });
});

describe('a call at the end of a test that takes an earlier one back', () => {
  const found = (body: string, files: Files = {}, imports = `import { network } from './network';`): readonly string[] =>
    places('shared-module-state', { 'network.ts': 'export const network = load();', ...files, 'a.test.ts': spec(imports, body) });
  const later = `test('b', () => { expect(network.state).toBe('up'); });`;

  test('does not happen where something throws in between', () => {
    expect(found(`test('a', () => { network.setOnline(false); send(); network.setOnline(true); expect(network.state).toBe('up'); });\n${later}`)).toEqual([
      'a.test.ts:3',
    ]);
    expect(found(`test('a', async () => { network.setOnline(false); await send(); network.setOnline(true); });\n${later}`)).toEqual(['a.test.ts:3']);
    expect(found(`test('a', () => { network.enable('retry'); send(); network.disable('retry'); });\n${later}`)).toEqual(['a.test.ts:3']);
    expect(
      found(
        `describe('orders', () => {\nlet client;\nbeforeAll(async () => { client = await open(); });\ntest('a', () => { client.options.set('mode', 'x'); send(); client.options.set('mode', saved); });\ntest('b', () => { expect(client.mode).toBe('y'); });\n});`,
      ),
    ).toEqual(['a.test.ts:6']);
  });

  test('stands in a finally clause or a hook', () => {
    expect(found(`test('a', async () => { network.setOnline(false); try { await send(); } finally { network.setOnline(true); } });\n${later}`)).toEqual([]);
    expect(
      found(
        `afterEach(() => { network.setOnline(true); });\ntest('a', async () => { network.setOnline(false); await send(); network.setOnline(true); });\n${later}`,
      ),
    ).toEqual([]);
  });

  test('is about something that each test makes anew, or is no counterpart', () => {
    expect(found(`test('a', async () => { const own = make(); own.setOnline(false); await send(); own.setOnline(true); });\n${later}`)).toEqual([]);
    expect(
      found(
        `let client;\nbeforeEach(() => { client = make(); });\ntest('a', () => { client.setMode('x'); send(); client.setMode('y'); });\ntest('b', () => { client.mode; });`,
      ),
    ).toEqual([]);
    expect(found(`test('a', async () => { network.setOnline(true); await send(); network.setOnline(true); });\n${later}`)).toEqual([]);
    expect(found(`test('a', () => { network.setMode('x'); send(); network.setMode('y'); expect(network.mode).toBe('y'); });\n${later}`)).toEqual([]);
    expect(found(`test('a', async () => { network.set('a', 1); await send(); network.set('b', 2); });\n${later}`)).toEqual([]);
  });
});

test('helpers that a setup file makes global are followed', () => {
  const files = (restore: string): Files => ({
    'setup.ts': `function saveEnvironment() {
  const saved = Object.assign({}, process.env);
  beforeEach(() => { process.env.SHOP_URL = 'http://localhost'; });
  afterEach(() => { process.env = ${restore}; });
}
global.helpers = { saveEnvironment };`,
    'a.test.ts': `describe('orders', () => {
  helpers.saveEnvironment();
  it('a', () => { process.env.SHOP_MODE = 'test'; });
  it('b', () => {});
});`,
  });
  const given = { runner: 'mocha', setupFiles: ['setup.ts'] } as const;
  expect(places('leaked-env', files('saved'), given)).toEqual(['a.test.ts:3']);
  expect(places('leaked-env', files('{ ...saved }'), given)).toEqual([]);
});
