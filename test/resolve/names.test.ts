import { describe, expect, test } from 'vitest';
import { ask, type Files, type Given } from './ask.js';

type Row = readonly [what: string, source: string | Files, shown: string, per: string, given?: Given];
const exported = (expression: string): string => `export const answer = ${expression};`;

const workers: readonly Row[] = [
  ['the worker id', exported('`app_${process.env.VITEST_POOL_ID}`'), 'app_{worker env:VITEST_POOL_ID}', 'worker'],
  ['the worker id of Jest', exported('`app_${process.env.JEST_WORKER_ID}`'), 'app_{worker env:JEST_WORKER_ID}', 'worker', { runner: 'jest' }],
  ['the worker id with a default', exported(`'app_' + (process.env.JEST_WORKER_ID ?? '1')`), 'app_{worker env:JEST_WORKER_ID}', 'worker', { runner: 'jest' }],
  [
    'the worker id with a falsy default',
    exported(`'app_' + (process.env.JEST_WORKER_ID || 'x')`),
    'app_{worker env:JEST_WORKER_ID}',
    'worker',
    { runner: 'jest' },
  ],
  [
    'the worker id, destructured with a default',
    `const { VITEST_POOL_ID = '1' } = process.env; export const answer = 'app_' + VITEST_POOL_ID;`,
    'app_{worker env:VITEST_POOL_ID}',
    'worker',
  ],
  ['the worker id as a number', exported('`app_${Number(process.env.VITEST_POOL_ID)}`'), 'app_{worker env:VITEST_POOL_ID}', 'worker'],
  ['parseInt of the worker id', exported(`parseInt(process.env.JEST_WORKER_ID || '1', 10)`), '{worker env:JEST_WORKER_ID}', 'worker', { runner: 'jest' }],
  ['a port of a worker', exported(`4000 + Number(process.env.VITEST_POOL_ID)`), '4000+{worker env:VITEST_POOL_ID}', 'worker'],
  ['a remainder of the worker id', exported(`Number(process.env.VITEST_POOL_ID) % 16`), '{worker env:VITEST_POOL_ID}', 'worker'],
  ['the id of another runner', exported('`app_${process.env.JEST_WORKER_ID}`'), 'app_{environment env:JEST_WORKER_ID}', 'environment'],
  [
    'the id of another runner with a default',
    exported(`'app_' + (process.env.JEST_WORKER_ID ?? '1')`),
    'app_{environment env:JEST_WORKER_ID} | app_1',
    'constant',
  ],
  [
    'a variable to which a setup file adds the worker',
    {
      'src/a.test.ts': `export const answer = process.env.FILE;`,
      'setup.ts':
        "if (!process.env.FILE) { process.env.FILE = 'app.db'; }\nconst own = process.env.FILE.replace(/\\.db$/, `_${process.env.VITEST_POOL_ID}.db`);\nprocess.env.FILE = own;",
    },
    'app_{worker env:VITEST_POOL_ID}.db',
    'worker',
    { setupFiles: ['setup.ts'], environment: { FILE: 'app.db' } },
  ],
  [
    'a helper that adds the worker',
    {
      'src/a.test.ts': `import { named } from './names'; export const answer = named('app');`,
      'src/names.ts': 'const slot = process.env.VITEST_POOL_ID ?? "0"; export const named = (base: string) => `${base}_${slot}`;',
    },
    'app_{worker env:VITEST_POOL_ID}',
    'worker',
  ],
  [
    'a URL of a worker',
    'const u = new URL(`postgres://db/app`); u.pathname = `/app_${process.env.VITEST_POOL_ID}`; export const answer = u.href;',
    'postgres://db/app_{worker env:VITEST_POOL_ID}',
    'worker',
  ],
  [
    'parallelIndex of Playwright',
    `import { test } from '@playwright/test'; export const answer = 'app_' + test.info().parallelIndex;`,
    'app_{worker testInfo.parallelIndex}',
    'worker',
    { runner: 'playwright' },
  ],
  ['the process', exported('`app_${process.pid}`'), 'app_{worker pid}', 'worker'],
  ['the process of an import', `import { pid } from 'node:process'; export const answer = 'app_' + pid;`, 'app_{worker pid}', 'worker'],
  ['the thread', `import { threadId } from 'node:worker_threads'; export const answer = 'app_' + threadId;`, 'app_{worker thread id}', 'worker'],
];

const files: readonly Row[] = [
  ['the file itself', exported('__filename'), '<root>/src/a.test.ts', 'constant'],
  ['the name of the file', `import path from 'node:path'; export const answer = path.basename(__filename, '.ts');`, 'a.test', 'constant'],
  [
    'the file by URL',
    `import { basename } from 'node:path'; import { fileURLToPath } from 'node:url'; export const answer = basename(fileURLToPath(import.meta.url));`,
    'a.test.ts',
    'constant',
  ],
  [
    'a helper gives its own file',
    { 'src/a.test.ts': `import { name } from './names'; export const answer = name;`, 'src/names.ts': `export const name = import.meta.url;` },
    'file://<root>/src/names.ts',
    'constant',
  ],
  [
    'a helper is given the file',
    {
      'src/a.test.ts': `import { named } from './names'; export const answer = named(import.meta.filename);`,
      'src/names.ts': `import path from 'node:path'; export const named = (file) => 'app_' + path.basename(file, '.test.ts');`,
    },
    'app_a',
    'constant',
  ],
  ['the path of the running test', exported(`'app_' + expect.getState().testPath`), 'app_{file test file}', 'file', { runner: 'jest' }],
];

const tests: readonly Row[] = [
  ['the running test in Jest', exported(`'app_' + expect.getState().currentTestName`), 'app_{test test name}', 'test', { runner: 'jest' }],
  [
    'the running test in Vitest',
    `import { expect } from 'vitest'; export const answer = 'app_' + expect.getState().currentTestName;`,
    'app_{test test name}',
    'test',
  ],
  [
    'the title in Playwright',
    `import { test } from '@playwright/test'; export const answer = 'app_' + test.info().title;`,
    'app_{test test name}',
    'test',
    { runner: 'playwright' },
  ],
  ['the title in Mocha', `export const answer = f(); function f() { return 'app_' + this.test.title; }`, 'app_{test test name}', 'test', { runner: 'mocha' }],
  [
    'the whole title in Mocha',
    `export const answer = f(); function f() { return 'app_' + this.currentTest.fullTitle(); }`,
    'app_{test test name}',
    'test',
    { runner: 'mocha' },
  ],
];

const calls: readonly Row[] = [
  ['a UUID', `import { randomUUID } from 'node:crypto'; export const answer = 'app_' + randomUUID();`, 'app_{call uuid}', 'call'],
  [
    'a UUID without dashes',
    `import { randomUUID } from 'crypto'; export const answer = 'app_' + randomUUID().replaceAll('-', '').slice(0, 8);`,
    'app_{call uuid}',
    'call',
  ],
  ['the global UUID', exported(`crypto.randomUUID()`), '{call uuid}', 'call'],
  ['the clock', exported('`app_${Date.now()}`'), 'app_{call clock}', 'call'],
  ['the clock as a date', exported('`app_${new Date().toISOString()}`'), 'app_{call clock}', 'call'],
  ['the clock with another base', exported(`'app_' + Date.now().toString(36)`), 'app_{call clock}', 'call'],
  ['the time of a date', exported(`new Date().getTime()`), '{call clock}', 'call'],
  ['a random number', exported(`'app_' + Math.random().toString(36).slice(2)`), 'app_{call random}', 'call'],
  ['a random number of few', exported(`'app_' + Math.floor(Math.random() * 1000)`), 'app_{call random of 1000}', 'constant'],
  ['a random port', exported(`3000 + Math.floor(Math.random() * 1000)`), '3000+{call random of 1000}', 'constant'],
  ['a remainder of the clock', exported(`Date.now() % 10000`), '{call clock of 10000}', 'constant'],
  ['a remainder of the process', exported(`process.pid % 100`), '{worker pid of 100}', 'constant'],
  [
    'random bytes',
    `import { randomBytes } from 'node:crypto'; export const answer = 'app_' + randomBytes(4).toString('hex');`,
    'app_{call random bytes}',
    'call',
  ],
  [
    'one random byte',
    `import { randomBytes } from 'node:crypto'; export const answer = 'app_' + randomBytes(1).toString('hex');`,
    'app_{call random bytes of 256}',
    'constant',
  ],
  ['a random integer', `import { randomInt } from 'node:crypto'; export const answer = randomInt(1000);`, '{call randomInt of 1000}', 'constant'],
  [
    'a random integer between two',
    `import { randomInt } from 'node:crypto'; export const answer = randomInt(3000, 4000);`,
    '{call randomInt of 1000}',
    'constant',
  ],
  ['nanoid', `import { nanoid } from 'nanoid'; export const answer = 'app_' + nanoid();`, 'app_{call nanoid}', 'call'],
  ['a short nanoid', `import { nanoid } from 'nanoid'; export const answer = 'app_' + nanoid(2);`, 'app_{call nanoid of 4096}', 'constant'],
  ['uuid', `import { v4 as uuid } from 'uuid'; export const answer = 'app_' + uuid();`, 'app_{call uuid}', 'call'],
  [
    'a temporary folder',
    `import os from 'node:os'; import path from 'node:path'; import fs from 'node:fs'; export const answer = fs.mkdtempSync(path.join(os.tmpdir(), 'app-'));`,
    '<tmp>/app-{call mkdtemp}',
    'call',
  ],
  [
    'a counter of the process',
    `import uniqueId from 'lodash/uniqueId'; export const answer = uniqueId('app_');`,
    'app_{?a counter that starts anew in every process}',
    'unknown',
  ],
];

const hashes: readonly Row[] = [
  [
    'a hash of known text',
    `import { createHash } from 'node:crypto'; export const answer = 'app_' + createHash('md5').update('a').digest('hex');`,
    'app_md5(a)',
    'constant',
  ],
  [
    'a piece of a hash of known text',
    `import crypto from 'crypto'; export const answer = crypto.createHash('sha1').update(__filename).digest('hex').slice(0, 8);`,
    'sha1(<root>/src/a.test.ts)[0,8]',
    'constant',
  ],
  [
    'a hash of the worker',
    `import crypto from 'crypto'; export const answer = 'app_' + crypto.createHash('sha1').update('x' + process.env.VITEST_POOL_ID).digest('hex').substring(0, 8);`,
    'app_{worker env:VITEST_POOL_ID}',
    'worker',
  ],
  [
    'a hash of the test',
    `import crypto from 'crypto'; export const answer = crypto.createHash('md5').update(expect.getState().currentTestName).digest('hex');`,
    '{test test name}',
    'test',
    { runner: 'jest' },
  ],
  [
    'a number of a hash',
    `import crypto from 'crypto'; export const answer = parseInt(crypto.createHash('md5').update(expect.getState().testPath).digest('hex').slice(0, 4), 16) % 10000;`,
    '{file test file of 10000}',
    'constant',
    { runner: 'jest' },
  ],
  [
    'a number of a hash of known text',
    `import crypto from 'crypto'; export const answer = parseInt(crypto.createHash('md5').update(__filename).digest('hex'), 16) % 10000;`,
    '?an operation that is not followed',
    'unknown',
  ],
];

const runTable = (rows: readonly Row[]): void => {
  test.each(rows.map((row) => [...row] as const))('%s', (_, source, shown, per, given = {}) => {
    const asked = ask(source, given);
    expect({ shown: asked.shown, per: asked.uniquePer }).toEqual({ shown, per });
  });
};

describe('names per worker', () => runTable(workers));
describe('names per file', () => runTable(files));
describe('names per test', () => runTable(tests));
describe('names per call', () => runTable(calls));
describe('names of hashes', () => runTable(hashes));
