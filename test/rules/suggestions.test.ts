import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { walk } from '../../src/project/walk.js';
import { folderOf, lintText, projects, type Said } from './projects.js';

/** The same text as it is, with tabs, with CRLF, and with a byte order mark. */
const HANDS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2)),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `\uFEFF${text}`,
];

const collide = projects.filter((name) => name.endsWith('/collides'));
const filesOf = (name: string): readonly string[] => walk(folderOf(name)).files.filter((path) => /\.[cm]?[jt]sx?$/.test(path));
const ids = (said: readonly Said[]): string[] => said.map(({ rule }) => rule).sort();

function repaired(text: string, { repair }: Said): string {
  const { range, text: by } = repair!;
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  return text.slice(0, range[0] + bom) + by + text.slice(range[1] + bom);
}

test.each(collide)('what is suggested in %s can be read, takes its finding away and brings none', (name) => {
  const root = folderOf(name);
  for (const path of filesOf(name)) {
    const written = readFileSync(join(root, path), 'utf8');
    if (!lintText(root, path, written).some((each) => each.repair)) continue;
    for (const write of HANDS) {
      const text = write(written);
      const before = lintText(root, path, text);
      for (const finding of before) {
        if (!finding.repair) continue;
        const after = repaired(text, finding);
        const left = ids(before.filter((each) => each !== finding));
        expect(ids(lintText(root, path, after)), after).toEqual(left);
        expect(after.includes('\r\n'), after).toBe(text.includes('\r\n'));
        if (text.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
        if (text.includes('\t')) expect(after).not.toMatch(/^ {2}/m);
      }
    }
  }
});

test('most of what tests leave behind can be repaired', () => {
  const all = collide
    .filter((name) => /^(?:leaked|missing|shared-global)/.test(name))
    .flatMap((name) => filesOf(name).flatMap((path) => lintText(folderOf(name), path, readFileSync(join(folderOf(name), path), 'utf8'))));
  expect(all.filter((each) => each.repair).length / all.length).toBeGreaterThan(0.7);
});
