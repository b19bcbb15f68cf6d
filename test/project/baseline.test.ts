import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBaseline, writeBaseline } from '../../src/project/baseline.js';
import { UserError } from '../../src/project/user-error.js';
import { writeFileAtomic, writeForUser } from '../../src/project/write-file.js';
import { tree } from './tree.js';

const entries = [
  { fingerprint: 'b2', rule: 'shared-path', file: 'test/b.test.ts' },
  { fingerprint: 'a1', rule: 'fixed-port', file: 'test/a.test.ts' },
];

test('what is written is read again, and the order of entries changes no byte', () => {
  const root = tree({});
  writeBaseline(join(root, 'one.json'), entries);
  writeBaseline(join(root, 'two.json'), [...entries].reverse());
  expect([...(readBaseline(join(root, 'one.json'))?.fingerprints ?? [])].sort()).toEqual(['a1', 'b2']);
  expect(readFileSync(join(root, 'two.json'), 'utf8')).toBe(readFileSync(join(root, 'one.json'), 'utf8'));
});

test('no baseline is no error', () => {
  expect(readBaseline(join(tree({}), 'gone.json'))).toBeUndefined();
});

test.each([
  ['{ "kind": ', /not valid JSON/],
  ['[]', /is not a baseline/],
  [JSON.stringify({ results: [] }), /is not a baseline/],
  [JSON.stringify({ kind: 'isolation-audit baseline', version: 99, findings: {} }), /has version 99/],
  [JSON.stringify({ kind: 'isolation-audit baseline', version: 1 }), /has no `findings`/],
  [JSON.stringify({ kind: 'isolation-audit baseline', version: 1, findings: { 'a.ts': 1 } }), /damaged at `findings\["a\.ts"\]`/],
])('%s is refused with what to do', (content, message) => {
  const file = join(tree({ 'baseline.json': content }), 'baseline.json');
  expect(() => readBaseline(file, 'baseline.json')).toThrow(message);
  expect(() => readBaseline(file, 'baseline.json')).toThrow(/--update-baseline/);
});

describe('writing', () => {
  test('replaces a file whole, keeps its mode and leaves nothing beside it', () => {
    const root = tree({ 'report.md': 'old' });
    chmodSync(join(root, 'report.md'), 0o640);
    writeFileAtomic(join(root, 'report.md'), 'new');
    expect(readFileSync(join(root, 'report.md'), 'utf8')).toBe('new');
    expect(readdirSync(root)).toEqual(['report.md']);
  });

  test('that fails says so with the path and leaves the old file', () => {
    const root = tree({ 'a.txt': 'x' });
    mkdirSync(join(root, 'report.md'));
    expect(() => writeForUser(join(root, 'report.md'), 'x', 'the report')).toThrow(/Cannot write the report to .*report\.md: it is a folder/);
    expect(() => writeForUser(join(root, 'a.txt', 'report.md'), 'x', 'the report')).toThrow(UserError);
    writeFileSync(join(root, 'a.txt'), 'still writable');
    expect(readdirSync(root).sort()).toEqual(['a.txt', 'report.md']);
  });
});
