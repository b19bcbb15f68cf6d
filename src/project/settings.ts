import { existsSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import type { Settings } from '../model/settings.js';
import { jsonObject, parseJson } from './json-file.js';
import { loadModule } from './load-module.js';
import { readText } from './read-text.js';
import { checkSettings } from './settings-check.js';
import { UserError } from './user-error.js';

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
  const key = jsonObject(readText(join(root, 'package.json')).text)?.[SETTINGS_KEY];
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
