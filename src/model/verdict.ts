/** What a run of the tests has proved about a finding. Plain data, part of the report. */

/**
 * - `CONFIRMED`: the bad order fails every time, the control order passes every time, and each test passes alone.
 * - `FLAKY-CONFIRMED`: the bad order fails some of the times, the control order never.
 * - `SERIALISED`: a lock, a lock file or a transaction forbids the bad order.
 * - `NOT-CONFIRMED`: nothing in common is touched, or all orders pass.
 * - `UNREACHED`: the suspect line never ran.
 * - `ALREADY-FAILING`: a test fails, never ends or cannot be loaded even alone.
 */
export type VerdictWord = 'CONFIRMED' | 'FLAKY-CONFIRMED' | 'SERIALISED' | 'NOT-CONFIRMED' | 'UNREACHED' | 'ALREADY-FAILING';

/** Whether running the tests has shown that the finding is true. */
export const isConfirmed = (verdict: { readonly word: VerdictWord } | undefined): boolean =>
  verdict?.word === 'CONFIRMED' || verdict?.word === 'FLAKY-CONFIRMED';

/** A test as its runner names it. */
export interface TestName {
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  /** Titles of the suites around it and its own, joined by blanks. */
  readonly name: string;
}

/** One run that speaks for a verdict. */
export interface Trial {
  /** `bad` is expected to fail, `control` to pass; `alone` is each test by itself. */
  readonly order: 'alone' | 'bad' | 'control';
  readonly passed: boolean;
  readonly milliseconds: number;
}

/** One line of the story of the bad order: who did what. */
export interface TraceStep {
  /** `A` leaves or takes something, `B` suffers from it. */
  readonly role: 'A' | 'B';
  readonly what: string;
  /** It concerns what both touch. */
  readonly contested: boolean;
  /** Milliseconds since the start of the run; absent where no clock was read. */
  readonly at?: number;
}

/** A command that a run is held to: it waits until those before it in the order are answered. */
export interface HeldCommand {
  /** `A`, the first worker, or `B`, the second. */
  readonly role: string;
  /** `redis`, `postgres`, `mysql`, `mongodb`, `neo4j`; `files` and `ports` of this machine. */
  readonly service: string;
  /** `SET`, `TRUNCATE`, `listen`; `end` where the role is over. */
  readonly operation: string;
  readonly touch?: { readonly kind: string; readonly name: string };
  /** Which of the role's commands that fit, from 0. */
  readonly nth: number;
}

/** All that it takes to do a run again in which a test has failed. Nothing in it was drawn, so it has no seed. */
export type Replay = {
  readonly fails: TestName;
  /** How the failure begins: at most 60 characters. */
  readonly says: string;
} & (
  | {
      readonly kind: 'at-once';
      /** Run by the first worker, and by the second. */
      readonly files: { readonly A: string; readonly B: string };
      /** Full names of the tests that are run of a file; all of them where none are named. */
      readonly chosen: { readonly A?: readonly string[]; readonly B?: readonly string[] };
      readonly steps: readonly HeldCommand[];
      /** Which of the steps break the test, from and up to; those around them are of set-up and its end. */
      readonly bad: readonly [from: number, to: number];
      /** So many of the steps have to be reached, else the order has not come about. */
      readonly met: number;
    }
  | {
      readonly kind: 'in-one-worker';
      /** One after another. */
      readonly tests: readonly TestName[];
    }
);

export interface Verdict {
  readonly word: VerdictWord;
  /** One sentence: what was seen. */
  readonly why: string;
  /** The test that leaves or takes something, where the verdict is about a pair; without a name where only its file is known, a hook for all tests does it, or nothing is confirmed. */
  readonly a?: TestName;
  /** The test that fails by it; without a name where nothing is confirmed. */
  readonly b?: TestName;
  /** The bad order in words. */
  readonly order?: string;
  /** What both touch, where they meet in it at once: `key cart`. */
  readonly contested?: string;
  readonly trials: readonly Trial[];
  /** Bad orders that were tried and did not come about; absent for none. */
  readonly missed?: number;
  readonly trace: readonly TraceStep[];
  /** The failing assertion of B in the bad order, shortened. */
  readonly failure?: string;
  /** `Jest 30.5.2`, `Redis 7.0.15`, `Node 20.20.2`. */
  readonly versions: readonly string[];
  /** Of a confirmed one: the bad run. */
  readonly replay?: Replay;
  /** Of a confirmed one: a shell line that does the bad run again. */
  readonly again?: string;
  readonly milliseconds: number;
}

/** A finding about which no verdict was reached, with the reason as a sentence. */
export interface Untried {
  /** Number of the finding in the report. */
  readonly finding: number;
  readonly why: string;
}

/**
 * - `FIXED`: what broke the tests before breaks them no more: it is gone, a lock forbids it, or the same orders pass; and alone they pass as they did.
 * - `NOT-FIXED`: a test still fails in the bad order.
 * - `BROKEN`: a test that passed alone or in the control order before does not any more.
 * - `UNPROVED`: nothing can be said: it was not confirmed before, could not be run on one of the trees, or its test is gone.
 */
export type FixWord = 'FIXED' | 'NOT-FIXED' | 'BROKEN' | 'UNPROVED';

/** A finding of an earlier tree, put to the test there and on the tree of the report. */
export interface FixCheck {
  readonly rule: string;
  /** The resource's title, as the report of the earlier tree has it. */
  readonly resource: string;
  /** Where the finding stood. */
  readonly path: string;
  readonly line: number;
  readonly word: FixWord;
  /** One sentence: what was seen. */
  readonly why: string;
  /** On the earlier tree, where it could be tried there. */
  readonly before?: Verdict;
  /** On the tree of the report. */
  readonly trials: readonly Trial[];
  /** The failing assertion, where one fails now. */
  readonly failure?: string;
}

/** Runs of a whole suite. */
export interface SuiteRuns {
  readonly title: string;
  /** Relative to the root; empty for the root itself. */
  readonly dir: string;
  /** Why it was not run, or what is missing of it. */
  readonly why?: string;
  readonly versions: readonly string[];
}

/** A suite that was run whole, once in one worker and then several times in parallel. */
export interface RepeatedSuite extends SuiteRuns {
  readonly workers: number;
  /** Each time two runs were made at once. */
  readonly twoAtOnce?: boolean;
  /** Files began in an order drawn with this number, another one in each run; absent where the order was not changed. */
  readonly seed?: number;
  /** In one worker. */
  readonly serial?: WholeRun;
  readonly parallel: readonly WholeRun[];
  /** Tests that passed in one worker and not in a parallel run, the most frequent first. */
  readonly failing: readonly (TestName & { readonly times: number; readonly failure?: string })[];
  /** Parallel runs in which one of them failed. */
  readonly failed: number;
  /** A run fails at most so often, at 95 % confidence, if runs fail independently of each other: 0.05 after 59 clean runs. */
  readonly bound?: number;
}

export interface WholeRun {
  /** From start to end of the runner. */
  readonly milliseconds: number;
  /** What all tests took by themselves, added up; absent where the runner does not say. */
  readonly testMilliseconds?: number;
}

/** What the tests of a suite were seen to share on servers, in runs of the whole suite in one worker. */
export interface ObservedSuite extends SuiteRuns {
  /** Test files that were run. */
  readonly files: number;
  /** Commands to servers that were seen in the first run. */
  readonly commands: number;
  /** Databases in which files meet, the one with most in common first. */
  readonly meetings: readonly Meeting[];
}

/** What test files have in common in one database. */
export interface Meeting {
  /** `redis`, `postgres`, `mysql`, `mongodb`, `neo4j`. */
  readonly service: string;
  /** Its name, or its number in Redis; empty for what belongs to the server itself. */
  readonly database: string;
  /** What most files use comes first. */
  readonly things: readonly SharedThing[];
  /** Number of the finding that tells it: one of the scan, or one that the run has added. */
  readonly finding?: number;
  /** Where no finding tells it: why two of its files do not break each other, as far as that was tried. */
  readonly verdict?: Verdict;
}

/** A key, a table, a whole database: used by tests of two files or more, of which one changes it. */
export interface SharedThing {
  /** `key cart`, `table users`, `keyspace`. */
  readonly name: string;
  /** Of each test the worst that it does to it. */
  readonly uses: readonly ThingUse[];
}

/** `name` is empty for what a file does outside of its tests. */
export interface ThingUse extends TestName {
  readonly does: 'read' | 'write' | 'clear';
}

/** What `verify` adds to a report. */
export interface Verification {
  readonly milliseconds: number;
  readonly untried: readonly Untried[];
  /** So many of the verdicts are of the verification before, which was cut short. */
  readonly resumed?: number;
  /** Asked for by `--runs`: each suite whole, again and again. */
  readonly repeated?: readonly RepeatedSuite[];
  /** Asked for by `--discover`: what whole runs have shown. */
  readonly observed?: readonly ObservedSuite[];
  /** Asked for by `--against`: what has become of findings that stood in an earlier tree. */
  readonly fixes?: { readonly against: string; readonly checks: readonly FixCheck[] };
}
