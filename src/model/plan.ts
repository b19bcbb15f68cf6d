import type { EnvironmentValue } from './abstract.js';
import type { Claim, Resource, ResourceKind } from './claims.js';
import type { FileFacts, Span } from './facts.js';
import type { Finding } from './finding.js';
import type { Edit, Refusal } from './remedy.js';
import type { Place } from './place.js';
import type { Json, Layout, RunnerUse, Vocabulary } from './runner.js';
import type { Audited } from './suite.js';

/** A repair that may reach over several files: applied whole or not at all. */
export interface Plan {
  readonly kind: 'plan';
  /** The strategy that was chosen: `own-database`. */
  readonly strategy: string;
  /** One imperative act: ``Give each worker a database of its own in the place of `shop_test`.`` */
  readonly says: string;
  /** Why this strategy, in one sentence. */
  readonly why: string;
  /** Strategies that come before it and cannot be used here. */
  readonly refused: readonly { readonly strategy: string; readonly why: string }[];
  /** What has to be so, or be done, for the suite to run afterwards; a sentence each. */
  readonly needs: readonly string[];
  /** Edits by file, in order, none over another. */
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  /** New files with their text. */
  readonly creates: ReadonlyMap<string, string>;
}

/** The suite that a strategy works on. */
export interface SuiteView {
  readonly audited: Audited;
  readonly use: RunnerUse;
  readonly layout: Layout;
  readonly vocabulary: Vocabulary;
  readonly setupFiles: readonly string[];
  readonly globalSetup: readonly string[];
  readonly project: ProjectView;
  /** Whether what is written may call `isolation-audit/worker`. Else it is plain code, or there is no plan. */
  readonly runtime: boolean;
}

/** What a strategy is given: a finding about a resource, all that holds the resource, and the suite around them. */
export interface Shared extends SuiteView {
  readonly finding: Finding;
  readonly resource: Resource;
  /** Of all files of the suite, on this resource. */
  readonly claims: readonly Claim[];
  /** Whether tests under another runner reach a file too, whose workers have other variables. */
  isReachedElsewhere(path: string): boolean;
}

/** What a strategy for a whole suite is given: findings about what tests of the suite leave behind in the process. */
export interface Left extends SuiteView {
  readonly findings: readonly Finding[];
  /** The other suites of the project. */
  readonly others: readonly RunnerUse[];
}

/** The project as a strategy may look at it. */
export interface ProjectView {
  /** Without byte order mark. */
  text(path: string): string | undefined;
  facts(path: string): FileFacts | undefined;
  data(path: string): Json | undefined;
  dataSpan(path: string, keys: readonly string[]): Span | undefined;
  has(path: string): boolean;
  /** Whether a folder of the project has files that are checked in. */
  hasFolder(path: string): boolean;
  /** Files that say where things are: JSON, YAML, `.env` and the like, and code with `config` in its name. No test data. */
  configuration(): readonly string[];
  /** Values that files of the project give to a variable. */
  environment(name: string): readonly EnvironmentValue[];
  /** The variable whose value, with this text in it, stands there: in a `.env` file, a script, a workflow, the configuration of a runner. */
  variableAt(place: Place, text: string): string | undefined;
  /** Where an import leads inside the project. */
  resolve(from: string, specifier: string): string | undefined;
  /** Kinds of servers that calls into a package reach. */
  reaches(packageName: string): ReadonlySet<ResourceKind>;
  /** Images of servers that compose files and workflows start. */
  images(kind: ResourceKind): readonly string[];
}

/** What a strategy says of its plan. */
type Made = Omit<Plan, 'refused' | 'strategy'>;

/** A way to repair what reaches over several files. */
export type Strategy = WorkerStrategy | SuiteStrategy;

/** A way to give each worker its own. */
export interface WorkerStrategy {
  /** A verb phrase or a noun: `own-database`. */
  readonly id: string;
  readonly kinds: readonly ResourceKind[];
  /** One sentence for lists. */
  readonly summary: string;
  /** Nothing where what is shared is not of the sort that it is for. */
  plan(shared: Shared): Made | Refusal | undefined;
}

/** A way to repair many findings of one suite at once, in the place of a repair for each. */
export interface SuiteStrategy {
  readonly id: string;
  /** Rules whose findings it repairs. */
  readonly rules: readonly string[];
  readonly summary: string;
  /** Nothing where repairs of single files are the smaller change. */
  plan(left: Left): (For & (Made | Refusal)) | undefined;
}

/** Findings that go with a plan, or would. */
interface For {
  readonly findings: readonly Finding[];
}

/** A plan of a strategy for a whole suite, or why there is none. */
export type SuiteRepair = For & { readonly strategy: string } & (Plan | Refusal);

export const strategy = (definition: WorkerStrategy): WorkerStrategy => definition;
export const suiteStrategy = (definition: SuiteStrategy): SuiteStrategy => definition;
