import type { Abstract, Frame, Library, LibraryValue, RunnerKnowledge, Sources } from '../model/abstract.js';
import type { FunctionId, Span, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import type { FileIndex } from './file-index.js';
import type { EarlyWrites } from './early-writes.js';

/** What values may be, by the frames from which they are seen. */
export type Answers = Map<number, Map<Value, Abstract>>;

/** Who answers what a value may be: handed to all that ask on the way to an answer. */
export interface Resolver {
  readonly sources: Sources;
  readonly library: Library;
  readonly runner: RunnerKnowledge;
  index(path: string): FileIndex | undefined;
  /** What the value may be, seen from the file and the frame of the function that holds it. */
  value(value: Value, file: string, frame: Frame | undefined): Abstract;
  memo: Answers;
  /** Answers that no other story can ask for: they end with the story that is told. */
  memoOfTold: Answers;
  /** The test file whose story is told. */
  told: string;
  /** What it writes before its tests run, which the code under test reads. */
  early: EarlyWrites;
  exportsMemo: Map<string, Abstract | undefined>;
  /** Arguments that calls seen so far have passed, by function: who else may call it is not known. */
  readonly observed: Map<string, (readonly Abstract[])[]>;
  /** Functions of the project that are a library's, by file, each with the export that it is. */
  own: ReadonlyMap<string, ReadonlyMap<FunctionId, LibraryValue>>;
  depth: number;
  /** Values looked into for the question that is being answered. */
  spent: number;
}

export const CIRCULAR = 'it depends on itself';

/** Deepest chain of questions behind one answer; beyond it the answer is unknown. */
export const DEEPEST = 80;

export const place = (file: string, span: Span): Place => ({ path: file, span });
