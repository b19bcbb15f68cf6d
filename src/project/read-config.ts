import { posix } from 'node:path';
import type { Place } from '../model/place.js';
import type { ComputedOption, Json } from '../model/runner.js';
import { isObject, jsonSpans, parseJson, type JsonObject, type ValueSpan } from './json-file.js';
import { dirOf, joinPath, type Packages } from './packages.js';
import { parseShell } from './shell.js';
import type { Walk } from './walk.js';
import { parseYaml } from './yaml-file.js';

export interface ConfigRead {
  readonly options: JsonObject;
  readonly computed: readonly ComputedOption[];
  readonly optionPlaces?: Readonly<Record<string, Place>>;
}
/** Reads a configuration written in JavaScript or TypeScript, without running it. */
export type ReadConfig = (path: string) => ConfigRead;

const CODE = /\.[cm]?[jt]sx?$/;

/** A configuration file in any form, with what its preset inside the project adds. */
export function readConfigFile(path: string, walk: Walk, packages: Packages, readConfig: ReadConfig, read: (path: string) => ConfigRead): ConfigRead {
  const own = CODE.test(path) ? relativePaths(readConfig(path), path, walk.root) : readData(walk, path);
  return withPreset(own, path, walk, packages, read);
}

/** `__dirname` in a configuration is a path of this machine: what lies in the project is written from the configuration's folder. */
function relativePaths(read: ConfigRead, path: string, root: string): ConfigRead {
  const folder = posix.join('/', dirOf(path));
  const inside = (value: string): string | undefined => {
    const plain = value.replace(/^file:\/\//, '');
    return plain === root || plain.startsWith(`${root}/`) ? plain.slice(root.length) || '/' : undefined;
  };
  const { rootDir } = read.options;
  const base = (typeof rootDir === 'string' ? inside(rootDir) : undefined) ?? folder;
  const convert = (value: Json, from: string): Json => {
    if (typeof value === 'string') {
      const plain = inside(value);
      if (plain === undefined) return value;
      const way = posix.relative(from, plain);
      return way === '' ? '.' : way.startsWith('..') ? way : `./${way}`;
    }
    if (Array.isArray(value)) return (value as readonly Json[]).map((each) => convert(each, from));
    return isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, convert(each, FROM_ROOT_DIR.test(key) ? base : from)]))
      : value;
  };
  return { ...read, options: convert(read.options, folder) as JsonObject };
}

/** What Jest looks for below its `rootDir` where that is not the folder of the configuration. */
const FROM_ROOT_DIR = /^(globalSetup|globalTeardown|setupFiles|setupFilesAfterEnv|setupTestFrameworkScriptFile|testEnvironment)$/;

function readData(walk: Walk, path: string): ConfigRead {
  const text = walk.read(path);
  if (text.text === undefined) return unread(text.detail);
  if (path.endsWith('.opts')) return { options: optsOf(text.text), computed: [] };
  const isYaml = /\.ya?ml$/.test(path) || (!/\.json[c5]?$/.test(path) && !/^\s*\{/.test(text.text));
  const parsed = isYaml ? parseYaml(text.text) : parseJson(text.text);
  if ('error' in parsed) return unread(`not valid ${isYaml ? 'YAML' : 'JSON'}: ${parsed.error}`);
  if (!isObject(parsed.value)) return parsed.value === null ? { options: {}, computed: [] } : unread('not an object');
  const spans = 'spans' in parsed ? (parsed.spans as readonly ValueSpan[]) : jsonSpans(text.text);
  return { options: parsed.value, computed: [], optionPlaces: placesOf(path, spans, []) };
}

function unread(why: string): ConfigRead {
  return { options: {}, computed: [{ key: '', why }] };
}

export function placesOf(path: string, spans: readonly ValueSpan[], below: readonly string[]): Record<string, Place> {
  const places: Record<string, Place> = {};
  for (const { path: keys, span } of spans) {
    if (keys.length > below.length && below.every((key, at) => keys[at] === key)) places[keys.slice(below.length).join('.')] = { path, span };
  }
  return places;
}

/** `mocha.opts` holds the words of a command line, up to Mocha 7. */
function optsOf(text: string): JsonObject {
  const short: Readonly<Record<string, string>> = { r: 'require', R: 'reporter', t: 'timeout', u: 'ui', g: 'grep', b: 'bail', s: 'slow', f: 'fgrep' };
  const options: Record<string, Json> = {};
  const spec: string[] = [];
  const words = parseShell(text.replace(/^\s*#.*$/gm, '').replace(/\r?\n/g, ' ')).flatMap((command) => command.words);
  for (let at = 0; at < words.length; at++) {
    const flag = /^--?([\w-]+)(?:=(.*))?$/.exec(words[at] ?? '');
    if (!flag) {
      spec.push(words[at] ?? '');
      continue;
    }
    const name = short[flag[1] ?? ''] ?? flag[1] ?? '';
    const isSwitch = /^(?:recursive|exit|bail|colors?|no-.*|check-leaks|parallel|sort|full-trace|inline-diffs|watch|async-only)$/.test(name);
    const value: Json = flag[2] ?? (isSwitch || (words[at + 1] ?? '-').startsWith('-') ? true : (words[++at] ?? true));
    const known = options[name];
    options[name] = known === undefined || typeof value === 'boolean' ? value : [...(Array.isArray(known) ? (known as Json[]) : [known]), value];
  }
  return spec.length > 0 ? { ...options, spec } : options;
}

/** A preset or a parent configuration inside the project lies under the options that name it. */
export function withPreset(own: ConfigRead, path: string, walk: Walk, packages: Packages, read: (path: string) => ConfigRead): ConfigRead {
  const name = own.options['preset'] ?? own.options['extends'];
  if (typeof name !== 'string') return own;
  const target = presetFile(name.replace(/^<rootDir>\/?/, './'), dirOf(path), walk, packages);
  if (target === undefined || target === path) return own;
  const base = read(target);
  const { projects: _, ...inherited } = base.options;
  return {
    options: { ...rebased(inherited, dirOf(target), dirOf(path), walk), ...own.options },
    computed: [...own.computed, ...base.computed.filter((each) => own.options[each.key] === undefined)],
    optionPlaces: { ...base.optionPlaces, ...own.optionPlaces },
  };
}

/** `path.join(__dirname, 'setup.js')` of a preset stands beside the preset, not beside the package that uses it. */
function rebased(options: JsonObject, from: string, to: string, walk: Walk): JsonObject {
  const move = (value: Json): Json => {
    if (Array.isArray(value)) return (value as readonly Json[]).map(move);
    if (typeof value !== 'string' || !value.startsWith('.')) return value;
    const [there, here] = [joinPath(from, value), joinPath(to, value)];
    if (there === undefined || !walk.has(there) || (here !== undefined && walk.has(here))) return value;
    const way = posix.relative(posix.join('/', to), posix.join('/', there));
    return way.startsWith('.') ? way : `./${way}`;
  };
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key, FROM_ROOT_DIR.test(key) ? move(value) : value]));
}

function presetFile(name: string, dir: string, walk: Walk, packages: Packages): string | undefined {
  const parts = name.split('/');
  const nameLength = name.startsWith('@') ? 2 : 1;
  const base = name.startsWith('.')
    ? joinPath(dir, name)
    : joinPath(packages.byName.get(parts.slice(0, nameLength).join('/'))?.dir ?? '..', parts.slice(nameLength).join('/'));
  if (base === undefined) return undefined;
  return [
    base,
    `${base}.js`,
    `${base}.cjs`,
    `${base}.json`,
    `${base}/jest-preset.js`,
    `${base}/jest-preset.cjs`,
    `${base}/jest-preset.mjs`,
    `${base}/jest-preset.json`,
  ]
    .map((each) => each.replace(/^\//, ''))
    .find((each) => walk.has(each));
}
