import { readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileFacts } from '../../src/model/facts.js';
import { cacheFolder } from '../../src/project/cache-folder.js';
import { openFactCache, type FactCache } from '../../src/project/fact-cache.js';
import { walk } from '../../src/project/walk.js';
import { tree } from './tree.js';

const facts = (path: string): FileFacts => ({
  language: 'typescript',
  path,
  bindings: [],
  functions: [],
  calls: [],
  imports: [],
  exports: [],
  gaps: [],
  lines: [0],
  directives: [],
});
const open = (root: string, version = '1.0.0'): FactCache => openFactCache(walk(root), version);
const never = (): string | undefined => {
  throw new Error('the text was asked for');
};

/** A project whose facts have been kept. */
function kept(): string {
  const root = tree({ 'node_modules/x.txt': '', 'a.ts': 'const a = "ü";\n', 'b.ts': 'b' });
  const cache = open(root);
  cache.put('a.ts', 'const a = "ü";\n', facts('a.ts'));
  cache.put('b.ts', 'b', facts('b.ts'));
  cache.save();
  return root;
}

describe('a second run', () => {
  test('has the facts without reading the file', () => {
    expect(open(kept()).get('a.ts', never)).toEqual(facts('a.ts'));
  });

  test('compares the content when only the time has changed, and asks once', () => {
    const root = kept();
    utimesSync(join(root, 'a.ts'), 1, 1);
    const cache = open(root);
    expect(cache.get('a.ts', () => readFileSync(join(root, 'a.ts'), 'utf8'))).toEqual(facts('a.ts'));
    cache.save();
    expect(open(root).get('a.ts', never)).toEqual(facts('a.ts'));
  });

  test('does not believe facts of changed content, of the same size or not', () => {
    const root = kept();
    writeFileSync(join(root, 'a.ts'), 'const a = "ö";\n');
    utimesSync(join(root, 'a.ts'), 1, 1);
    writeFileSync(join(root, 'b.ts'), 'longer');
    const cache = open(root);
    expect(cache.get('a.ts', () => 'const a = "ö";\n')).toBeUndefined();
    expect(cache.get('b.ts', never)).toBeUndefined();
  });

  test('forgets files that are gone', () => {
    const root = kept();
    rmSync(join(root, 'a.ts'));
    open(root).save();
    expect(readFileSync(join(cacheFolder(root), 'facts.ndjson'), 'utf8')).not.toContain('"a.ts"');
  });

  test('of another version starts anew', () => {
    const root = kept();
    expect(open(root, '1.0.1').get('a.ts', never)).toBeUndefined();
  });
});

test.each([
  ['cut off', (file: string) => truncateSync(file, 120)],
  ['empty', (file: string) => truncateSync(file, 0)],
  ['foreign', (file: string) => writeFileSync(file, '{"some":"json"}\n')],
  ['binary', (file: string) => writeFileSync(file, Buffer.from([0, 1, 2, 255]))],
  ['with a false count', (file: string) => writeFileSync(file, `${JSON.stringify({ kind: 'isolation-audit facts', version: '1.0.0', files: 5, data: 0 })}\n`)],
  ['with damaged facts', (file: string) => writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"bindings"', '"bindings'))],
])('a cache that is %s is ignored and rewritten', (_, damage) => {
  const root = kept();
  damage(join(cacheFolder(root), 'facts.ndjson'));
  const cache = open(root);
  expect(cache.get('a.ts', never)).toBeUndefined();
  cache.put('a.ts', 'const a = "ü";\n', facts('a.ts'));
  cache.save();
  expect(open(root).get('a.ts', never)).toEqual(facts('a.ts'));
});

test('other data is kept while its stamp is the same', () => {
  const root = tree({ 'node_modules/x.txt': '' });
  const cache = open(root);
  expect(cache.remember('ci', 'stamp 1', () => ({ jobs: ['a\nb'] }))).toEqual({ jobs: ['a\nb'] });
  cache.save();
  expect(open(root).remember('ci', 'stamp 1', never)).toEqual({ jobs: ['a\nb'] });
  expect(open(root).remember('ci', 'stamp 2', () => 'new')).toBe('new');
});

test('a project without node_modules has nothing written into it', () => {
  const root = tree({ 'a.ts': '' });
  expect(cacheFolder(root).startsWith(root)).toBe(false);
});
