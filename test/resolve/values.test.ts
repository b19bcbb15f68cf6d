import { describe, expect, test } from 'vitest';
import { ask, type Files } from './ask.js';

type Row = readonly [what: string, source: string | Files, shown: string, environment?: Readonly<Record<string, string>>];
/** A file that asks, beside files that it reads. */
const beside = (source: string, others: Files): Files => ({ 'src/a.test.ts': source, ...others });
const exported = (expression: string): string => `export const answer = ${expression};`;
/** A module asked for as a whole, and what is taken out of it. */
const whole = (module: string, how: 'import' | 'require' = 'require'): Files =>
  beside(`${how === 'import' ? `import db from './db'` : `const db = require('./db')`}; export const answer = db.name;`, { 'src/db.js': module });
const inParts = (module: string): Files => beside(`const { name } = require('./db'); export const answer = name;`, { 'src/db.js': module });

const language: readonly Row[] = [
  ['text', exported(`'app'`), 'app'],
  ['joined text', exported(`'app' + '_' + 1`), 'app_1'],
  ['a template', 'const base = `app`; export const answer = `${base}_test`;', 'app_test'],
  ['a default', exported(`undefined ?? 'app'`), 'app'],
  ['an empty text falls through', exported(`'' || 'app'`), 'app'],
  ['a variable nobody sets, with a default', exported(`process.env.DB ?? 'app'`), '{environment env:DB} | app'],
  ['what the environment is laid over', exported(`{ DB: 'app', ...process.env }.DB`), '{environment env:DB} | app'],
  [
    'what an object with the environment is laid over',
    `const own = { HOST: 'h', ...process.env }; ${exported(`{ DB: 'app', ...own }.DB`)}`,
    '{environment env:DB} | app',
  ],
  ['what a variable is laid over by name', `const own = { DB: process.env.DB }; ${exported(`{ DB: 'app', ...own }.DB`)}`, '{environment env:DB}'],
  ['what a variable that a file sets is laid over', exported(`{ DB: 'app', ...process.env }.DB`), 'from_env', { DB: 'from_env' }],
  ['a variable that a file sets', exported(`process.env.DB`), 'from_env', { DB: 'from_env' }],
  ['the folder of the workspace', `import { findWorkspaceDir } from 'pkg-types'; export const answer = (await findWorkspaceDir()) + '/temp';`, '<root>/temp'],
  ['a folder of the user', `import folders from 'env-paths'; export const answer = folders('till').data + '/carts';`, '<home>/.local/share/till-nodejs/carts'],
  [
    'a folder of the user, named as it is',
    `import folders from 'env-paths'; export const answer = folders('till', { suffix: '' }).cache;`,
    '<home>/.cache/till',
  ],
  ['a number made by a plus', exported(`+(process.env.REDIS_DB || 15)`), '{environment env:REDIS_DB} | 15'],
  ['import.meta.env', exported(`import.meta.env.DB`), 'from_env', { DB: 'from_env' }],
  ['env of node:process', `import { env } from 'node:process'; export const answer = env.DB;`, 'from_env', { DB: 'from_env' }],
  ['a condition that is known', exported(`process.env.NODE_ENV === 'test' ? 'app_test' : 'app'`), 'app_test'],
  ['a variable that is overwritten', `let db = 'app'; db = db + '_test'; export const answer = db;`, 'app_test'],
  [
    'a variable that is overwritten where it is read',
    `const make = (given) => { let db = given; try { db = db + '_test'; return [1].map(() => db); } catch {} }; export const answer = make('app')[0];`,
    'app_test',
  ],
  ['a variable that is overwritten with what nobody knows', `let db = 'app'; db = unknown(db); export const answer = db;`, 'app | ?what `unknown` gives back'],
  ['a parameter that is overwritten', `function name(db) { db = 'shop'; return db; } export const answer = name('app');`, 'shop'],
  [
    'a variable that one way overwrites',
    `function name(other) { let db = 'app'; if (other) db = 'shop'; return db; } export const answer = name(process.env.OTHER);`,
    'app | shop',
  ],
  [
    'a variable that a function overwrites',
    `let db = 'app'; function set() { db = 'shop'; } db = 'carts'; set(); export const answer = db;`,
    'app | carts | shop',
  ],
  ['as const', `const c = { db: 'app' } as const; export const answer = c.db;`, 'app'],
  ['satisfies', `const c = { db: 'app' } satisfies object; export const answer = c.db;`, 'app'],
  ['an enum', `enum Db { Main = 'app' } export const answer = Db.Main;`, 'app'],
  ['a const enum that counts', `const enum Slot { A = 3, B } export const answer = Slot.B;`, '4'],
  ['a namespace', `namespace N { export const db = 'app'; } export const answer = N.db;`, 'app'],
  ['a static field', `class C { static db = 'app'; } export const answer = C.db;`, 'app'],
  [
    'a static field that a method fills',
    `class C { static db; static base() { return 'app'; } static get() { if (!this.db) { this.db = this.base() + '_test'; } return this.db; } }
     export const answer = C.get();`,
    'app_test',
  ],
  ['a static field filled by name', `class C { static db = null; } C.db = 'app'; export const answer = C.db;`, 'app'],
  [
    'a static field of that name that objects have too',
    `class C { static db; fill() { this.db = 'other'; } static open() { this.db = 'app'; } } export const answer = C.db;`,
    'app',
  ],
  [
    'a property of an object that its own method fills',
    `const c = { db: null, base() { return 'app'; }, get() { this.db = this.db || this.base() + '_test'; return this.db; } };
     export const answer = c.get();`,
    'app_test',
  ],
  ['a static getter', `class C { static get db() { return 'app'; } } export const answer = C.db;`, 'app'],
  ['a private field behind a getter', `class C { #db = 'app'; get db() { return this.#db; } } export const answer = new C().db;`, 'app'],
  ['a constructor parameter', `class C { constructor(readonly db: string) {} } export const answer = new C('app').db;`, 'app'],
  ['a constructor parameter with a default', `class C { constructor(readonly db = 'app') {} } export const answer = new C().db;`, 'app'],
  [
    'a field that a method fills for the constructor',
    `class C { constructor(options) { this.setOptions(options); } setOptions(options) { this.options = Object.assign({}, { port: 1 }, options || {}); } } export const answer = new C({ db: 'app' }).options.db;`,
    'app',
  ],
  [
    'the same, of a class written as a function',
    `function C(options) { this.setOptions(options); } C.prototype.setOptions = function (options) { this.options = Object.assign({}, { port: 1 }, options || {}); }; export const answer = new C({ db: 'app' }).options.db;`,
    'app',
  ],
  [
    'a field that a method fills twice for the constructor',
    `class C { constructor(options) { this.setOptions({ db: 'till' }); this.setOptions(options); } setOptions(options) { this.options = options; } } export const answer = new C({ db: 'app' }).options.db;`,
    '?an argument that is not passed',
  ],
  ['an inherited field', `class A { db = 'app' } class B extends A {} export const answer = new B().db;`, 'app'],
  ['a getter of a record', `const c = { get db() { return 'app'; } }; export const answer = c.db;`, 'app'],
  ['destructuring', `const { db: name = 'x' } = { db: 'app' }; export const answer = name;`, 'app'],
  ['destructuring with the default', `const { db: name = 'app' } = {}; export const answer = name;`, 'app'],
  ['nested destructuring', `const { a: { b: [, second] } } = { a: { b: [1, 'app'] } }; export const answer = second;`, 'app'],
  ['what destructuring leaves', `const { a, ...rest } = { a: 1, db: 'app' }; export const answer = rest.db;`, 'app'],
  ['a destructured parameter', `const f = ({ db = 'app', ...rest }) => db + rest.x; export const answer = f({ x: 1 });`, 'app1'],
  [
    'a parameter that is assigned where it is not passed',
    `const open = (name) => { name = name || 'app'; return name; }; export const answer = open();`,
    'app',
  ],
  ['an object of a function', `function Pool(name) { this.name = name; } export const answer = new Pool('app').name;`, 'app'],
  [
    'a method of a prototype',
    `var Pool = function (name) { var self = this; self.name = name; }; Pool.prototype.db = function () { return this.name; }; export const answer = new Pool('app').db();`,
    'app',
  ],
  [
    'a prototype written as a whole',
    `function Pool(name) { this.name = name; } Pool.prototype = { db: function () { return this.name; } }; export const answer = new Pool('app').db();`,
    'app',
  ],
  [
    'an inherited method of a prototype',
    `import { inherits } from 'node:util'; function Base() {} Base.prototype.db = function () { return this.name; }; function Pool(name) { this.name = name; } inherits(Pool, Base); export const answer = new Pool('app').db();`,
    'app',
  ],
  [
    'a constructor that may be called without new',
    `function Pool(name) { if (!(this instanceof Pool)) return new Pool(name); this.name = name; } export const answer = Pool('app').name;`,
    'app',
  ],
  ['an option of a number', `const open = (port) => port.database ?? 'app'; export const answer = open(6379);`, 'app'],
  ['rest parameters', `const f = (first, ...rest) => rest.join('_'); export const answer = f(0, 'app', 'test');`, 'app_test'],
  ['spread arguments', `const f = (a, b) => a + '_' + b; export const answer = f(...['app', 'test']);`, 'app_test'],
  ['a spread that is overridden', `const base = { db: 'x', port: 1 }; export const answer = { ...base, db: 'app' };`, '{ db: app, port: 1 }'],
  ['a default parameter', `function f(db = 'app') { return db; } export const answer = f();`, 'app'],
  ['call', `function f(a) { return a; } export const answer = f.call(null, 'app');`, 'app'],
  ['apply', `function f(a, b) { return a + b; } export const answer = f.apply(null, ['app', '_x']);`, 'app_x'],
  ['bind', `const c = { db: 'app', get() { return this.db; } }; const g = c.get.bind({ db: 'other' }); export const answer = g();`, 'other'],
  ['bind with arguments', `const f = (a, b) => a + b; export const answer = f.bind(null, 'a')('b');`, '?a function with arguments bound to it'],
  ['currying', `const f = (a) => (b) => a + '_' + b; export const answer = f('app')('test');`, 'app_test'],
  [
    'composition',
    `const compose = (f, g) => (x) => f(g(x)); const up = (x) => x + '_b'; const low = (x) => x + '_a'; export const answer = compose(up, low)('app');`,
    'app_a_b',
  ],
  ['a memoised factory', `let made; const make = () => ({ db: 'app' }); const get = () => (made ??= make()); export const answer = get().db;`, 'app'],
  ['a lazy singleton', `let made; function get() { if (!made) made = { db: 'app' }; return made; } export const answer = get().db;`, 'app'],
  [
    'one of several kept under a computed key',
    `const made = {}; const at = (k) => { if (!made[k]) made[k] = { db: 'app' }; return made[k]; }; export const answer = at(process.argv[2]).db;`,
    'app',
  ],
  [
    'the same under a key that is known',
    `const made = {}; const at = (k) => { if (!made[k]) made[k] = { db: 'app' }; return made[k]; }; export const answer = at('main').db;`,
    'app',
  ],
  [
    'one of several kept in a map',
    `const made = new Map(); const at = (k) => { if (!made.has(k)) made.set(k, { db: 'app' }); return made.get(k); }; export const answer = at('main').db;`,
    'app',
  ],
  [
    'what a constructor keeps of its arguments in a map',
    `class Pools { constructor(given) { this.made = new Map(); for (const [k, one] of Object.entries(given)) this.made.set(k, { db: one.name }); } at(k) { return this.made.get(k); } }
     export const answer = new Pools({ main: { name: 'app' } }).at('main').db;`,
    'app',
  ],
  [
    'what an object of another class keeps in a map of the same name',
    `class Pools { constructor(name) { this.made = new Map(); this.made.set('main', { db: name }); } at(k) { return this.made.get(k); } }
     class Others { constructor() { this.made = new Map(); this.made.set('main', { db: 'other' }); } }
     export const answer = new Pools('app').at('main').db;`,
    'app',
  ],
  [
    'what a method that the constructor calls keeps in a map',
    `class Pools { constructor(given) { this.given = given; this.made = new Map(); this.fill(); } fill() { this.made.set('main', { db: this.given.name }); } at(k) { return this.made.get(k); } }
     export const answer = new Pools({ name: 'app' }).at('main').db;`,
    'app',
  ],
  [
    'a map of an object',
    `class Pools { made = new Map(); at(k) { if (!this.made.has(k)) this.made.set(k, { db: 'app' }); return this.made.get(k); } } export const answer = new Pools().at('main').db;`,
    'app',
  ],
  ['an immediately called function', exported(`(() => 'app')()`), 'app'],
  ['an awaited async function', `const f = async () => 'app'; export const answer = await f();`, 'app'],
  ['a chain of then', exported(`Promise.resolve('app').then((x) => x + '_test').then((x) => x + '_1')`), 'app_test_1'],
  ['a function promisified by a package', `import pify from 'pify'; const f = (x) => x; export const answer = pify(f)('app');`, 'app'],
  ['one promisified by Bluebird', `import Promise from 'bluebird'; const f = (x) => x; export const answer = Promise.promisify(f)('app');`, 'app'],
  ['a promisified function', `import { promisify } from 'node:util'; const f = (x) => x; export const answer = promisify(f)('app');`, 'app'],
  ['a promise that is resolved', exported(`new Promise((resolve) => resolve('app'))`), 'app'],
  ['String.raw', 'export const answer = String.raw`app_${1}`;', 'app_1'],
  ['a name in quotes of a client', `import { Client } from 'pg'; export const answer = new Client().escapeIdentifier('app');`, '"app"'],
  ['a name in quotes of a package', "import Cypher from '@neo4j/cypher-builder'; export const answer = Cypher.utils.escapeVariable('app');", '`app`'],
  [
    'what a function gives that is tried again until it succeeds',
    `import retry from 'async-retry'; const name = async () => await retry(async () => { const made = 'app'; return made; }); export const answer = await name();`,
    'app',
  ],
  ['the same of another library', `import pRetry from 'p-retry'; export const answer = await pRetry(() => 'app', { retries: 3 });`, 'app'],
  ['a formatted statement', `import format from 'pg-format'; export const answer = format('CREATE DATABASE %I', 'app');`, 'CREATE DATABASE "app"'],
  ['a tag that only strips', "import dedent from 'dedent'; export const answer = dedent`app`;", 'app'],
  ['replace', exported(`'my app'.replace(' ', '_')`), 'my_app'],
  ['replace of an ending', exported("'./app.db.db'.replace(/\\.db$/, '_t.db')"), './app.db_t.db'],
  ['replace of an ending that is not there', exported("'./app.db.gz'.replace(/\\.db$/, '_t.db')"), './app.db.gz'],
  ['upper case', exported(`'app'.toUpperCase()`), 'APP'],
  ['split and an index', exported(`'a,b'.split(',')[1]`), 'b'],
  ['entries and back', exported(`Object.fromEntries(Object.entries({ a: 'x', b: 'y' }).map(([key, value]) => [key, value + '_t']))`), '{ a: x_t, b: y_t }'],
  ['reduce', exported(`['a', 'b'].reduce((all, each) => ({ ...all, [each]: each + '_t' }), {})`), '{ a: a_t, b: b_t }'],
  ['Object.values', exported(`Object.values({ a: 'x', b: 'y' }).join('-')`), 'x-y'],
  ['Object.assign', exported(`Object.assign({}, { a: 1 }, { a: 2, b: 3 })`), '{ a: 2, b: 3 }'],
  [
    'a key computed from the environment',
    `const all = { development: 'dev', test: 'test_db' }; export const answer = all[process.env.NODE_ENV || 'development'];`,
    'test_db',
  ],
  ['a key computed from an unknown variable', `const all = { eu: 'a', us: 'b' }; export const answer = all[process.env.REGION];`, 'a | b'],
  ['an index that is not known', `const ports = [1, 2]; export const answer = (i) => ports[i]; `, '<fn>'],
  ['a number made of text', exported(`Number('54' + '32')`), '5432'],
  ['arithmetic', exported(`3000 + 2 * 5`), '3010'],
  ['optional chaining', `const c = { db: { name: 'app' } }; export const answer = c?.db?.name;`, 'app'],
  [
    'the prototype of a class that extends one of a library',
    `import { EventEmitter } from 'node:events'; class A extends EventEmitter {} export const answer = A.prototype;`,
    'undefined',
  ],
  ['what depends on itself', `export const answer = f(); function f() { return f(); }`, '?it depends on itself'],
  ['a parameter nobody passes', `export function f(db) { return db; } export const answer = f();`, '?an argument that is not passed'],
  ['what a package gives back', `import { load } from 'somewhere'; export const answer = load();`, '?what `somewhere.load` gives back'],
];

const modules: readonly Row[] = [
  [
    'a default export with functions',
    beside(`import helper from './helper'; export const answer = helper.name('app');`, { 'src/helper.ts': `export default { name: (x) => x + '_test' };` }),
    'app_test',
  ],
  [
    'a barrel',
    beside(`import { db } from './index'; export const answer = db;`, { 'src/index.ts': `export * from './db';`, 'src/db.ts': `export const db = 'app';` }),
    'app',
  ],
  ['a namespace import', beside(`import * as all from './db'; export const answer = all.db;`, { 'src/db.ts': `export const db = 'app';` }), 'app'],
  [
    'a namespace that is handed on',
    beside(`import { all } from './index'; export const answer = all.db;`, {
      'src/index.ts': `export * as all from './db';`,
      'src/db.ts': `export const db = 'app';`,
    }),
    'app',
  ],
  ['require', beside(`const { db } = require('./db'); export const answer = db;`, { 'src/db.js': `exports.db = 'app';` }), 'app'],
  [
    'a property that a function gives an object',
    `function f() { const o = { name: 'till' }; o.name = 'app'; return g(o); } const g = ({ name }) => name; export const answer = f();`,
    'app',
  ],
  [
    'the same, of an object that another function made',
    `const make = () => ({ name: 'till' }); function f() { const o = make(); o.name = 'app'; return g(o); } const g = ({ name }) => name; export const answer = f();`,
    'app',
  ],
  [
    'the same, by `Object.assign`',
    `const make = () => ({ name: 'till', port: 1 }); function f() { const o = make(); Object.assign(o, { name: 'app' }); return g(o); } const g = (o) => o.name + o.port; export const answer = f();`,
    'app1',
  ],
  [
    'a property that a loop copies',
    `const from = { name: 'app', port: 1 }; function f() { const o = {}; ['name'].forEach((key) => { if (from[key] !== undefined) o[key] = from[key]; }); return g(o); } const g = (o) => o.name + '-' + o.port; export const answer = f();`,
    'app-undefined',
  ],
  [
    'the same, with `of`',
    `const from = { name: 'app' }; function f(from) { const o = { name: 'till' }; for (const key of ['name']) o[key] = from[key]; return g(o); } const g = ({ name }) => name; export const answer = f(from);`,
    'app',
  ],
  [
    'the same, with `in`',
    `function f(from) { const o = {}; for (const key in from) { if (key !== 'client') o[key] = from[key]; } return g(o); } const g = ({ name }) => name; export const answer = f({ name: 'app' });`,
    'app',
  ],
  [
    'the same, of the keys that the other object has',
    `function f(from) { const o = {}; Object.keys(from).forEach((key) => (o[key] = from[key])); return g(o); } const g = ({ name }) => name; export const answer = f({ name: 'app' });`,
    'app',
  ],
  [
    'a property that a loop takes from under another key',
    `function f(from) { const o = {}; for (const key of ['name']) o[key] = from[other]; return g(o); } const g = ({ name }) => name; export const answer = f({ name: 'app' });`,
    'undefined',
  ],
  [
    'a property that only a branch gives',
    `function f(ci) { const o = { name: 'till' }; if (ci) o.name = 'app'; return g(o); } const g = ({ name }) => name; export const answer = f();`,
    'till',
  ],
  [
    'a property that is given too late',
    `function f() { const o = { name: 'till' }; const n = g(o); o.name = 'app'; return n; } const g = ({ name }) => name; export const answer = f();`,
    'till',
  ],
  ['a property that an object is given after it was made', whole(`const db = {}; db.name = 'app'; export default db;`, `import`), 'app'],
  ['the same, of an object with other properties', whole(`const db = { port: 1 }; module.exports = db; db.name = 'app';`), 'app'],
  ['the same, taken out of what is required', inParts(`const db = {}; db.name = 'app'; module.exports = db;`), 'app'],
  ['a property that `module.exports` is given', whole(`module.exports = {}; module.exports.name = 'app';`), 'app'],
  ['a property that `exports` is given where both are one', inParts(`exports = module.exports = {}; exports.name = 'app';`), 'app'],
  ['exports under a name of their own', inParts(`const db = module.exports; db.name = 'app';`), 'app'],
  ['the same, of `exports`', whole(`const db = exports; db.name = 'app';`), 'app'],
  ['the same, with the object that is exported', whole(`const db = (module.exports = { port: 1 }); db.name = 'app';`), 'app'],
  ['a property that is given twice', whole(`const db = {}; db.name = 'app'; db.name = 'shop'; export default db;`, `import`), 'app | shop'],
  ['a property that only a call gives', whole(`const db = {}; export const fill = () => { db.name = 'app'; }; export default db;`, `import`), 'undefined'],
  ['a property of another object', whole(`const db = {}; const other = {}; other.name = 'app'; export default db;`, `import`), 'undefined'],
  ['a property of a variable that holds several objects', whole(`let db = {}; db = {}; db.name = 'app'; export default db;`, `import`), 'undefined'],
  ['a property that the object has from the start', whole(`const db = { name: 'app' }; export default db; db.port = 1;`, `import`), 'app'],
  ['a dynamic import', beside(`const { db } = await import('./db'); export const answer = db;`, { 'src/db.ts': `export const db = 'app';` }), 'app'],
  [
    'JSON with an attribute',
    beside(`import settings from './s.json' with { type: 'json' }; export const answer = settings.db.name;`, { 'src/s.json': `{ "db": { "name": "app" } }` }),
    'app',
  ],
  [
    'require of a joined path',
    beside(`import path from 'node:path'; const s = require(path.join(__dirname, '..', 's.json')); export const answer = s.db;`, {
      's.json': `{ "db": "app" }`,
    }),
    'app',
  ],
  [
    'require with an environment',
    beside(`const s = require('./config')[process.env.NODE_ENV || 'development']; export const answer = s.database;`, {
      'src/config.js': `module.exports = { development: { database: 'dev' }, test: { database: 'app_test' } };`,
    }),
    'app_test',
  ],
  [
    'createRequire',
    beside(`import { createRequire } from 'node:module'; const need = createRequire(import.meta.url); export const answer = need('./s.json').db;`, {
      'src/s.json': `{ "db": "app" }`,
    }),
    'app',
  ],
  [
    'JSON that is read',
    beside(
      `import fs from 'node:fs'; import path from 'node:path'; export const answer = JSON.parse(fs.readFileSync(path.join(__dirname, 's.json'), 'utf8')).db;`,
      { 'src/s.json': `{ "db": "app" }` },
    ),
    'app',
  ],
  [
    'JSON that is read by URL',
    beside(`import { readFile } from 'node:fs/promises'; export const answer = JSON.parse(await readFile(new URL('./s.json', import.meta.url), 'utf8')).db;`, {
      'src/s.json': `{ "db": "app" }`,
    }),
    'app',
  ],
  [
    'JSON below the working directory',
    beside(`import fs from 'node:fs'; export const answer = JSON.parse(fs.readFileSync('config/s.json').toString()).db;`, {
      'config/s.json': `{ "db": "app" }`,
    }),
    'app',
  ],
  [
    'YAML that is read',
    beside(`import fs from 'node:fs'; import { parse } from 'yaml'; export const answer = parse(fs.readFileSync('s.yml', 'utf8')).db.name;`, {
      's.yml': 'db:\n  name: app\n',
    }),
    'app',
  ],
  [
    'js-yaml',
    beside(
      `const yaml = require('js-yaml'); const fs = require('fs'); export const answer = yaml.load(fs.readFileSync(process.cwd() + '/s.yml', 'utf8')).db;`,
      { 's.yml': 'db: app\n' },
    ),
    'app',
  ],
  ['fs-extra', beside(`import { readJsonSync } from 'fs-extra'; export const answer = readJsonSync('s.json').db;`, { 's.json': `{ "db": "app" }` }), 'app'],
  [
    'a file nobody has',
    beside(`import fs from 'node:fs'; export const answer = JSON.parse(fs.readFileSync('none.json', 'utf8')).db;`, {}),
    '?what `JSON.parse` gives back',
  ],
  ['a module nobody has', beside(`import { db } from './none'; export const answer = db;`, {}), '?the module `./none` is not found'],
];

const nodeConfig = {
  'config/default.json': `{ "db": { "host": "localhost", "name": "app", "port": 5432 }, "redis": { "url": "redis://a" } }`,
  'config/test.js': `module.exports = { db: { name: 'app_test' } };`,
  'config/custom-environment-variables.json': `{ "db": { "host": "DB_HOST", "port": { "__name": "DB_PORT", "__format": "number" } } }`,
};
const configuration: readonly Row[] = [
  ['config.get', beside(`import config from 'config'; export const answer = config.get('db.name');`, nodeConfig), 'app_test'],
  ['config.get of an object', beside(`import config from 'config'; const { name } = config.get('db'); export const answer = name;`, nodeConfig), 'app_test'],
  ['properties of config', beside(`const config = require('config'); export const answer = config.db.name;`, nodeConfig), 'app_test'],
  ['config and a variable', beside(`import config from 'config'; export const answer = config.get('db.host');`, nodeConfig), 'localhost'],
  [
    'config and a variable that is set',
    beside(`import config from 'config'; export const answer = config.get<number>('db.port');`, nodeConfig),
    '6543 | 5432',
    { DB_PORT: '6543' },
  ],
  ['config.util.toObject', beside(`import config from 'config'; export const answer = config.util.toObject().redis.url;`, nodeConfig), 'redis://a'],
  [
    'a setting of config that may be left out',
    beside(`import config from 'config'; export const answer = { ...config.get('db'), ...config.get('override') }.name;`, {
      ...nodeConfig,
      'config/custom-environment-variables.json': `{ "override": { "name": "DB_NAME" } }`,
    }),
    '{environment env:DB_NAME} | app_test',
  ],
  [
    'a setting that config has not',
    beside(`import config from 'config'; export const answer = config.get('mail.host');`, nodeConfig),
    '?the setting `mail.host`',
  ],
  ['config without files', `import config from 'config'; export const answer = config.get('db.name');`, '?the settings of config, whose folder is not found'],
  [
    'nconf',
    beside(
      `import nconf from 'nconf'; nconf.argv().env().file({ file: 'c.json' }); nconf.defaults({ db: { name: 'x', host: 'h' } }); export const answer = nconf.get('db:name') + nconf.get('db:host');`,
      { 'c.json': `{ "db": { "name": "app" } }` },
    ),
    'apph',
  ],
  [
    'nconf that another file sets up',
    beside(`import nconf from './conf'; export const answer = nconf.get('db:name');`, {
      'src/conf.ts': `import nconf from 'nconf'; nconf.defaults({ db: { name: 'app' } }); export default nconf;`,
    }),
    'app',
  ],
  [
    'convict',
    exported(`require('convict')({ db: { name: { doc: '', format: String, default: 'app', env: 'DB' }, port: { default: 1 } } }).get('db.name')`),
    'app',
  ],
  [
    'convict as an object',
    `import convict from 'convict'; const c = convict({ db: { name: { default: 'app' } } }); c.validate(); export const answer = c.get('db').name + c.getProperties().db.name;`,
    'appapp',
  ],
  [
    'convict with the file of its own setting',
    beside(
      `import convict from 'convict'; const c = convict({ env: { default: 'development', env: 'NODE_ENV' }, db: { name: { default: 'app' }, host: { default: 'h' } } });
const env = c.get('env'); c.loadFile('./config/' + env + '.json'); export const answer = c.get('db.name') + '@' + c.get('db.host');`,
      { 'src/config/test.json': `{ "db": { "name": "app_test" } }`, 'src/config/development.json': `{ "db": { "name": "app_dev" } }` },
    ),
    'app_test@h',
  ],
  ['env-var', `import env from 'env-var'; export const answer = env.get('DB').required().asString();`, '{environment env:DB}'],
  [
    'env-var with a default',
    `import * as env from 'env-var'; export const answer = env.get('PORT').default('3000').asPortNumber();`,
    '{environment env:PORT} | 3000',
  ],
  [
    'envalid',
    `import { cleanEnv, str } from 'envalid'; const env = cleanEnv(process.env, { DB: str({ default: 'app', devDefault: 'dev' }) }); export const answer = env.DB;`,
    '{environment env:DB} | dev',
  ],
  [
    'zod',
    `import { z } from 'zod'; const env = z.object({ DATABASE_URL: z.string().url().default('postgres://h/app') }).parse(process.env); export const answer = env.DATABASE_URL;`,
    '{environment env:DATABASE_URL} | postgres://h/app',
  ],
  [
    'zod, safely',
    `import { z } from 'zod'; const parsed = z.object({ DB: z.string() }).safeParse(process.env); if (!parsed.success) throw new Error(); export const answer = parsed.data.DB;`,
    'from_env',
    { DB: 'from_env' },
  ],
  [
    'zod, nested and changed',
    `import { z } from 'zod'; const s = z.object({ a: z.object({ b: z.string().transform((x) => x + '_t') }) }); export const answer = s.parse({ a: { b: 'app' } }).a.b;`,
    'app_t',
  ],
  [
    'znv',
    `import { parseEnv } from 'znv'; import { z } from 'zod'; export const answer = parseEnv(process.env, { DB: z.string().default('app') }).DB;`,
    '{environment env:DB} | app',
  ],
  [
    't3-env',
    `import { createEnv } from '@t3-oss/env-core'; import { z } from 'zod'; const env = createEnv({ server: { DB: z.string() }, client: {}, runtimeEnv: process.env }); export const answer = env.DB;`,
    '{environment env:DB}',
  ],
  [
    't3-env, with what clients may know beside it',
    `import { createEnv } from '@t3-oss/env-nextjs'; import { z } from 'zod'; const env = createEnv({ server: { DB: z.string() }, client: { NEXT_PUBLIC_DB: z.string() }, experimental__runtimeEnv: { NEXT_PUBLIC_DB: 'app' } }); export const answer = env.DB + env.NEXT_PUBLIC_DB;`,
    '{environment env:DB}app',
  ],
  [
    'joi',
    `import Joi from 'joi'; const { value } = Joi.object({ DB: Joi.string().default('app') }).unknown().validate(process.env); export const answer = value.DB;`,
    '{environment env:DB} | app',
  ],
  [
    'valibot',
    `import * as v from 'valibot'; export const answer = v.parse(v.object({ DB: v.optional(v.string(), 'app') }), process.env).DB;`,
    '{environment env:DB} | app',
  ],
  [
    'dotenv',
    `import dotenv from 'dotenv'; const { parsed } = dotenv.config({ path: '.env.test' }); export const answer = parsed.DB;`,
    'from_env',
    { DB: 'from_env' },
  ],
  [
    'ConfigService',
    `import { ConfigService } from '@nestjs/config'; const make = (config: ConfigService) => config.get('DB', 'app'); export const answer = make(app.get(ConfigService));`,
    '{environment env:DB} | app',
  ],
  [
    'ConfigService by its type',
    `import { ConfigService } from '@nestjs/config'; export class Db { constructor(private readonly config: ConfigService) {} name = () => this.config.get<string>('DB'); } export const answer = new Db().name();`,
    '{environment env:DB}',
  ],
];

const transforms: readonly Row[] = [
  [
    'parts of a URL',
    `const u = new URL('postgres://me@db:5433/app?schema=s'); export const answer = [u.hostname, u.port, u.pathname, u.username, u.searchParams.get('schema')];`,
    '[db, 5433, /app, me, s]',
  ],
  [
    'a path whose folder may be nothing',
    `import path from 'node:path'; export const answer = path.join(process.env.QUICK ? null : '/var/cache', 'a.json');`,
    '/var/cache/a.json',
  ],
  [
    'the path of a URL whose server comes from elsewhere',
    'const u = new URL(`${process.env.MONGO_URI}/orders?w=1`); export const answer = [u.pathname, u.searchParams.get("w")];',
    '[/orders, 1]',
  ],
  ['a URL with another path', `const u = new URL('postgres://db/app'); u.pathname = '/test'; export const answer = u.toString();`, 'postgres://db/test'],
  ['a URL with another host', `const u = new URL('postgres://me@db:1/app'); u.hostname = 'other'; export const answer = u.href;`, 'postgres://me@other:1/app'],
  [
    'a URL with another query',
    `const u = new URL('postgres://db/app?schema=public&x=1'); u.searchParams.set('schema', 'mine'); export const answer = u.href;`,
    'postgres://db/app?x=1&schema=mine',
  ],
  [
    'a URL whose path is made of its path',
    'const u = new URL(`postgres://db/app`); u.pathname = `${u.pathname}_test`; export const answer = String(u);',
    'postgres://db/app_test',
  ],
  [
    'a URL whose path grows',
    `const make = () => { const u = new URL('postgres://db/app'); u.pathname += '_test'; u.searchParams.set('x', 1); return u; }; export const answer = make().toString();`,
    'postgres://db/app_test?x=1',
  ],
  [
    'a URL before it is changed',
    `const u = new URL('postgres://db/app'); const before = u.href; u.pathname = '/x'; export const answer = before;`,
    'postgres://db/app',
  ],
  ['url.parse', `import url from 'url'; export const answer = url.parse('postgres://db:5433/app').pathname;`, '/app'],
  ['pg-connection-string', `import { parse } from 'pg-connection-string'; export const answer = parse('postgres://me:pw@db:5433/app').database;`, 'app'],
  [
    'mongodb-connection-string-url',
    `import ConnectionString from 'mongodb-connection-string-url'; const u = new ConnectionString('mongodb://h:1/app'); export const answer = u.pathname;`,
    '/app',
  ],
  ['a query of an object', `import qs from 'node:querystring'; export const answer = '?' + qs.stringify({ schema: 'app', limit: 1 });`, '?schema=app&limit=1'],
  ['URLSearchParams', exported(`new URLSearchParams({ schema: 'app' }).toString()`), 'schema=app'],
  [
    'lodash merge',
    `import _ from 'lodash'; export const answer = _.merge({}, { db: { host: 'h', name: 'x' } }, { db: { name: 'app' } }).db;`,
    '{ host: h, name: app }',
  ],
  ['lodash defaults', `import { defaults } from 'lodash'; export const answer = defaults({ a: 1 }, { a: 2, b: 3 });`, '{ a: 1, b: 3 }'],
  [
    'lodash pick and omit',
    `import pick from 'lodash/pick'; import omit from 'lodash.omit'; export const answer = { ...pick({ a: 1, b: 2 }, ['a']), ...omit({ c: 3, d: 4 }, 'd') };`,
    '{ a: 1, c: 3 }',
  ],
  ['lodash get', `import { get } from 'lodash-es'; export const answer = get({ a: { b: 'app' } }, 'a.b', 'x') + get({}, 'a.b', '_y');`, 'app_y'],
  ['deepmerge', `import merge from 'deepmerge'; export const answer = merge({ a: { b: 1 } }, { a: { c: 2 } });`, '{ a: { b: 1, c: 2 } }'],
  ['ramda', `import * as R from 'ramda'; export const answer = R.path(['a', 'b'], { a: { b: 'app' } });`, 'app'],
  ['a clone', exported(`structuredClone({ db: 'app' }).db`), 'app'],
  ['a path', `import path from 'node:path'; export const answer = path.join('/tmp', 'a', '..', 'b');`, '/tmp/b'],
];

const runTable = (rows: readonly Row[]): void => {
  test.each(rows.map((row) => [...row] as const))('%s', (_, source, shown, environment = {}) => {
    expect(ask(source, { environment }).shown).toBe(shown);
  });
};

describe('values of the language', () => runTable(language));
describe('values from other files', () => runTable(modules));
describe('values through configuration packages', () => runTable(configuration));
describe('values that libraries change', () => runTable(transforms));

describe('where a value is decided', () => {
  test('in JSON', () => {
    const files = beside(`import s from './s.json'; export const answer = s.db.name;`, { 'src/s.json': `{\n  "db": { "name": "app" }\n}` });
    expect(ask(files).decided).toBe('src/s.json: "app"');
  });

  test('in YAML', () => {
    const files = beside(`import config from 'config'; export const answer = config.get('db.name');`, {
      'config/default.yml': 'db:\n  host: h\n  name: app\n',
    });
    expect(ask(files).decided).toBe('config/default.yml: app');
  });

  test('in the file of the deployment', () => {
    const files = beside(`import config from 'config'; export const answer = config.get('db.name');`, {
      'config/default.json': `{ "db": { "name": "a" } }`,
      'config/test.json': `{ "db": { "name": "b" } }`,
    });
    expect(ask(files).decided).toBe('config/test.json: "b"');
  });
});
