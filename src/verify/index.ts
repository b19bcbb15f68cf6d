/**
 * Puts findings to the test: runs the tests they name in the orders that break them, and says what came of it.
 * It must not change a file of the project, nor find anything of its own.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../model/report.js';
import type { Untried, Verdict } from '../model/verdict.js';
import { suspectsOf, type Suspect, type SuspectOptions } from '../project/suspects.js';
import type { Judged, Run } from './judged.js';
import { judgeDependence, judgeLeak } from './leaks.js';
import { endAll, runTests, type Start } from './run.js';
import { installedVersion } from './runners/adapter.js';
import { adapters } from './runners/index.js';

export interface VerifyOptions extends SuspectOptions {
  /** Milliseconds after which nothing new is begun; ten minutes unless told. */
  readonly budget?: number;
  readonly signal?: AbortSignal;
}

const BUDGET = 600_000;
/** Milliseconds after which a start counts as one that never ends. */
const LIMIT = 60_000;

type Procedure = (suspect: Suspect, run: Run) => Promise<Judged>;

const PROCEDURES: Readonly<Record<string, Procedure>> = {
  'leaked-cwd': judgeLeak,
  'leaked-env': judgeLeak,
  'leaked-mock': judgeLeak,
  'leaked-timers': judgeLeak,
  'order-dependent-test': judgeDependence,
  'shared-global': judgeLeak,
  'shared-module-state': judgeLeak,
};

/** Scans, and runs the tests that the findings name, the most valuable first. The report carries the verdicts. */
export async function verify(options: VerifyOptions): Promise<Report> {
  const begun = Date.now();
  const { report, suspects } = await suspectsOf(options);
  const { verdicts, untried } = await putToTheTest(suspects, options, begun);
  const findings = report.findings.map((finding) => {
    const verdict = verdicts.get(finding.number);
    return verdict ? { ...finding, verdict } : finding;
  });
  return { ...report, findings, verification: { milliseconds: Date.now() - begun, untried } };
}

export interface Verdicts {
  /** By the number of the finding. */
  readonly verdicts: ReadonlyMap<number, Verdict>;
  readonly untried: readonly Untried[];
}

/** Runs the tests of these suspects below a root. Rejects when the signal says stop; nothing runs on then, and nothing is left behind. */
export async function putToTheTest(
  suspects: readonly Suspect[],
  { root, budget = BUDGET, signal, onProgress }: Pick<VerifyOptions, 'root' | 'budget' | 'signal' | 'onProgress'>,
  begun = Date.now(),
): Promise<Verdicts> {
  const folder = mkdtempSync(join(tmpdir(), 'isolation-audit-verify-'));
  const bench = openBench();
  const verdicts = new Map<number, Verdict>();
  const untried: Untried[] = [];
  const stop = (): void => bench.close();
  signal?.addEventListener('abort', stop);
  try {
    for (const [at, suspect] of byValue(suspects).entries()) {
      signal?.throwIfAborted();
      onProgress?.({ phase: 'Putting findings to the test', done: at, total: suspects.length });
      const { number } = suspect.finding;
      const why = Date.now() - begun > budget ? 'the time budget is spent' : hindrance(suspect, root);
      if (why === undefined) verdicts.set(number, await judged(suspect, root, folder, bench.start));
      else untried.push({ finding: number, why });
    }
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener('abort', stop);
    bench.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  return { verdicts, untried };
}

const RANK = { certain: 0, likely: 1, possible: 2 } as const;

/** What is surest and holds back most comes first. */
function byValue(suspects: readonly Suspect[]): readonly Suspect[] {
  return [...suspects].sort(
    ({ finding: a }, { finding: b }) => RANK[a.confidence] - RANK[b.confidence] || b.files.length - a.files.length || a.number - b.number,
  );
}

/** Why a finding cannot be put to the test. */
function hindrance({ finding, suite }: Suspect, root: string): string | undefined {
  const adapter = adapters.get(suite.runner);
  if (!PROCEDURES[finding.rule]) return `there is no procedure for \`${finding.rule}\``;
  if (!adapter) return `${suite.title} cannot be started for single tests`;
  if (adapter.package !== undefined && installedVersion({ root, suite }, adapter.package) === undefined)
    return `${suite.title} is not installed: install the project's packages first`;
  return undefined;
}

async function judged(suspect: Suspect, root: string, folder: string, start: Start): Promise<Verdict> {
  const { finding, suite } = suspect;
  const adapter = adapters.get(suite.runner)!;
  const begun = Date.now();
  let starts = 0;
  const run: Run = (choice) =>
    runTests(start, { root, suite, adapter, choice, role: 'A', limit: LIMIT, folder: join(folder, `${finding.number}-${++starts}`) });
  const outcome = await PROCEDURES[finding.rule]!(suspect, run);
  const version = adapter.package === undefined ? process.versions.node : installedVersion({ root, suite }, adapter.package);
  return {
    ...outcome,
    versions: [
      adapter.package === undefined ? `Node ${version}` : `${suite.title} ${version}`,
      ...(adapter.package === undefined ? [] : [`Node ${process.versions.node}`]),
    ],
    ...(outcome.word === 'CONFIRMED' || outcome.word === 'FLAKY-CONFIRMED'
      ? { again: `npx isolation-audit verify --rule ${finding.rule} --resource ${quoted(finding.resource.title)}` }
      : {}),
    milliseconds: Date.now() - begun,
  };
}

/** A word for a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Ids and options of a runner that we run under ourselves. */
const OUTER = /^(?:VITEST|JEST_|NODE_TEST|MOCHA_|TEST_(?:WORKER|PARALLEL)_INDEX$)/;

/** Plain processes, each leading a group of its own so that it can be ended with all it has started. */
function openBench(): { readonly start: Start; readonly close: () => void } {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OUTER.test(name)));
  const running = new Set<ChildProcess>();
  let closed = false;
  return {
    start(_role, [program, ...words], { cwd, env }) {
      if (closed) throw new Error('interrupted');
      const child = spawn(program, words, {
        cwd,
        env: { ...inherited, CI: '1', FORCE_COLOR: '0', ...env },
        detached: process.platform !== 'win32',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.add(child);
      child.on('close', () => running.delete(child));
      return child;
    },
    close() {
      closed = true;
      for (const child of running) endAll(child);
    },
  };
}
