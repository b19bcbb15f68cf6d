import type { Layout, RunnerUse } from '../model/runner.js';
import { globTest } from './globs.js';
import { dirOf, joinPath } from './packages.js';
import type { Walk } from './walk.js';

/** Finds the file a specifier in a configuration means; nothing for packages. */
export type ResolveSetup = (fromFile: string, specifier: string) => { readonly file: string } | { readonly package: string } | { readonly missing: true };

const CODE = /\.[cm]?[jt]sx?$/;
const BUILT = /^(?:dist|build|lib|out|output|compiled|compile|dev|es5|es|cjs|esm|tmp|\.tmp|built|js|target)(?:[-_.]\w+)?$/;
const EXTENSIONS = ['', '.ts', '.js', '.mts', '.cts', '.mjs', '.cjs', '.tsx', '.jsx', '/index.ts', '/index.js'];

/**
 * Patterns over built files mean the sources they are built from: `build/compiled/test/*.test.js` is `test/*.test.ts`.
 * Only for folders that are not there: what is checked in is taken as written.
 */
export function sourceLayout(layout: Layout, walk: Walk): Layout {
  const include = layout.include.flatMap((glob) => {
    const parts = glob.replace(/^(?:\.\/)+/, '').split('/');
    const first = parts[0] ?? '';
    if (!BUILT.test(first) || walk.under(joinPath(layout.dir, first) ?? first).length > 0) return [];
    const sources: string[] = [];
    for (let at = 1; at < parts.length; at++) {
      const rest = parts
        .slice(at)
        .join('/')
        .replace(/\.(?:[cm]?js|\{[cm]?js(?:,[cm]?js)*\})$/, '.{js,ts,jsx,tsx,mjs,mts,cjs,cts}');
      sources.push(rest, `src/${rest}`);
      if (!BUILT.test(parts[at] ?? '')) break;
    }
    return sources;
  });
  return { ...layout, include, includeRegex: [] };
}

/** The files of a layout, before other uses are asked. */
export function matching(layout: Layout, walk: Walk): string[] {
  const base = layout.dir;
  const upward = layout.include.some((glob) => glob.startsWith('../'));
  const cut = base === '' ? 0 : base.length + 1;
  const include = globTest(layout.include);
  const exclude = globTest(layout.exclude);
  const regexes = (layout.includeRegex ?? []).flatMap(regexOf);
  const without = (layout.excludeRegex ?? []).flatMap(regexOf);
  const files: string[] = [];
  for (const path of walk.under(upward ? '' : base)) {
    if (!CODE.test(path) || path.endsWith('.d.ts')) continue;
    const inside = cut === 0 || path.startsWith(`${base}/`) ? path.slice(cut) : relativeTo(base, path);
    const rooted = `/${inside}`;
    if (!include?.(inside) && !regexes.some((regex) => regex.test(rooted))) continue;
    if (exclude?.(inside) || without.some((regex) => regex.test(rooted))) continue;
    files.push(path);
  }
  return files;
}

function regexOf(source: string): RegExp[] {
  try {
    return [new RegExp(source)];
  } catch {
    return [];
  }
}

function relativeTo(base: string, path: string): string {
  const from = base.split('/');
  const to = path.split('/');
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}

export function setupFiles(specifier: string, layout: Layout, use: RunnerUse, walk: Walk, resolve: ResolveSetup, missing: string[]): string[] {
  const plain = specifier.replace(/^<rootDir>\/?/, './');
  if (/[*{[]/.test(plain)) {
    const test = globTest([plain]);
    const cut = layout.dir === '' ? 0 : layout.dir.length + 1;
    return walk.under(layout.dir).filter((path) => CODE.test(path) && test?.(path.slice(cut)));
  }
  for (const dir of new Set([layout.dir, use.configPath === undefined ? use.dir : dirOf(use.configPath), use.dir])) {
    const path = joinPath(dir, plain);
    const file = path === undefined ? undefined : EXTENSIONS.map((extension) => path + extension).find((each) => walk.has(each));
    if (file !== undefined) return CODE.test(file) ? [file] : [];
  }
  const result = resolve(use.configPath ?? joinPath(use.dir, 'package.json') ?? 'package.json', plain);
  if ('file' in result) return CODE.test(result.file) ? [result.file] : [];
  if (!('missing' in result)) return [];
  const [built] = matching({ ...sourceLayout({ ...layout, include: [plain] }, walk), exclude: [] }, walk);
  if (built === undefined) missing.push(specifier);
  return built === undefined ? [] : [built];
}
