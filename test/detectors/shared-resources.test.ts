import { describe, expect, test } from 'vitest';
import { audit, places, type Case, type Files } from './audit.js';

/** Classes of shared databases, ports, paths and queues met in repairs of real suites. */
const spec = (body: string, imports = ''): string => `import { afterEach, beforeEach, expect, test } from 'vitest';\n${imports}\n${body}\n`;
const emptying = (lines: readonly string[]): Files => ({
  'setup.ts': [
    `import { Pool } from 'pg'; import { afterEach } from 'vitest';`,
    ...lines,
    `const pool = new Pool({ connectionString: process.env.DATABASE_URL });`,
    `afterEach(async () => { await pool.query('TRUNCATE orders'); });`,
  ].join('\n'),
  'a.test.ts': spec(`test('a', () => {});`),
  'b.test.ts': spec(`test('b', () => {});`),
});

const serving = (setup: string, port: string): string =>
  spec(`${setup}\ntest('serves', () => { createServer().listen(${port}); });`, `import { createServer } from 'node:http';`);

const SEQUELIZE = `import { DataTypes, Model, Sequelize } from 'sequelize';\nexport const sequelize = new Sequelize('postgres://localhost/orders_spec');`;
const emptyingModel = (imports: string): Files => ({
  'a.test.ts': spec(`test('a', async () => { await Order.destroy({ where: {} }); });`, imports),
  'b.test.ts': spec(`test('b', async () => { await Order.create({ n: 1 }); });`, imports),
});

/** The index of models that Sequelize's own command writes: it loads what stands in its folder. */
const modelIndex = (make: string): Files => ({
  'models/index.js': `const fs = require('fs'); const path = require('path'); const Sequelize = require('sequelize');
const config = { url: 'postgres://localhost/orders_spec' };
const db = {};
let sequelize;
if (config.variable) { sequelize = new Sequelize(process.env[config.variable], {}); } else { sequelize = new Sequelize(config.url); }
fs.readdirSync(__dirname).filter((file) => file !== 'index.js').forEach((file) => { const model = ${make}; db[model.name] = model; });
db.sequelize = sequelize;
module.exports = db;`,
  ...emptyingModel(`import db from './models/index'; const { Order } = db;`),
});
const DEFINED = `module.exports = (sequelize, types) => sequelize.define('Order', { n: types.INTEGER });`;

const cases: readonly Case[] = [
  {
    what: 'one database, whether its schema `public` is named or not',
    rule: 'hardcoded-database-name',
    files: {
      'a.test.ts': spec(
        `test('a', async () => { await pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public'); });`,
        `import { Pool } from 'pg'; const pool = new Pool({ database: 'orders_spec' });`,
      ),
      'b.test.ts': spec(
        `test('b', async () => { await pool.query('INSERT INTO orders VALUES (1)'); });`,
        `import { Pool } from 'pg'; const pool = new Pool({ database: 'orders_spec' });`,
      ),
    },
    finds: ['a.test.ts:2'],
  },
  {
    what: 'the database of a URL that the configuration gives, emptied by a setup file',
    rule: 'unscoped-wipe',
    files: emptying([]),
    given: { setupFiles: ['setup.ts'], environment: { DATABASE_URL: 'postgres://localhost:5432/orders_spec' } },
    finds: ['setup.ts:3'],
  },
  {
    what: 'the same where the setup file first puts the worker into the URL that it read',
    rule: 'unscoped-wipe',
    files: emptying([
      `const base = process.env.DATABASE_URL;`,
      `const url = new URL(base);`,
      'url.pathname = `/orders_spec_${process.env.VITEST_POOL_ID ?? "1"}`;',
      `process.env.DATABASE_URL = url.toString();`,
    ]),
    given: { setupFiles: ['setup.ts'], environment: { DATABASE_URL: 'postgres://localhost:5432/orders_spec' } },
    finds: [],
  },
  ...['decodeURIComponent(new URL(url).pathname.slice(1))', `url.split('/')[3]`].map((name): Case => ({
    what: `the database that the product takes out of a URL: it is decided where the URL is written (${name})`,
    rule: 'hardcoded-database-name',
    files: {
      'pool.ts': `import mysql from 'mysql2';\nexport const open = (url: string) => mysql.createPool({ host: 'localhost', database: ${name} });`,
      ...Object.fromEntries(
        ['a', 'b'].map((name) => [
          `${name}.test.ts`,
          `import { test } from 'vitest';\nimport { open } from './pool';\nconst url = 'mysql://root@localhost:3306/shop_test';\ntest('${name}', async () => { const pool = open(url); await pool.query('DELETE FROM orders'); await pool.end(); });`,
        ]),
      ),
    },
    finds: ['a.test.ts:3'],
  })),
  ...[
    ['promisify(server.listen.bind(server))(4310)', `import { promisify } from 'node:util';`],
    ['Promise.promisify(server.listen, { context: server })(4310)', `import Promise from 'bluebird';`],
    ['listen(4310)', `import { promisify } from 'node:util';`, 'const listen = promisify(server.listen).bind(server);'],
  ].map(([call, imports, before = '']): Case => ({
    what: `a port bound by a method that was taken from its server: ${call}`,
    rule: 'fixed-port',
    files: {
      'a.test.ts': spec(
        `test('answers', async () => {\nconst server = createServer();\n${before}\nawait ${call};\n});`,
        `import { createServer } from 'node:http'; ${imports}`,
      ),
    },
    finds: ['a.test.ts:6'],
  })),
  {
    what: 'a function that is promisified under its own name',
    rule: 'fixed-port',
    files: { 'a.test.js': `const { promisify } = require('node:util');\nvar once = promisify(once.bind(null));\ntest('a', () => once(4310));` },
    finds: [],
  },
  {
    what: 'a server that a method taken from it closes',
    rule: 'missing-cleanup',
    files: {
      'a.test.ts': spec(
        `test('answers', async () => {\nconst server = createServer().listen(0);\ntry { await fetch(address(server)); } finally { await promisify(server.close.bind(server))(); }\n});`,
        `import { createServer } from 'node:http'; import { promisify } from 'node:util';`,
      ),
    },
    finds: [],
  },
  {
    what: 'a port that the product binds in a function, in a promise of which it is told by a callback',
    rule: 'fixed-port',
    files: {
      'src/server.js': [
        `const http = require('node:http');`,
        `exports.serve = (port) => { const server = http.createServer(); return new Promise((resolve) => { listen(server, port); resolve(server); }); };`,
        `function listen(server, port) { server.listen(port); }`,
      ].join('\n'),
      'a.test.js': `const { serve } = require('./src/server');\ntest('a', () => serve(4310));`,
    },
    finds: ['a.test.js:2'],
  },
  {
    what: 'a port for a program, a number where no variable says another',
    rule: 'fixed-port',
    files: {
      'a.test.ts': spec(
        [
          `const PORT = Number.parseInt(process.env.KIOSK_PORT ?? '4310', 10);`,
          `const start = (port) => spawn('node', ['kiosk.js'], { env: { ...process.env, PORT: String(port) } });`,
          `test('a', () => { start(PORT).kill(); });`,
        ].join('\n'),
        `import { spawn } from 'node:child_process';`,
      ),
    },
    finds: ['a.test.ts:4'],
  },
  {
    what: 'a port that only a variable gives',
    rule: 'fixed-port',
    files: {
      'a.test.ts': spec(
        `const PORT = Number.parseInt(process.env.KIOSK_PORT, 10);\ntest('a', () => { spawn('node', ['kiosk.js'], { env: { PORT: String(PORT) } }).kill(); });`,
        `import { spawn } from 'node:child_process';`,
      ),
    },
    finds: [],
  },
  {
    what: 'ports that a helper counts up: every worker counts from the same number',
    rule: 'fixed-port',
    files: {
      'ports.ts': `let last = 4310;\nexport const next = (): number => ++last;`,
      'a.test.ts': serving(`import { next } from './ports';`, 'next()'),
      'b.test.ts': serving(`import { next } from './ports';`, 'next()'),
    },
    finds: ['ports.ts:2'],
  },
  {
    what: 'ports that two files count up from numbers of their own',
    rule: 'fixed-port',
    files: { 'a.test.ts': serving('let last = 4310;', '++last'), 'b.test.ts': serving('let last = 4810;', '++last') },
    finds: [],
  },
  {
    what: 'ports that one file counts up for each of its tests',
    rule: 'fixed-port',
    files: {
      'a.test.ts': spec(
        `let last = 4310;\ntest('a', () => { createServer().listen(last++); });\ntest('b', () => { createServer().listen(last++); });`,
        `import { createServer } from 'node:http';`,
      ),
    },
    finds: [],
  },
  {
    what: 'a port drawn from few, that a hook hands to the product',
    rule: 'frozen-worker-name',
    files: {
      'product.ts': `export async function startDashboard(options) { return options.servers.open(options.port); }`,
      'a.test.ts': spec(
        `let port: number;\nbeforeEach(() => { port = 30000 + Math.floor(Math.random() * 10000); });\ntest('shows', async () => { await startDashboard({ port }); });`,
        `import { startDashboard } from './product';`,
      ),
    },
    finds: ['a.test.ts:4'],
  },
  {
    what: 'a port drawn from few, that one file alone hands to the product once',
    rule: 'frozen-worker-name',
    files: {
      'product.ts': `export async function startDashboard(options) { return options.servers.open(options.port); }`,
      'ports.ts': `export const draw = () => 30000 + Math.floor(Math.random() * 10000);`,
      'a.test.ts': spec(
        `const port = draw();\ntest('shows', async () => { await startDashboard({ port }); });`,
        `import { startDashboard } from './product'; import { draw } from './ports';`,
      ),
    },
    finds: [],
  },
  {
    what: 'a port drawn from few by a helper, that two files hand to the product',
    rule: 'frozen-worker-name',
    files: {
      'product.ts': `export async function startDashboard(options) { return options.servers.open(options.port); }`,
      'ports.ts': `export const draw = () => 30000 + Math.floor(Math.random() * 10000);`,
      ...Object.fromEntries(
        ['a', 'b'].map((each) => [
          `${each}.test.ts`,
          spec(
            `const port = draw();\ntest('${each}', async () => { await startDashboard({ port }); });`,
            `import { startDashboard } from './product'; import { draw } from './ports';`,
          ),
        ]),
      ),
    },
    finds: ['ports.ts:1'],
  },
  {
    what: 'a number drawn for something else, and a port that two draws decide',
    rule: 'frozen-worker-name',
    files: {
      'product.ts': `export const createOrder = (options) => options;\nexport const startServer = (options) => options;`,
      'a.test.ts': spec(
        `test('a', () => { createOrder({ amount: Math.floor(Math.random() * 1000) }); startServer({ port: 0 }); });`,
        `import { createOrder, startServer } from './product';`,
      ),
    },
    finds: [],
  },
  {
    what: 'a random port of a range is no chosen port',
    rule: 'fixed-port',
    files: {
      'ports.ts': `export const some = (): number => 20000 + Math.floor(Math.random() * 30000);`,
      'a.test.ts': serving(`import { some } from './ports';`, 'some()'),
      'b.test.ts': serving(`import { some } from './ports';`, 'some()'),
    },
    finds: [],
  },
  {
    what: 'a model that is a class of the project, opened by its init',
    rule: 'unscoped-wipe',
    files: {
      'order.ts': `${SEQUELIZE}\nexport class Order extends Model {}\nOrder.init({ n: DataTypes.INTEGER }, { sequelize, tableName: 'orders' });`,
      ...emptyingModel(`import { Order } from './order';`),
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'the same made by a function that is handed the connection',
    rule: 'unscoped-wipe',
    files: {
      'define.ts': `import { Model } from 'sequelize';
export const define = (sequelize, types) => { class Order extends Model {} Order.init({ n: types.INTEGER }, { sequelize, modelName: 'Order' }); return Order; };`,
      'order.ts': `${SEQUELIZE}\nimport { define } from './define';\nexport const Order = define(sequelize, DataTypes);`,
      ...emptyingModel(`import { Order } from './order';`),
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'models that an index loads from its folder',
    rule: 'unscoped-wipe',
    files: {
      'models/order.js': DEFINED,
      ...modelIndex(`require(path.join(__dirname, file))(sequelize, Sequelize.DataTypes)`),
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'classes that an index loads from its folder, by a name of several words',
    rule: 'unscoped-wipe',
    files: {
      'models/open-order.js': `const { Model } = require('sequelize');
module.exports = (sequelize, types) => { class OpenOrder extends Model {} OpenOrder.init({ n: types.INTEGER }, { sequelize, modelName: 'OpenOrder' }); return OpenOrder; };`,
      ...modelIndex(`require(path.join(__dirname, file))(sequelize, Sequelize.DataTypes)`),
      ...emptyingModel(`import { OpenOrder as Order } from './models/index';`),
    },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'models that the connection loads from the folder of their index',
    rule: 'unscoped-wipe',
    files: { 'models/order.js': DEFINED, ...modelIndex(`sequelize.import(path.join(__dirname, file))`) },
    finds: ['a.test.ts:3'],
  },
  {
    what: 'models that a function loads from its folder',
    rule: 'unscoped-wipe',
    files: {
      'models/order.js': DEFINED,
      'models/index.js': `const fs = require('fs'); const path = require('path');
module.exports.load = (sequelize) => { const models = {}; fs.readdirSync(__dirname).forEach((file) => { models[file.slice(0, -3)] = require(path.join(__dirname, file))(sequelize); }); return models; };`,
      ...emptyingModel(`${SEQUELIZE}\nimport { load } from './models/index'; const { order: Order } = load(sequelize);`),
    },
    finds: ['a.test.ts:5'],
  },
  {
    what: 'an index that loads no module of that name',
    rule: 'unscoped-wipe',
    files: { 'models/invoice.js': DEFINED, ...modelIndex(`require(path.join(__dirname, file))(sequelize, Sequelize.DataTypes)`) },
    finds: [],
  },
  {
    what: 'a class with a method of its own of that name',
    rule: 'unscoped-wipe',
    files: {
      'order.ts': `${SEQUELIZE}\nexport class Order extends Model { static async destroy(options) { return options; } }\nOrder.init({ n: DataTypes.INTEGER }, { sequelize, tableName: 'orders' });`,
      ...emptyingModel(`import { Order } from './order';`),
    },
    finds: [],
  },
  {
    what: 'a time stamp in the name that a helper makes for several files',
    rule: 'frozen-worker-name',
    files: {
      'test/folder.ts': `import { mkdirSync } from 'node:fs'; import { join } from 'node:path'; import { tmpdir } from 'node:os';
export const folder = (): string => { const path = join(tmpdir(), \`orders-\${Date.now()}\`); mkdirSync(path); return path; };`,
      'a.test.ts': spec(`test('a', () => { folder(); });`, `import { folder } from './test/folder';`),
      'b.test.ts': spec(`test('b', () => { folder(); });`, `import { folder } from './test/folder';`),
    },
    finds: ['test/folder.ts:2'],
  },
  {
    what: 'a time stamp that only one file takes, and one with a random number beside it',
    rule: 'frozen-worker-name',
    files: {
      'test/folder.ts': `import { mkdirSync } from 'node:fs'; import { join } from 'node:path'; import { tmpdir } from 'node:os';
export const folder = (): string => { const path = join(tmpdir(), \`orders-\${Date.now()}-\${Math.random()}\`); mkdirSync(path); return path; };`,
      'a.test.ts': spec(
        `test('a', () => { folder(); mkdirSync(\`/tmp/carts-\${Date.now()}\`); });`,
        `import { folder } from './test/folder'; import { mkdirSync } from 'node:fs';`,
      ),
      'b.test.ts': spec(`test('b', () => { folder(); });`, `import { folder } from './test/folder';`),
    },
    finds: [],
  },
  {
    what: 'a server that is closed in a callback which nobody was seen to call',
    rule: 'missing-cleanup',
    files: {
      'a.test.ts': spec(
        `test('a', () => { const server = createServer(); server.listen(0, () => visit(() => { done(); })); function done() { server.close(); } });`,
        `import { createServer } from 'node:http'; import { visit } from 'somewhere';`,
      ),
    },
    finds: [],
  },
  ...(
    [
      ['which nobody has found ends', 'destroy', []],
      ['that does something else', 'count', ['a.test.ts:4']],
    ] as const
  ).map(([what, method, finds]) => ({
    what: `a server of an object of the project, whose method ${what}`,
    rule: 'missing-cleanup' as const,
    files: {
      'engine.js': `function Engine(server) { this.server = server; }
Engine.readable = (name, fn) => Object.defineProperty(Engine.prototype, name, { value: fn });
Engine.readable('destroy', function (done) { this.server.close(done); });
Engine.prototype.count = function (done) { done(); };
module.exports = Engine;
`,
      'a.test.ts': spec(
        `let server, engine;\nbeforeEach((done) => { server = createServer(); engine = new Engine(server); server.listen(0, done); });
afterEach((done) => { engine.${method}(done); });\ntest('a', () => { expect(server.listening).toBe(true); });`,
        `import { createServer } from 'node:http'; import Engine from './engine';`,
      ),
    },
    finds,
  })),
  {
    what: 'a server that nobody closes',
    rule: 'missing-cleanup',
    files: {
      'a.test.ts': spec(
        `test('a', () => { const server = createServer(); server.listen(0); expect(server.listening).toBe(true); });`,
        `import { createServer } from 'node:http';`,
      ),
    },
    finds: ['a.test.ts:3'],
  },
];

describe('a database of tests each of which runs in parallel with every other one', () => {
  const files = (text: string): Files => ({
    'db.ts': `import { Pool } from 'pg';\nexport const pool = new Pool({ database: 'shop' });\nexport const put = (text) => pool.query(text, [crypto.randomUUID()]);`,
    ...Object.fromEntries(
      ['a', 'b'].map((each) => [
        `${each}.test.ts`,
        `import { test } from '@playwright/test'; import { put } from './db';\ntest('${each}', async () => { await put('${text}'); });`,
      ]),
    ),
  });
  const insert = 'INSERT INTO orders VALUES ($1)';

  test.each([
    ['is possible', insert, { fullyParallel: true }, []],
    ['is certain where it is emptied', 'DELETE FROM orders', { fullyParallel: true }, ['db.ts:2']],
    ['is certain where the tests of a file run one after another', insert, { workers: 4 }, ['db.ts:2']],
  ] as const)('%s', (_, text, options, finds) => {
    expect(places('hardcoded-database-name', files(text), { runner: 'playwright', use: { options } })).toEqual(finds);
  });
});

describe('shared databases, ports, paths and queues', () => {
  test.each(cases)('$rule: $what', ({ rule, files, given, finds = [] }) => {
    expect(places(rule, files, given)).toEqual(finds);
  });

  test('helpers that do much hide nothing that the test does after them', () => {
    const fill = Array.from({ length: 400 }, (_, at) => `pool.query('INSERT INTO orders_${at} VALUES (1)');`).join('\n');
    const told = audit({
      'fill.ts': `import { Pool } from 'pg'; const pool = new Pool({ database: 'orders_spec' });\nexport const fill = () => {\n${fill}\n};`,
      'more.ts': `import { Pool } from 'pg'; const pool = new Pool({ database: 'orders_spec' });\nexport const more = () => {\n${fill.replaceAll('orders_', 'bills_')}\n};`,
      'most.ts': `import { Pool } from 'pg'; const pool = new Pool({ database: 'orders_spec' });\nexport const most = () => {\n${fill.replaceAll('orders_', 'taxes_')}\n};`,
      'a.test.ts': spec(
        `test('a', () => { fill(); more(); most(); process.env.TZ = 'UTC'; });\ntest('b', () => { expect(process.env.TZ).toBe('UTC'); });`,
        `import { fill } from './fill';\nimport { more } from './more';\nimport { most } from './most';`,
      ),
    });
    expect(told.findings.map((each) => each.rule)).toContain('leaked-env');
  });

  test('tap makes the words of Mocha global on demand', () => {
    const text = `const tap = require('tap'); tap.mochaGlobals();\ndescribe('a', () => { beforeEach(() => {}); it('b', () => {}); it('c', () => {}); });`;
    const [story] = audit({ 'a.test.js': text }, { runner: 'tap' }).stories;
    expect(story?.blocks.map((block) => block.role)).toEqual(['suite', 'hook', 'test', 'test']);
  });
});
