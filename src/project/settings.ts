import { existsSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { LibraryEntry } from '../model/catalogue.js';
import type { Confidence } from '../model/finding.js';
import { isObject, parseJson } from './json-file.js';
import { loadModule } from './load-module.js';
import { readText } from './read-text.js';
import { checkSettings } from './settings-check.js';
import { UserError } from './user-error.js';

/** The least confidence at which a rule speaks, or not at all. */
export type RuleSetting = 'off' | Confidence;

/** The content of `isolation-audit.config.*` or of the key `isolation-audit` in package.json. */
export interface Settings {
  /** Folders to audit, relative to the project. Default: the project itself. */
  readonly roots?: readonly string[];
  /** Globs of test files to audit; others are left out of the report. Default: all that the runners load. */
  readonly include?: readonly string[];
  /** Globs of test files to leave out. */
  readonly exclude?: readonly string[];
  /** By rule id: `off`, or the least confidence that is reported. `likely` hides what is only possible. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Entries for a team's own clients, in the shape of the built-in ones. */
  readonly catalogue?: readonly LibraryEntry[];
  /** Names that are known to be the test's own. A `*` stands for any text: `tmp_*`. */
  readonly safeNames?: readonly string[];
  /** The confidence from which findings make the exit status 1. */
  readonly failOn?: Confidence | 'never';
  /** Path of the baseline. */
  readonly baseline?: string;
}

export interface ReadSettings {
  readonly settings: Settings;
  /** Relative to the root; absent where the project has none. */
  readonly path?: string;
}

export const SETTINGS_FILES = [
  'isolation-audit.config.ts',
  'isolation-audit.config.mts',
  'isolation-audit.config.js',
  'isolation-audit.config.mjs',
  'isolation-audit.config.cjs',
  'isolation-audit.config.json',
];
const SETTINGS_KEY = 'isolation-audit';

/** Gives a configuration its type: `export default defineConfig({ ... })`. */
export function defineConfig(settings: Settings): Settings {
  return settings;
}

/** Reads the project's settings, or the file that `--config` names. `rules` are the ids that exist. */
export async function readSettings(root: string, rules: readonly string[], named?: string): Promise<ReadSettings> {
  if (named !== undefined) {
    if (!existsSync(named)) throw new UserError(`The configuration file ${named} named by --config does not exist.`);
    return read(root, named, rules);
  }
  const found = SETTINGS_FILES.filter((name) => existsSync(join(root, name)));
  const [first, second] = found;
  if (second !== undefined) throw new UserError(`There are two configuration files, ${first} and ${second}. Keep one of them.`);
  if (first !== undefined) return read(root, join(root, first), rules);
  const text = readText(join(root, 'package.json')).text;
  const parsed = text === undefined ? undefined : parseJson(text);
  const key = parsed && 'value' in parsed && isObject(parsed.value) ? parsed.value[SETTINGS_KEY] : undefined;
  return key === undefined ? { settings: {} } : { settings: checkSettings(key, `package.json#${SETTINGS_KEY}`, rules), path: 'package.json' };
}

async function read(root: string, file: string, rules: readonly string[]): Promise<ReadSettings> {
  const path = relative(root, file).split(sep).join('/');
  return { settings: checkSettings(await load(file, path), path, rules), path };
}

async function load(file: string, shown: string): Promise<unknown> {
  if (!basename(file).endsWith('.json')) return loadModule(file, shown);
  const { text, ...refusal } = readText(file) as { text?: string; detail?: string };
  if (text === undefined) throw new UserError(`Cannot read ${shown}: ${refusal.detail ?? 'unknown reason'}.`);
  const parsed = parseJson(text);
  if ('error' in parsed) throw new UserError(`${shown} is not valid JSON: ${parsed.error}.`);
  return parsed.value;
}
