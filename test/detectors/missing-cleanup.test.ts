import { describe, expect, test } from 'vitest';
import { places, type Given } from './audit.js';

const jest = { runner: 'jest' } as const;

test('opened before each test, closed once', () => {
  const file = (open: string, close: string, tests = `it('a', () => pool.query('SELECT 1'));\nit('b', () => pool.query('SELECT 2'));`): string => `
import { Pool } from 'pg';
let pool;
const pools = [];
beforeEach(() => { ${open} });
${close}
${tests}
`;
  const once = 'afterAll(async () => { await pool.end(); });';
  expect(places('missing-cleanup', { 'a.test.ts': file('pool = new Pool();', once) }, jest)).toEqual(['a.test.ts:5']);
  expect(places('missing-cleanup', { 'a.test.ts': file('pool = new Pool();', 'afterEach(async () => { await pool.end(); });') }, jest)).toEqual([]);
  expect(places('missing-cleanup', { 'a.test.ts': file('pool ??= new Pool();', once) }, jest)).toEqual([]);
  expect(places('missing-cleanup', { 'a.test.ts': file('pool = pool || new Pool();', once) }, jest)).toEqual([]);
  expect(places('missing-cleanup', { 'a.test.ts': file('if (!pool) pool = new Pool();', once) }, jest)).toEqual([]);
  expect(places('missing-cleanup', { 'a.test.ts': file('pool = new Pool();', once, `it('a', () => pool.query('SELECT 1'));`) }, jest)).toEqual([]);
  const all = 'afterAll(async () => { await Promise.all(pools.map((each) => each.end())); });';
  expect(places('missing-cleanup', { 'a.test.ts': file('pool = new Pool(); pools.push(pool);', all) }, jest)).toEqual([]);
});

describe('opened before each test and closed after it', () => {
  const found = (body: string): readonly string[] =>
    places(
      'missing-cleanup',
      {
        'a.test.ts': `import { Queue } from 'bullmq';
let queue;
const more = [];
beforeEach(() => { queue = new Queue('tolls'); });
afterEach(async () => { await queue.close(); });
it('a', () => queue.add('one', {}));
${body}`,
      },
      jest,
    );
  const again = "queue = new Queue('tolls', { prefix: 'own' });";

  test.each([
    ['a test', `it('b', async () => { ${again} await queue.add('two', {}); });`],
    ['a hook of a suite inside', `describe('own', () => { beforeEach(() => { ${again} }); it('b', () => queue.add('two', {})); });`],
  ])('%s that puts another in its place leaves it open', (_who, body) => expect(found(body)).toEqual(['a.test.ts:4']));

  test.each([
    ['closed first', `it('b', async () => { await queue.close(); ${again} await queue.add('two', {}); });`],
    ['kept besides', `it('b', async () => { more.push(queue); ${again} await queue.add('two', {}); });`],
    ['held by a variable of its own', `it('b', async () => { const own = new Queue('tolls', { prefix: 'own' }); await own.close(); });`],
    ['another only where there is none', `it('b', async () => { queue ??= new Queue('tolls'); await queue.add('two', {}); });`],
    [
      'of another suite',
      `describe('own', () => { let queue; beforeEach(() => { queue = new Queue('gates'); }); afterEach(() => queue.close()); it('b', () => queue.add('two', {})); });`,
    ],
  ])('is left alone: %s', (_how, body) => expect(found(body)).toEqual([]));
});

describe('a client that connects when it is used', () => {
  const found = (body: string): readonly string[] =>
    places(
      'missing-cleanup',
      {
        'a.test.ts': `import { Pool } from 'pg';\nimport Redis from 'ioredis';\nimport { Queue } from 'bullmq'; import { Sequelize } from 'sequelize'; import { MongoClient } from 'mongodb';\n${body}`,
      },
      jest,
    );

  test.each([
    [
      'only models are made of it',
      `it('a', () => { const shop = new Sequelize({ dialect: 'postgres' }); const order = shop.define('order', {}); order.belongsTo(shop.model('user')); expect(shop.getDialect()).toBe('postgres'); expect(order.name).toBe('order'); });`,
    ],
    [
      'only another view of it is asked for',
      `it('a', () => { const client = new MongoClient('mongodb://localhost'); expect(client.db('shop').databaseName).toBe('shop'); });`,
    ],
    ['listens only', `it('a', () => { const pool = new Pool(); pool.on('error', () => {}); });`],
    ['by its option', `it('a', () => { const redis = new Redis({ lazyConnect: true }); expect(redis.options.db).toBe(0); });`],
    [
      'by its option, behind an address',
      `it('a', () => { const redis = new Redis('redis://store', { lazyConnect: true }); expect(redis.status).toBe('wait'); });`,
    ],
  ])('owes nothing before: %s', (_how, body) => expect(found(body)).toEqual([]));

  test.each([
    ['a call', `it('a', async () => { const pool = new Pool(); await pool.query('SELECT 1'); });`],
    [
      'a call on a model',
      `it('a', async () => { const shop = new Sequelize({ dialect: 'postgres' }); const order = shop.define('order', {}); await order.findAll(); });`,
    ],
    [
      'a call on a view',
      `it('a', async () => { const client = new MongoClient('mongodb://localhost'); await client.db('shop').collection('orders').insertOne({}); });`,
    ],
    ['a call that no catalogue knows', `it('a', async () => { const pool = new Pool(); await pool.warmUp(); });`],
    ['connecting by hand', `it('a', async () => { const redis = new Redis({ lazyConnect: true }); await redis.connect(); });`],
    [
      'a library that takes it',
      `it('a', async () => { const connection = new Redis({ lazyConnect: true }); const queue = new Queue('q', { connection }); await queue.close(); });`,
    ],
    ['no such option', `it('a', () => { const redis = new Redis({ lazyConnect: false }); expect(redis.status).toBe('connecting'); });`],
  ])('owes its end after %s', (_how, body) => expect(found(body)).toEqual(['a.test.ts:4']));
});

test('opened before each test by a helper, closed once', () => {
  const helper = { 'test/open.ts': `import http from 'node:http';\nexport const open = () => http.createServer().listen(0);\n` };
  const file = (hook: string): string => `
import { open } from './open';
let server;
beforeEach(() => { server = open(); });
${hook}(() => { server.close(); });
it('a', () => {});
it('b', () => {});
`;
  expect(places('missing-cleanup', { ...helper, 'test/a.test.ts': file('afterAll') }, jest)).toEqual(['test/a.test.ts:4']);
  expect(places('missing-cleanup', { ...helper, 'test/a.test.ts': file('afterEach') }, jest)).toEqual([]);
});

test('made before each test and set going by a method of its own, closed once', () => {
  const file = (hook: string, end = 'afterAll'): string => `
import http from 'node:http';
import { Test } from '@nestjs/testing';
import { one } from './one';
let server;
beforeEach(async () => { ${hook} });
${end}(() => { server.close(); });
it('a', () => {});
it('b', () => {});
`;
  const at = (...given: Parameters<typeof file>): readonly string[] =>
    places(
      'missing-cleanup',
      { 'one.ts': `import http from 'node:http';\nlet kept;\nexport const one = () => (kept ??= http.createServer());\n`, 'a.test.ts': file(...given) },
      jest,
    );
  const made = 'server = http.createServer();';
  expect(at(`${made} server.listen(0);`)).toEqual(['a.test.ts:6']);
  expect(at(`${made} await new Promise((done) => server.listen(0, done));`)).toEqual(['a.test.ts:6']);
  expect(at('const shop = await Test.createTestingModule({}).compile(); server = shop.createNestApplication(); await server.init();')).toEqual(['a.test.ts:6']);
  expect(at(`${made} server.listen(0);`, 'afterEach')).toEqual([]);
  expect(at(`if (!server) { ${made} } server.listen(0);`)).toEqual([]);
  expect(at('server = server ?? http.createServer(); server.listen(0);')).toEqual([]);
  expect(at('server = one(); server.listen(0);')).toEqual([]);
});

describe('an object of the project that is made before each test and ended once', () => {
  const shop = {
    'src/counter.ts': `export class Counter { async open() {} async close() {} size() { return 0; } }`,
    'test/open.ts': `import { Counter } from '../src/counter';
export const opened = async () => { const counter = new Counter(); await counter.open(); return counter; };
let kept: Counter | undefined;
const all = [];
export const one = async () => { kept ??= new Counter(); return kept; };
export const listed = () => { const counter = new Counter(); all.push(counter); return counter; };`,
  };
  const at = (opens: string, ends: string, tests = `it('a', () => expect(counter.size()).toBe(0));\nit('b', () => expect(counter.size()).toBe(0));`) =>
    places(
      'missing-cleanup',
      {
        ...shop,
        'test/a.test.ts': `import { Counter } from '../src/counter';\nimport { listed, one, opened } from './open';\nlet counter;\nconst all = [];\n${opens}\n${ends}\n${tests}\n`,
      },
      jest,
    );
  const once = 'afterAll(async () => { await counter.close(); });';

  test.each([
    ['by its class', 'beforeEach(async () => { counter = new Counter(); await counter.open(); });'],
    ['by a helper', 'beforeEach(async () => { counter = await opened(); });'],
  ])('made %s', (_how, opens) => expect(at(opens, once)).toEqual(['test/a.test.ts:5']));

  test('is told where a test hands it on for a while, and where one may not be there', () => {
    const made = 'beforeEach(() => { counter = new Counter(); });';
    expect(at(made, once, `it('a', () => fill(counter));\nit('b', () => fill(counter));`)).toEqual(['test/a.test.ts:5']);
    expect(at(made, 'afterAll(async () => { if (counter) await counter.close(); });')).toEqual(['test/a.test.ts:5']);
    const suite = `describe('counters', () => {\n${made}\nit('a', () => {});\nit('b', () => {});\n});`;
    expect(at('', once, suite)).toEqual(['test/a.test.ts:8']);
  });

  test.each([
    ['one helper keeps it', 'beforeEach(async () => { counter = await one(); });', once],
    ['a helper lists it', 'beforeEach(() => { counter = listed(); });', once],
    ['it is made only once', 'beforeEach(() => { if (!counter) counter = new Counter(); });', once],
    ['each test ends its own', 'beforeEach(() => { counter = new Counter(); });', 'afterEach(() => counter.close());'],
    ['one is ended before the next is made', 'beforeEach(async () => { await counter?.close(); counter = new Counter(); });', once],
    ['a helper of the file ends it', 'beforeEach(() => { counter = new Counter(); });', `const end = () => counter.close();\nafterEach(end);\n${once}`],
    ['a list keeps it', 'beforeEach(() => { counter = new Counter(); all.push(counter); });', once],
    ['somebody else is told of it', 'beforeEach(() => { counter = new Counter(); remember(counter); });', once],
    ['the end is that of another suite', `describe('others', () => { ${once} });`, 'beforeEach(() => { counter = new Counter(); });'],
  ])('is nothing to tell where %s', (_why, opens, ends) => expect(at(opens, ends)).toEqual([]));

  test('is told once where what it opens is known', () => {
    const known = (opens: string): readonly string[] =>
      places(
        'missing-cleanup',
        {
          'src/counter.ts': `import http from 'node:http';
export class Counter { server = http.createServer(); open() { this.server.listen(0); } close() { this.server.close(); } }`,
          'a.test.ts': `import { Counter } from './src/counter';\nlet counter;\nbeforeEach(() => {\ncounter = new Counter();\n${opens}\n});\n${once}\nit('a', () => {});\nit('b', () => {});`,
        },
        jest,
      );
    expect(known('counter.open();')).toEqual(['a.test.ts:5']);
    expect(known('')).toEqual(['a.test.ts:4']);
  });

  test('is nothing to tell of one test, or where a test ends it', () => {
    const made = 'beforeEach(() => { counter = new Counter(); });';
    expect(at(made, once, `it('a', () => {});`)).toEqual([]);
    expect(at(made, once, `it('a', () => counter.close());\nit('b', () => {});`)).toEqual([]);
    expect(at(made, once, `it('a', () => closeAll(counter));\nit('b', () => {});`)).toEqual([]);
  });
});

test('a session of HTTP/2 holds its connection until somebody ends it', () => {
  const at = (body: string, hook = ''): readonly string[] =>
    places(
      'missing-cleanup',
      { 'a.test.ts': `import http2 from 'http2';\nlet session;\n${hook}\nit('a', (done) => { ${body} });\nit('b', () => {});\n` },
      jest,
    );
  const open = `session = http2.connect('https://shop.test'); const page = session.request({ ':path': '/' });`;
  expect(at(`${open} page.on('end', () => done());`)).toEqual(['a.test.ts:4']);
  expect(at(`${open} page.on('end', () => done()); page.end();`)).toEqual(['a.test.ts:4']);
  expect(at(`${open} page.on('end', () => { session.close(); done(); });`)).toEqual([]);
  expect(at(`${open} page.on('end', () => session.close(done));`)).toEqual([]);
  expect(at(`${open} page.on('end', () => done());`, 'afterEach(() => session.destroy());')).toEqual([]);
  expect(at(`${open} session.on('close', () => done());`)).toEqual([]);
  expect(at(`${open} session.unref();`)).toEqual([]);
});

test('directories that one helper removes, each in the `finally` of its test', () => {
  const one = (name: string): string => `
it('${name}', async () => {
  const dir = await fs.mkdtemp(join(tmpdir(), 'orders-'));
  try { await fs.writeFile(join(dir, 'a'), ''); } finally { await removeDir(dir); }
});
`;
  const files = {
    'test/remove-dir.ts': `import fs from 'node:fs/promises';\nexport const removeDir = async (path: string) => { await fs.rm(path, { recursive: true, force: true }); };\n`,
    'test/a.test.ts': `import fs from 'node:fs/promises';\nimport { tmpdir } from 'node:os';\nimport { join } from 'node:path';\nimport { removeDir } from './remove-dir';\n${one('a')}${one('b')}`,
  };
  expect(places('missing-cleanup', files, jest)).toEqual([]);
});

test('an object of the project that one test leaves open and the others end', () => {
  const ended = (name: string): string => `it('${name}', async () => { const s = createScheduler(); await s.schedule(1); await s.stop(); });`;
  const file = (last: string, first = ['a', 'b', 'c'].map(ended).join('\n'), from = './scheduler'): string =>
    `import { createScheduler } from '${from}';\nconst kept = [];\n${first}\n${last}\n`;
  const at = (text: string) => places('missing-cleanup', { 'scheduler.ts': `export const createScheduler = () => ({});`, 'a.test.ts': text }, jest);
  const open = `it('d', async () => { const s = createScheduler(); await s.schedule(2); });`;
  expect(at(file(open))).toEqual(['a.test.ts:6']);
  expect(at(file(open, ['a', 'b'].map(ended).join('\n')))).toEqual([]);
  expect(at(file([open, open.replace("'d'", "'e'")].join('\n')))).toEqual([]);
  expect(at(file(`it('d', () => { const s = createScheduler(); expect(s.size()).toBe(0); });`))).toEqual([]);
  expect(at(file(`it('d', () => { const s = createScheduler(); s.schedule(2); kept.push(s); });`))).toEqual([]);
  expect(at(file(`it('d', async () => { const s = createScheduler(); await expect(s.schedule(2)).rejects.toThrow(); });`))).toEqual([]);
  expect(at(file(open, undefined, 'some-scheduler'))).toEqual([]);
  // What is handed the last part by `end` holds nothing open.
  const fed = (last: string): string => ['a', 'b', 'c'].map((name) => ended(name).replace('s.stop()', name === 'c' ? last : 's.end()')).join('\n');
  expect(at(file(open, fed('s.end()')))).toEqual(['a.test.ts:6']);
  expect(at(file(open, fed('s.end(chunk)')))).toEqual([]);
});

test('an object that a test only looks at or watches is still its own to end', () => {
  const ended = ['a', 'b', 'c'].map((name) => `it('${name}', async () => { const s = createScheduler(); await s.schedule(1); await s.stop(); });`).join('\n');
  const at = (body: string, given: Given): readonly string[] =>
    places(
      'missing-cleanup',
      {
        'scheduler.js': `export const createScheduler = () => ({});`,
        'a.test.js': `import { createScheduler } from './scheduler';\nconst assert = require('assert');\n${ended}\n${body}\n`,
      },
      given,
    );
  const open = (looks: string): string => `it('d', async () => { const s = createScheduler(); ${looks} await s.schedule(2); });`;
  const mocha = { runner: 'mocha' };
  expect(at(open('assert(s); assert.equal(s, s);'), mocha)).toEqual(['a.test.js:6']);
  expect(at(open(`sinon.spy(s, 'schedule');`), mocha)).toEqual(['a.test.js:6']);
  expect(at(open(`jest.spyOn(s, 'schedule');`), jest)).toEqual(['a.test.js:6']);
  expect(at(open('keep(s);'), mocha)).toEqual([]);
});

describe('an object whose class begins something in one method and ends it in another', () => {
  const poller = `
class Poller {
  constructor(run) { this.run = run; this.timer = null; }
  start() { this.timer = setInterval(() => this.run(), 1000); }
  stop() { clearInterval(this.timer); this.timer = null; }
  state() { return this.timer === null ? 'idle' : 'busy'; }
}
module.exports = Poller;`;
  const found = (body: string, text = poller): readonly string[] =>
    places(
      'missing-cleanup',
      { 'src/poller.js': text, 'a.test.js': `const assert = require('assert');\nconst Poller = require('./src/poller');\n${body}` },
      { runner: 'mocha' },
    );
  const begun = `const poller = new Poller(() => {}); poller.start(); assert.equal(poller.state(), 'busy');`;

  test('is left running by a test, even where another test ends its own', () => {
    expect(found(`it('a', () => { ${begun} });`)).toEqual(['a.test.js:3']);
    expect(found(`it('a', () => { ${begun} });\nit('b', () => { ${begun} poller.stop(); });`)).toEqual(['a.test.js:3']);
  });

  test('keeps it in a field since its constructor, or in a variable of the function that makes it', () => {
    const server = `
const http = require('http');
class Server {
  constructor() { this.http = http.createServer(); }
  start() { return new Promise((done) => this.http.listen(0, done)); }
  close() { return new Promise((done) => this.http.close(done)); }
}
module.exports = Server;`;
    const open = `const server = new Poller(); await server.start();`;
    expect(found(`it('a', async () => { ${open} });\nit('b', async () => { ${open} await server.close(); });`, server)).toEqual(['a.test.js:3']);
    const factory = `
module.exports = function createPoller(run) {
  let timer;
  return { start() { timer = setInterval(run, 1000); }, stop() { clearInterval(timer); }, state: () => 'busy' };
};`;
    const made = begun.replace('new ', '');
    expect(found(`it('a', () => { ${made} });`, factory)).toEqual(['a.test.js:3']);
    expect(found(`it('a', () => { ${made} poller.stop(); });`, factory)).toEqual([]);
    const eager = `
class Poller {
  constructor(run) { this.timer = setInterval(run, 1000); }
  stop() { clearInterval(this.timer); }
  state() { return 'busy'; }
}
module.exports = Poller;`;
    expect(found(`it('a', () => { const poller = new Poller(() => {}); assert.equal(poller.state(), 'busy'); });`, eager)).toEqual(['a.test.js:3']);
  });

  test('keeps a directory for itself that it removes when it is asked to', () => {
    const folder = `const { mkdtempSync, rmSync } = require('fs');
class Poller {
  constructor() { this.home = mkdtempSync('/tmp/poller-'); }
  path(name) { return this.home + name; }
  cleanup() { rmSync(this.home, { recursive: true }); }
}
module.exports = Poller;`;
    const made = `const poller = new Poller(); assert(poller.path('a'));`;
    expect(found(`it('a', () => { ${made} });`, folder)).toEqual(['a.test.js:3']);
    expect(found(`it('a', () => { ${made} poller.cleanup(); });`, folder)).toEqual([]);
    expect(found(`let poller;\nafterEach(() => poller.cleanup());\nit('a', () => { poller = new Poller(); assert(poller.path('a')); });`, folder)).toEqual([]);
    expect(found(`it('a', (t) => { const poller = new Poller(); t.after(poller.cleanup); assert(poller.path('a')); });`, folder)).toEqual([]);
    expect(found(`it('a', () => { ${made} });`, folder.replace('cleanup()', 'forget()'))).toEqual([]);
  });

  test('a client that is made and never asked for anything', () => {
    const store = `
const Redis = require('ioredis');
class Store {
  constructor() { this.client = new Redis(); }
  get(key) { return this.client.get(key); }
  disconnect() { return this.client.quit(); }
}
module.exports = Store;`;
    expect(found(`it('a', async () => { const store = new Poller(); assert(store.client); });`, store)).toEqual([]);
    expect(found(`it('a', async () => { const store = new Poller(); store.on('error', () => {}); });`, store)).toEqual([]);
    expect(found(`it('a', async () => { const store = new Poller(); await store.get('a'); });`, store)).toEqual(['a.test.js:3']);
  });

  test('is ended by the test or a hook, handed on, or never begun', () => {
    expect(found(`it('a', () => { ${begun} poller.stop(); });`)).toEqual([]);
    expect(found(`let poller;\nafterEach(() => { poller.stop(); });\nit('a', () => { poller = new Poller(() => {}); poller.start(); });`)).toEqual([]);
    expect(found(`it('a', () => { ${begun} kept.push(poller); });`)).toEqual([]);
    expect(found(`it('a', () => { const poller = new Poller(() => {}); assert.equal(poller.state(), 'idle'); });`)).toEqual([]);
  });

  test('has no method that says it ends it, runs on a clock of the test, or lets the process go', () => {
    expect(found(`it('a', () => { ${begun} });`, poller.replace('stop()', 'reset()'))).toEqual([]);
    expect(found(`it('a', () => { ${begun} });`, poller.replace(', 1000);', ', 1000).unref();'))).toEqual([]);
    expect(found(`const clock = require('sinon').useFakeTimers();\nit('a', () => { ${begun} });`)).toEqual([]);
  });
});

test('an object of the project that one file leaves open and other files end', () => {
  const queue = { 'src/queue.js': `export class Queue { async connect() {} async end() {} async add() {} }` };
  const file = (body: string): string =>
    `import { Queue } from './src/queue.js';\nlet queue;\nconst kept = [];\n${body}\nit('a', async () => { await queue.add(1); });\n`;
  const open = `beforeAll(async () => { queue = new Queue(); await queue.connect(); });`;
  const ends = file(`${open}\nafterAll(async () => { await queue.end(); });`);
  const among = (text: string, others = 3): readonly string[] =>
    places(
      'missing-cleanup',
      { ...queue, ...Object.fromEntries(Array.from({ length: others }, (_, at) => [`${at}.test.js`, ends])), 'last.test.js': text },
      jest,
    );
  expect(among(file(open))).toEqual(['last.test.js:4']);
  // Two files are no custom.
  expect(among(file(open), 2)).toEqual([]);
  expect(among(file(`${open}\nafterAll(() => queue?.end());`))).toEqual([]);
  expect(among(file(`${open}\nafterAll(() => Promise.all([queue].map((each) => each.end())));`))).toEqual([]);
  expect(among(file(`${open}\nafterAll(endOf(queue));`))).toEqual([]);
  // Nobody has set it going.
  expect(among(file(`beforeAll(() => { queue = new Queue(); });`).replace('queue.add(1)', 'queue.size()'))).toEqual([]);
  expect(among(file(`${open}\nbeforeAll(() => { kept.push(queue); });`))).toEqual([]);
});

describe('files that an object of the project makes and takes away again', () => {
  const ledger = {
    'src/ledger.js': `import { tmpdir } from 'node:os';\nimport { openAt, removeAt } from './native.js';
export class Ledger {
  constructor(name) { this.path = \`\${tmpdir()}/\${name}-\${Math.random()}.db\`; }
  open() { return openAt(this.path); }
  delete() { removeAt(this.path); }
}\n`,
  };
  const made = `import { Ledger } from './src/ledger.js';\nlet ledger;\nbeforeEach(() => { ledger = new Ledger('orders'); });\nit('a', () => { ledger.open(); });\n`;
  const among = (last: string, { own = ledger, others = 3, ends = `afterEach(() => { ledger.delete(); });`, text = made } = {}): readonly string[] =>
    places(
      'missing-cleanup',
      { ...own, ...Object.fromEntries(Array.from({ length: others }, (_, at) => [`${at}.test.js`, `${text}${ends}`])), 'last.test.js': `${text}${last}` },
      jest,
    );

  test('are left by the one file that does not call for it', () => {
    expect(among('')).toEqual(['last.test.js:3']);
    expect(among('', { others: 2 })).toEqual([]);
    expect(among('afterAll(() => { ledger.delete(); });')).toEqual([]);
    expect(among('kept.push(ledger);')).toEqual([]);
  });

  test('are none where the object keeps them elsewhere, or the method takes away something else', () => {
    expect(among('', { own: { 'src/ledger.js': ledger['src/ledger.js'].replace('tmpdir()', 'home()') } })).toEqual([]);
    expect(among('', { ends: `it('b', () => { ledger.delete('receipt'); });` })).toEqual([]);
    expect(among('', { ends: 'afterEach(() => { ledger.stop(); });', text: made.replace('open()', 'size()') })).toEqual([]);
    expect(among('', { ends: 'afterEach(() => { ledger.stop(); ledger.delete(); });' })).toEqual(['last.test.js:3']);
  });

  test('are made by a function, and taken away by what it gives with them', () => {
    const own = {
      'src/ledger.js': `const tmp = require('tmp');\nmodule.exports = function makeShop() { const dir = tmp.dirSync({ unsafeCleanup: true }).name; return { dir, cleanup: () => removeAll(dir) }; };\n`,
    };
    const text = `const makeShop = require('./src/ledger.js');\n`;
    const it = (end: string): string => `it('a', () => { const shop = makeShop(); expect(list(shop.dir)).toEqual([]); ${end} });\n`;
    expect(among(it(''), { own, text, ends: it('shop.cleanup();') })).toEqual(['last.test.js:2']);
    expect(among(it('shop.cleanup();'), { own, text, ends: it('shop.cleanup();') })).toEqual([]);
    expect(among(it(''), { own: { 'src/ledger.js': `${own['src/ledger.js']}tmp.setGracefulCleanup();` }, text, ends: it('shop.cleanup();') })).toEqual([]);
  });
});

test('what a function starts for one file that leaves it and for others that end it', () => {
  const app = { 'src/app.js': `export async function startApp() { return build(); }\nexport async function findApp() { return build(); }\n` };
  const file = (call: string, end = ''): string =>
    `import { startApp, findApp } from './src/app.js';\nlet app;\nbeforeAll(async () => { app = ${call}; });\nit('a', () => { expect(app.port).toBeGreaterThan(0); });\n${end}`;
  const among = (call: string, others = 3): readonly string[] =>
    places(
      'missing-cleanup',
      {
        ...app,
        ...Object.fromEntries(Array.from({ length: others }, (_, at) => [`${at}.test.js`, file(call, 'afterAll(() => app.close());')])),
        'last.test.js': file(call),
      },
      jest,
    );
  expect(among('await startApp()')).toEqual(['last.test.js:3']);
  expect(among('await startApp()', 2)).toEqual([]);
  // It may be there already, or not run yet.
  expect(among('await findApp()')).toEqual([]);
  expect(among('startApp()')).toEqual([]);
});

test('an object that other files end and this one has no need to', () => {
  const queue = {
    'src/queue.js': `import redis from 'redis';\nexport class Queue { async connect(done) { redis.createClient().connect(done); } async end() {} }`,
  };
  const file = (body: string, end = ''): string =>
    `import { Queue } from './src/queue.js';\nimport assert from 'node:assert';\nit('a', (done) => { const queue = new Queue(); queue.connect((err) => { ${body} ${end} done(); }); });\n`;
  const among = (text: string): readonly string[] =>
    places(
      'missing-cleanup',
      { ...queue, ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.test.js`, file('', 'queue.end();')])), 'last.test.js': text },
      jest,
    );
  expect(among(file(''))).toEqual(['last.test.js:3']);
  expect(among(file('').replace(`it('a'`, `it.skip('a'`))).toEqual([]);
  expect(among(file(`assert.equal(err.code, 'ETIMEDOUT');`))).toEqual([]);
  expect(among(`${file('')}jest.mock('redis');`)).toEqual([]);
  expect(among(`${file('')}jest.mock('pg');`)).toEqual(['last.test.js:3']);
});

test('objects that more files leave open than end', () => {
  const queue = { 'src/queue.js': `export class Queue { async connect() {} async end() {} async add() {} }` };
  const file = (method: string, end: string): string =>
    `import { Queue } from './src/queue.js';\nit('a', async () => { const queue = new Queue(); await queue.${method}(); ${end} });\n`;
  const all = (method: string, open: number): readonly string[] =>
    places(
      'missing-cleanup',
      {
        ...queue,
        ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.test.js`, file(method, 'await queue.end();')])),
        ...Object.fromEntries(Array.from({ length: open }, (_, at) => [`open${at}.test.js`, file(method, '')])),
      },
      jest,
    );
  expect(all('connect', 5)).toHaveLength(5);
  expect(all('connect', 7)).toEqual([]);
  expect(all('add', 1)).toEqual([]);
});

test('a connection that the call opens at once', () => {
  const file = (body: string, hook = ''): string =>
    `import { createConnection, DataSource } from 'typeorm';\nlet db;\n${hook}\nit('a', async () => { ${body} });\nit('b', () => {});\n`;
  const at = (text: string) => places('missing-cleanup', { 'a.test.ts': text }, jest);
  const open = `db = await createConnection({ type: 'sqlite', database: 'orders.db' }); await db.query('SELECT 1');`;
  expect(at(file(open))).toEqual(['a.test.ts:4']);
  expect(at(file(`${open} await db.close();`))).toEqual([]);
  expect(at(file(open, 'afterEach(() => db.close());'))).toEqual([]);
  expect(at(file(open, 'afterEach(() => getConnection().close());').replace('DataSource', 'getConnection'))).toEqual([]);
  expect(at(file(`db = new DataSource({ type: 'sqlite', database: 'orders.db' });`))).toEqual([]);
});

test('a temporary directory of global setup', () => {
  const setup = `import { mkdtempSync } from 'node:fs';\nexport default () => { globalThis.store = mkdtempSync('/tmp/orders-'); };`;
  const files = (teardown: string) => ({
    'setup.ts': setup,
    'teardown.ts': `import { rmSync } from 'node:fs';\nexport default () => { ${teardown} };`,
    'a.test.ts': `it('a', () => {});`,
  });
  const given = { ...jest, globalSetup: ['setup.ts', 'teardown.ts'] };
  expect(places('missing-cleanup', files(`globalThis.server?.close();`), given)).toEqual(['setup.ts:2']);
  expect(places('missing-cleanup', files(`rmSync(globalThis.store, { recursive: true });`), given)).toEqual([]);
});

test('listeners of several tests on one emitter', () => {
  const file = (tests: string, hook = '', made = 'new EventEmitter()'): string => `
import { EventEmitter } from 'node:events';
describe('orders', () => {
  const bus = ${made};
  ${hook}
  ${tests}
});
`;
  const found = (text: string): readonly string[] => places('missing-cleanup', { 'a.test.ts': text }, jest);
  const two = `it('a', () => { bus.on('paid', () => {}); });\n  it('b', () => { bus.on('paid', () => {}); });`;
  expect(found(file(two))).toEqual(['a.test.ts:6']);
  expect(found(file(`it('a', () => {});`, `beforeEach(() => { bus.addListener('paid', () => {}); });`))).toEqual(['a.test.ts:5']);
  expect(found(file(two, 'afterEach(() => { bus.removeAllListeners(); });'))).toEqual([]);
  expect(found(file(two, `bus.on('error', () => {});`).replace(two, ''))).toEqual([]);
  expect(found(file(`it('a', () => { bus.on('paid', () => {}); });\n  it('b', () => {});`))).toEqual([]);
  expect(
    found(
      file(
        `it('a', () => { const own = new EventEmitter(); own.on('x', () => {}); });\n  it('b', () => { const own = new EventEmitter(); own.on('x', () => {}); });`,
      ),
    ),
  ).toEqual([]);
  expect(found(file(two, '', 'makeBus()'))).toEqual([]);
});

test('what an object of the project is given, its methods may close', () => {
  const loader = {
    'loader.ts': `export class Loader {\n  start() { this.timer = setInterval(() => {}, 1000); }\n  stop() { clearInterval(this.timer); }\n}\n`,
  };
  const file = (holder: string): string => `
import { Loader } from './loader';
it('stops', async () => {
  const loader = ${holder};
  loader.timer = setInterval(() => {}, 10);
  await loader.stop?.();
});
it('starts', () => {});
`;
  expect(places('missing-cleanup', { ...loader, 'a.test.ts': file('new Loader()') }, jest)).toEqual([]);
  expect(places('missing-cleanup', { ...loader, 'a.test.ts': file('{ timer: undefined }') }, jest)).toEqual(['a.test.ts:5']);
});

describe('a directory that a helper of the test file makes', () => {
  const file = (after: string): string => `
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'; import { tmpdir } from 'node:os'; import { join } from 'node:path'; import { randomUUID } from 'node:crypto';
let carts, orders;
const made = [];
function shop() {
  const empty = mkdtempSync(join(tmpdir(), 'shop-'));
  made.push(empty.length);
  return { folder: empty };
}
beforeEach(() => { carts = join(tmpdir(), 'carts-' + randomUUID()); orders = join(tmpdir(), 'orders-' + randomUUID()); mkdirSync(carts); mkdirSync(orders); });
${after}
it('a', () => { expect(shop().folder).toContain('shop'); });
it('b', () => { const { folder } = shop(); mkdirSync(join(folder, 'bills')); });
`;
  const found = (after: string): readonly string[] => places('missing-cleanup', { 'a.test.ts': file(after) }, jest);

  test('is left where nothing removes it, or the hook removes others', () => {
    expect(found('afterEach(() => { rmSync(carts, { recursive: true }); rmSync(orders, { recursive: true }); });')).toEqual(['a.test.ts:6']);
    expect(found('afterEach(() => { for (const each of [carts, orders]) rmSync(each, { recursive: true }); });')).toEqual(['a.test.ts:6']);
  });

  test('is none where a list of those that were made is worked off', () => {
    const removing = file('afterEach(() => { for (const each of [carts, orders, ...made]) rmSync(each, { recursive: true }); });');
    expect(places('missing-cleanup', { 'a.test.ts': removing.replace('empty.length', 'empty') }, jest)).toEqual([]);
    const others = file('afterEach(() => { for (const each of made.splice(0)) rmSync(each, { recursive: true }); rmSync(carts); rmSync(orders); });');
    expect(places('missing-cleanup', { 'a.test.ts': others.replace('empty.length', 'empty') }, jest)).toEqual([]);
  });
});

test('a client of global set-up that the file of the teardown takes from there and closes', () => {
  const given = { ...jest, globalSetup: ['setup.ts', 'teardown.ts'] };
  const left = (teardown: string) =>
    places(
      'missing-cleanup',
      {
        'setup.ts': `import { Pool } from 'pg';\nexport const pool = new Pool();\nexport default async () => { await pool.query('CREATE DATABASE shop'); };`,
        'teardown.ts': teardown,
        'a.test.ts': `it('a', () => {});`,
      },
      given,
    );
  expect(left(`import { pool } from './setup';\nexport default async () => { await pool.end(); };`)).toEqual([]);
  expect(left(`import { pool } from './setup';\nexport default async () => { await pool.query('DROP DATABASE shop'); };`)).toEqual(['setup.ts:2']);
});

describe('a file for temporary files that a helper makes up for a database', () => {
  const found = (close: string, after: string): readonly string[] =>
    places('missing-cleanup', {
      'open.ts': `import { copyFileSync, unlinkSync } from 'node:fs'; import { join } from 'node:path'; import { tmpdir } from 'node:os'; import { randomUUID } from 'node:crypto'; import { DatabaseSync } from 'node:sqlite';
export function open() { const path = join(tmpdir(), \`orders-\${randomUUID()}.db\`); copyFileSync('orders.db', path); const db = new DatabaseSync(path); const close = db.close.bind(db); ${close} return db; }`,
      'a.test.ts': `import { afterEach, beforeEach, test } from 'vitest'; import { open } from './open';\nlet db;\nbeforeEach(() => { db = open(); });\n${after}\ntest('a', () => { db.exec('SELECT 1'); });`,
    });

  test('is removed where the test closes that', () =>
    expect(found('db.close = () => { close(); unlinkSync(path); };', 'afterEach(() => { db.close(); });')).toEqual([]));

  test.each([
    ['the helper removes nothing', '', 'afterEach(() => { db.close(); });'],
    ['the helper removes something else', `db.close = () => { close(); unlinkSync('other.db'); };`, 'afterEach(() => { db.close(); });'],
    ['the test never closes it', 'db.shut = () => { close(); unlinkSync(path); };', 'afterEach(() => { db.close(); });'],
  ])('is left where %s', (_, close, after) => expect(found(close, after)).toEqual(['a.test.ts:3']));
});

describe('an end for which nobody waits', () => {
  const found = (after: string, open = `pool = new Pool({ database: 'tolls' });`): readonly string[] =>
    places(
      'missing-cleanup',
      {
        'a.test.ts': `import { Pool } from 'pg';\nimport { createServer } from 'node:http';\nlet pool;\nbeforeAll(() => { ${open} });\n${after}\nit('a', () => pool.query('SELECT 1'));`,
      },
      jest,
    );

  test.each([
    `afterAll(async () => { pool.end(); });`,
    `afterAll(async () => { await pool.query('SELECT 2'); pool.end(); });`,
    `const ends = async () => { pool.end(); };\nafterAll(() => ends());`,
  ])('%s', (after) => expect(found(after)).toEqual(['a.test.ts:5']));

  test.each([
    `afterAll(async () => { await pool.end(); });`,
    `afterAll(() => pool.end());`,
    `afterAll(async () => pool.end());`,
    `afterAll(async () => { await Promise.all([pool.end()]); });`,
    `afterAll((done) => { pool.end(done); });`,
    `afterAll(async () => { pool.end().catch(() => {}); });`,
  ])('is none: %s', (after) => expect(found(after)).toEqual([]));

  test('gives a promise', () => {
    expect(found(`afterAll(async () => { pool.close(); });`, `pool = createServer(); pool.listen(0);`)).toEqual([]);
  });
});

test('a helper that the runner takes for a test file opens for those that load it', () => {
  const helper = `const { createServer } = require('node:http');\nconst server = createServer();\nserver.listen(0);`;
  const uses = `const { server } = require('./server.test.js');\nafter(() => server.close());\nit('a', () => {});`;
  const told = (text: string): readonly string[] => places('missing-cleanup', { 'server.test.js': text, 'a.test.js': uses }, { runner: 'mocha' });
  expect(told(`${helper}\nmodule.exports = { server };`)).toEqual([]);
  expect(told(helper)).toEqual(['server.test.js:3']);
});
