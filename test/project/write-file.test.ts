import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFileAtomic } from '../../src/project/write-file.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'isolation-audit-write-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a device is written to and not replaced', () => {
  const link = join(folder, 'nowhere');
  symlinkSync('/dev/null', link);
  writeFileAtomic(link, 'report');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

test('a link stays, and the file behind it gets the content', () => {
  const file = join(folder, 'real.md');
  const link = join(folder, 'link.md');
  writeFileSync(file, 'old');
  symlinkSync(file, link);
  writeFileAtomic(link, 'new');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('new');
});
