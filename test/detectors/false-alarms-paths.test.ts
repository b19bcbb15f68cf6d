import { describe, expect, test } from 'vitest';
import { places, type Case } from './audit.js';

const spec = (body: string, imports = ''): string =>
  `import { test } from 'vitest'; import fs from 'node:fs'; import { tmpdir } from 'node:os'; import { join } from 'node:path'; import { randomUUID } from 'node:crypto';\n${imports}\n${body}\n`;

const SHOP = `const cwd = join(import.meta.dirname, 'fixtures/shop');`;
const work = (body: string): string => spec(`${SHOP}\ntest('a', () => { ${body} });`, `import { run } from './tool.test-utils';`);

/** Classes of code in which a finding about paths and about what is left on the disk was wrong, met in real repositories. */
const cases: readonly Case[] = [
  ...(
    [
      ['that all empty', `fs.rmSync(folder, { recursive: true });`, ['a.test.ts:3']],
      ['that nobody touches', '', ['a.test.ts:4']],
    ] as const
  ).map(([what, empties, finds]) => ({
    what: `what one file alone writes in a folder ${what}`,
    rule: 'shared-path',
    files: {
      'a.test.ts': spec(`const folder = join(tmpdir(), 'till');\ntest('a', () => { ${empties} fs.writeFileSync(join(folder, 'a.txt'), 'a'); });`),
      'b.test.ts': spec(`const folder = join(tmpdir(), 'till');\ntest('b', () => { ${empties} });`),
    },
    finds,
  })),
  ...(
    [
      ['own files', (name: string) => `new Ledger('${name}/ledger.json')`, []],
      ['the default', () => `new Ledger()`, ['src/ledger.ts:2']],
    ] as const
  ).map(([what, make, finds]) => ({
    what: `a path that an object gets as a part of what a function gives, of ${what}`,
    rule: 'shared-path',
    files: {
      'src/ledger.ts': `import { writeFileSync } from 'node:fs';
const DEFAULT = 'ledger.json';
const pathsOf = (file, root) => { if (!root) root = process.cwd(); return [file, root]; };
export class Ledger {
  constructor(file = null, root = null) { [this.file, this.root] = pathsOf(file, root); this.file = this.file || DEFAULT; }
  save() { writeFileSync(this.file, '{}'); }
}
`,
      ...Object.fromEntries(
        ['a', 'b'].map((each) => [`${each}.test.ts`, spec(`test('${each}', () => { ${make(each)}.save(); });`, `import { Ledger } from './src/ledger';`)]),
      ),
    },
    finds,
  })),
  ...(
    [
      ['removes what it puts there itself', `run({ cwd }); fs.rmSync(join(cwd, 'orders.db'));`, []],
      ['writes to a file of the project', `run({ cwd }); fs.writeFileSync(join(cwd, 'package.json'), '{}');`, ['a.test.ts:4']],
    ] as const
  ).map(([what, does, finds]) => ({
    what: `a test that ${what} in a folder that another works on`,
    rule: 'shared-path',
    files: {
      'tool.test-utils.ts': `export const run = (options: { cwd: string }): string => options.cwd;`,
      'a.test.ts': work(does),
      'b.test.ts': work(`run({ cwd });`),
    },
    finds,
  })),
  ...(
    [
      ['the product only looks at', `isFile(path);`, []],
      ['the product writes', `save(path);`, ['a.test.ts:3']],
      ['the test reads itself', `run(path); fs.readFileSync(path);`, ['a.test.ts:3']],
    ] as const
  ).map(([what, does, finds]) => ({
    what: `a temporary path that ${what}`,
    rule: 'missing-cleanup',
    files: {
      'disk.ts': `import fs from 'node:fs';
export const isFile = (path: string): boolean => fs.existsSync(path) && fs.statSync(path).isFile();
export const save = (path: string): void => { fs.writeFileSync(path, '1'); };`,
      'a.test.ts': spec(`test('a', () => { const path = join(tmpdir(), randomUUID()); ${does} });`, `import { isFile, save } from './disk';`),
    },
    finds,
  })),
  ...(
    [
      ['gives nothing for a key that it refuses', `key.startsWith(root) ? key : undefined`, []],
      ['gives a folder of the project', `key.startsWith(root) ? 'orders/all' : undefined`, ['disk.ts:4']],
    ] as const
  ).map(([what, gives, finds]) => ({
    what: `a file beside the path of a function that ${what}`,
    rule: 'shared-path',
    files: {
      'disk.ts': `import fs from 'node:fs';
const pathOf = (root: string, key: string): string | undefined => ${gives};
export const forget = (root: string, key: string): void => {
  const path = pathOf(root, key); if (!path) return; fs.unlinkSync(path + '.meta.json');
};`,
      ...Object.fromEntries(
        ['a', 'b'].map((name) => [
          `${name}.test.ts`,
          spec(`test('a', () => { forget(fs.mkdtempSync(join(tmpdir(), 'x-')), process.argv[2]); });`, `import { forget } from './disk';`),
        ]),
      ),
    },
    finds,
  })),
];

describe('false alarms about paths', () => {
  for (const { what, rule, files, given, finds = [] } of cases) {
    test(`${rule}: ${what}`, () => {
      expect(places(rule, files, given)).toEqual(finds);
    });
  }
});
