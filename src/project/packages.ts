import { posix } from 'node:path';
import picomatch from 'picomatch';
import { isObject, parseJson, type JsonObject } from './json-file.js';
import type { ProjectGap, Walk } from './walk.js';
import { parseYaml } from './yaml-file.js';

/** A folder with a package.json. */
export interface Package {
  /** Relative to the root; '' is the root. */
  readonly dir: string;
  /** The package.json itself. */
  readonly path: string;
  readonly name?: string;
  readonly json: JsonObject;
  readonly text: string;
  /** The root, or named by a workspace list. */
  readonly member: boolean;
  /** Data for tests or a template to copy: its scripts and configuration belong to nobody who runs this project's tests. */
  readonly fixture: boolean;
}

export interface Packages {
  readonly all: readonly Package[];
  readonly byName: ReadonlyMap<string, Package>;
  /** Version ranges that pnpm catalogs give, by catalog and package: `default`, `react`. */
  readonly catalogs: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly gaps: readonly ProjectGap[];
  at(dir: string): Package | undefined;
  /** The nearest package around a file or folder; fixtures are passed over. */
  owner(path: string): Package | undefined;
}

const FIXTURE =
  /(?:^|\/)(?:[\w.-]*[-_.])?(?:fixtures?|templates?|test-?data|testdata|mocks?|stubs?|boilerplates?|skeletons?|snapshots?)(?:[-_.][\w.-]*)?(?=\/|$)/i;
const TEST_FOLDER = /(?:^|\/)(?:tests?|__tests__|spec)(?=\/)/;

/** All packages below the root, in the order of their folders. A package is a member by any workspace list that names its folder. */
export function findPackages(walk: Walk): Packages {
  const gaps: ProjectGap[] = [];
  const catalogs = new Map<string, Map<string, string>>();
  const found = walk.files
    .filter((file) => posix.basename(file) === 'package.json')
    .flatMap((path) => {
      const read = readObject(walk, path, gaps);
      return read ? [{ path, dir: dirOf(path), ...read }] : [];
    });
  found.sort((a, b) => (a.dir < b.dir ? -1 : 1));
  const isMember = memberTest(walk, found, catalogs, gaps);
  const all = found.map(({ path, dir, json, text }): Package => {
    const member = dir === '' || isMember(dir);
    const name = typeof json['name'] === 'string' ? json['name'] : undefined;
    return { dir, path, json, text, member, fixture: !member && looksLikeFixture(dir, json), ...(name === undefined ? {} : { name }) };
  });
  const byDir = new Map(all.map((each) => [each.dir, each]));
  const byName = new Map<string, Package>();
  for (const each of all) {
    if (each.name === undefined || each.fixture) continue;
    const known = byName.get(each.name);
    if (!known || (!known.member && each.member)) byName.set(each.name, each);
  }
  return {
    all,
    byName,
    catalogs,
    gaps,
    at: (dir) => byDir.get(dir),
    owner(path) {
      for (let dir = path; ; dir = dirOf(dir)) {
        const own = byDir.get(dir);
        if (own && !own.fixture) return own;
        if (dir === '') return undefined;
      }
    },
  };
}

export function dirOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? '' : path.slice(0, cut);
}

/** Whether a path lies in a folder of test data or templates, by the names people give such folders. */
export function inFixture(path: string): boolean {
  return FIXTURE.test(dirOf(path));
}

/** Joins and normalises; leaving the root gives nothing, and so does a path of the machine. */
export function joinPath(dir: string, path: string): string | undefined {
  if (path.startsWith('/')) return undefined;
  const joined = posix.normalize(posix.join(dir, path)).replace(/\/$/, '');
  if (joined === '.') return '';
  return joined === '..' || joined.startsWith('../') || joined.startsWith('/') ? undefined : joined;
}

/** `@scope/name/deep` belongs to `@scope/name`; relative, absolute and `#internal` specifiers to no package. */
export function packageName(specifier: string): string | undefined {
  return /^(?:@[\w.~-]+\/)?[\w~][\w.~-]*/.exec(/^(?:[a-z]+:|[./#])/i.test(specifier) ? '' : specifier)?.[0];
}

/** A nested package.json inside a test folder is a fixture unless somebody can run tests there. */
function looksLikeFixture(dir: string, json: JsonObject): boolean {
  if (FIXTURE.test(dir)) return true;
  if (!TEST_FOLDER.test(`${dir}/`)) return false;
  const scripts = json['scripts'];
  return !isObject(scripts) || !Object.keys(scripts).some((name) => name.includes('test'));
}

function memberTest(
  walk: Walk,
  found: readonly { dir: string; json: JsonObject }[],
  catalogs: Map<string, Map<string, string>>,
  gaps: ProjectGap[],
): (dir: string) => boolean {
  const lists: { dir: string; match: (path: string) => boolean }[] = [];
  const add = (dir: string, patterns: readonly string[]): void => {
    const yes = patterns.filter((each) => !each.startsWith('!')).map(tidy);
    if (yes.length > 0)
      lists.push({
        dir,
        match: picomatch(yes, { ignore: ['**/node_modules/**', ...patterns.filter((each) => each.startsWith('!')).map((each) => tidy(each.slice(1)))] }),
      });
  };
  for (const { dir, json } of found) {
    // A fixture's own workspace list counts for nobody: `fixtures/workspaces/package.json`.
    if (dir !== '' && FIXTURE.test(dir)) continue;
    const workspaces = json['workspaces'];
    add(dir, texts(isObject(workspaces) ? workspaces['packages'] : workspaces));
  }
  for (const path of walk.files) {
    const base = posix.basename(path);
    if ((base !== 'pnpm-workspace.yaml' && base !== 'lerna.json') || (path !== base && FIXTURE.test(path))) continue;
    const json = base === 'lerna.json' ? readObject(walk, path, gaps)?.json : readYamlObject(walk, path, gaps);
    if (!json) continue;
    add(dirOf(path), texts(json['packages']));
    addCatalogs(json, catalogs);
  }
  return (dir) => lists.some((list) => (list.dir === '' ? list.match(dir) : dir.startsWith(`${list.dir}/`) && list.match(dir.slice(list.dir.length + 1))));
}

function addCatalogs(json: JsonObject, catalogs: Map<string, Map<string, string>>): void {
  const add = (name: string, entries: unknown): void => {
    if (!isObject(entries)) return;
    const known = catalogs.get(name) ?? new Map<string, string>();
    for (const [key, range] of Object.entries(entries)) if (typeof range === 'string' && !known.has(key)) known.set(key, range);
    catalogs.set(name, known);
  };
  add('default', json['catalog']);
  if (isObject(json['catalogs'])) for (const [name, entries] of Object.entries(json['catalogs'])) add(name, entries);
}

function tidy(pattern: string): string {
  return pattern.replace(/^\.\//, '').replace(/\/+$/, '');
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function readObject(walk: Walk, path: string, gaps: ProjectGap[]): { json: JsonObject; text: string } | undefined {
  const { text, ...refusal } = walk.read(path) as { text?: string; detail?: string };
  if (text === undefined) {
    gaps.push({ path, why: refusal.detail ?? 'it cannot be read' });
    return undefined;
  }
  const parsed = parseJson(text);
  if ('value' in parsed && isObject(parsed.value)) return { json: parsed.value, text };
  // Broken package.json files are common as test data: only outside fixtures are they worth a line.
  if (!FIXTURE.test(path) && !TEST_FOLDER.test(path)) gaps.push({ path, why: 'error' in parsed ? `not valid JSON: ${parsed.error}` : 'not a JSON object' });
  return undefined;
}

function readYamlObject(walk: Walk, path: string, gaps: ProjectGap[]): JsonObject | undefined {
  const { text } = walk.read(path);
  if (text === undefined) return undefined;
  const parsed = parseYaml(text);
  if ('error' in parsed) gaps.push({ path, why: `not valid YAML: ${parsed.error}` });
  return 'value' in parsed && isObject(parsed.value) ? parsed.value : undefined;
}
