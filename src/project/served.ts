/**
 * Which modules of a test app run on the server that all tests talk to, and which requests come to them, by the conventions of its framework.
 * It knows where files lie and what they import, and nothing of what they do.
 */
import type { ServedModule } from '../model/detector.js';
import { isWithin } from '../model/paths.js';
import { isTestSide } from '../model/test-side.js';
import { dirOf } from './packages.js';
import type { Project } from './project.js';
import type { SourceTexts } from './source-texts.js';
import type { SuiteUse } from './test-files.js';

interface Framework {
  readonly package: string;
  /** Folders of its routes, and what stands in front of their paths. */
  readonly folders: Readonly<Record<string, string>>;
  /** Files there that run on the server. */
  readonly server: RegExp;
  /** What names a route: the folder in which the file lies, or the file. */
  readonly named: 'folder' | 'file';
  /** Files to which requests for all that lies below come as well. */
  readonly below?: RegExp;
}

/** As documented by SvelteKit 2, Next.js 16, Nuxt 4 and Astro 5. */
const FRAMEWORKS: readonly Framework[] = [
  {
    package: '@sveltejs/kit',
    folders: { 'src/routes': '' },
    server: /(^|\/)\+((page|layout)\.server|server)\.[jt]s$|\.remote\.[jt]s$/,
    named: 'folder',
    below: /(^|\/)\+layout\./,
  },
  { package: 'next', folders: { app: '', 'src/app': '' }, server: /(^|\/)route\.[jt]sx?$/, named: 'folder' },
  { package: 'next', folders: { 'pages/api': '/api', 'src/pages/api': '/api' }, server: /\.[jt]sx?$/, named: 'file' },
  { package: 'nuxt', folders: { 'server/api': '/api', 'server/routes': '' }, server: /\.[jt]s$/, named: 'file' },
  { package: 'astro', folders: { 'src/pages': '' }, server: /\.[jt]s$/, named: 'file' },
];

/** Modules of the test apps whose servers a runner starts for all workers of these suites. What an app of the product keeps is its own affair. */
export function servedModules({ walk, packages, resolve }: Project, texts: SourceTexts, suites: readonly SuiteUse[]): ServedModule[] {
  const servers = new Set(suites.flatMap(({ runner, use }) => runner.schedule(use).servers ?? []));
  return [...servers].sort().flatMap((server): ServedModule[] => {
    const own = packages.at(server);
    const uses = (name: string): boolean => ['dependencies', 'devDependencies'].some((key) => name in Object(own?.json[key]));
    const modules = new Map<string, { readonly routes: Set<string>; below: boolean }>();
    const reach = (path: string, route: string, below: boolean): void => {
      if (!isTestSide(path)) return;
      const known = modules.get(path) ?? { routes: new Set<string>(), below };
      if (known.routes.has(route) && (known.below || !below)) return;
      modules.set(path, known);
      known.routes.add(route);
      known.below ||= below;
      for (const specifier of importsOf(texts, path)) {
        const resolved = resolve(path, specifier);
        if ('file' in resolved && isWithin(resolved.file, server) && CODE.test(resolved.file)) reach(resolved.file, route, below);
      }
    };
    for (const { folders, server: isServer, named, below } of FRAMEWORKS.filter((each) => uses(each.package))) {
      for (const [folder, front] of Object.entries(folders)) {
        const home = server === '' ? folder : `${server}/${folder}`;
        for (const path of walk.files) {
          const inner = path.slice(home.length + 1);
          if (path !== home && isWithin(path, home) && isServer.test(inner))
            reach(path, front + routeOf(inner, named), varies(inner) || (below?.test(inner) ?? false));
        }
      }
    }
    return [...modules].map(([path, { routes, below }]) => ({ server, path, routes: [...routes].sort(), below }));
  });
}

const CODE = /\.[cm]?[jt]sx?$/;

function importsOf(texts: SourceTexts, path: string): readonly string[] {
  const facts = texts.facts(path);
  const imported = (facts?.imports ?? []).flatMap(({ from, typeOnly }) => (!typeOnly && from.kind === 'const' ? [String(from.value)] : []));
  return [...imported, ...(facts?.exports ?? []).flatMap((each) => ('from' in each ? [each.from] : []))];
}

/** `[id]` */
const varies = (part: string): boolean => part.includes('[');

/** `/orders` of `(shop)/orders/[id]/+server.ts`: groups are left out, and it ends where it varies. */
function routeOf(path: string, named: Framework['named']): string {
  const plain = named === 'folder' ? dirOf(path) : path.replace(/(\.(get|post|put|patch|delete))?\.[jt]sx?$/, '').replace(/(^|\/)index$/, '');
  const parts = plain.split('/').filter((each) => each !== '' && !/^(\(.*\)|@.*)$/.test(each));
  const end = parts.findIndex(varies);
  return (end < 0 ? parts : parts.slice(0, end)).map((each) => `/${each}`).join('');
}
