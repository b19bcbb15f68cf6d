import type { FileFacts, Span } from './facts.js';
import type { Finding } from './finding.js';
import type { Schedule, Vocabulary } from './runner.js';
import type { FileStory } from './suite.js';

/** A change of one file's text: this range becomes that text. An empty range is an insertion. */
export interface Edit {
  /** In the text without its byte order mark. */
  readonly span: Span;
  readonly text: string;
}

/** What a remedy is given: a finding, and the file in which it would be repaired. */
export interface Broken {
  readonly finding: Finding;
  /** Without byte order mark. */
  readonly text: string;
  readonly facts: FileFacts;
  readonly story: FileStory;
  /** Stories of the setup files that run with it. */
  readonly setup: readonly FileStory[];
  readonly schedule: Schedule;
  readonly vocabulary: Vocabulary;
  /** Versions of libraries in the suite's package, as far as they are known. */
  readonly libraries: Readonly<Record<string, string>>;
  /** Facts of the setup files. */
  readonly factsOf: (path: string) => FileFacts | undefined;
}

/** A repair, or why there is none. A repair that may break a suite is worse than none. */
export type Repair =
  | {
      readonly kind: 'edits';
      /** One imperative act: ``Put `process.env.TZ` back after each test.`` */
      readonly says: string;
      /** In order, none over another. */
      readonly edits: readonly Edit[];
      /** The edits cannot alter what a test means. */
      readonly isPlain?: boolean;
    }
  | Refusal;

export interface Refusal {
  readonly kind: 'refusal';
  readonly why: string;
}

/** Libraries whose version repairs ask for. */
export const VERSIONED = ['sinon'];

/** A repair of one file by a few text edits, driven by a finding. */
export interface Remedy {
  /** A verb phrase: `put-env-back`. */
  readonly id: string;
  /** Rules whose findings it repairs. */
  readonly rules: readonly string[];
  /** One sentence for the pages of these rules. */
  readonly summary: string;
  /** Some of its repairs cannot alter what a test means. */
  readonly isPlain?: boolean;
  repair(broken: Broken): Repair;
}

export const remedy = (definition: Remedy): Remedy => definition;
export const refusal = (why: string): Repair & { readonly kind: 'refusal' } => ({ kind: 'refusal', why });

/** The text after the edits. */
export function edited(text: string, edits: readonly Edit[]): string {
  let out = '';
  let at = 0;
  for (const { span, text: next } of edits) {
    out += text.slice(at, span[0]) + next;
    at = span[1];
  }
  return out + text.slice(at);
}
