import type { Place, Region } from './place.js';
import type { Axis, Confidence, FoundResource, Rule, Wording } from './finding.js';
import type { Schedule } from './runner.js';
import type { Verdict, Verification } from './verdict.js';

/** Where the Markdown report goes unless another file is named. */
export const REPORT_FILE = 'test-isolation-audit.md';

/** Everything a scan says, as plain data: every reporter and the API read only this. Paths are relative to the root. */
export interface Report {
  readonly tool: { readonly name: 'isolation-audit'; readonly version: string; readonly homepage: string };
  /** Name of the project, from package.json or the folder. */
  readonly project: string;
  readonly runners: readonly ReportedRunner[];
  readonly services: readonly ReportedService[];
  readonly files: readonly ReportedFile[];
  readonly resources: readonly ReportedResource[];
  readonly findings: readonly ReportedFinding[];
  readonly gaps: readonly ReportedGap[];
  /** The rules that ran. */
  readonly rules: readonly Rule[];
  readonly summary: Summary;
  /** Of a report by `verify`: what running the tests has cost, and what could not be tried. */
  readonly verification?: Verification;
}

export interface Summary {
  readonly testFiles: number;
  readonly ready: number;
  readonly held: number;
  readonly notKnown: number;
  /** The fewest resources, found greedily, whose repair frees 80 % of the held files. */
  readonly firstResources: readonly string[];
  readonly readyAfterFirst: number;
  readonly byConfidence: Readonly<Record<Confidence, number>>;
  /** Left out because the baseline has them, a comment silences them, or `--since` does not touch them. */
  readonly baselined: number;
  readonly ignored: number;
  readonly untouched: number;
}

export interface ReportedRunner {
  readonly schedule: Schedule;
  readonly title: string;
  readonly testFiles: number;
  readonly configPath?: string;
  readonly setupFiles: readonly string[];
  readonly globalSetup: readonly string[];
  readonly commands: readonly string[];
}

export interface ReportedService {
  readonly kind: string;
  readonly from: string;
  readonly image?: string;
  readonly at?: ReportedPlace;
}

export interface ReportedPlace extends Place {
  readonly region: Region;
  readonly note: string;
  /** The lines of the place as they stand in the file, at most five. */
  readonly code?: string;
}

export interface ReportedFinding {
  /** Stable within one report: position in the sorted list, from 1. */
  readonly number: number;
  readonly rule: string;
  readonly axis: readonly Axis[];
  readonly confidence: Confidence;
  readonly condition?: string;
  readonly wording: Wording;
  readonly places: readonly [ReportedPlace, ...ReportedPlace[]];
  readonly resource: FoundResource;
  /** Test files it holds back. */
  readonly files: readonly string[];
  /** One per file that the finding has a place in, surviving line moves. */
  readonly fingerprints: Readonly<Record<string, string>>;
  readonly fix: 'automatic' | 'by-hand';
  /** A run of the tests has shown it, and no source tells it: in a report by `verify --discover`. */
  readonly observed?: true;
  /** What running the tests has proved, in a report by `verify`. */
  readonly verdict?: Verdict;
}

export interface ReportedResource {
  readonly key: string;
  readonly title: string;
  readonly rules: readonly string[];
  readonly axis: readonly Axis[];
  readonly confidence: Confidence;
  /** Numbers of its findings. */
  readonly findings: readonly number[];
  readonly claimants: readonly string[];
  readonly wipers: readonly string[];
  /** Files that no other resource holds back, and all files it holds. */
  readonly frees: readonly string[];
  readonly holds: readonly string[];
  readonly decidedAt?: ReportedPlace;
}

export interface ReportedFile {
  readonly path: string;
  readonly runner: string;
  readonly status: 'ready' | 'held' | 'not-known';
  /** Keys of the resources that hold it. */
  readonly heldBy: readonly string[];
  /** Why it is not known. */
  readonly gaps: readonly string[];
}

export interface ReportedGap {
  readonly what: string;
  readonly at?: ReportedPlace;
  /** How many times, where equal gaps are counted together. */
  readonly count: number;
}
