import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holesOf, nameText } from '../model/names.js';
import type { Resource } from '../model/claims.js';
import type { Suspect, WholeSuite } from '../project/suspects.js';
import { UserError } from '../project/user-error.js';
import { outcomeOf, type Run } from './judged.js';
import { openLab, type Lab, type LabRun, type NeededService, type RunOptions } from './lab.js';
import { watchFor } from './local.js';
import { fromRoot, runTests, type Choice, type Outcome } from './run.js';
import { installedVersion } from './runners/adapter.js';
import { adapters } from './runners/index.js';
import { nothingKnown, PATIENCE, SERVICES, type Known, type Pass, type Role, type ServiceBench } from './services.js';
import type { Recording, ServiceKind } from './recording.js';

/** A suite, and what its tests are known to use. */
export type Needed = Pick<Suspect, 'suite' | 'resources'>;

export interface WholeStart {
  readonly files: readonly string[];
  readonly workers: number;
  /** As the first worker unless told. */
  readonly role?: Role;
  /** Two starts at once that know nothing of each other. */
  readonly twoAtOnce?: boolean;
  /** Milliseconds after which a start counts as one that never ends. */
  readonly limit: number;
}

/** Where the tests of suspects are run: a laboratory with the services that they need, kept as long as the needs are the same. */
export interface Bench {
  /** Makes ready what tests need. Gives the reason where that cannot be had. */
  prepare(needed: Needed): Promise<string | undefined>;
  inOneWorker(needed: Needed): Run;
  /** Files of a suite in one start of its runner. */
  wholeSuite(suite: WholeSuite, how: WholeStart): Promise<Pass>;
  /** Two files at once: what they do on servers; or, where paths are given, with these and with ports of this machine. */
  atOnce(needed: Needed, paths?: readonly string[]): ServiceBench;
  /** `Jest 30.5.2`, `Node 20.20.2`, `redis 7.0.15`: the runner, and the services that the tests use. */
  versions(needed: Needed): readonly string[];
  /** Ends the laboratory; another one is made for what comes next. */
  restart(): Promise<void>;
  /** Ends all that runs. */
  close(): Promise<void>;
}

/** Milliseconds after which a start counts as one that never ends. */
const LIMIT = 60_000;

/** Milliseconds that the command which makes things ready may take, and the last of what it says that is kept, in characters. */
const PREPARATION = 300_000;
const KEPT = 2000;

/** Ids and options of a runner that we run under ourselves. */
const OUTER = /^(?:VITEST|JEST_|NODE_TEST|MOCHA_|TEST_(?:WORKER|PARALLEL)_INDEX$)/;

export interface BenchOptions {
  readonly root: string;
  /** Folder of the programs of the laboratory; the package's own unless told. */
  readonly programs?: string | undefined;
  /** A shell command that makes what the tests expect on their servers: `npm run migrate`. */
  readonly prepare?: string | undefined;
}

export function openBench({ root, programs, prepare }: BenchOptions): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'isolation-audit-verify-'));
  const outer = Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => OUTER.test(name))
      .map((name) => [name, undefined]),
  );
  let lab: Lab | undefined;
  let equipped: string | undefined;
  const known = new Map<string, Known>();
  let starts = 0;
  let closed = false;

  const run = (
    { suite, resources }: Needed,
    labRun: LabRun,
    role: Role,
    choice: Parameters<Run>[0],
    held: boolean,
    more: { readonly worker?: number; readonly workers?: number; readonly limit?: number } = {},
  ): Promise<Outcome> =>
    runTests((as, command, { cwd, env }) => labRun.start(as, command, { cwd, env: { CI: '1', FORCE_COLOR: '0', ...outer, ...env } }), {
      root,
      suite,
      adapter: adapters.get(suite.runner)!,
      choice,
      role,
      worker: numberOf(role, 'A'),
      env: addresses(resources),
      limit: LIMIT,
      folder: join(folder, String(++starts)),
      ...(held ? { patience: PATIENCE } : {}),
      ...more,
    });
  const begin = (options: RunOptions = {}): Promise<LabRun> => {
    if (closed || !lab) throw new Error('interrupted');
    return lab.run(options);
  };

  /** Runs the command on the empty servers; what it makes is there at the beginning of each run to come. */
  const makeReady = async (open: Lab, command: string, resources: readonly Resource[]): Promise<string | undefined> => {
    const other = open.services.find(({ kind }) => kind !== 'postgres');
    if (other) return `what \`${command}\` makes can be kept from run to run on PostgreSQL alone, and the tests use ${other.kind} too`;
    const labRun = await open.run({ keep: true });
    const child = labRun.start('A', ['sh', '-c', command], { cwd: root, env: { CI: '1', FORCE_COLOR: '0', ...outer, ...addresses(resources) } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-KEPT)));
    const timer = setTimeout(() => child.kill('SIGKILL'), PREPARATION);
    const code = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
    clearTimeout(timer);
    await labRun.finish();
    return code === 0 ? undefined : `\`${command}\` fails: ${said.trim().split('\n').at(-1) ?? ''}`;
  };

  const knownOf = ({ runner, dir }: Needed['suite']): Known => {
    const key = `${runner} ${dir}`;
    const own = known.get(key) ?? nothingKnown();
    known.set(key, own);
    return own;
  };
  return {
    async prepare({ suite, resources }) {
      const adapter = adapters.get(suite.runner);
      if (!adapter) return `${suite.title} cannot be started for single tests`;
      if (adapter.package !== undefined && installedVersion({ root, suite }, adapter.package) === undefined)
        return `${suite.title} is not installed: install the project's packages first`;
      const needs = needsOf(resources, suite.images);
      const key = JSON.stringify(needs);
      if (lab && key === equipped) return undefined;
      await lab?.close();
      lab = undefined;
      try {
        lab = await openLab({ needs, ...(programs === undefined ? {} : { programs }) });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return error.message.replace(/\.$/, '');
      }
      equipped = key;
      const why = prepare === undefined ? undefined : await makeReady(lab, prepare, resources);
      if (why !== undefined) await this.restart();
      return why;
    },
    inOneWorker: (needed) => async (choice) => {
      const labRun = await begin();
      try {
        return await run(needed, labRun, 'A', choice, false);
      } finally {
        await labRun.finish();
      }
    },
    async wholeSuite(suite, { files, role = 'A', twoAtOnce = false, ...how }) {
      const labRun = await begin();
      const choice = files.map((file) => ({ file }));
      const start = (as: Role, more: { readonly worker?: number } = {}): Promise<Outcome> =>
        run({ suite, resources: suite.resources }, labRun, as, choice, false, { ...how, ...more });
      const outcome = twoAtOnce ? worstOf(await Promise.all([start('A'), start('B', { worker: 1 })])) : await start(role);
      const recording = await labRun.finish();
      const { path } = fromRoot(root);
      return {
        outcome,
        recording: { ...recording, commands: recording.commands.map((each) => (each.file === undefined ? each : { ...each, file: path(each.file) })) },
      };
    },
    atOnce(needed, paths) {
      const watch = paths && watchFor(paths, needed.suite, root);
      const seen = (recording: Recording): Recording => (watch ? { ...recording, commands: recording.uses } : recording);
      return {
        // What is seen of paths depends on which are watched.
        known: watch ? nothingKnown() : knownOf(needed.suite),
        async alone(role, file, tests) {
          const labRun = await begin({ watch });
          const outcome = await run(needed, labRun, role, choiceOf(file, tests), true);
          return { outcome, recording: seen(await labRun.finish()) };
        },
        async both(a, b, schedule, chosen = {}, first = 'A') {
          const labRun = await begin({ watch, schedule });
          const start = (role: Role, file: string): Promise<Outcome> =>
            run(needed, labRun, role, choiceOf(file, chosen[role]), true, { worker: numberOf(role, first) });
          const [A, B] = await Promise.all([start('A', a), start('B', b)]);
          return { outcomes: { A, B }, recording: seen(await labRun.finish()) };
        },
      };
    },
    versions: ({ suite, resources }) => {
      const kinds = needsOf(resources, suite.images).map(({ kind }) => kind);
      const name = adapters.get(suite.runner)?.package;
      const version = name === undefined ? undefined : installedVersion({ root, suite }, name);
      return [
        ...(version === undefined ? [] : [`${suite.title} ${version}`]),
        `Node ${process.versions.node}`,
        ...(lab?.services ?? [])
          .filter(({ kind }) => kinds.includes(kind))
          .map(({ kind, version: number, image }) => `${kind} ${number}${image === undefined ? '' : ` (container of ${image})`}`),
      ];
    },
    async restart() {
      const open = lab;
      lab = undefined;
      await open?.close();
    },
    async close() {
      closed = true;
      const open = lab;
      lab = undefined;
      await open?.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

const numberOf = (role: Role, first: Role): number => (role === first ? 1 : 2);

const choiceOf = (file: string, tests: readonly string[] | undefined): Choice => (tests ? tests.map((test) => ({ file, test })) : [{ file }]);

/** Of two starts of the same tests: a test has passed where it passes in both. */
function worstOf([one, two]: readonly [Outcome, Outcome]): Outcome {
  const tests = one.tests.map((test) => {
    const again = outcomeOf(two, test);
    return test.state === 'passed' && again !== undefined && again.state !== 'passed' ? again : test;
  });
  return { ...two, ...one, tests, broken: [...one.broken, ...two.broken], milliseconds: Math.max(one.milliseconds, two.milliseconds) };
}

/** The services that claims are on, with the images of the project, and the ports at which the tests look for them where those are written. */
function needsOf(resources: readonly Resource[], images: Needed['suite']['images']): readonly NeededService[] {
  const ports = new Map<ServiceKind, Set<number>>();
  const named = new Map<ServiceKind, string>();
  for (const { kind, server } of resources) {
    const service = SERVICES[kind];
    if (service === undefined) continue;
    const known = ports.get(service) ?? new Set();
    const image = images[kind];
    if (image !== undefined) named.set(service, image);
    ports.set(service, known.add(Number(/:(\d+)$/.exec(nameText(server))?.[1] ?? USUAL[service].port)));
  }
  return [...ports]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, known]) => {
      const image = named.get(kind);
      return { kind, ports: [...known].sort((a, b) => a - b), ...(image === undefined ? {} : { image }) };
    });
}

/** What a variable says that nobody has set, by the part of a server's address that it gives. */
const USUAL: Readonly<Record<ServiceKind, { readonly port: number; readonly url: string }>> = {
  redis: { port: 6379, url: 'redis://localhost:6379' },
  postgres: { port: 5432, url: 'postgres://postgres:postgres@localhost:5432/test' },
  mysql: { port: 3306, url: 'mysql://root:root@localhost:3306/test' },
  mongodb: { port: 27017, url: 'mongodb://localhost:27017/test' },
  neo4j: { port: 7687, url: 'bolt://localhost:7687' },
};

/** What clients of PostgreSQL ask the environment for. */
const LIBPQ = { PGHOST: 'localhost', PGPORT: '5432', PGUSER: 'postgres', PGPASSWORD: 'postgres' } as const;

/** Values for the variables that a server's address is made from, where neither the shell nor the command sets them: any address leads to the laboratory. */
function addresses(resources: readonly Resource[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { kind, server, name } of resources) {
    const service = SERVICES[kind];
    if (service === undefined) continue;
    if (service === 'postgres') Object.assign(found, LIBPQ);
    for (const { source } of [...holesOf(server), ...holesOf(name)]) {
      const [, variable, part] = /^env:(\w+)(?:#(\w+))?$/.exec(source) ?? [];
      if (variable === undefined) continue;
      if (variable.endsWith('PORT')) found[variable] = String(USUAL[service].port);
      else if (/HOST(?:NAME)?$/.test(variable)) found[variable] = 'localhost';
      else if (part !== undefined || /(?:URL|URI|DSN)$/.test(variable)) found[variable] = USUAL[service].url;
    }
  }
  return Object.fromEntries(Object.entries(found).filter(([variable]) => process.env[variable] === undefined));
}
