/** What a package manager or task runner is asked to run, and where. */
export interface TaskCall {
  /** Folder relative to the caller's; `/` is the root. */
  readonly dir?: string;
  /** Names, paths or globs of packages; `!` leaves out. */
  readonly filters: readonly string[];
  /** In every package of the workspace that the filters keep. */
  readonly many: boolean;
  /** Scripts by name. */
  readonly scripts: readonly string[];
  /** Words given to the scripts. */
  readonly extra: readonly string[];
  /** A program instead of a script, or, with scripts, in case there is no such script: `yarn jest`. */
  readonly program?: readonly string[];
}

const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun', 'pn', 'yarnpkg']);
const TASK_RUNNERS = new Set(['turbo', 'nx', 'lerna', 'wsrun', 'ultra', 'rush']);
/** Verbs of package managers that run nothing of the project. */
const OTHER_VERBS =
  /^(?:add|install|i|ci|remove|rm|link|publish|pack|dedupe|audit|why|ls|list|up|upgrade|update|config|set|cache|store|import|info|outdated|rebuild|version|login|whoami|create|init|patch|fetch|deploy|prune|env|setup|bin|root|plugin|constraints|create|global|help)$/;

/** Reads `npm run x -- a`, `yarn workspace n x`, `pnpm -r --filter p x`, `turbo run x --filter p`, `nx run-many -t x`. */
export function taskCall(head: string, words: readonly string[]): TaskCall | undefined {
  if (MANAGERS.has(head)) return managerCall(head, words);
  return TASK_RUNNERS.has(head) ? runnerCall(head, words) : undefined;
}

interface Flags {
  readonly filters: string[];
  many: boolean;
  dir?: string;
}

function managerCall(manager: string, given: readonly string[]): TaskCall | undefined {
  const flags: Flags = { filters: [], many: false };
  const isPnpm = manager.startsWith('pn');
  let rest = takeFlags(given, flags, isPnpm, false);
  let verb = rest.shift();
  if (verb === 'recursive' || verb === 'm') {
    flags.many = true;
    rest = takeFlags(rest, flags, isPnpm, false);
    verb = rest.shift();
  }
  if (verb === 'workspace') {
    const name = rest.shift();
    if (name !== undefined) flags.filters.push(name);
    verb = rest.shift();
  } else if (verb === 'workspaces') {
    flags.many = true;
    while (rest.length > 0 && (rest[0] === 'foreach' || rest[0]?.startsWith('-'))) {
      const flag = rest.shift() ?? '';
      if (/^--(?:include|from)$/.test(flag)) flags.filters.push(rest.shift() ?? '');
      else if (flag === '--exclude') flags.filters.push(`!${rest.shift() ?? ''}`);
      else if (/^(?:-j|--jobs|--since)$/.test(flag) && /^\d+$/.test(rest[0] ?? '')) rest.shift();
    }
    verb = rest.shift();
  }
  if (verb === 'run' || verb === 'run-script' || verb === 'rum') {
    rest = takeFlags(rest, flags, isPnpm, manager === 'npm');
    verb = rest.shift();
  } else if (verb === 'exec' || verb === 'x' || verb === 'dlx' || verb === 'node') {
    const program =
      verb === 'node'
        ? ['node', ...rest]
        : rest.slice(
            Math.max(
              0,
              rest.findIndex((word) => !word.startsWith('-')),
            ),
          );
    return { ...flags, many: flags.many || flags.filters.length > 0, scripts: [], extra: [], program };
  } else if (manager === 'npm' && !/^(?:t|tst|test|start)$/.test(verb ?? '')) return undefined;
  else if (manager === 'bun' && verb === 'test') return undefined;
  if (verb === undefined || OTHER_VERBS.test(verb)) return undefined;
  const script = /^(?:t|tst)$/.test(verb) ? 'test' : verb;
  const marked = rest.indexOf('--');
  // npm hands on only what follows `--`; the others hand on everything.
  const extra = manager === 'npm' ? (marked < 0 ? rest.filter((word) => !word.startsWith('-')) : rest.slice(marked + 1)) : rest.filter((word) => word !== '--');
  const many = flags.many || flags.filters.length > 0;
  return { ...flags, many, scripts: [script], extra, ...(manager === 'npm' ? {} : { program: [verb, ...rest] }) };
}

/** Takes the manager's own flags off the front, or off everything before `--` where they may stand behind too. */
function takeFlags(words: readonly string[], flags: Flags, isPnpm: boolean, everywhere: boolean): string[] {
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [flag, inline] = splitFlag(word);
    const value = (): string => inline ?? words[++at] ?? '';
    if (/^(?:-C|--dir|--cwd|--prefix)$/.test(flag)) flags.dir = value();
    else if ((isPnpm && flag === '-w') || flag === '--workspace-root') flags.dir = '/';
    else if (/^(?:-F|--filter|-w|--workspace)$/.test(flag)) flags.filters.push(value());
    else if (/^(?:-r|--recursive|--workspaces|-ws)$/.test(flag)) flags.many = true;
    else if (/^(?:--workspace-concurrency|--reporter|--loglevel|--test-pattern)$/.test(flag)) value();
    else if (everywhere && word !== '--') rest.push(word);
    else if (!word.startsWith('-') || word === '--') return [...rest, ...words.slice(at)];
  }
  return rest;
}

function runnerCall(tool: string, words: readonly string[]): TaskCall {
  const scripts: string[] = [];
  const filters: string[] = [];
  let many = tool !== 'nx';
  let extra: readonly string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [flag, inline] = splitFlag(word);
    const list = (): string[] => (inline ?? words[++at] ?? '').replace(/^\{(.*)\}$/, '$1').split(',');
    if (word === '--') {
      extra = words.slice(at + 1);
      break;
    }
    if (/^(?:-t|--targets?)$/.test(flag)) scripts.push(...list());
    else if (/^(?:-F|--filter|--scope|-p|--projects?|--include)$/.test(flag)) filters.push(...list());
    else if (/^(?:--exclude|--ignore)$/.test(flag)) filters.push(...list().map((each) => `!${each}`));
    else if (word === 'run-many' || word === 'affected') many = true;
    else if (word === 'exec' && tool === 'lerna') {
      const marked = words.indexOf('--', at);
      const from = marked >= 0 ? marked + 1 : words.findIndex((each, index) => index > at && !each.startsWith('-') && !/^\d+$/.test(each));
      return { filters, many: true, scripts: [], extra: [], program: from > 0 ? words.slice(from) : [] };
    } else if (!word.startsWith('-') && word !== 'run') scripts.push(word);
  }
  if (many) return { filters, many, scripts: scripts.map((name) => name.replace(/^.*#/, '')), extra };
  // `nx run app:test`, `nx app:test`, `nx test app`.
  const [project = '', target = ''] = scripts[0]?.includes(':') ? scripts[0].split(':') : [scripts[1] ?? '', scripts[0] ?? ''];
  return { filters: project === '' ? [] : [project], many: true, scripts: target === '' ? [] : [target], extra };
}

function splitFlag(word: string): readonly [string, string | undefined] {
  const cut = word.startsWith('-') ? word.indexOf('=') : -1;
  return cut < 0 ? [word, undefined] : [word.slice(0, cut), word.slice(cut + 1)];
}
