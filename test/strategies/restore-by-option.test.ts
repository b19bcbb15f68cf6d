import { describe, expect, test } from 'vitest';
import { manifest, planned, type Files } from './planned.js';

const BANK = 'exports.bank = { rate: () => 1, fee: () => 2 };\n';
/** The first test leaves a spy to the second. */
const leaves = (more = ''): string =>
  `const { bank } = require('../src/bank');
${more}
test('a dear day', () => {
  jest.spyOn(bank, 'rate').mockReturnValue(9);
  expect(bank.rate()).toBe(9);
});
test('asks the bank', () => {
  expect(bank.rate()).toBe(1);
});
`;
const NAMES = ['bills', 'carts', 'orders'];
const tests = (text: string, names = NAMES): Files => Object.fromEntries(names.map((name) => [`test/${name}.test.js`, text]));
const CONFIG = { 'jest.config.js': 'module.exports = {\n  testTimeout: 9000,\n};\n' };
const JEST = { 'package.json': { ...manifest('jest', 'jest'), devDependencies: { jest: '^30.0.0' } }, 'src/bank.js': BANK, ...CONFIG };
const SAID = 'module.exports = {\n  restoreMocks: true,\n  testTimeout: 9000,\n};\n';

const vitest = (version: string, config = 'export default { test: { globals: false } };\n'): Files => ({
  'package.json': { ...manifest('vitest', 'vitest run'), type: 'module', devDependencies: { vitest: version } },
  'src/bank.js': 'export const bank = { rate: () => 1, fee: () => 2 };\n',
  'vitest.config.js': config,
});
const leavesInVitest = (): string =>
  leaves()
    .replace("const { bank } = require('../src/bank');", "import { expect, test, vi } from 'vitest';\nimport { bank } from '../src/bank.js';")
    .replaceAll('jest.', 'vi.');

/** The first test leaves stubs to the second. */
const stubs = (name: string): string =>
  `import { expect, test, vi } from 'vitest';
test('in Oslo', () => {
  vi.stubEnv('SHOP_CITY', '${name}');
  vi.stubGlobal('shop', '${name}');
  expect(process.env.SHOP_CITY).toBe('${name}');
});
test('at home', () => {
  expect(process.env.SHOP_CITY).toBe(undefined);
  expect(globalThis.shop).toBe(undefined);
});
`;

const stubbed: Files = Object.fromEntries(NAMES.map((name) => [`test/${name}.test.js`, stubs(name)]));

/** One option is set, and no test file changes. */
async function byOption(files: Files): Promise<Readonly<Record<string, string>>> {
  const { after, left, repaired } = await planned(files);
  expect(left).toEqual([]);
  expect(repaired.map(({ plan }) => plan?.strategy)).toEqual(['restore-by-option']);
  return after;
}

/** Hooks in the files, as without the option, and why it is not set. */
async function byHooks(files: Files): Promise<string> {
  const { after, repaired, left } = await planned(files);
  expect(Object.keys(after).filter((path) => !/\.test\.[jt]s$/.test(path))).toEqual([]);
  expect(repaired.filter(({ plan }) => plan)).toEqual([]);
  const said = [...repaired.flatMap(({ refused = [] }) => refused), ...left].map(({ why }) => why);
  return [...new Set(said)].join('\n');
}

describe('many test files that leave spies on', () => {
  test('have them restored by the option of the runner, wherever its configuration stands', async () => {
    expect(await byOption({ ...JEST, ...tests(leaves()) })).toEqual({ 'jest.config.js': SAID });
    const { 'jest.config.js': _, ...bare } = JEST;
    const inManifest = await byOption({ ...bare, 'package.json': { ...JEST['package.json'], jest: { testTimeout: 9000 } }, ...tests(leaves()) });
    expect(JSON.parse(inManifest['package.json']!)).toMatchObject({ jest: { restoreMocks: true, testTimeout: 9000 } });
    const inJson = await byOption({ ...bare, 'jest.config.json': '{ "testTimeout": 9000 }\n', ...tests(leaves()) });
    expect(inJson).toEqual({ 'jest.config.json': '{ "restoreMocks": true, "testTimeout": 9000 }\n' });
    const typed = "import type { Config } from 'jest';\n\nconst config: Config = { testTimeout: 9000 };\nexport default config;\n";
    expect(await byOption({ ...bare, 'jest.config.ts': typed, ...tests(leaves()) })).toEqual({
      'jest.config.ts': typed.replace('{ testTimeout', '{ restoreMocks: true, testTimeout'),
    });
  });

  test('of Vitest, in its own configuration or in that of Vite', async () => {
    expect(await byOption({ ...vitest('^4.1.0'), ...tests(leavesInVitest()) })).toEqual({
      'vitest.config.js': 'export default { test: { restoreMocks: true, globals: false } };\n',
    });
    const { 'vitest.config.js': _, ...bare } = vitest('^4.1.0');
    const vite = "import { defineConfig } from 'vite';\n\nexport default defineConfig({\n  plugins: [],\n});\n";
    expect(await byOption({ ...bare, 'vite.config.ts': vite, ...tests(leavesInVitest()) })).toEqual({
      'vite.config.ts': vite.replace('defineConfig({\n', 'defineConfig({\n  test: { restoreMocks: true },\n'),
    });
  });

  test('and stubs of variables and globals, which Vitest has options of their own for', async () => {
    expect(await byOption({ ...vitest('^4.1.0'), ...stubbed })).toEqual({
      'vitest.config.js': 'export default { test: { unstubEnvs: true, unstubGlobals: true, globals: false } };\n',
    });
  });

  test('through a helper of them all', async () => {
    const helped = leaves("const { dear } = require('./dear');").replace("jest.spyOn(bank, 'rate').mockReturnValue(9);", 'dear();');
    const helper = "const { bank } = require('../src/bank');\nexports.dear = () => {\n  jest.spyOn(bank, 'rate').mockReturnValue(9);\n};\n";
    expect(await byOption({ ...JEST, 'test/dear.js': helper, ...tests(helped) })).toEqual({ 'jest.config.js': SAID });
  });
});

describe('hooks in the files are the smaller change', () => {
  test('where few files leave spies on', async () => {
    expect(await byHooks({ ...JEST, ...tests(leaves(), NAMES.slice(1)) })).toBe('');
  });

  test('where most files of the suite restore their spies by hooks of their own', async () => {
    const tidy = leaves('afterEach(() => {\n  jest.restoreAllMocks();\n});');
    expect(await byHooks({ ...JEST, ...tests(leaves()), ...tests(tidy, ['desks', 'clerks', 'rates', 'taxes']) })).toBe('');
  });
});

describe('the option is not set where it would change what tests mean', () => {
  const other = (text: string, config: object = {}): Files => ({ ...JEST, ...tests(leaves()), 'test/zones.test.js': text, ...config });
  const spies = (place: string): string =>
    `const { bank } = require('../src/bank');\n${place}\ntest('free', () => {\n  expect(bank.fee()).toBe(0);\n});\ntest('free again', () => {\n  expect(bank.fee()).toBe(0);\n});\n`;
  const SPY = "jest.spyOn(bank, 'fee').mockReturnValue(0);";

  test('since a spy lasts for several tests', async () => {
    const lasting = 'it would take back before the first test what `test/zones.test.js` replaces for several';
    expect(await byHooks(other(spies(SPY)))).toContain(lasting);
    expect(await byHooks(other(spies(`beforeAll(() => {\n  ${SPY}\n});`)))).toContain(lasting);
    expect(
      await byHooks(
        other(
          `describe('fees', () => {\n  ${SPY}\n  test('free', () => {});\n  test('free again', () => {});\n});\n`.replace(
            /^/,
            "const { bank } = require('../src/bank');\n",
          ),
        ),
      ),
    ).toContain(lasting);
    const setup = {
      'jest.config.js': "module.exports = {\n  setupFilesAfterEnv: ['./test/quiet.js'],\n};\n",
      'test/quiet.js': "jest.spyOn(console, 'log').mockImplementation(() => {});\n",
    };
    expect(await byHooks({ ...JEST, ...tests(leaves()), ...setup })).toContain(lasting.replace('zones.test', 'quiet'));
  });

  test('since one test keeps a spy for others', async () => {
    const kept =
      "const { bank } = require('../src/bank');\nlet fee;\ntest('free', () => {\n  fee = jest.spyOn(bank, 'fee');\n  bank.fee();\n});\ntest('counts', () => {\n  expect(fee).toHaveBeenCalledTimes(1);\n});\n";
    expect(await byHooks(other(kept))).toContain('`test/zones.test.js` keeps what it replaces in one test for others');
  });

  test('since nobody sees who runs what replaces', async () => {
    const unseen = {
      'test/zones.test.js': "require('./free');\ntest('free', () => {});\n",
      'test/free.js': `const { bank } = require('../src/bank');\nexports.free = () => {\n  ${SPY}\n};\n`,
    };
    expect(await byHooks({ ...JEST, ...tests(leaves()), ...unseen })).toContain('for which tests `test/free.js` replaces something is not seen');
  });

  test('since the next file of a worker is loaded before it acts', async () => {
    const together = vitest('^4.1.0', 'export default { test: { isolate: false } };\n');
    expect(await byHooks({ ...together, ...stubbed })).toContain(
      'no `unstubEnvs` and `unstubGlobals`, since the next file of a worker is loaded before it takes anything back',
    );
    expect(await byOption({ ...together, ...tests(leavesInVitest()) })).toHaveProperty(['vitest.config.js']);
  });

  test('since tests run at the same time', async () => {
    expect(await byHooks(other("test.concurrent('one', async () => {});\ntest.concurrent('two', async () => {});\n"))).toContain(
      'tests of `test/zones.test.js` run at the same time',
    );
  });

  test('since another library replaces, which the option does not know', async () => {
    const sinon =
      "const sinon = require('sinon');\nconst { bank } = require('../src/bank');\ntest('free', () => {\n  sinon.stub(bank, 'fee').returns(0);\n  expect(bank.fee()).toBe(0);\n});\ntest('costs', () => {\n  expect(bank.fee()).toBe(2);\n});\n";
    expect(await byHooks(other(sinon))).toContain('what `test/zones.test.js` replaces by another library stays');
  });

  test('since the configuration says otherwise, serves others, or is computed', async () => {
    expect(await byHooks(other('', { 'jest.config.js': 'module.exports = { restoreMocks: false };\n' }))).toContain(
      '`jest.config.js` sets it to something else',
    );
    expect(await byHooks(other('', { 'jest.config.js': "module.exports = { ...require('@acme/jest'), testTimeout: 9000 };\n" }))).toContain(
      'the configuration is computed: `jest.config.js`',
    );
    const { 'jest.config.js': _, ...bare } = JEST;
    expect(await byHooks({ ...bare, ...tests(leaves()) })).toContain('no file configures the runner');
    for (const one of ["'<rootDir>'", "{ displayName: 'till', testEnvironment: 'node' }"]) {
      const several = { 'jest.config.js': `module.exports = { projects: [${one}], testTimeout: 9000 };\n` };
      expect(await byHooks(other('', several))).toContain('`jest.config.js` serves other suites too');
    }
    const based = {
      'jest.config.js': 'module.exports = { testTimeout: 9000 };\n',
      'till/package.json': manifest('jest', 'jest'),
      'till/jest.config.js': "module.exports = { ...require('../jest.config'), verbose: true };\n",
      'till/test/till.test.js': "test('open', () => {});\n",
    };
    expect(await byHooks({ ...JEST, ...tests(leaves()), ...based })).toContain('`jest.config.js` serves other suites too');
  });

  test('since Vitest before 4 would empty what `vi.fn()` was given', async () => {
    const made = "import { expect, test, vi } from 'vitest';\nconst fee = vi.fn().mockReturnValue(0);\ntest('free', () => {\n  expect(fee()).toBe(0);\n});\n";
    const empties = 'this version of Vitest would empty the functions that `test/zones.test.js` makes for several tests';
    expect(await byHooks({ ...vitest('^3.2.0'), ...tests(leavesInVitest()), 'test/zones.test.js': made })).toContain(empties);
    expect(await byOption({ ...vitest('^3.2.0'), ...tests(leavesInVitest()) })).toHaveProperty(['vitest.config.js']);
    expect(await byOption({ ...vitest('^4.0.0'), ...tests(leavesInVitest()), 'test/zones.test.js': made })).toHaveProperty(['vitest.config.js']);
    const mocked = "import { expect, test, vi } from 'vitest';\nvi.mock('../src/bank.js');\ntest('free', () => {\n  expect(true).toBe(true);\n});\n";
    expect(await byHooks({ ...vitest('^2.0.0'), ...tests(leavesInVitest()), 'test/zones.test.js': mocked })).toContain(empties);
  });
});
