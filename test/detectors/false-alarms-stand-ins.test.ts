import { describe, expect, test } from 'vitest';
import { places, type Case, type Files } from './audit.js';

const both = (body: (name: string) => string, imports = ''): Files =>
  Object.fromEntries(
    ['a', 'b'].map((each) => [`${each}.test.ts`, `import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';\n${imports}\n${body(each)}\n`]),
  );

const DATABASE = `import { Pool } from 'pg';\nexport const pool = new Pool({ database: 'shop' });\nexport const put = (text) => pool.query('INSERT INTO t VALUES ($1)', [text]);\n`;
const ORDERS = `import * as db from './db';
export class Job { static send(text) { return new this().run(text); } run(text) { return db.put(text); } }
export class Sent extends Job {}
export const order = (text) => Sent.send(text);
export const later = (text) => db.put(text);
`;

const RULE = 'hardcoded-database-name';
const FOUND = ['db.ts:2'];

/** What a test puts in the place of something does not what stood there: whatever lies behind that, the test does not reach. */
const cases: readonly Case[] = [
  ...(
    [
      ['of its own', '`shop_${randomUUID()}`', []],
      ['that all share', "'shop_test'", ['setup.ts:4']],
    ] as const
  ).map(([whose, name, finds]): Case => ({
    what: `a connection that set-up has the product keep, to a database ${whose}`,
    rule: RULE,
    files: {
      'setup.ts': `import { randomUUID } from 'node:crypto';
import { beforeEach } from 'vitest';
import { openPool, reset } from './pool';
beforeEach(() => { reset(); openPool(${name}); });
`,
      'pool.ts': `import { Pool } from 'pg';
let pool;
export const openPool = (database = 'shop') => { if (!pool) { pool = new Pool({ database }); } return pool; };
export const reset = () => { pool = undefined; };
export const put = (text) => openPool().query('INSERT INTO t VALUES ($1)', [text]);
`,
      ...both((each) => `test('${each}', async () => { await put('x'); });`, `import { put } from './pool';`),
    },
    given: { setupFiles: ['setup.ts'] },
    finds,
  })),
  {
    what: 'a module that set-up replaces for every test file',
    rule: RULE,
    files: {
      'setup.ts': `import { vi } from 'vitest';\nvi.mock('./db');\n`,
      'db.ts': DATABASE,
      'orders.ts': ORDERS,
      ...both((each) => `test('${each}', async () => { await order('x'); });`, `import { order } from './orders';`),
    },
    given: { setupFiles: ['setup.ts'] },
  },
  {
    what: 'a module that set-up replaces, and the test files take as it is',
    rule: RULE,
    files: {
      'setup.ts': `import { vi } from 'vitest';\nvi.mock('./db');\n`,
      'db.ts': DATABASE,
      'orders.ts': ORDERS,
      ...both((each) => `vi.unmock('./db');\ntest('${each}', async () => { await order('x'); });`, `import { order } from './orders';`),
    },
    given: { setupFiles: ['setup.ts'] },
    finds: FOUND,
  },
  ...(
    [
      ['a static method, which the class has of its base', `vi.spyOn(Sent, 'send').mockResolvedValue(1);`, []],
      ['a static method that is only watched', `vi.spyOn(Sent, 'send');`, FOUND],
      ['another method of the class', `vi.spyOn(Sent, 'stop').mockResolvedValue(1);`, FOUND],
      ['a method of the prototype', `vi.spyOn(Sent.prototype, 'run').mockResolvedValue(1);`, []],
      ['a function of a module', `vi.spyOn(db, 'put').mockResolvedValue(1);`, []],
      ['a method of a client', `vi.spyOn(db.pool, 'query').mockResolvedValue(1);`, []],
      ['another method of a client', `vi.spyOn(db.pool, 'connect').mockResolvedValue(1);`, FOUND],
    ] as const
  ).flatMap(([what, stands, finds]): Case[] => [
    {
      what: `${what}, replaced in the test`,
      rule: RULE,
      files: {
        'db.ts': DATABASE,
        'orders.ts': ORDERS,
        ...both(
          (each) => `test('${each}', async () => { ${stands} await order('x'); });`,
          `import * as db from './db'; import { order, Sent } from './orders';`,
        ),
      },
      finds,
    },
    {
      what: `${what}, replaced in a hook`,
      rule: RULE,
      files: {
        'db.ts': DATABASE,
        'orders.ts': ORDERS,
        ...both(
          (each) => `beforeEach(() => { ${stands} });\ntest('${each}', async () => { await order('x'); });`,
          `import * as db from './db'; import { order, Sent } from './orders';`,
        ),
      },
      finds,
    },
    {
      what: `${what}, replaced in another test`,
      rule: RULE,
      files: {
        'db.ts': DATABASE,
        'orders.ts': ORDERS,
        ...both(
          (each) =>
            `test('${each}', async () => { ${stands} await order('x'); vi.restoreAllMocks(); });\ntest('${each} for good', async () => { await order('y'); });`,
          `import * as db from './db'; import { order, Sent } from './orders';`,
        ),
      },
      finds: FOUND,
    },
  ]),
  ...(
    [
      ['a helper', `Sent.prototype.run = () => undefined;`, []],
      ['a function of a helper', `replace();\nfunction replace() { Sent.prototype.run = async () => Promise.resolve(1); }`, []],
      ['a helper, and put back by it', `const real = Sent.prototype.run; Sent.prototype.run = () => 1; Sent.prototype.run = real;`, FOUND],
      ['a helper, by what calls it still', `const real = Sent.prototype.run; Sent.prototype.run = function (text) { return real.call(this, text); };`, FOUND],
      ['a helper, by one of several ways', `if (process.env.QUIET) Sent.prototype.run = () => 1;`, FOUND],
    ] as const
  ).map(([where, stands, finds]): Case => ({
    what: `a method overwritten in ${where}, for hooks and tests`,
    rule: RULE,
    files: {
      'db.ts': DATABASE,
      'orders.ts': ORDERS,
      'test/quiet.ts': `import { Sent } from '../orders';\n${stands}\n`,
      ...both(
        (each) => `beforeEach(async () => { await order('w'); });\ntest('${each}', async () => { await order('x'); });`,
        `import './test/quiet'; import { order } from './orders';`,
      ),
    },
    finds,
  })),
  ...(
    [
      ['for good', '', []],
      ['and puts back first', `Sent.prototype.run = real;`, FOUND],
    ] as const
  ).map(([what, back, finds]): Case => ({
    what: `a method that a test overwrites ${what}`,
    rule: RULE,
    files: {
      'db.ts': DATABASE,
      'orders.ts': ORDERS,
      ...both(
        (each) => `const real = Sent.prototype.run;\ntest('${each}', async () => { Sent.prototype.run = () => 1; ${back} await order('x'); });`,
        `import { order, Sent } from './orders';`,
      ),
    },
    finds,
  })),
  ...(
    [
      ['a module', `vi.doMock('./db', () => ({ put: vi.fn() }));`, []],
      ['a module, but for one function', `vi.doMock('./db', async () => ({ ...(await vi.importActual('./db')), get: vi.fn() }));`, FOUND],
      ['another module', `vi.doMock('./log', () => ({ put: vi.fn() }));`, FOUND],
      ['a module that is taken back', `vi.doMock('./db', () => ({ put: vi.fn() })); vi.doUnmock('./db');`, FOUND],
      ['a module before all are loaded anew', `vi.doMock('./db', () => ({ put: vi.fn() })); vi.resetModules();`, []],
      ['a package', `vi.doMock('pg', () => ({ Pool: vi.fn() }));`, []],
    ] as const
  ).map(([what, stands, finds]): Case => ({
    what: `${what}, replaced by a helper that loads the product afterwards`,
    rule: RULE,
    files: {
      'db.ts': DATABASE,
      'log.ts': `export const put = () => 0;`,
      'orders.ts': ORDERS,
      ...both(
        (each) => `async function load() { vi.resetModules(); ${stands} return import('./orders'); }
test('${each}', async () => { const { order } = await load(); await order('x'); });`,
      ),
    },
    finds,
  })),
  ...(
    [
      ['a function of node:fs', `vi.spyOn(fs, 'writeFileSync').mockReturnValue();`, []],
      ['another function of node:fs', `vi.spyOn(fs, 'readFileSync').mockReturnValue('');`, ['report.ts:2']],
      ['the working directory', `vi.spyOn(process, 'cwd').mockReturnValue(own);`, []],
      ['a clock', `vi.spyOn(Date, 'now').mockReturnValue(1);`, ['report.ts:2']],
    ] as const
  ).map(([what, stands, finds]): Case => ({
    what: `${what}, replaced where the product writes a file`,
    rule: 'shared-path',
    files: {
      'report.ts': `import fs from 'node:fs'; import { resolve } from 'node:path';
export const report = (text) => fs.writeFileSync(resolve(process.cwd(), 'report.json'), text);`,
      ...both((each) => `test('${each}', () => { ${stands} report('x'); });`, `import fs from 'node:fs'; import { report } from './report';`),
    },
    finds,
  })),
  ...(
    [
      ['a function that gives the client', `vi.spyOn(clients, 'clientOf').mockReturnValue({ query: vi.fn() });`, []],
      ['another function', `vi.spyOn(clients, 'close').mockReturnValue(undefined);`, ['clients.ts:2']],
      ['the module of a function that gives the client', `vi.doMock('./clients', () => ({ clientOf: () => ({ query: vi.fn() }) }));`, []],
    ] as const
  ).flatMap(([what, stands, finds]): Case[] =>
    [`clients.clientOf().query('INSERT INTO t VALUES (1)')`, `{ const client = clients.clientOf(); await client.query('INSERT INTO t VALUES (1)'); }`].map(
      (body): Case => ({
        what: `${what}, replaced where the product asks for it: ${body}`,
        rule: RULE,
        files: {
          'clients.ts': `import { Pool } from 'pg'; import { name } from './config';
let pool = new Pool({ database: name });
export const clientOf = () => pool;
export const close = () => {};`,
          'config.ts': `export const name = 'shop';`,
          'store.ts': `import * as clients from './clients';
export const put = async () => ${body};`,
          ...both(
            (each) => `test('${each}', async () => { ${stands} const { put } = await import('./store'); await put(); });`,
            `import * as clients from './clients';`,
          ),
        },
        finds: finds.map(() => 'config.ts:1'),
      }),
    ),
  ),
  ...(
    [
      ['a function', `put: vi.fn()`, []],
      ['a function with one that was made before', `put: mocks.put`, []],
      ['a function that calls the one it replaces', `put: vi.fn((text) => actual.put(text))`, FOUND],
      ['a function by itself', `put: actual.put`, FOUND],
      ['another function', `get: vi.fn()`, FOUND],
    ] as const
  ).flatMap(([what, part, finds]): Case[] =>
    [
      `vi.mock('./db', async (importOriginal) => { const actual = await importOriginal(); return { ...actual, ${part} }; });`,
      `vi.mock('./db', async () => { const actual = await vi.importActual('./db'); return { ...actual, ${part} }; });`,
    ].map((mock): Case => ({
      what: `${what} of a module of which a mock keeps the rest: ${mock}`,
      rule: RULE,
      files: {
        'db.ts': DATABASE,
        'orders.ts': ORDERS,
        ...both(
          (each) => `const mocks = vi.hoisted(() => ({ put: vi.fn() }));\n${mock}\ntest('${each}', async () => { await order('x'); });`,
          `import { order } from './orders';`,
        ),
      },
      finds,
    })),
  ),
  ...['node:fs', 'fs'].flatMap((name): Case[] =>
    (
      [
        [`writeFileSync: vi.fn()`, []],
        [`default: { ...actual, writeFileSync: vi.fn() }`, []],
        [`readFileSync: vi.fn()`, ['report.ts:2']],
      ] as const
    ).map(([part, finds]): Case => ({
      what: `a mock of ${name} that keeps all but \`${part}\``,
      rule: 'shared-path',
      files: {
        'report.ts': `import { writeFileSync } from '${name}';\nexport const report = (text) => writeFileSync('report.json', text);`,
        ...both(
          (each) => `vi.mock('${name}', async (importOriginal) => { const actual = await importOriginal(); return { ...actual, ${part} }; });
test('${each}', () => { report('x'); });`,
          `import { report } from './report';`,
        ),
      },
      finds,
    })),
  ),
  {
    what: 'a function that its own module calls by name, whatever stands in the exports',
    rule: RULE,
    files: {
      'db.ts': `${DATABASE}export const putTwice = async (text) => { await put(text); await put(text); };`,
      ...both((each) => `test('${each}', async () => { vi.spyOn(db, 'put').mockResolvedValue(1); await db.putTwice('x'); });`, `import * as db from './db';`),
    },
    finds: FOUND,
  },
  {
    what: 'a function that the same test calls in another way',
    rule: RULE,
    files: {
      'db.ts': DATABASE,
      'orders.ts': ORDERS,
      ...both(
        (each) => `test('${each}', async () => { vi.spyOn(Sent, 'send').mockResolvedValue(1); await order('x'); await later('x'); });`,
        `import { later, order, Sent } from './orders';`,
      ),
    },
    finds: FOUND,
  },
  {
    what: 'a function that stands again before the test calls it',
    rule: RULE,
    files: {
      'db.ts': DATABASE,
      'orders.ts': ORDERS,
      ...both(
        (each) =>
          `test('${each}', async () => { const send = vi.spyOn(Sent, 'send').mockResolvedValue(1); await order('x'); send.mockRestore(); await order('y'); });`,
        `import { order, Sent } from './orders';`,
      ),
    },
    finds: FOUND,
  },
  {
    what: 'a stub of Sinon on the client',
    rule: RULE,
    given: { runner: 'mocha' },
    files: {
      'db.js': `const { Pool } = require('pg');
const pool = new Pool({ database: 'shop' });
module.exports = { pool, put: (text) => pool.query('INSERT INTO t VALUES ($1)', [text]) };`,
      ...Object.fromEntries(
        ['a', 'b'].map((each) => [
          `${each}.test.js`,
          `const sinon = require('sinon'); const { pool, put } = require('./db');
beforeEach(() => { sinon.stub(pool, 'query').resolves([]); });
afterEach(() => { sinon.restore(); });
it('${each}', async () => { await put('x'); });`,
        ]),
      ),
    },
  },
  ...(
    [
      ['while they are in memory', `beforeEach(() => { mock({}); });`, `afterEach(() => { mock.restore(); });`, []],
      ['in a test that puts them in memory', '', '', [], 'mock({}); ', ' mock.restore();'],
      ['in memory for another suite only', `describe('c', () => { beforeEach(() => { mock({}); }); it('c', () => {}); });`, '', ['a.test.js:3']],
      ['after they were put back', '', '', ['a.test.js:3'], 'mock({}); mock.restore(); ', ''],
    ] as const
  ).map(([what, before, after, finds, first = '', last = '']): Case => ({
    what: `files of \`mock-fs\`: ${what}`,
    rule: 'shared-path',
    given: { runner: 'jest' },
    files: Object.fromEntries(
      ['a', 'b'].map((each) => [
        `${each}.test.js`,
        `const fs = require('fs'); const mock = require('mock-fs');\n${before} ${after}\nit('${each}', () => { ${first}fs.writeFileSync('orders.json', '${each}'); expect(fs.readFileSync('orders.json', 'utf8')).toBe('${each}');${last} });`,
      ]),
    ),
    finds,
  })),
  {
    what: 'a client that the test opens behind a stub and never closes',
    rule: 'missing-cleanup',
    files: {
      'db.ts': `import { Client } from 'pg';
export const store = { async open() { const client = new Client({ database: 'shop' }); await client.connect(); return client; } };
export const start = () => store.open();`,
      'a.test.ts': `import { test, vi } from 'vitest'; import { start, store } from './db';
test('a', async () => { vi.spyOn(store, 'open').mockResolvedValue({}); await start(); });`,
    },
  },
];

describe('what tests put in the place of something', () => {
  test.each(cases)('$what', ({ rule, files, given, finds = [] }) => {
    expect(places(rule, files, given)).toEqual(finds);
  });
});
