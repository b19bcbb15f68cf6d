import type { Runner } from '../model/runner.js';
import { exported, installedProgram, namedAfter, nameOf, nameTest, NODE_LIKE, recipeOf, spread, VALUE_FLAGS, WRAPPERS } from './command-words.js';
import { globTest } from './globs.js';
import { isObject } from './json-file.js';
import { joinPath, type Package, type Packages } from './packages.js';
import { assign, isAssignment, parseShell } from './shell.js';
import { taskCall, type TaskCall } from './task-calls.js';
import type { Walk } from './walk.js';

/** A start of a runner, found at the end of scripts and wrappers. */
export interface Started {
  readonly runner: string;
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Files of variables that it is given: `dotenv -e .env.test jest`. */
  readonly envFiles?: readonly string[];
  /** The make or shell file that says its words, where no script does. */
  readonly writtenIn?: string;
  /** The folder it runs in. */
  readonly cwd: string;
  /** Range of the command in the text it was found in, when it stands there itself and not in a script it calls. */
  readonly range?: readonly [number, number];
  /** Words added to the script's end reach it. */
  readonly takesWords: boolean;
}

export interface CommandReader {
  /** Runners that a shell text starts, through package scripts, shell scripts, make targets and task runners. */
  read(text: string, cwd: string, env?: Readonly<Record<string, string>>): readonly Started[];
  script(owner: Package, name: string): readonly Started[];
}

interface Frame {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly envFiles?: readonly string[];
  /** Scripts and files being read, against loops. */
  readonly open: readonly string[];
  /** `"$@"` of a shell script. */
  readonly rest?: readonly string[];
}

const DEPTH = 10;
/** Positions after a wrapper that are tried. */
const REACH = 24;

export function commandReader(walk: Walk, packages: Packages, runners: readonly Runner[]): CommandReader {
  const starts = runners.flatMap((runner) => runner.commands.map((command) => ({ runner: runner.id, words: command.split(' ') })));
  starts.sort((a, b) => b.words.length - a.words.length);
  const firstWords = new Set(starts.map((start) => start.words[0]));
  const scripts = new Map<string, readonly Started[]>();
  const selections = new Map<string, readonly Package[]>();
  const members = packages.all.filter((each) => each.member);

  function run(text: string, frame: Frame): Started[] {
    const found: Started[] = [];
    let env = frame.env;
    let cwd: string | undefined = frame.cwd;
    const commands = parseShell(text);
    commands.forEach((command, at) => {
      const [head, target] = command.words;
      if (head === 'cd' || head === 'pushd') cwd = target && !/[$~]/.test(target) ? joinPath(cwd ?? '', target) : cwd;
      else if (head === undefined || head === 'export' || head === 'set') env = { ...env, ...exported(command) };
      else if (cwd !== undefined) {
        const last = at === commands.length - 1;
        for (const each of resolve(spread(command.words, frame.rest), { ...frame, cwd, env: { ...env, ...command.env } })) {
          found.push({ ...each, takesWords: each.takesWords && last, range: each.range ?? [command.start, command.end] });
        }
      }
    });
    return found;
  }

  function resolve(words: readonly string[], frame: Frame): readonly Started[] {
    if (words.length === 0 || frame.open.length > DEPTH) return [];
    const head = nameOf(words[0] ?? '');
    if (isAssignment(words[0] ?? '')) {
      const env = { ...frame.env };
      assign(env, words[0] ?? '');
      return resolve(words.slice(1), { ...frame, env });
    }
    const direct = startOf(words, head);
    if (direct) return [{ ...direct, env: frame.env, ...(frame.envFiles ? { envFiles: frame.envFiles } : {}), cwd: frame.cwd, takesWords: true }];
    const task = taskCall(head, words.slice(1));
    if (task) return performed(task, frame);
    if (/^(?:run-[sp]|npm-run-all2?)$/.test(head))
      return words
        .slice(1)
        .filter((word) => !word.startsWith('-'))
        .flatMap((word) => scriptsLike(word.split(' ')[0] ?? '', frame));
    if (head === 'make' || head === 'gmake') return words.slice(1).flatMap((target) => makeTarget(target, frame));
    if (head === 'eval') return run(words.slice(1).join(' '), frame);
    const file = /\.(?:sh|bash)$/.test(words[0] ?? '') ? joinPath(frame.cwd, words[0] ?? '') : undefined;
    if (file !== undefined) return shellFile(file, words.slice(1), frame);
    return WRAPPERS.has(head) ? wrapped(head, words, frame) : [];
  }

  function wrapped(head: string, words: readonly string[], outside: Frame): readonly Started[] {
    const envFiles = /^(?:dotenv|dotenvx|env-cmd)$/.test(head) ? namedFiles(words, outside.cwd) : [];
    const frame = envFiles.length > 0 ? { ...outside, envFiles: [...(outside.envFiles ?? []), ...envFiles] } : outside;
    const env = { ...frame.env };
    for (let at = 1; at < Math.min(words.length, REACH); at++) {
      const word = words[at] ?? '';
      if (isAssignment(word)) assign(env, word);
      else if (VALUE_FLAGS.has(word) && !(head === 'cross-env' || /^(?:ba|z)?sh$/.test(head) || head === 'concurrently')) at++;
      else if (word === '-c' && at + 1 < words.length) return run(words[at + 1] ?? '', { ...frame, env });
      else if (!word.startsWith('-')) {
        // `concurrently "npm:watch" "jest"`, `start-server-and-test serve 3000 "npm test"`, `cross-env-shell "A=1 jest"`.
        if (word.includes(' ') && /^(?:concurrently|start-|cross-env-shell|dotenv|xvfb-run|retry|op|env-cmd)/.test(head)) {
          const inner = run(word, { ...frame, env });
          if (inner.length > 0) return inner;
        } else if (head === 'concurrently' && word.startsWith('npm:')) {
          const inner = scriptsLike(word.slice(4), { ...frame, env });
          if (inner.length > 0) return inner;
        } else if (head.startsWith('start-')) {
          if (at > 2) return scriptsLike(word, { ...frame, env });
        } else {
          const inner = resolve(words.slice(at), { ...frame, env });
          if (inner.length > 0) return inner;
          // `node bin/with-certificates.js mocha`: a program of the project runs what it is given.
          if (NODE_LIKE.has(head)) return resolve(words.slice(at + 1), { ...frame, env });
        }
      }
    }
    return [];
  }

  /** Scripts and programs that a package manager or task runner starts in one package or in many. */
  function performed(call: TaskCall, frame: Frame): readonly Started[] {
    const cwd = call.dir === '/' ? '' : joinPath(frame.cwd, call.dir ?? '');
    if (cwd === undefined) return [];
    const owners = call.many ? selected(call.filters) : [packages.owner(cwd)].flatMap((each) => each ?? []);
    const found = owners.flatMap((owner) => call.scripts.flatMap((name) => called(owner, name, call.extra, frame)));
    if (found.length > 0 || !call.program) return found;
    return (call.many ? owners.map((owner) => owner.dir) : [cwd]).flatMap((dir) => resolve(call.program ?? [], { ...frame, cwd: dir }));
  }

  function selected(filters: readonly string[]): readonly Package[] {
    const key = filters.join('\0');
    const known = selections.get(key);
    if (known) return known;
    const plain = filters.map((filter) => filter.replace(/^(!?)\{(.*)\}$/, '$1$2').replace(/^\.{3}|\.{3}$|\^/g, '')).filter((filter) => !/[[$]/.test(filter));
    const yes = plain.filter((filter) => !filter.startsWith('!')).map(nameTest);
    const no = plain.filter((filter) => filter.startsWith('!')).map((filter) => nameTest(filter.slice(1)));
    const chosen = members.filter((each) => (yes.length === 0 || yes.some((test) => test(each))) && !no.some((test) => test(each)));
    selections.set(key, chosen);
    return chosen;
  }

  function called(owner: Package, name: string, extra: readonly string[], frame: Frame): readonly Started[] {
    const found = name.includes('*') ? scriptsLike(name, { ...frame, cwd: owner.dir }) : script(owner, name, frame.open);
    return found.map((each) => ({
      ...each,
      env: { ...frame.env, ...each.env },
      ...(frame.envFiles || each.envFiles ? { envFiles: [...(frame.envFiles ?? []), ...(each.envFiles ?? [])] } : {}),
      words: each.takesWords && extra.length > 0 ? [...each.words, ...extra] : each.words,
    }));
  }

  function scriptsLike(pattern: string, frame: Frame): readonly Started[] {
    const owner = packages.owner(frame.cwd);
    if (!owner) return [];
    if (!/[*?({]/.test(pattern)) return called(owner, pattern, [], frame);
    const matches = globTest([pattern.replaceAll(':', '/')]);
    return Object.keys(scriptsOf(owner))
      .filter((name) => matches?.(name.replaceAll(':', '/')))
      .flatMap((name) => called(owner, name, [], frame));
  }

  function script(owner: Package, name: string, open: readonly string[] = []): readonly Started[] {
    const key = `${owner.dir}#${name}`;
    const known = scripts.get(key);
    if (known) return known;
    const text = scriptsOf(owner)[name];
    if (typeof text !== 'string' || open.includes(key)) return [];
    const found = run(text, { cwd: owner.dir, env: {}, open: [...open, key] }).map(({ range: _, ...each }) => each);
    scripts.set(key, found);
    return found;
  }

  function shellFile(path: string, words: readonly string[], frame: Frame): readonly Started[] {
    const text = walk.has(path) && !frame.open.includes(path) ? walk.read(path).text : undefined;
    const found =
      text === undefined
        ? []
        : run(text, { ...frame, open: [...frame.open, path], rest: words }).map(({ range: _, ...each }) => ({ writtenIn: path, ...each, takesWords: false }));
    if (found.length > 0) return found;
    // `with-services.sh 'jest --ci'`: the script runs what it is given, which is a text or words.
    const [only = ''] = words;
    return words.length === 1 && only.includes(' ') ? run(only, frame).map(({ range: _, ...each }) => ({ ...each, takesWords: false })) : resolve(words, frame);
  }

  function makeTarget(target: string, frame: Frame): readonly Started[] {
    const path = ['Makefile', 'makefile', 'GNUmakefile'].map((name) => joinPath(frame.cwd, name) ?? name).find((each) => walk.has(each));
    const key = `${path}#${target}`;
    if (path === undefined || frame.open.includes(key)) return [];
    const recipe = recipeOf(walk.read(path).text ?? '', target);
    return run(recipe.join('\n'), { ...frame, open: [...frame.open, key] }).map(({ range: _, ...each }) => ({ writtenIn: path, ...each }));
  }

  function startOf(words: readonly string[], head: string): Pick<Started, 'runner' | 'words'> | undefined {
    const [name, rest] = NODE_LIKE.has(head) ? (installedProgram(words) ?? namedAfter(words, firstWords) ?? [head, words.slice(1)]) : [head, words.slice(1)];
    if (!firstWords.has(name)) return undefined;
    const start = starts.find(
      (each) => each.words[0] === name && each.words.slice(1).every((word) => rest.some((given) => given === word || given.startsWith(`${word}=`))),
    );
    return start && { runner: start.runner, words: [name, ...rest] };
  }

  return { read: (text, cwd, env = {}) => run(text, { cwd, env, open: [] }), script };
}

/** `-e .env.local -e .env.test`, `-f .env.test`: of two that give one variable the first counts. */
function namedFiles(words: readonly string[], cwd: string): readonly string[] {
  return words.flatMap((word, at) => (/^(?:-e|-f|--env-file)$/.test(words[at - 1] ?? '') ? (joinPath(cwd, word) ?? []) : []));
}

function scriptsOf(owner: Package): Readonly<Record<string, unknown>> {
  const scripts = owner.json['scripts'];
  return isObject(scripts) ? scripts : {};
}
