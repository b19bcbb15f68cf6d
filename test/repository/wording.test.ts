import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** House style, section 7: what the tool says is plain, in the present tense, and begs nobody. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const BANNED: readonly (readonly [string, RegExp])[] = [
  ['should', /\bshould\b/i],
  ['please', /\bplease\b/i],
  ['an exclamation mark', /!(?![=[])/],
  ['an emoji', /\p{Extended_Pictographic}/u],
];

function filesBelow(folder: string, wanted: (name: string) => boolean): readonly string[] {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && wanted(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .sort();
}

/** Code of the audited project is quoted as it is. */
const withoutCode = (text: string): string => text.replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '').replace(/(?<!`)(`+)(?!`)[^\n]+?(?<!`)\1(?!`)/g, '``');

/** Text and template literals of at least three words: what a person reads. */
function sentences(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)]
    .map(([, quoted, template]) => (quoted ?? template ?? '').replace(/\$\{[^}]*\}/g, 'x').replace(/\\`[^`]*\\`/g, '``'))
    .filter((text) => /^[A-Z`x][^\n=<>]*\w \w+ \w+.*\.$/.test(text.trim()));
}

const faults = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => BANNED.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${what}: ${line.trim()}`));

const recorded = [
  ...filesBelow('test', (name) => /\.(md|terminal|report)\.txt$/.test(name)),
  ...filesBelow('fixtures/suites', (name) => name === 'report.txt'),
];
const spoken = filesBelow('src', (name) => name.endsWith('.ts'));

describe('wording', () => {
  test('there is something to read', () => {
    expect(recorded.length).toBeGreaterThan(1);
    expect(spoken.flatMap((file) => sentences(readFileSync(join(ROOT, file), 'utf8'))).length).toBeGreaterThan(20);
  });

  test('the check itself finds what it looks for', () => {
    expect(faults(withoutCode('You should `!x`\nplease\nDone!\n\u{1F389}\n```\n!\n```\nfine: `a!`'))).toHaveLength(4);
    expect(faults(sentences("throw new UserError('Please do it again.'); const x = 'a != b or so.';").join('\n'))).toEqual(['please: Please do it again.']);
  });

  test.each(recorded)('%s', (file) => {
    expect(faults(withoutCode(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  test('sentences in the source', () => {
    const found = spoken.flatMap((file) => faults(sentences(readFileSync(join(ROOT, file), 'utf8')).join('\n')).map((fault) => `${file}: ${fault}`));
    expect(found).toEqual([]);
  });
});
