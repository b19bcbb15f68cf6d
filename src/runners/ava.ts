import type { Command, Layout, Runner, RunnerUse, Schedule, Vocabulary, Word } from '../model/runner.js';
import { flag, flagOn, readFlags, splitShort, type Flags } from './support/flags.js';
import { booleanOf, computedNotes, countOf, environmentOf, isList, isRecord, textOf, textsOf, titled, versionOf } from './support/options.js';
import { mainCommands, optionText, overlapOf, type Ground, type Ruling } from './support/overlap.js';
import { fileGlobs } from './support/paths.js';

const test: Word = { role: 'test' };
const hook = (when: 'before' | 'after', scope: 'file' | 'test'): Word => ({ role: 'hook', when, scope });

const vocabulary: Vocabulary = {
  modules: ['ava'],
  globals: false,
  words: { default: test },
  modifiers: { only: 'only', skip: 'skip', todo: 'todo', serial: 'serial', failing: 'fails', always: 'always' },
  members: { before: hook('before', 'file'), after: hook('after', 'file'), beforeEach: hook('before', 'test'), afterEach: hook('after', 'test') },
  context: { teardown: 'cleanup' },
  cleanups: [],
  sets: { NODE_ENV: 'test' },
  sharedContext: 'context',
};

/** `ava` 7.0, `lib/cli`. */
const grammar = {
  values: ['concurrency', 'match', 'nodeArguments', 'timeout', 'config'],
  aliases: { c: 'concurrency', m: 'match', s: 'serial', t: 'tap', T: 'timeout', u: 'updateSnapshots', v: 'verbose', w: 'watch' },
};
const flagsOf = (command: Command): Flags => readFlags(splitShort(command.words, 'c'), { ...grammar, skip: command.words[1] === 'debug' ? 2 : 1 });

function layout(use: RunnerUse): Layout {
  const { options } = use;
  const given = isRecord(options['extensions']) ? Object.keys(options['extensions']) : textsOf(options['extensions']);
  const extensions = [...(given.length > 0 ? given : ['cjs', 'mjs', 'js']), ...(isRecord(options['typescript']) ? ['ts', 'cts', 'mts'] : [])];
  const ext = extensions.length === 1 ? extensions[0]! : `{${extensions.join(',')}}`;
  // `ava` 7.0, `lib/globs`; the same since 3.
  const include = [
    `test.${ext}`,
    `{src,source}/test.${ext}`,
    `**/__tests__/**/*.${ext}`,
    `**/*.spec.${ext}`,
    `**/*.test.${ext}`,
    `**/test-*.${ext}`,
    `**/test/**/*.${ext}`,
    `**/tests/**/*.${ext}`,
  ];
  const exclude = ['**/__tests__/**/__{helper,fixture}?(s)__/**/*', '**/test?(s)/**/{helper,fixture}?(s)/**/*'];
  // Never searched, and `_` marks helpers: `lib/glob-helpers`, `lib/globs`.
  const never = ['**/{.git,.log,.nyc_output,.sass-cache,.yarn,bower_components,coverage,node_modules}/**', '**/_*'];
  const clean = (glob: string): string => glob.replace(/^(\.\/)+/, '');
  const written = textsOf(options['files']).map((glob) => (glob.startsWith('!') ? `!${clean(glob.slice(1))}` : clean(glob)));
  const wanted = written.filter((glob) => !glob.startsWith('!'));
  const unwanted = written.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  const commands = use.commands.map(flagsOf);
  // Patterns of a command only narrow; they stand for the suite when every command has them.
  const narrowed = wanted.length === 0 && commands.length > 0 && commands.every((flags) => flags.rest.length > 0);
  const patterns = narrowed ? commands.flatMap((flags) => flags.rest.flatMap((word) => fileGlobs(word.replace(/:[\d,-]+$/, ''), extensions, true))) : wanted;
  return {
    dir: use.dir,
    include: [...new Set(patterns.length > 0 ? patterns : include)],
    exclude: [...(wanted.length === 0 ? exclude : []), ...unwanted.flatMap((glob) => [glob, `${glob.replace(/\/$/, '')}/**`]), ...never],
    setupFiles: (isList(options['require']) ? options['require'] : [options['require']]).flatMap((each) => textOf(isList(each) ? each[0] : each) ?? []),
    globalSetup: [],
  };
}

function schedule(use: RunnerUse): Schedule {
  const { options } = use;
  const commands = mainCommands(use).map(flagsOf);
  const limit = countOf(options['concurrency']);
  const ground: Ground =
    booleanOf(options['serial']) === true
      ? { overlap: 'serial', reason: optionText(use, 'serial: true'), key: 'serial' }
      : limit !== undefined && limit > 0
        ? { overlap: limit === 1 ? 'serial' : 'parallel', reason: optionText(use, `concurrency: ${limit}`), key: 'concurrency' }
        : { overlap: 'parallel', reason: 'AVA runs test files in parallel by default' };
  const verdict = overlapOf(use, ground, ruling);
  const decided = verdict.command ? flagOn(flagsOf(verdict.command), 'serial') : undefined;
  const serialTests = decided ?? booleanOf(options['serial']) ?? false;
  // Worker threads came with AVA 4.
  const threads =
    (versionOf(use)?.major ?? 4) >= 4 && !(commands.some((flags) => flagOn(flags, 'workerThreads') === false) || booleanOf(options['workerThreads']) === false);
  const title = titled('AVA', use);
  const unit = threads ? 'thread' : 'process';
  return {
    runner: 'ava',
    ...(use.version ? { version: use.version } : {}),
    dir: use.dir,
    mode: `${title}, a worker ${unit} per file, tests ${serialTests ? 'one after another' : 'at once'}`,
    files: verdict.files,
    canParallel: true,
    ...(verdict.files.overlap === 'serial' ? { parallelSwitch: serialTests ? '--no-serial' : '--concurrency=4' } : {}),
    tests: serialTests ? 'sequential' : 'concurrent',
    unit,
    crossFile: ['file'],
    preloadsAll: false,
    rootHooks: 'file',
    restores: [],
    chdirThrows: threads,
    workerIds: [],
    why: `${title} runs each test file in a worker ${unit} of its own, several at the same time`,
    whyWithin: serialTests
      ? `${title} runs the tests of a file one after another in one worker ${unit}`
      : `${title} starts all tests of a file at once in one worker ${unit}`,
    notes: [...verdict.notes, ...computedNotes(use, ['files', 'serial', 'concurrency', 'workerThreads', 'require', 'extensions'])],
  };
}

function ruling(command: Command): Ruling | undefined {
  const flags = flagsOf(command);
  if (flagOn(flags, 'serial')) return { overlap: 'serial', said: `passes \`${command.words.includes('-s') ? '-s' : '--serial'}\`` };
  const limit = countOf(flag(flags, 'concurrency'));
  if (limit !== undefined && limit > 0) return { overlap: limit === 1 ? 'serial' : 'parallel', said: `passes \`--concurrency=${limit}\`` };
  return flagOn(flags, 'serial') === false ? { overlap: 'parallel', said: 'passes `--no-serial`' } : undefined;
}

const ava: Runner = {
  id: 'ava',
  language: 'typescript',
  title: 'AVA',
  packages: ['ava'],
  commands: ['ava'],
  configFiles: ['ava.config.{js,cjs,mjs}'],
  packageKey: 'ava',
  vocabulary,
  layout: (use) => ({ ...layout(use), ...environmentOf(use, 'environmentVariables') }),
  schedule,
};
export default ava;
