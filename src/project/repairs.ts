import { factsOf, parseWithOxc, repairOf, runners } from '../core.js';
import type { FileFacts } from '../model/facts.js';
import { placeIn, type Finding } from '../model/finding.js';
import { edited, refusal, type Repair } from '../model/remedy.js';
import type { Audited } from '../model/suite.js';

interface Trial {
  readonly finding: Finding;
  /** The file that is to be repaired. */
  readonly path: string;
  /** Without byte order mark. */
  readonly text: string;
  /** What was heard of the suite when the finding was made. */
  readonly audited: Audited | undefined;
  readonly before: readonly Finding[];
  /** What is found with this text in place of the file's own. */
  readonly again: (changed: { readonly text: string; readonly facts: FileFacts }) => readonly Finding[];
}

const outside = refusal('it happens outside the test files');

/** The repair of a finding in one of the suite's test files. */
export function repairIn(audited: Audited, finding: Finding, path: string, text: string): Repair {
  const story = audited.stories.find((each) => each.file === path);
  const facts = story && audited.facts(path);
  const vocabulary = runners.find((each) => each.id === audited.schedule.runner)?.vocabulary;
  if (!story || !facts || !vocabulary) return outside;
  const { schedule, setup } = audited;
  return repairOf({ finding, text, facts, story, setup, schedule, vocabulary, factsOf: (each) => audited.facts(each) });
}

/** A repair that has been tried out: the text after it can be read, the finding is gone, and no other has come. */
export function tried({ finding, path, text, audited, before, again }: Trial): Repair {
  const repair = audited ? repairIn(audited, finding, path, text) : outside;
  if (repair.kind === 'refusal') return repair;
  const changed = edited(text, repair.edits);
  const after = factsOf(path, changed, parseWithOxc);
  if (after.gaps.some((gap) => gap.why === 'syntax')) return refusal('the file cannot be read after the repair');
  const left = again({ text: changed, facts: after });
  const isLeft = (each: Finding): boolean => nameOf(each) === nameOf(finding) && placeIn(each, path) !== undefined;
  if (left.some(isLeft)) return refusal('the repair is not enough');
  const known = new Set(before.map(nameOf));
  return left.every((each) => known.has(nameOf(each))) ? repair : refusal('the repair would bring another finding');
}

/** What stays of a finding when lines move. */
export const nameOf = ({ rule, resource }: Finding): string => `${rule}\0${resource.key}`;
