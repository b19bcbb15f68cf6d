/** The fixture projects as ESLint and a scan see them. Knows folders and parsers, and no rule. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import plugin from '../../rules/plugin.js';

const suites = fileURLToPath(new URL('../../fixtures/suites', import.meta.url));
const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/** Every project of the fixtures, relative to the folder that holds them. */
export const projects: readonly string[] = folders(suites).flatMap((rule) =>
  folders(join(suites, rule)).flatMap((scenario) =>
    rule === 'clean' ? [`clean/${scenario}`] : folders(join(suites, rule, scenario)).map((twin) => `${rule}/${scenario}/${twin}`),
  ),
);

export const folderOf = (project: string): string => join(suites, project);

/** A finding as both faces say it. */
export interface Said {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** The edit of its suggestion or fix. */
  readonly repair?: { readonly range: readonly [number, number]; readonly text: string };
}

const TYPESCRIPT = { files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser } } as unknown as Linter.Config;
const SCRIPTS: Linter.Config = { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } };

/** What ESLint says of a file with all our rules on, possible findings included; `tail` is text that the disk does not have. */
export const lint = (root: string, path: string, index?: string, tail = ''): readonly Said[] =>
  lintText(root, path, readFileSync(join(root, path), 'utf8') + tail, index);

export function lintText(root: string, path: string, text: string, index?: string): readonly Said[] {
  const linter = new Linter({ cwd: root, configType: 'flat' });
  const settings: Linter.Config[] = index === undefined ? [] : [{ settings: { 'isolation-audit': { index } } }];
  const messages = linter.verify(text, [...plugin.configs.strict, TYPESCRIPT, SCRIPTS, ...settings], { filename: join(root, path) });
  return messages.map(({ ruleId, line, column, message, fatal, fix, suggestions }) => {
    if (fatal) throw new Error(`${path}: ${message}`);
    const repair = fix ?? suggestions?.[0]?.fix;
    return { rule: (ruleId ?? '').replace('isolation-audit/', ''), path, line, column, ...(repair ? { repair } : {}) };
  });
}

export const sortedSaid = (all: readonly Said[]): string[] => all.map(({ rule, path, line, column }) => `${path}:${line}:${column} ${rule}`).sort();
