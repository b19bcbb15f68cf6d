import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { ignoreFile, type IgnoreFile } from './git-ignore.js';
import { readText, type ReadText } from './read-text.js';
import { errorCode, UserError } from './user-error.js';

/** What the disk would not tell, in words for the report. */
export interface ProjectGap {
  /** Relative to the root; '' is the root itself. */
  readonly path: string;
  readonly why: string;
}

interface FileStat {
  readonly size: number;
  readonly mtimeMs: number;
  /** Changes with permissions too. */
  readonly ctimeMs: number;
}

/** The files of a project, listed once. Paths are relative to the root, with forward slashes, sorted by code unit. */
export interface Walk {
  /** Absolute, links resolved. */
  readonly root: string;
  readonly files: readonly string[];
  readonly gaps: readonly ProjectGap[];
  has(path: string): boolean;
  /** Files in a folder and below; `''` gives all. */
  under(dir: string): readonly string[];
  /** Asked of the disk once per file. */
  stat(path: string): FileStat | undefined;
  absolute(path: string): string;
  /** The text of a file, without byte order mark, or why there is none. */
  read(path: string): ReadText;
}

/** Never looked into: installed packages and the stores of version control and package managers. */
const SKIPPED = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.pnpm',
  '.pnpm-store',
  '.yarn',
  '.nx',
  '.turbo',
  '.cache',
  'bower_components',
  'jspm_packages',
]);
const CODE = /\.[cm]?[jt]sx?$/;

interface Rules {
  /** Length of the folder prefix that the patterns are relative to. */
  readonly cut: number;
  readonly prefix: string;
  readonly matcher: IgnoreFile;
}

/** Lists a project, leaving out what git ignores. Links to folders are not followed, so a loop of links ends. */
export function walk(folder: string): Walk {
  const root = realRoot(folder);
  const files: string[] = [];
  const gaps: ProjectGap[] = [];
  visit(root, '', rulesAbove(root), files, gaps);
  files.sort();
  return walkOf(root, files, gaps);
}

/** A walk over a list that is already known. */
export function walkOf(root: string, files: readonly string[], gaps: readonly ProjectGap[] = []): Walk {
  let known: Set<string> | undefined;
  const stats = new Map<string, FileStat | undefined>();
  const absolute = (path: string): string => join(root, path);
  return {
    root,
    files,
    gaps,
    absolute,
    read: (path) => readText(absolute(path)),
    has: (path) => (known ??= new Set(files)).has(path),
    under: (dir) => (dir === '' ? files : files.slice(firstAt(files, `${dir}/`), firstAt(files, `${dir}0`))),
    stat(path) {
      if (stats.has(path)) return stats.get(path);
      // Every file is asked for on every run: nothing in the path needs to be resolved.
      const found = statSync(`${root}/${path}`, { throwIfNoEntry: false });
      const stat = found && { size: found.size, mtimeMs: found.mtimeMs, ctimeMs: found.ctimeMs };
      stats.set(path, stat);
      return stat;
    },
  };
}

/** The same project with these texts in place of what the disk has, new files among them. */
export function overlaidWalk(walk: Walk, overlay: ReadonlyMap<string, string>): Walk {
  const added = [...overlay.keys()].filter((path) => !walk.has(path));
  return {
    ...walkOf(walk.root, added.length > 0 ? [...walk.files, ...added].sort() : walk.files, walk.gaps),
    read(path) {
      const text = overlay.get(path);
      return text === undefined ? walk.read(path) : { text };
    },
  };
}

function visit(root: string, dir: string, above: readonly Rules[], files: string[], gaps: ProjectGap[]): void {
  const here = dir === '' ? root : `${root}/${dir}`;
  let entries;
  try {
    entries = readdirSync(here, { withFileTypes: true });
  } catch (error) {
    const code = errorCode(error);
    gaps.push({
      path: dir,
      why: code === 'EACCES' || code === 'EPERM' ? 'no permission to read the folder' : `the folder cannot be read (${code ?? 'unknown error'})`,
    });
    return;
  }
  const prefix = dir === '' ? '' : `${dir}/`;
  const rules = entries.some((entry) => entry.name === '.gitignore') ? withRules(`${here}/.gitignore`, prefix, above) : above;
  for (const entry of entries) {
    const path = prefix + entry.name;
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name) && !isIgnored(rules, `${path}/`)) visit(root, path, rules, files, gaps);
    } else if (entry.isFile() || isLinkedSetting(entry.isSymbolicLink(), entry.name, `${here}/${entry.name}`)) {
      if (!isIgnored(rules, path)) files.push(path);
    }
  }
}

/** A link to a folder could loop, and the target of a link to code is listed itself; a linked `.env` or config is read where it stands. */
function isLinkedSetting(isLink: boolean, name: string, path: string): boolean {
  if (!isLink || CODE.test(name)) return false;
  try {
    return statSync(path).isFile();
  } catch {
    // It leads nowhere, or to itself.
    return false;
  }
}

/** The nearest file that says something about the path decides; files above it only when it says nothing. */
function isIgnored(rules: readonly Rules[], path: string): boolean {
  for (let at = rules.length - 1; at >= 0; at--) {
    const rule = rules[at];
    if (!rule) continue;
    const said = rule.matcher.test(rule.prefix === '' ? path.slice(rule.cut) : rule.prefix + path);
    if (said) return said === 'ignored';
  }
  return false;
}

function withRules(path: string, prefix: string, above: readonly Rules[]): readonly Rules[] {
  try {
    const text = readFileSync(path, 'utf8');
    return [...above, { cut: prefix.length, prefix: '', matcher: ignoreFile(text) }];
  } catch {
    return above;
  }
}

/**
 * The `.gitignore` files between the repository and a root inside it. A root that the repository ignores
 * (a scratch copy) is listed by its own rules alone, else nothing would be left.
 */
function rulesAbove(root: string): readonly Rules[] {
  const rules: Rules[] = [];
  if (existsSync(join(root, '.git'))) return rules;
  for (let dir = dirname(root); ; dir = dirname(dir)) {
    const matcher = ignoreAt(join(dir, '.gitignore'));
    if (matcher) rules.unshift({ cut: 0, prefix: `${relative(dir, root).split(sep).join('/')}/`, matcher });
    if (existsSync(join(dir, '.git'))) break;
    if (dirname(dir) === dir) return [];
  }
  return isIgnored(rules, '') ? [] : rules;
}

function ignoreAt(path: string): IgnoreFile | undefined {
  try {
    return ignoreFile(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function realRoot(folder: string): string {
  let root: string;
  try {
    root = realpathSync(folder);
  } catch (error) {
    throw new UserError(
      `Cannot scan ${folder}: ${errorCode(error) === 'ENOENT' ? 'there is no such folder' : 'it cannot be read'}. Give the path of a project.`,
      { cause: error },
    );
  }
  if (!statSync(root).isDirectory()) throw new UserError(`Cannot scan ${folder}: it is a file. Give the folder of the project.`);
  return root;
}

/** Index of the first path that does not sort before `key`. */
function firstAt(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
