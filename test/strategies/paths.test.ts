import { describe, expect, test } from 'vitest';
import type { Fixed } from '../../src/project/fix.js';
import { manifest, planned, reasons, VITEST, type Files } from './planned.js';

test('a path that nothing else has, and one that is checked in', async () => {
  const write = (path: string): string => `import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'vitest';
const OUT = join(import.meta.dirname, '${path}');
beforeEach(() => {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
});
test('is written', () => writeFileSync(join(OUT, 'orders.csv'), ''));
`;
  const { after, left } = await planned({ ...VITEST, 'test/orders.test.js': write('exports'), 'test/bills.test.js': write('exports') });
  expect(left).toEqual([]);
  expect(after['test/orders.test.js']).toContain('const OUT = `${workerDirectory()}/exports`;');
  const kept = await planned({ ...VITEST, 'test/exports/first.csv': 'a', 'test/orders.test.js': write('exports'), 'test/bills.test.js': write('exports') });
  expect(kept.files).toEqual([]);
});

test('a path that is only removed stays, as whoever makes it goes on there', async () => {
  const file = (more: string): string => `import { rimraf } from 'rimraf';
import { mkdirSync } from 'node:fs';
import { afterAll, test } from 'vitest';
import { start } from 'the-node';
afterAll(() => rimraf('./node1'));
test('starts', async () => { ${more}await start(); });
`;
  const both = (more: string): Files => ({ ...VITEST, 'test/orders.test.js': file(more), 'test/bills.test.js': file(more) });
  const removed = await planned(both(''));
  expect(removed.files).toEqual([]);
  expect(reasons(removed)).toEqual(['who makes it is not seen, and would go on where it is']);
  expect((await planned(both("mkdirSync('./node1'); "))).left).toEqual([]);
});

test('a store that makes its folders by itself', async () => {
  const file = `import { Level } from 'level';
import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
const OUT = './stores';
const store = new Level(\`\${OUT}/orders\`);
afterAll(async () => {
  await store.close();
  rmSync(OUT, { recursive: true, force: true });
});
test('keeps', async () => {
  await store.open();
  await store.put('a', 'b');
  expect(await store.get('a')).toBe('b');
});
`;
  const { after, left } = await planned({ ...VITEST, 'test/orders.test.js': file, 'test/bills.test.js': file });
  expect(left).toEqual([]);
  expect(after['test/orders.test.js']).toContain('const OUT = `${workerDirectory()}/stores`;');
});

test('a path in a folder that the tests do not make', async () => {
  const write = (make: string): string => `import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'vitest';
const OUT = join(import.meta.dirname, 'site');
beforeEach(() => ${make});
test('is written', () => writeFileSync(join(OUT, 'assets/orders.csv'), ''));
`;
  const both = (make: string): Files => ({ ...VITEST, 'test/orders.test.js': write(make), 'test/bills.test.js': write(make) });
  expect(reasons(await planned(both("truncateSync(join(OUT, 'assets/orders.csv'))")))).toEqual([
    "no code of the suite makes the folder `test/site/assets`, so it would be missing below the worker's",
  ]);
  expect(reasons(await planned(both("mkdirSync(join(OUT, 'assets'))")))).toEqual([
    "no code of the suite makes the folder `test/site`, so it would be missing below the worker's",
  ]);
  expect((await planned(both("mkdirSync(join(OUT, 'assets'), { recursive: true })"))).after['test/orders.test.js']).toContain(
    'const OUT = `${workerDirectory()}/site`;',
  );
});

describe('a path that is found by where it lies', () => {
  const both = (path: string, more: Files = {}): Files => {
    const file = `import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, test } from 'vitest';
const OUT = join(import.meta.dirname, '${path}');
beforeEach(() => rmSync(OUT, { recursive: true, force: true }));
test('is written', () => writeFileSync(OUT, dirname(OUT)));
`;
    return { ...VITEST, ...more, 'test/orders.test.js': file, 'test/bills.test.js': file };
  };

  test.each([
    ['node_modules', {}, '`test/node_modules` is found by where it lies'],
    ['app/site.html', { 'test/app/server.js': '' }, '`test/app/site.html` lies in a folder of other files, which may look for it there'],
  ])('%s', async (path, more, why) => {
    const fixed = await planned(both(path, more));
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toEqual([why]);
  });

  test('what nothing uses any more is imported no longer', async () => {
    const { after } = await planned(both('site.html'));
    expect(after['test/orders.test.js']).toContain(
      "import { rmSync, writeFileSync } from 'node:fs';\nimport { dirname } from 'node:path';\nimport { beforeEach, test } from 'vitest';\nimport { workerDirectory } from 'isolation-audit/worker';\nconst OUT = `${workerDirectory()}/site.html`;\n",
    );
    const alone = Object.fromEntries(
      Object.entries(both('site.html')).map(([path, text]) => [
        path,
        typeof text === 'string' ? text.replace('dirname, ', '').replace('dirname(OUT)', "''") : text,
      ]),
    );
    expect((await planned(alone)).after['test/orders.test.js']).not.toContain('node:path');
  });
});

describe('a path in the temporary directory', () => {
  const both = (declared: string, more = ''): Files => {
    const file = `const fs = require('fs');
const os = require('os');
const path = require('path');
const { beforeEach, test } = require('vitest');
const { serve } = require('../src/serve');

${declared}
beforeEach(() => fs.rmSync(OUT, { recursive: true, force: true }));
test('is written', () => fs.writeFileSync(OUT, ''));
${more}`;
    return {
      'package.json': manifest('vitest', 'vitest run'),
      'src/serve.js': 'exports.serve = (folder) => folder;\n',
      'test/orders.test.js': file,
      'test/bills.test.js': file,
    };
  };

  test.each([
    ["const OUT = path.join(os.tmpdir(), 'orders.csv');", "const OUT = path.join(workerDirectory(), 'orders.csv');"],
    ["const OUT = path.join(os.tmpdir(), ['orders', 'csv'].join('.'));", "const OUT = path.join(workerDirectory(), ['orders', 'csv'].join('.'));"],
    ["const OUT = os.tmpdir() + path.sep + 'orders.csv';", "const OUT = workerDirectory() + path.sep + 'orders.csv';"],
    ['const OUT = `${fs.realpathSync(os.tmpdir())}/orders.csv`;', 'const OUT = `${fs.realpathSync(workerDirectory())}/orders.csv`;'],
    [
      "const folder = os.tmpdir();\nconst OUT = path.join(folder, 'orders.csv');",
      "const folder = workerDirectory();\nconst OUT = path.join(folder, 'orders.csv');",
    ],
    [
      "const folder = os.tmpdir();\nconst OUT = path.join(folder, 'orders.csv');\nconst OTHER = path.join(folder, 'bills.csv');",
      "const folder = os.tmpdir();\nconst OUT = path.join(workerDirectory(), 'orders.csv');\nconst OTHER = path.join(folder, 'bills.csv');",
    ],
  ])('takes the place of that directory alone: %s', async (declared, expected) => {
    const { after } = await planned(both(declared));
    const keepsOs = expected.includes('os.tmpdir()') ? "const os = require('os');\n" : '';
    expect(after['test/orders.test.js']).toContain(
      `const fs = require('fs');\n${keepsOs}const path = require('path');\nconst { beforeEach, test } = require('vitest');\nconst { serve } = require('../src/serve');\nconst { workerDirectory } = require('isolation-audit/worker');\n\n${expected}\n`,
    );
  });

  test('stays where a program of the project starts Mocha, which the library would not know', async () => {
    const files = both("const OUT = path.join(os.tmpdir(), 'orders.csv');");
    const text = (files['test/orders.test.js'] as string).replace("const { beforeEach, test } = require('vitest');\n", '').replace('test(', 'it(');
    const started = (script: string): Promise<Fixed> =>
      planned({ ...files, 'package.json': manifest('mocha', script), 'test/orders.test.js': text, 'test/bills.test.js': text });
    expect(reasons(await started('node test/run.js'))).toEqual([
      'no command is seen to start Mocha, and the library would not know the worker: set `ISOLATION_AUDIT_SLOT=lease` where the tests are started, in a script of package.json, and repair again',
    ]);
    expect((await started('nyc mocha --parallel')).files).toHaveLength(2);
  });

  test('an import that goes gives its line to the new one', async () => {
    const file = `import fs from 'node:fs';\nimport { tmpdir } from 'node:os';\nimport { test } from './base.js';\n\nconst OUT = tmpdir() + '/orders.csv';\ntest('is written', () => fs.writeFileSync(OUT, ''));\n`;
    const { after } = await planned({
      ...VITEST,
      'test/base.js': "export { test } from 'vitest';\n",
      'test/orders.test.js': file,
      'test/bills.test.js': file,
    });
    expect(after['test/orders.test.js']).toContain(
      "import fs from 'node:fs';\nimport { workerDirectory } from 'isolation-audit/worker';\nimport { test } from './base.js';\n\nconst OUT = workerDirectory() + '/orders.csv';\n",
    );
  });

  test('stays where the directory itself is handed on', async () => {
    const fixed = await planned(both("const OUT = path.join(os.tmpdir(), 'orders.csv');", "test('is served', () => serve(os.tmpdir()));\n"));
    expect(fixed.files).toEqual([]);
    expect(reasons(fixed)).toEqual(['`test/bills.test.js` hands on the directory around it, where others look for it']);
  });
});

test('a path that is put below another folder later stays', async () => {
  const file = `import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'vitest';
const name = 'orders.csv';
const OUT = join(import.meta.dirname, name);
beforeEach(() => rmSync(OUT, { force: true }));
test('is written', () => writeFileSync(OUT, ''));
`;
  const fixed = await planned({ ...VITEST, 'test/orders.test.js': file, 'test/bills.test.js': file });
  expect(fixed.files).toEqual([]);
});
