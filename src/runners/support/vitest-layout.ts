import { escapeRegex } from '../../model/patterns.js';
import type { Json, Layout, RunnerUse } from '../../model/runner.js';
import { flag } from './flags.js';
import { isList, isRecord, option, recordOf, textOf, textsOf, versionOf } from './options.js';
import { mainCommands } from './overlap.js';
import { joinPath, patternsOf, under, unite, type LayoutPart } from './paths.js';
import { flagsOf, projectsOf, rootOf, type Project } from './vitest-projects.js';

/** `vitest` 4.1 defaults; until 3 more folders and the usual configuration files were excluded (`vitest` 3.2). */
const INCLUDE = ['**/*.{test,spec}.?(c|m)[jt]s?(x)'];
const EXCLUDE = ['**/node_modules/**', '**/.git/**'];
const EXCLUDE_3 = [
  '**/node_modules/**',
  '**/dist/**',
  '**/cypress/**',
  '**/.{idea,git,cache,output,temp}/**',
  '**/{karma,rollup,webpack,vite,vitest,jest,ava,babel,nyc,cypress,tsup,build,eslint,prettier}.config.*',
];

export function layout(use: RunnerUse): Layout {
  const projects = projectsOf(use);
  const flags = mainCommands(use).map(flagsOf);
  const same = (name: string): string => {
    const values = new Set(flags.map((each) => flag(each, name) ?? ''));
    return values.size === 1 ? [...values][0]! : '';
  };
  const excluded =
    flags.length > 0 ? (flags[0]!.named.get('exclude') ?? []).filter((glob) => flags.every((each) => each.named.get('exclude')?.includes(glob))) : [];
  const root = same('root') || (projects.length === 1 ? rootOf(projects[0]!) : (textOf(use.options['root']) ?? ''));
  const parts = projects.map((project) => partOf(use, project, projects.length === 1 ? '' : rootOf(project), same('dir'), excluded));
  return unite(joinPath(use.dir, root), parts);
}

function partOf(use: RunnerUse, project: Project, folder: string, dir: string, excluded: readonly string[]): LayoutPart {
  const { test, config } = project;
  const inside = joinPath(folder, dir || (textOf(test['dir']) ?? ''));
  const include = patternsOf(test['include']).globs;
  const exclude = test['exclude'] === undefined ? ((versionOf(use)?.major ?? 4) < 4 ? EXCLUDE_3 : EXCLUDE) : patternsOf(test['exclude']).globs;
  const anywhere = (glob: string): string => (glob.startsWith('**/') ? glob : under(inside, glob));
  return {
    folder: inside,
    include: (include.length > 0 ? include : INCLUDE).filter((glob) => !glob.startsWith('!')).map((glob) => under(inside, glob)),
    exclude: [
      ...exclude.map(anywhere),
      ...include.filter((glob) => glob.startsWith('!')).map((glob) => under(inside, glob.slice(1))),
      ...excluded.map(anywhere),
    ],
    setupFiles: textsOf(test['setupFiles']).map((file) => specifier(folder, file)),
    globalSetup: textsOf(test['globalSetup']).map((file) => specifier(folder, file)),
    aliases: [...aliasesOf(test['alias']), ...aliasesOf(option(config, 'resolve.alias'))],
  };
}
const specifier = (folder: string, file: string): string =>
  folder !== '' && !file.startsWith('/') && /^\.|\//.test(file) && !file.startsWith('@') ? `./${joinPath(folder, file)}` : file;

/** Vite replaces a text at the start of a specifier, up to a slash; regular expressions stay as they are. */
function aliasesOf(value: Json | undefined): { find: string; replacement: string }[] {
  const entries: [Json | undefined, Json | undefined][] = isList(value)
    ? value.filter(isRecord).map((each) => [each['find'], each['replacement']])
    : Object.entries(recordOf(value));
  return entries.flatMap(([find, to]) => {
    const { globs, regexes } = patternsOf(find);
    const replacement = textOf(to);
    if (replacement === undefined) return [];
    const texts = globs.map((text) => `^${escapeRegex(text)}${text.endsWith('/') ? '' : '(?=/|$)'}`);
    return [...texts, ...regexes].map((source) => ({ find: source, replacement }));
  });
}
