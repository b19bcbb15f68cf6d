import type { EnvironmentValue } from '../../model/abstract.js';
import { placeKey } from '../../model/place.js';
import type { Span } from '../../model/facts.js';
import { pointedVariables, SETUP_LINE } from '../../model/pointed.js';
import type { Shared } from '../../model/plan.js';
import { refusal, type Refusal } from '../../model/remedy.js';
import { indentAt, lineStart, styleOf } from '../../model/style.js';
import { optionEdit } from './configuration.js';
import type { Draft } from './edits.js';
import { needsLibrary } from './ours.js';

/** A variable that is to be pointed, with the text that stands for it in code where nobody sets it. */
export interface Variable {
  readonly name: string;
  readonly kind: 'database' | 'port' | 'path';
  readonly fallback?: string;
  /** An expression in the place of the text, which the client works out by itself. */
  readonly code?: string;
}

interface Runner {
  /** Key of the configuration that lists the files loaded in each worker; nothing where the command says it. */
  readonly key?: string;
  /** Where nothing configures the runner yet. */
  readonly create?: { readonly file: string; readonly text: (entry: string) => string };
}

const RUNNERS: Readonly<Record<string, Runner>> = {
  vitest: {
    key: 'test.setupFiles',
    create: {
      file: 'vitest.config.mjs',
      text: (entry) => `import { defineConfig } from 'vitest/config';\n\nexport default defineConfig({\n  test: {\n    setupFiles: ['${entry}'],\n  },\n});\n`,
    },
  },
  jest: { key: 'setupFiles', create: { file: 'jest.config.cjs', text: (entry) => `module.exports = {\n  setupFiles: ['${entry}'],\n};\n` } },
  mocha: { key: 'require', create: { file: '.mocharc.json', text: (entry) => `{\n  "require": ["${entry}"]\n}\n` } },
  'node-test': {},
};

/** Whether the set-up finds the server of a database by the variable alone. */
export const canPoint = ({ project }: Shared, { name, kind, fallback }: Variable): boolean =>
  kind !== 'database' || pointedVariables.has(name) || isUrl(fallback ?? project.environment(name)[0]?.value);

/** Adds the set-up that points variables at the worker's own before the modules of the project load. Answers with what was done, in words. */
export function pointEnvironment(shared: Shared, variables: readonly Variable[], draft: Draft, creates: Map<string, string>): string | Refusal {
  const { use, layout, project } = shared;
  const runner = RUNNERS[use.runner];
  if (!runner) return refusal(`there is no set-up line for ${use.runner}`);
  const unknown = variables.find((each) => !canPoint(shared, each));
  if (unknown) return refusal(`\`${unknown.name}\` is no variable that the set-up knows, and holds no connection string`);
  if (!shared.runtime) return needsLibrary('pointEnvironment');
  const before: string[] = [];
  for (const { name, fallback, code = fallback === undefined ? undefined : quoted(fallback) } of variables) {
    const given = project.environment(name);
    if (given.some((each) => isSetBefore(shared, each)) || loaderOf(shared, name) >= 0) continue;
    const file = given.find((each) => /(?:^|\/)\.env[\w.-]*$/.test(each.from) && !/example|sample|template|dist/.test(each.from));
    if (file) before.push(`process.loadEnvFile(${quoted(inPackage(use.dir, file.from))});`);
    else if (code !== undefined) before.push(`process.env.${name} ??= ${code};`);
  }
  const line = `isolation-audit/setup/${use.runner}`;
  const hasLine = layout.setupFiles.some((each) => SETUP_LINE.test(each));
  const isModule = use.runner === 'vitest';
  const own = `${folderOf(shared)}isolation.setup.${isModule ? 'mjs' : 'cjs'}`;
  const path = use.dir === '' ? own : `${use.dir}/${own}`;
  const options = optionsOf(variables);
  const call =
    options === ''
      ? isModule
        ? `await import('${line}');`
        : `require('${line}');`
      : isModule
        ? `const { pointEnvironment } = await import('isolation-audit/worker');\npointEnvironment(${options});`
        : `require('isolation-audit/worker').pointEnvironment(${options});`;
  const isSometimes = variables.every((each) => isOnlyInWorkflows(shared, each));
  const point = isSometimes ? onlyWhereSet(variables, call) : call;
  const named = variables.map(({ name }) => `\`${name}\``).join(' and ');
  const what = variables.every(({ kind }) => kind === 'database') ? 'databases' : variables.every(({ kind }) => kind === 'port') ? 'ports' : 'paths';
  const end = `it points ${named} at ${what} that only one worker has.`;
  const text = project.text(path);
  if (text !== undefined && project.has(path)) {
    // Ours already, from an earlier plan.
    if (!/pointEnvironment|isolation-audit\/setup\//.test(text)) return refusal(`\`${path}\` is there already`);
    const again = [...new Set(before)].filter((each) => !text.includes(each));
    const renamed = isModule && !isSometimes && /\bpointEnvironment\b/.test(text) ? point.slice(point.indexOf('\n') + 1) : point;
    draft.replace(path, [text.length, text.length], [...again, renamed, ''].join('\n'));
    return `Let \`${path}\` do more: ${end}`;
  }
  if (hasLine && options === '' && before.length === 0) return refusal('the set-up points it already');
  const needsFile = before.length > 0 || options !== '' || isSometimes;
  if (needsFile)
    creates.set(
      path,
      ['// Before the application loads: what its variables name, with a part of it that only this worker has.', ...new Set(before), point, ''].join('\n'),
    );
  const entry = needsFile ? `./${own}` : line;
  const why = runner.key === undefined ? inCommands(shared, entry, draft) : inConfiguration(shared, runner, entry, variables, draft, creates);
  return why ?? `${needsFile ? `Load \`${path}\`` : `Add \`${line}\` to what ${titleOf(use.runner)} loads`} before the tests: ${end}`;
}

/** Where nobody runs a workflow the variable is not set, and the tests do without it: then there is nothing to point. */
function isOnlyInWorkflows(shared: Shared, { name, fallback, code = fallback }: Variable): boolean {
  const given = shared.project.environment(name);
  return code === undefined && given.length > 0 && given.every(({ from }) => from.startsWith('workflow')) && loaderOf(shared, name) < 0;
}

function onlyWhereSet(variables: readonly Variable[], call: string): string {
  const lines = call.split('\n').map((line) => `  ${line}`);
  return [`if (${variables.map(({ name }) => `process.env.${name}`).join(' || ')}) {`, ...lines, '}'].join('\n');
}

/** `{ variables: ['LEDGER_URL'], ports: ['PORT'] }`, or nothing where the line alone does it. */
function optionsOf(variables: readonly Variable[]): string {
  const of = (kind: Variable['kind']): string[] =>
    variables.flatMap((each) => (each.kind === kind && !(kind === 'database' && pointedVariables.has(each.name)) ? [quoted(each.name)] : []));
  const entries = [
    ['variables', of('database')],
    ['ports', of('port')],
    ['paths', of('path')],
  ] as const;
  const written = entries.flatMap(([key, names]) => (names.length > 0 ? [`${key}: [${names.join(', ')}]`] : []));
  return written.length === 0 ? '' : `{ ${written.join(', ')} }`;
}

const inPackage = (dir: string, path: string): string => (dir !== '' && path.startsWith(`${dir}/`) ? path.slice(dir.length + 1) : path);

const isUrl = (text: string | undefined): boolean =>
  text !== undefined && /^(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|valkeys?|file|sqlite):/.test(text);
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const titleOf = (runner: string): string => ({ vitest: 'Vitest', jest: 'Jest', mocha: 'Mocha', 'node-test': 'Node' })[runner] ?? runner;

/** A command or the runner's own configuration sets it, so it is there when set-up runs. */
const isSetBefore = ({ layout }: Shared, { from, at }: EnvironmentValue): boolean =>
  /^(?:script|workflow)\b/.test(from) || (layout.environment ?? []).some((each) => each.at.path === at.path && from === each.at.path);

/** Index of the last setup entry that loads variables from a file, or sets this one. -1: none does. */
function loaderOf({ layout, setupFiles, globalSetup, use, project }: Shared, name: string): number {
  if (use.commands.some(({ words }) => words.some((word) => /^--env-file(?:=|$)|^dotenv$|^env-cmd$/.test(word)))) return 0;
  const loads = (path: string): boolean => {
    const text = project.text(path) ?? '';
    return (
      /['"]dotenv(?:-flow|\/config)?['"]|loadEnvFile\(/.test(text) ||
      new RegExp(`process\\.env(?:\\.${name}|\\[['"]${name}['"]\\])\\s*(?:\\?\\?|\\|\\|)?=[^=]`).test(text)
    );
  };
  if (globalSetup.some(loads)) return 0;
  return layout.setupFiles.findLastIndex((each) => each.startsWith('dotenv') || setupFiles.some((path) => isMeant(each, path) && loads(path)));
}

const isMeant = (specifier: string, path: string): boolean => {
  const plain = specifier.replace(/^<rootDir>\/?|^(?:\.{1,2}\/)+/, '').replace(/\.[cm]?[jt]sx?$/, '');
  return path.replace(/\.[cm]?[jt]sx?$/, '').endsWith(plain);
};

/** Where setup files of the suite lie, else where its tests do. */
function folderOf({ setupFiles, audited, use }: Shared): string {
  const cut = use.dir === '' ? 0 : use.dir.length + 1;
  const first = setupFiles.find((path) => use.dir === '' || path.startsWith(`${use.dir}/`)) ?? audited.stories[0]?.file ?? '';
  const inner = first.slice(cut);
  // Jest 30 takes all code below `__tests__` for tests, `node --test` all code below `test`.
  if (/(?:^|\/)__tests__\//.test(inner) || (use.runner === 'node-test' && /(?:^|\/)test\//.test(inner))) return '';
  return setupFiles.length > 0 ? inner.slice(0, inner.lastIndexOf('/') + 1) : inner.includes('/') ? `${inner.slice(0, inner.indexOf('/'))}/` : '';
}

function inConfiguration(
  shared: Shared,
  runner: Runner,
  entry: string,
  variables: readonly Variable[],
  draft: Draft,
  creates: Map<string, string>,
): Refusal | undefined {
  const { use, project } = shared;
  const key = runner.key!;
  const path = use.configPath;
  if (path === undefined) {
    const create = runner.create!;
    const file = use.dir === '' ? create.file : `${use.dir}/${create.file}`;
    if (project.has(file)) return refusal(`\`${file}\` is there already`);
    if (use.dir !== '' && !use.commands.some(({ at }) => at?.path === `${use.dir}/package.json`))
      return refusal(`no command of \`${use.dir}\` starts ${titleOf(use.runner)}, so a configuration of its own may not be read`);
    creates.set(file, create.text(entry));
    return undefined;
  }
  const text = project.text(path);
  if (text === undefined) return refusal(`\`${path}\` cannot be read`);
  const places = use.optionPlaces ?? {};
  const own = places[key];
  // Packages are found from the configuration's folder, files as the others are written.
  const rooted = use.runner === 'jest' && entry.startsWith('./') ? `<rootDir>/${entry.slice(2)}` : entry;
  if (own) {
    if (own.path !== path) return refusal(`\`${key}\` is written in another file, \`${own.path}\``);
    return intoList(text, own.span, rooted, 1 + Math.max(-1, ...variables.map(({ name }) => loaderOf(shared, name))), path, draft);
  }
  if (use.computed.some((each) => each.key === '' || each.key === key || key.startsWith(`${each.key}.`)))
    return refusal(`the configuration is computed: \`${path}\``);
  const [outer, inner] = key.includes('.') ? (key.split('.') as [string, string]) : [undefined, key];
  const edit = optionEdit(shared, path, [{ key: inner, value: `['${rooted}']` }], outer);
  if ('kind' in edit) return edit;
  draft.replace(path, edit.span, edit.text);
  return undefined;
}

function intoList(text: string, span: Span, entry: string, index: number, path: string, draft: Draft): Refusal | undefined {
  const written = text.slice(...span);
  const quote = written.includes('"') ? '"' : "'";
  const item = `${quote}${entry}${quote}`;
  if (/^['"`]/.test(written)) {
    draft.replace(path, span, index > 0 ? `[${written}, ${item}]` : `[${item}, ${written}]`);
    return undefined;
  }
  if (/\.ya?ml$/.test(path)) return intoYaml(text, span, entry, index, path, draft);
  if (!written.startsWith('[')) return refusal('the list of setup files is computed');
  const items = [...written.matchAll(/(['"`])(?:\\.|(?!\1).)*\1|[^\s,[\]'"`]+\([^)]*\)/g)];
  if (items.length === 0) {
    draft.replace(path, span, `[${item}]`);
    return undefined;
  }
  const isTall = written.includes('\n');
  const next = items[Math.min(index, items.length)];
  const between = (at: number): string => (isTall ? `,${styleOf(text, path).eol}${indentAt(text, at)}` : ', ');
  if (next) {
    const at = span[0] + next.index;
    draft.replace(path, [at, at], `${item}${between(at)}`);
  } else {
    const last = items.at(-1)!;
    const at = span[0] + last.index + last[0].length;
    draft.replace(path, [at, at], `${between(span[0] + last.index)}${item}`);
  }
  return undefined;
}

/** A list of YAML, an item on each line or in brackets. */
function intoYaml(text: string, span: Span, entry: string, index: number, path: string, draft: Draft): Refusal | undefined {
  const written = text.slice(...span);
  if (written.startsWith('[')) return refusal('the list of setup files stands in brackets');
  const items = [...written.matchAll(/^[ \t]*-[ \t]*/gm)];
  if (!written.startsWith('-')) {
    // One file, as a plain text.
    draft.replace(path, span, index > 0 ? `[${written}, ${entry}]` : `[${entry}, ${written}]`);
    return undefined;
  }
  const { eol } = styleOf(text, path);
  const indent = indentAt(text, span[0]);
  const next = items[index];
  const at = next === undefined ? span[1] : span[0] + next.index;
  if (next === undefined) draft.replace(path, [at, at], `${written.endsWith('\n') ? '' : eol}${indent}- ${entry}${written.endsWith('\n') ? eol : ''}`);
  else draft.replace(path, [lineStart(text, at), lineStart(text, at)], `${indent}- ${entry}${eol}`);
  return undefined;
}

/** `node --test` of the package's scripts. */
function inCommands({ use, project }: Shared, entry: string, draft: Draft): Refusal | undefined {
  let found = 0;
  const said = new Set<string>();
  for (const { at } of use.commands) {
    if (!at?.path.endsWith('package.json') || said.has(placeKey(at))) continue;
    said.add(placeKey(at));
    const text = project.text(at.path) ?? '';
    const script = text.slice(...at.span);
    for (const match of script.matchAll(/\bnode(?=\s[^&|;"]*\s--test\b|\s--test\b)/g)) {
      const behind = at.span[0] + match.index + match[0].length;
      draft.replace(at.path, [behind, behind], ` --require ${entry}`);
      found++;
    }
  }
  return found > 0 ? undefined : refusal('no script of package.json starts `node --test`');
}
