import { isBuiltin } from 'node:module';
import { relative, sep } from 'node:path';
import { ResolverFactory, type NapiResolveOptions, type ResolveResult } from 'oxc-resolver';
import { isWithin } from '../model/paths.js';
import type { Layout } from '../model/runner.js';
import { builtFrom } from './built-from.js';
import { isObject } from './json-file.js';
import { dirOf, joinPath, packageName, type Packages } from './packages.js';
import { namedByTsconfig } from './tsconfig-paths.js';
import type { Walk } from './walk.js';
import { workspaceFile } from './workspace-file.js';

type Resolved =
  /** A file of the project, relative to its root. */
  | { readonly file: string }
  /** An installed package, which is never read, or a module of Node: `node:fs`. */
  | { readonly package: string; readonly subpath: string }
  | { readonly missing: true };

export type ResolveImport = (fromFile: string, specifier: string) => Resolved;

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.node'];
const OPTIONS: NapiResolveOptions = {
  extensions: EXTENSIONS,
  extensionAlias: {
    '.js': ['.ts', '.tsx', '.js', '.jsx'],
    '.jsx': ['.tsx', '.jsx'],
    '.mjs': ['.mts', '.mjs'],
    '.cjs': ['.cts', '.cjs'],
  },
  // `types` is left out: a package lists it first, and a declaration says nothing about what runs.
  conditionNames: ['source', 'development', 'import', 'require', 'node', 'default'],
  mainFields: ['source', 'module', 'main'],
  builtinModules: true,
};
const MISSING: Resolved = { missing: true };

/**
 * Resolves imports without touching installed packages. A tsconfig that extends something not installed makes every import
 * fail in oxc-resolver, relative ones too: then the import is asked again without it, and its own `paths` are followed.
 */
export function createResolver(walk: Walk, packages: Packages): ResolveImport {
  const withPaths = new ResolverFactory({ ...OPTIONS, tsconfig: 'auto' });
  let plain: ResolverFactory | undefined;
  const named = namedByTsconfig(walk, packages);
  const memo = new Map<string, Map<string, Resolved>>();

  function resolve(fromFile: string, specifier: string): Resolved {
    // Bundlers read a query: `./worker.ts?url`.
    const bare = specifier.replace(/\?.*$/, '');
    if (isBuiltin(bare)) return { package: bare.startsWith('node:') ? bare : `node:${bare}`, subpath: '' };
    const url = bare.startsWith('file://') ? bare.slice(7) : bare;
    const from = walk.absolute(fromFile);
    const first = outcome(
      attempt(() => withPaths.resolveFileSync(from, url)),
      url,
    );
    const known = isProject(first) ? first : (ownPackage(url) ?? first);
    if (!('missing' in known)) return known;
    const again = alone(dirOf(fromFile), url);
    if (!('missing' in again)) return again;
    for (const path of /^[./]/.test(url) ? [] : named(fromFile, url)) {
      const mapped = alone('', `./${path}`);
      if ('file' in mapped) return mapped;
    }
    const file = /^\.{1,2}(?:\/|$)/.test(url) ? unbuilt(joinPath(dirOf(fromFile), url)) : fromBase(fromFile, url);
    if (file !== undefined) return { file };
    // Not installed, yet somebody's: packages of a fresh clone have no node_modules.
    const name = packageName(url);
    return name === undefined || url.startsWith('~') ? MISSING : { package: name, subpath: url.slice(name.length + 1) };
  }

  /** Without any tsconfig. */
  const alone = (dir: string, specifier: string): Resolved =>
    outcome(
      attempt(() => (plain ??= new ResolverFactory(OPTIONS)).sync(walk.absolute(dir), specifier)),
      specifier,
    );

  function outcome(result: ResolveResult, specifier: string): Resolved {
    if (result.builtin) return { package: result.builtin.resolved, subpath: '' };
    if (result.path === undefined) return MISSING;
    const path = relative(walk.root, result.path.replace(/\?.*$/, '')).split(sep).join('/');
    const inModules = /(?:^|\/)node_modules\//.test(path);
    if (inModules || path.startsWith('../')) {
      const name = packageName(specifier) ?? nameInModules(path);
      return name === undefined ? MISSING : { package: name, subpath: packageName(specifier) === undefined ? '' : specifier.slice(name.length + 1) };
    }
    // `paths` that lead to types: what runs is somewhere else.
    if (/\.d\.[cm]?ts$/.test(path)) return MISSING;
    // Built from a source that is there: the source says more.
    return { file: walk.has(path) ? path : (sourceOf(path) ?? path) };
  }

  function ownPackage(specifier: string): Resolved | undefined {
    const name = packageName(specifier);
    const own = name === undefined ? undefined : packages.byName.get(name);
    const file = own && name !== undefined ? workspaceFile(own, specifier.slice(name.length + 1), walk) : undefined;
    return file === undefined ? undefined : { file };
  }

  /** `src/db` from a `baseUrl` or `modulePaths` that could not be read: the folder of the package says it. */
  function fromBase(fromFile: string, specifier: string): string | undefined {
    if (packageName(specifier) === undefined) return undefined;
    const owner = packages.owner(dirOf(fromFile));
    if (!owner || Object.values(owner.json).some((each) => isObject(each) && each[packageName(specifier) ?? ''] !== undefined)) return undefined;
    for (const base of ['', 'src']) {
      const path = joinPath(owner.dir, base === '' ? specifier : `${base}/${specifier}`);
      const file = path === undefined ? undefined : walk.has(path) ? path : builtFrom(path).find((each) => walk.has(each));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  function sourceOf(path: string): string | undefined {
    return builtFrom(path).find((each) => walk.has(each));
  }

  /** What stands for a path that is there once the project is built: `../dist/orders`, the folder of a package (`..`), the folder that is built (`../dist`). */
  function unbuilt(path: string | undefined): string | undefined {
    if (path === undefined) return undefined;
    const owner = packages.at(path);
    return sourceOf(path) ?? (owner && workspaceFile(owner, '', walk)) ?? sourceOf(`${path}/index`);
  }

  return (fromFile, specifier) => {
    const dir = dirOf(fromFile);
    let known = memo.get(dir);
    if (!known) memo.set(dir, (known = new Map<string, Resolved>()));
    let result = known.get(specifier);
    if (!result) known.set(specifier, (result = resolve(fromFile, specifier)));
    return result;
  };
}

/** Odd specifiers make the native resolver throw instead of answering. */
function attempt(ask: () => ResolveResult): ResolveResult {
  try {
    return ask();
  } catch {
    return {};
  }
}

/** The resolver of one suite. */
export const ofSuite = (resolve: ResolveImport, layout: Layout, walk: Walk): ResolveImport => withMocks(withAliases(resolve, layout), layout, walk);

/** The runner replaces some module names first. */
export function withAliases(resolve: ResolveImport, layout: Layout): ResolveImport {
  const aliases = (layout.aliases ?? []).flatMap(({ find, replacement }) => {
    try {
      return [{ find: new RegExp(find), replacement: replacement.replace(/^<rootDir>\/?/, './') }];
    } catch {
      return [];
    }
  });
  if (aliases.length === 0) return resolve;
  return (fromFile, specifier) => {
    for (const { find, replacement } of aliases) {
      if (!find.test(specifier)) continue;
      const target = specifier.replace(find, replacement);
      const anchor = joinPath(layout.dir, 'package.json') ?? 'package.json';
      const result = resolve(target.startsWith('.') ? anchor : fromFile, target);
      if (!('missing' in result)) return result;
    }
    return resolve(fromFile, specifier);
  };
}

/** Files stand for packages: `__mocks__/ioredis.js` for `ioredis`. Core modules are left as they are. */
function withMocks(resolve: ResolveImport, { dir, mocks = [] }: Layout, walk: Walk): ResolveImport {
  const folders = mocks.flatMap((each) => joinPath(dir, each) ?? []).filter((each) => walk.under(each).length > 0);
  if (folders.length === 0) return resolve;
  return (fromFile, specifier) => {
    const real = resolve(fromFile, specifier);
    if (!('package' in real) || real.package.startsWith('node:') || folders.some((each) => isWithin(fromFile, each))) return real;
    for (const folder of folders) {
      const mock = resolve(`${folder}/index.js`, `./${specifier}`);
      if ('file' in mock) return mock;
    }
    return real;
  };
}

function nameInModules(path: string): string | undefined {
  const after = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return packageName(after);
}

function isProject(result: Resolved): boolean {
  return 'file' in result || ('package' in result && result.package.startsWith('node:'));
}
