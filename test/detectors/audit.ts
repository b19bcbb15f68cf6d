/** Runs the pure core over files given as text: what a rule says about them. Knows no disk and no configuration file. */
import { posix } from 'node:path';
import { analyze, factsOf, parseWithOxc, runners } from '../../src/core.js';
import type { Surroundings } from '../../src/model/detector.js';
import type { PublishedPackage, Sources } from '../../src/model/abstract.js';
import type { FileFacts } from '../../src/model/facts.js';
import type { Finding } from '../../src/model/finding.js';
import type { Json, RunnerUse } from '../../src/model/runner.js';
import type { Audited, FileStory } from '../../src/model/suite.js';

/** Path to text. Test files are those with `.test.` in their name. */
export type Files = Readonly<Record<string, string>>;
export interface Given {
  /** Id of the runner: `vitest` unless said otherwise. */
  readonly runner?: string;
  readonly use?: Partial<RunnerUse>;
  readonly setupFiles?: readonly string[];
  readonly globalSetup?: readonly string[];
  /** Values of environment variables that files of the project give. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Packages that the project publishes. */
  readonly published?: readonly PublishedPackage[];
  /** Ports of the machine that a compose file of the project publishes. */
  readonly hostPorts?: readonly string[];
  /** Modules that run on the server to which the tests talk. */
  readonly served?: Surroundings['served'];
}
/** What a rule says about files, as a row of a table of tests. */
export interface Case {
  readonly what: string;
  readonly rule: string;
  readonly files: Files;
  readonly given?: Given;
  /** Primary places at *likely* or better; none where nothing is to be found. */
  readonly finds?: readonly string[];
}
export interface Told {
  readonly findings: readonly Finding[];
  readonly stories: readonly FileStory[];
  readonly audited: Audited;
  /** What stands where: `a.test.ts:3`. */
  line(of: { readonly path: string; readonly span: readonly [number, number] }): string;
}

export function audit(files: Files, given: Given = {}): Told {
  const runner = runners.find((each) => each.id === (given.runner ?? 'vitest'));
  if (!runner) throw new Error(`no runner ${given.runner}`);
  const use: RunnerUse = { runner: runner.id, dir: '', options: {}, computed: [], commands: [], ...given.use };
  const facts = new Map<string, FileFacts>();
  const sources: Sources = {
    facts(path) {
      const text = files[path];
      if (text === undefined || path.endsWith('.json')) return undefined;
      const known = facts.get(path) ?? factsOf(path, text, parseWithOxc);
      facts.set(path, known);
      return known;
    },
    resolveImport(from, specifier) {
      if (!specifier.startsWith('.')) return { package: specifier };
      const target = posix.join(posix.dirname(from), specifier);
      const file = [target, target.replace(/\.js$/, '.ts'), `${target}.ts`, `${target}.js`, `${target}/index.ts`].find((each) => each in files);
      return file === undefined ? { missing: true } : { file };
    },
    published: () => given.published ?? [],
    has: (path) => path in files,
    data: (path) => (path.endsWith('.json') && path in files ? (JSON.parse(files[path]!) as Json) : undefined),
    environment: (name) => {
      const sources = [...(given.use?.commands ?? []), { env: given.environment ?? {}, from: '.env' }];
      return sources.flatMap(({ env, from }) => (env[name] === undefined ? [] : [{ value: env[name], at: { path: from, span: [0, 0] }, from }]));
    },
  };
  const analysis = analyze({
    suites: [
      {
        runner,
        use,
        layout: runner.layout(use),
        testFiles: Object.keys(files).filter((path) => path.includes('.test.')),
        setupFiles: given.setupFiles ?? [],
        globalSetup: given.globalSetup ?? [],
      },
    ],
    sourcesOf: () => sources,
    surroundings: {
      containers: (given.hostPorts ?? []).map((value) => ({
        what: 'host-port' as const,
        value,
        place: { path: 'compose.yaml', span: [0, 0] as const, note: 'the port of the host is fixed here' },
      })),
      sharedHosts: false,
      workerVariables: new Set(),
      served: given.served ?? [],
      complete: true,
    },
  });
  return {
    findings: analysis.findings.map((each) => each.finding),
    stories: analysis.audited.flatMap((each) => each.audited.stories),
    audited: analysis.audited[0]!.audited,
    line: ({ path, span }) => `${path}:${(files[path] ?? '').slice(0, span[0]).split('\n').length}`,
  };
}

/** Findings of one rule at *likely* or better, as `a.test.ts:3`. */
export function places(rule: string, files: Files, given: Given = {}): string[] {
  const told = audit(files, given);
  return told.findings.filter((each) => each.rule === rule && each.confidence !== 'possible').map((each) => told.line(each.places[0]));
}
