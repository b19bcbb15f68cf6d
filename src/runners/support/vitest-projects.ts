import type { Command, Json, RunnerUse } from '../../model/runner.js';
import { readFlags, names, type Flags } from './flags.js';
import { isList, isRecord, option, recordOf, textOf, type Options } from './options.js';
import { joinPath } from './paths.js';

/** Options with an argument in Vitest 4.1's command line; pool options were nested before 4. */
const grammar = {
  values: names(`root config testNamePattern dir reporters outputFile mode pool execArgv vmMemoryLimit maxWorkers minWorkers environment shard sequence.seed
    sequence.hooks sequence.setupFiles project testTimeout hookTimeout teardownTimeout bail retry exclude maxConcurrency slowTestThreshold
    inspect diff configLoader coverage.provider coverage.reporter coverage.include coverage.exclude coverage.reportsDirectory
    poolOptions.threads.maxThreads poolOptions.forks.maxForks poolOptions.threads.minThreads poolOptions.forks.minForks`),
  aliases: { r: 'root', c: 'config', u: 'update', w: 'watch', t: 'testNamePattern', reporter: 'reporters' },
};
const COMMANDS = ['run', 'watch', 'dev', 'related', 'list', 'init', 'bench'];
export const flagsOf = (command: Command): Flags => readFlags(command.words, { ...grammar, skip: COMMANDS.includes(command.words[1] ?? '') ? 2 : 1 });

export interface Project {
  readonly name: string;
  /** Where it stands in the configuration: `test.projects.0`; nothing for the configuration itself. */
  readonly place?: string;
  /** As written, in its place in the configuration. */
  readonly written: Options;
  /** With the root's options beneath it where it extends them. */
  readonly config: Options;
  readonly test: Options;
}

/** Inline projects of the configuration or of a workspace file; the configuration itself when there are none. */
export function projectsOf(use: RunnerUse): readonly Project[] {
  const list = PLACES.find((each) => isList(option(use.options, each))) ?? 'projects';
  const inline = declared(use).flatMap((written, at) =>
    isRecord(written) && (isRecord(written['test']) || written['extends'] !== undefined) ? [{ written, place: `${list}.${at}` }] : [],
  );
  if (inline.length === 0) return [{ name: '', written: use.options, config: use.options, test: recordOf(use.options['test']) }];
  const { root: _root, ...above } = use.options;
  const { projects: _projects, workspace: _workspace, name: _name, root: _testRoot, ...test } = recordOf(above['test']);
  return inline.map(({ written, place }) => {
    const config = written['extends'] === true ? merged({ ...above, test }, written) : written;
    const own = recordOf(config['test']);
    return { name: textOf(own['name']) ?? textOf(recordOf(own['name'])['label']) ?? '', place, written, config, test: own };
  });
}

/** As Vite merges configurations: lists are joined, records merged, all else replaced. */
function merged(below: Options, own: Options): Options {
  const out: Record<string, Json> = { ...below };
  for (const [key, value] of Object.entries(own)) {
    const under = out[key];
    if (isList(under) || isList(value)) out[key] = [...(under === undefined ? [] : isList(under) ? under : [under]), ...(isList(value) ? value : [value])];
    else out[key] = isRecord(under) && isRecord(value) ? merged(under, value) : value;
  }
  return out;
}

const PLACES = ['test.projects', 'test.workspace', 'projects', 'workspace'];

/** The list of projects as written: inline ones, and the names of others. */
export function declared(use: RunnerUse): readonly Json[] {
  for (const place of PLACES) {
    const value = option(use.options, place);
    if (isList(value)) return value;
  }
  return [];
}

/** The use with some of its inline projects only. */
export function onlyProjects(use: RunnerUse, projects: readonly Project[]): RunnerUse {
  // The others leave their place, so that options are found where they stood.
  const kept = declared(use).map((each) => (projects.some((project) => project.written === each) ? each : null));
  const place = PLACES.find((each) => isList(option(use.options, each)));
  const test = recordOf(use.options['test']);
  if (place?.startsWith('test.')) return { ...use, options: { ...use.options, test: { ...test, [place.slice(5)]: kept } } };
  return { ...use, options: { ...use.options, [place ?? 'projects']: kept } };
}

export const rootOf = (project: Project): string => joinPath(textOf(project.test['root']) ?? textOf(project.config['root']) ?? '');
