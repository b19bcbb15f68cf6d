import type { Command, ComputedOption, Runner, RunnerUse } from '../model/runner.js';
import { configFiles, isOwnName } from './config-files.js';
import type { ConfigRead, ReadConfig } from './read-config.js';
import { VERSIONED } from '../model/remedy.js';
import { isObject, parseJson } from './json-file.js';
import { dirOf, inFixture, type Packages } from './packages.js';
import { commandsOf, configOf } from './runner-commands.js';
import { asItself, declaredProjects, foldersOf, namedProjects, usesProjects } from './project-uses.js';
import { nodeVersion, rangeOf, versionOf } from './versions.js';
import type { Walk } from './walk.js';
import type { Ci } from './workflows.js';

/** A use with what speaks for it: a command, a configuration, or no more than a dependency. */
export interface FoundUse {
  readonly use: RunnerUse;
  readonly runner: Runner;
  readonly by: 'command' | 'config' | 'dependency';
  /** A command names its configuration; without one it is the standard file, or none. */
  readonly isNamed: boolean;
  /** Commands of runs that include it as a project: `jest -i` at the root. */
  readonly ranBy: readonly Command[];
}

interface Group {
  readonly runner: Runner;
  readonly dir: string;
  /** As a command names it. */
  readonly config?: string;
  readonly commands: Command[];
}

/** More commands of one use say nothing new. */
const MOST_COMMANDS = 80;

/** Which runners the packages use, as their scripts, CI files, configurations and dependencies say. */
export function findRunnerUses(walk: Walk, packages: Packages, ci: Ci, runners: readonly Runner[], readConfig: ReadConfig): FoundUse[] {
  const configs = configFiles(walk, packages, runners, readConfig);
  const byId = new Map(runners.map((runner) => [runner.id, runner]));
  const groups = new Map<string, Group>();
  const group = (runner: Runner, dir: string, config?: string): Group => {
    const standard = configs.standard(runner, dir);
    const named = config === undefined || config === standard ? undefined : config;
    const key = `${dir}\0${runner.id}\0${named ?? ''}`;
    const own = groups.get(key) ?? { runner, dir, commands: [], ...(named === undefined ? {} : { config: named }) };
    groups.set(key, own);
    return own;
  };

  const written = new Set<Command>();
  for (const { started, command, isWritten } of commandsOf(walk, packages, ci, runners)) {
    const runner = byId.get(started.runner);
    const owner = packages.owner(started.cwd);
    if (!runner || !owner || inFixture(`${started.cwd}/x`) !== inFixture(`${owner.dir}/x`)) continue;
    const dir = started.cwd === owner.dir || configs.standard(runner, started.cwd) !== undefined ? started.cwd : owner.dir;
    const { commands } = group(runner, dir, configOf(started, walk));
    const same = commands.findIndex((each) => sameCommand(each, command));
    // Of a script and one that calls it, the one that holds the words has the place worth showing; of two that hold them, the first.
    if (same >= 0 && isWritten && !written.has(commands[same]!)) commands[same] = command;
    else if (same < 0 && commands.length < MOST_COMMANDS) commands.push(command);
    else continue;
    if (isWritten) written.add(command);
  }

  const uses: FoundUse[] = [];
  for (const runner of runners) {
    for (const dir of configs.folders(runner)) {
      const path = configs.standard(runner, dir);
      if ([...groups.values()].some((each) => each.runner === runner && each.config === path)) continue;
      const owner = packages.owner(dir);
      // Nobody starts tests in a package outside the workspaces without a script of its own, except in the folder a command names.
      if (owner && (owner.member || hasGroup(groups, owner.dir, runner))) group(runner, dir);
    }
    for (const owner of packages.all) {
      if (!owner.fixture && owner.member && runner.packageKey !== undefined && isObject(owner.json[runner.packageKey])) group(runner, owner.dir);
    }
  }
  for (const { runner, dir, config, commands } of groups.values()) uses.push(useOf(runner, dir, config, commands, commands.length > 0 ? 'command' : 'config'));
  for (const owner of packages.all) {
    if (owner.fixture || uses.some((each) => each.use.dir === owner.dir)) continue;
    for (const runner of runners) {
      if (runner.packages.some((name) => rangeOf(owner, name, packages) !== undefined)) uses.push(useOf(runner, owner.dir, undefined, [], 'dependency'));
    }
  }
  addProjects(uses);
  return apart(uses).sort((a, b) => order(a.use.dir, b.use.dir) || order(a.runner.id, b.runner.id) || order(a.use.configPath ?? '', b.use.configPath ?? ''));

  /** Projects that a configuration names and that nothing else has shown are uses too, with the runner's defaults where they have no file. */
  function addProjects(uses: FoundUse[]): void {
    let folders: string[] | undefined;
    uses.forEach((found, at) => {
      const named = usesProjects(found.runner) ? namedProjects(found.use, walk, () => (folders ??= foldersOf(walk))) : undefined;
      if (!named) return;
      const together = runsAll(found.use.commands) ? runOf(found) : undefined;
      if (named.includesItself) uses[at] = beside({ ...found, use: asItself(found.use) }, together);
      for (const { dir, config } of named.projects) {
        const isMeant = ({ runner, use }: FoundUse): boolean => runner === found.runner && (config === undefined ? use.dir === dir : use.configPath === config);
        if (!uses.some(isMeant)) uses.push(useOf(found.runner, dir, config, [], 'config'));
        uses.forEach((each, index) => {
          if (isMeant(each)) uses[index] = beside({ ...each, ranBy: [...each.ranBy, ...found.use.commands] }, together);
        });
      }
    });
  }

  function useOf(runner: Runner, dir: string, config: string | undefined, commands: readonly Command[], by: FoundUse['by']): FoundUse {
    const version =
      runner.packages.length === 0 || runner.id.startsWith('node') ? nodeVersion(dir, walk, packages) : versionOf(runner.packages, dir, walk, packages);
    const libraries = VERSIONED.flatMap((name) => {
      const known = versionOf([name], dir, walk, packages);
      return known === undefined ? [] : [[name, known] as const];
    });
    const { path, options, computed, optionPlaces } = settingsOf(runner, dir, config, version);
    return {
      runner,
      by,
      isNamed: config !== undefined,
      ranBy: [],
      use: {
        runner: runner.id,
        dir,
        options,
        computed,
        commands,
        ...(version === undefined ? {} : { version }),
        ...(libraries.length === 0 ? {} : { libraries: Object.fromEntries(libraries) }),
        ...(path === undefined ? {} : { configPath: path }),
        ...(optionPlaces === undefined ? {} : { optionPlaces }),
      },
    };
  }

  function settingsOf(runner: Runner, dir: string, config: string | undefined, version: string | undefined): ConfigRead & { readonly path?: string } {
    if (config?.startsWith('{')) {
      const inline = parseJson(config);
      return 'value' in inline && isObject(inline.value) ? { options: inline.value, computed: [] } : hidden('the configuration in the command is no JSON');
    }
    if (config !== undefined && !walk.has(config)) return hidden(`the configuration file \`${config}\` that a command names is not there`);
    const standard = config ?? configs.standard(runner, dir);
    // Mocha 8 and later do not read it, and left-over files are common.
    const path = standard?.endsWith('mocha.opts') && Number.parseInt(version ?? '0') >= 8 ? undefined : standard;
    if (path !== undefined && (config !== undefined || isOwnName(runner, path) || !hasKey(dir, runner)))
      return { ...withWorkspace(configs.read(path), path, runner), path };
    const owner = packages.at(dir);
    const key = owner && runner.packageKey !== undefined ? configs.readKey(owner, runner.packageKey) : undefined;
    return key && owner ? { ...key, path: owner.path } : { options: {}, computed: [] };
  }

  /** A workspace file of Vitest 1 to 3 stands beside the configuration and names its projects. */
  function withWorkspace(read: ConfigRead, path: string, runner: Runner): ConfigRead {
    const beside = configs.workspace(runner, dirOf(path));
    if (beside === undefined || beside === path || declaredProjects(read.options)) return read;
    const { options, computed, optionPlaces } = configs.read(beside);
    return {
      options: { ...read.options, ...options },
      computed: [...read.computed, ...computed],
      optionPlaces: { ...read.optionPlaces, ...optionPlaces },
    };
  }

  function hasKey(dir: string, runner: Runner): boolean {
    return runner.packageKey !== undefined && packages.at(dir)?.json[runner.packageKey] !== undefined;
  }
}

/** Projects of one configuration that run under different rules are uses of their own: what holds for one is not said of another. */
const apart = (uses: readonly FoundUse[]): FoundUse[] =>
  uses.flatMap((found) => {
    const own = found.runner.split?.(found.use) ?? [found.use];
    const together = own.length > 1 && runsAll(found.use.commands) ? runOf(found) : undefined;
    return own.map((use) => beside({ ...found, use }, together));
  });

const runOf = ({ runner, use }: FoundUse): string => `${runner.id} ${use.configPath ?? use.dir}`;

/** A run of several projects at once; where it is one of another's projects itself, the first counts. */
const beside = (found: FoundUse, together: string | undefined): FoundUse =>
  together === undefined || found.use.together !== undefined ? found : { ...found, use: { ...found.use, together } };

/** Some command runs all projects of its configuration. */
const runsAll = (commands: readonly Command[]): boolean =>
  commands.some(({ words }) => !words.some((word) => /^--(?:project|selectProjects|ignoreProjects)(?:=|$)/.test(word)));

function hidden(why: string): ConfigRead {
  const computed: readonly ComputedOption[] = [{ key: '', why }];
  return { options: {}, computed };
}

function hasGroup(groups: ReadonlyMap<string, Group>, dir: string, runner: Runner): boolean {
  for (const each of groups.values()) if (each.dir === dir && each.runner === runner) return true;
  return false;
}

function sameCommand(a: Command, b: Command): boolean {
  return a.words.length === b.words.length && a.words.every((word, at) => word === b.words[at]) && JSON.stringify(a.env) === JSON.stringify(b.env);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
