import { expect, test } from 'vitest';
import { audit, type Case, type Files } from './audit.js';

const PRODUCT = `const { Pool } = require('pg');
let pool;
const shop = () => (pool ??= new Pool({ connectionString: process.env.SHOP_URL }));
module.exports = { add: () => shop().query('INSERT INTO orders VALUES (1)'), all: () => shop().query('SELECT * FROM orders') };
`;

/** Two files whose tests write and read rows through the product; the variable is set by what stands at their heads. */
const suite = (head: string | readonly [string, string], helper = ''): Files => {
  const [first, second] = typeof head === 'string' ? [head, head] : head;
  const tests = `const { add, all } = require('../src/shop');\ntest('rows', async () => { await add(); expect((await all()).rows).toHaveLength(1); });\n`;
  return { 'src/shop.js': PRODUCT, 'test/support.js': helper, 'test/a.test.js': `${first}\n${tests}`, 'test/b.test.js': `${second}\n${tests}` };
};

const cases: readonly (Omit<Case, 'rule'> & { readonly files: Files })[] = [
  {
    what: 'at the head of a module that the tests load',
    files: suite(`require('./support');`, `process.env.SHOP_URL = 'postgres://localhost/shop_test';`),
    finds: ['test/support.js:1'],
  },
  {
    what: 'at the head of a module that this one loads',
    files: { ...suite(`require('./support');`, `require('./variables');`), 'test/variables.js': `process.env.SHOP_URL = 'postgres://localhost/shop_test';` },
    finds: ['test/variables.js:1'],
  },
  {
    what: 'in a function that a hook calls',
    files: suite(
      `const { open } = require('./support');\nbeforeAll(async () => { await open(); });`,
      `module.exports.open = async () => { process.env.SHOP_URL = 'postgres://localhost/shop_test'; };`,
    ),
    finds: ['test/support.js:1'],
  },
  {
    what: 'in a function that is the hook',
    files: suite(
      `const { open } = require('./support');\ndescribe('orders', () => { beforeAll(open); });`,
      `module.exports.open = async () => { process.env.SHOP_URL = 'postgres://localhost/shop_test'; };`,
    ),
    finds: ['test/support.js:1'],
  },
  {
    what: 'in a hook that a function of a helper declares',
    files: suite(
      `const { useShop } = require('./support');\nuseShop('shop_test');`,
      `module.exports.useShop = (name) => { beforeAll(() => { process.env.SHOP_URL = 'postgres://localhost/' + name; }); };`,
    ),
    finds: ['test/a.test.js:2'],
  },
  {
    what: 'to another one in each file',
    files: suite(
      [`const { open } = require('./support');\nbeforeAll(() => open('a'));`, `const { open } = require('./support');\nbeforeAll(() => open('b'));`],
      `module.exports.open = async (name) => { process.env.SHOP_URL = 'postgres://localhost/' + name; };`,
    ),
    finds: [],
  },
  {
    what: 'to one of the worker',
    files: suite(`require('./support');`, `process.env.SHOP_URL = 'postgres://localhost/shop_' + process.env.JEST_WORKER_ID;`),
    finds: [],
  },
  {
    what: 'to what a server says that each file starts',
    files: suite(
      `const { open } = require('./support');\nbeforeAll(async () => { await open(); });`,
      `const start = require('server-of-our-own');\nmodule.exports.open = async () => { process.env.SHOP_URL = (await start()).address; };`,
    ),
    finds: [],
  },
  {
    what: 'beside others, by `Object.assign`',
    files: suite(`require('./support');`, `Object.assign(process.env, { NODE_ENV: 'test', SHOP_URL: 'postgres://localhost/shop_test' });`),
    finds: ['test/support.js:1'],
  },
  {
    what: 'in a copy that takes the place of the environment',
    files: suite(
      `const { open } = require('./support');\nbeforeAll(open);`,
      `module.exports.open = () => {\n  process.env = { ...process.env, SHOP_URL: 'postgres://localhost/shop_' + process.env.JEST_WORKER_ID };\n};`,
    ),
    finds: [],
  },
  {
    what: 'by a stub of the runner',
    files: suite(
      `const { open } = require('./support');\nbeforeEach(open);`,
      `module.exports.open = () => vi.stubEnv('SHOP_URL', 'postgres://localhost/shop_test');`,
    ),
    finds: ['test/support.js:1'],
  },
  ...(
    [
      ['by a stub of the runner', `vi.stubEnv(NAME, 'postgres://localhost/shop_test');`, ['test/support.js:3']],
      ['by an assignment', `process.env[NAME] = 'postgres://localhost/shop_test';`, ['test/support.js:3']],
      ['to what nobody knows', `vi.stubEnv(NAME, require('ids').draw(12));`, []],
    ] as const
  ).map(([how, sets, finds]) => ({
    what: `by a name that a constant holds, ${how}, before each test or all`,
    files: suite(
      `const { open } = require('./support');\nopen();`,
      `const NAME = 'SHOP_URL';\nmodule.exports.open = ({ often = true } = {}) => { const before = often ? beforeEach : beforeAll; before(() => {\n${sets} }); };`,
    ),
    finds,
  })),
  {
    what: 'in a function that only another test calls',
    files: {
      ...suite(
        `const { open } = require('./support');\ntest('opens', open);`,
        `module.exports.open = async () => { process.env.SHOP_URL = 'postgres://localhost/elsewhere'; };`,
      ),
    },
    finds: ['src/shop.js:3'],
  },
];

const FOLDER = `import { homedir } from 'node:os'; import { writeFileSync } from 'node:fs'; import { join } from 'node:path'; import process from 'node:process';
const folder = () => {
  const base = join(homedir(), '.shop');
  if (process.env.SHOP_FOLDER) return join(base, process.env.SHOP_FOLDER);
  return base;
};
export const keep = (text) => writeFileSync(join(folder(), 'orders.json'), text);
`;

test.each([
  ['that is not known, before each test', `beforeEach(() => { vi.stubEnv('SHOP_FOLDER', draw()); });`, []],
  ['that is not known, in one of two ways', `beforeEach(() => { if (process.env.CI) vi.stubEnv('SHOP_FOLDER', draw()); });`, ['src/folder.ts:7']],
  ['that is empty', `beforeEach(() => { vi.stubEnv('SHOP_FOLDER', ''); });`, ['src/folder.ts:7']],
])('a folder that a variable decides, which a hook sets to a text %s', (_, hook, finds) => {
  const body = (name: string): string =>
    `import { beforeEach, test, vi } from 'vitest'; import { draw } from 'ids'; import { keep } from '../src/folder';\n${hook}\ntest('${name}', () => { keep('${name}'); });\n`;
  const told = audit({ 'src/folder.ts': FOLDER, 'test/a.test.ts': body('a'), 'test/b.test.ts': body('b') });
  const named = told.findings.filter(({ rule, confidence }) => rule === 'shared-path' && confidence !== 'possible');
  expect(named.map(({ places: [at] }) => told.line(at))).toEqual(finds);
});

test.each(cases)('a database whose variable is set $what', ({ files, finds }) => {
  const told = audit(files, { runner: 'jest' });
  const named = told.findings.filter(({ rule, confidence }) => rule === 'hardcoded-database-name' && confidence !== 'possible');
  expect(named.map(({ places: [at] }) => told.line(at))).toEqual(finds);
});
