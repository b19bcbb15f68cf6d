import { escapeRegex } from '../../model/patterns.js';
import type { Json, Layout, RunnerUse } from '../../model/runner.js';
import { isList, isRecord } from './options.js';

/** Joins and normalises with forward slashes; the empty path is where one stands. */
export function joinPath(...parts: readonly string[]): string {
  const out: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else out.push(part);
  }
  return out.join('/');
}

/** The folder of the configuration file relative to the package, or '' for package.json and none. */
export function configFolder(use: RunnerUse): string {
  if (!use.configPath) return '';
  const cut = use.configPath.lastIndexOf('/');
  const folder = cut < 0 ? '' : use.configPath.slice(0, cut);
  if (folder === use.dir) return '';
  if (use.dir === '') return folder;
  return folder.startsWith(`${use.dir}/`) ? folder.slice(use.dir.length + 1) : up(use.dir, folder);
}

function up(from: string, to: string): string {
  const source = from.split('/');
  const target = to === '' ? [] : to.split('/');
  let same = 0;
  while (same < source.length && source[same] === target[same]) same++;
  return [...source.slice(same).map(() => '..'), ...target.slice(same)].join('/');
}

/** A glob under a folder, without `./`. */
export const under = (folder: string, glob: string): string => {
  const clean = glob.replace(/^(\.\/)+/, '');
  return folder === '' ? clean : joinPath(folder, clean);
};

export const isGlob = (text: string): boolean => /[*?{}[\]!()]/.test(text);
const hasExtension = (text: string): boolean => /[^/]\.[A-Za-z]+$/.test(text);

/** What only the shell knows, inside a path: `plugins/@(${PLUGINS})/*.spec.js`, `services/$npm_config_service/*.js`, `$(cat list)`. */
const EXPANSION = /\$\{\w+\}|\$\([^()]*\)|\$\w+|%\w+%/g;
/** A glob that stands for all that the shell may make of a word; a word of nothing else says nothing. */
function whatever(word: string): string {
  const known = word.replace(EXPANSION, '');
  return known === word || !/\w\//.test(known) ? word : word.replace(EXPANSION, '*').replace(/\*{2,}(?!\/)/g, '*');
}

/** A word that names a file, a folder or a glob, as globs over files: nothing is known of the disk here. */
export function fileGlobs(word: string, extensions: readonly string[], recursive: boolean): string[] {
  const written = word.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  const path = whatever(written);
  const files = `*.{${extensions.join(',')}}`.replace(/\{([^,{}]*)\}/, '$1');
  if (hasExtension(path)) return [path];
  // The folders that a pattern finds are searched like those that are written out.
  if (path !== written || isGlob(path)) return [path, `${path}/${recursive ? '**/' : ''}${files}`];
  const inside = path === '' || path === '.' ? '' : `${path}/`;
  return [...(inside === '' ? [] : [`${path}.${files.slice(2)}`]), `${inside}${recursive ? '**/' : ''}${files}`];
}

/** Globs and regular expressions apart. A regular expression arrives as `/source/flags` or `{ regex: source }`. */
export function patternsOf(value: Json | undefined): { readonly globs: readonly string[]; readonly regexes: readonly string[] } {
  const globs: string[] = [];
  const regexes: string[] = [];
  for (const each of isList(value) ? value : value === undefined ? [] : [value]) {
    if (typeof each === 'string') {
      const literal = /^\/(.+)\/[a-z]*$/.exec(each);
      if (literal) regexes.push(literal[1]!);
      else globs.push(each);
    } else if (isRecord(each)) {
      const source = each['regex'] ?? each['source'];
      if (typeof source === 'string') regexes.push(source);
    }
  }
  return { globs, regexes };
}

/** A regular expression over `/path` that also asks for a folder. */
export function regexUnder(folders: readonly string[], source: string): string {
  const inside = folders.map((each) => joinPath(each)).filter((each) => each !== '');
  if (inside.length === 0 || inside.length < folders.length) return source;
  return `^(?=/(?:${inside.map(escapeRegex).join('|')})/)${source.startsWith('^') ? '' : '[\\s\\S]*?'}(?:${source})`;
}

export interface LayoutPart {
  readonly folder: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly includeRegex?: readonly string[];
  readonly excludeRegex?: readonly string[];
  readonly setupFiles?: readonly string[];
  readonly globalSetup?: readonly string[];
  readonly aliases?: Layout['aliases'];
  readonly mocks?: readonly string[];
}

/** One layout for several projects of one run. A file that one project leaves out may be another's, so only what all exclude is excluded. */
export function unite(dir: string, parts: readonly LayoutPart[]): Layout {
  const all = (pick: (part: LayoutPart) => readonly string[] | undefined): string[] => [...new Set(parts.flatMap((part) => pick(part) ?? []))];
  const shared = (pick: (part: LayoutPart) => readonly string[] | undefined): string[] =>
    all(pick).filter((each) => parts.every((part) => pick(part)?.includes(each)));
  const own = parts.filter((part) => part.folder !== '' && parts.every((other) => other === part || !`${other.folder}/`.startsWith(`${part.folder}/`)));
  const exclude = new Set([...shared((part) => part.exclude), ...own.flatMap((part) => part.exclude.filter((each) => each.startsWith(`${part.folder}/`)))]);
  const includeRegex = all((part) => part.includeRegex);
  const excludeRegex = shared((part) => part.excludeRegex);
  const mocks = all((part) => part.mocks);
  const aliases = parts
    .flatMap((part) => part.aliases ?? [])
    .filter((each, index, list) => list.findIndex((other) => other.find === each.find && other.replacement === each.replacement) === index);
  return {
    dir,
    include: all((part) => part.include),
    exclude: [...exclude],
    ...(includeRegex.length > 0 ? { includeRegex } : {}),
    ...(excludeRegex.length > 0 ? { excludeRegex } : {}),
    setupFiles: all((part) => part.setupFiles),
    globalSetup: all((part) => part.globalSetup),
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(mocks.length > 0 ? { mocks } : {}),
  };
}
