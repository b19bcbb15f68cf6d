import type { Command, Json, Layout, RunnerUse } from '../../model/runner.js';
import { escapeRegex } from '../../model/patterns.js';
import { flagList, readFlags, splitShort, names, type Flags } from './flags.js';
import { isList, isRecord, recordOf, textOf, textsOf, versionOf, type Options } from './options.js';
import { mainCommands } from './overlap.js';
import { configFolder, joinPath, patternsOf, regexUnder, under, unite, type LayoutPart } from './paths.js';

/** Flags with a value in Jest 30.5's own table (`jest-cli`, `args`). */
const grammar = {
  values: names(`cacheDirectory changedSince config coverageDirectory coverageProvider coverageThreshold filter globalSetup globalTeardown globals haste
    maxConcurrency maxWorkers moduleNameMapper notifyMode openHandlesTimeout outputFile preset prettierPath resolver rootDir runner seed shard
    testEnvironment testEnvironmentOptions testFailureExitCode testNamePattern testResultsProcessor testRunner testSequencer testTimeout
    transform workerGracefulExitTimeout workerIdleMemoryLimit`),
  lists: names(`collectCoverageFrom coveragePathIgnorePatterns coverageReporters ignoreProjects moduleDirectories moduleFileExtensions
    modulePathIgnorePatterns modulePaths projects reporters roots selectProjects setupFiles setupFilesAfterEnv snapshotSerializers testMatch
    testPathIgnorePatterns testPathPatterns testPathPattern testRegex transformIgnorePatterns unmockedModulePathPatterns watchPathIgnorePatterns`),
  aliases: {
    b: 'bail',
    c: 'config',
    e: 'expand',
    env: 'testEnvironment',
    f: 'onlyFailures',
    i: 'runInBand',
    o: 'onlyChanged',
    t: 'testNamePattern',
    u: 'updateSnapshot',
    w: 'maxWorkers',
  },
};
/** Create React App and its kin start Jest with a configuration of their own. */
const APP_SCRIPTS = ['react-scripts', 'react-app-rewired', 'craco'];
const isAppScript = (command: Command): boolean => APP_SCRIPTS.includes(command.words[0] ?? '');
export const flagsOf = (command: Command): Flags => readFlags(splitShort(command.words, 'w'), { ...grammar, skip: isAppScript(command) ? 2 : 1 });

/** Defaults of `jest-config` 30.5; 29 and older do not look for `.mjs` and `.cjs` (`jest-config` 29.7). */
const MATCH_30 = ['**/__tests__/**/*.?([mc])[jt]s?(x)', '**/?(*.)+(spec|test).?([mc])[jt]s?(x)'];
const MATCH_29 = ['**/__tests__/**/*.[jt]s?(x)', '**/?(*.)+(spec|test).[jt]s?(x)'];
/** `react-scripts` 5.0, `scripts/utils/createJestConfig.js`. */
const APP_OPTIONS: Options = {
  roots: ['<rootDir>/src'],
  testMatch: ['<rootDir>/src/**/__tests__/**/*.{js,jsx,ts,tsx}', '<rootDir>/src/**/*.{spec,test}.{js,jsx,ts,tsx}'],
  setupFilesAfterEnv: ['<rootDir>/src/setupTests.ts', '<rootDir>/src/setupTests.js'],
  resetMocks: true,
};

/** The configuration with what the application scripts set beneath it. */
export function optionsOf(use: RunnerUse): Options {
  return use.commands.length > 0 && use.commands.every(isAppScript) ? { ...APP_OPTIONS, ...use.options } : use.options;
}

export function layout(use: RunnerUse): Layout {
  const options = optionsOf(use);
  const base = joinPath(configFolder(use), textOf(options['rootDir'])?.replace(/^<rootDir>\/?/, '') ?? '');
  const projects = isList(options['projects']) ? options['projects'] : [];
  const inline = projects.filter(isRecord);
  const first = (versionOf(use)?.major ?? 30) < 30 ? MATCH_29 : MATCH_30;
  const parts =
    projects.length > 0
      ? inline.map((project) => partOf(project, joinPath(textOf(project['rootDir'])?.replace(/<rootDir>/g, '') ?? ''), first))
      : [partOf(commanded(use, options), '', first)];
  const united = unite(joinPath(use.dir, base), parts);
  // Global setup is read from the whole run's configuration as well as from each project's.
  return projects.length > 0 ? { ...united, globalSetup: [...new Set([...globalSetupOf(options, ''), ...united.globalSetup])] } : united;
}

/** Patterns that every command passes replace the configuration's, as they do in Jest. */
function commanded(use: RunnerUse, options: Options): Options {
  const commands = mainCommands(use).map(flagsOf);
  const replaced: Record<string, Json> = {};
  for (const key of ['roots', 'testMatch', 'testRegex', 'setupFiles', 'setupFilesAfterEnv', 'testPathIgnorePatterns']) {
    if (commands.length > 0 && commands.every((flags) => flags.named.has(key))) replaced[key] = [...new Set(commands.flatMap((flags) => flagList(flags, key)))];
  }
  if (replaced['testRegex']) replaced['testMatch'] = [];
  return { ...options, ...replaced };
}

function partOf(options: Options, folder: string, defaults: readonly string[]): LayoutPart {
  const plain = (glob: string): string => under(folder, glob.replace(/^<rootDir>\/?/, ''));
  const roots = textsOf(options['roots']).map((root) => joinPath(folder, root.replace(/^<rootDir>\/?/, '')));
  const regexes = regexTexts(options['testRegex']);
  const written = patternsOf(options['testMatch']).globs;
  const match = regexes.length > 0 ? [] : written.length > 0 ? written : defaults;
  const include: string[] = [];
  const exclude: string[] = [];
  for (const written of match) {
    const glob = written.replace(/^(\.\/)+/, '');
    if (glob.startsWith('!')) exclude.push(plain(glob.slice(1)));
    // A glob that starts anywhere is looked for in the roots only.
    else if (glob.startsWith('**/') && roots.length > 0) include.push(...roots.map((root) => under(root, glob)));
    else include.push(plain(glob));
  }
  const ignored = options['testPathIgnorePatterns'] === undefined ? ['/node_modules/'] : regexTexts(options['testPathIgnorePatterns']);
  const within = roots.length > 0 ? roots : [folder];
  // Whole paths are matched: `<rootDir>/test` is one folder, not each that is named so, and the dot of `./test` is the last letter of the folder above.
  const root = folder === '' ? '^' : `^/${escapeRegex(folder)}`;
  const anchored = (source: string): string => source.replace(/<rootDir>/g, root).replace(/^\.+(?=\/)/, '');
  const environment = textOf(options['testEnvironment']);
  return {
    folder,
    include,
    exclude,
    includeRegex: regexes.map((source) => regexUnder(within, anchored(source))),
    excludeRegex: [...ignored, ...regexTexts(options['modulePathIgnorePatterns'])].map(anchored),
    setupFiles: [
      ...(environment && /^(?:<rootDir>|\.{1,2}\/)/.test(environment) ? [environment] : []),
      ...textsOf(options['setupFiles']),
      ...textsOf(options['setupTestFrameworkScriptFile']),
      ...textsOf(options['setupFilesAfterEnv']),
    ].map((file) => specifier(file, folder)),
    globalSetup: globalSetupOf(options, folder),
    // Jest 30.5, documentation of manual mocks: packages need no `jest.mock`; core modules do.
    mocks: within.map((root) => joinPath(root, '__mocks__')),
    aliases: Object.entries(recordOf(options['moduleNameMapper'])).flatMap(([find, to]) =>
      textsOf(to).map((replacement) => ({ find, replacement: specifier(replacement, folder) })),
    ),
  };
}

const globalSetupOf = (options: Options, folder: string): string[] =>
  [...textsOf(options['globalSetup']), ...textsOf(options['globalTeardown'])].map((file) => specifier(file, folder));
const specifier = (file: string, folder: string): string => {
  if (file.startsWith('<rootDir>')) return `./${joinPath(folder, file.replace(/^<rootDir>\/?/, ''))}`;
  return folder !== '' && /^\.{1,2}\//.test(file) ? `./${joinPath(folder, file)}` : file;
};
/** Regular expressions as Jest takes them: texts, without the slashes of a literal. */
const regexTexts = (value: Json | undefined): string[] => {
  const { globs, regexes } = patternsOf((isList(value) ? value : [value]).filter((each): each is Json => each !== undefined && typeof each !== 'string'));
  return [...textsOf(value), ...globs, ...regexes];
};
