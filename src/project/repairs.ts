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
  const { schedule, setup, libraries } = audited;
  return repairOf({ finding, text, facts, story, setup, schedule, vocabulary, libraries, factsOf: (each) => audited.facts(each) });
}

/** A repair that has been tried out: the text after it can be read, the finding is gone, and no other has come. */
export function tried({ finding, path, text, audited, before, again }: Trial): Repair {
  const repair = audited ? repairIn(audited, finding, path, text) : outside;
  if (repair.kind === 'refusal') return repair;
  const changed = edited(text, repair.edits);
  const after = factsOf(path, changed, parseWithOxc);
  const why = faultOf({
    finding,
    changed: [after],
    before,
    after: () => again({ text: changed, facts: after }),
    concerns: (each) => placeIn(each, path) !== undefined,
  });
  return why === undefined ? repair : refusal(why);
}

/** A change that was tried, with what is found before and after it. */
interface Verdict {
  readonly finding: Finding;
  /** The changed files as they are afterwards. */
  readonly changed: readonly (FileFacts | undefined)[];
  readonly before: readonly Finding[];
  /** Asked for only where all can be read. */
  readonly after: () => readonly Finding[];
  /** Findings that the change answers for. */
  readonly concerns: (each: Finding) => boolean;
}

/** Why a repair or plan is not to be kept, if it is not: a file cannot be read, the finding is there still, or another has come. */
export function faultOf({ finding, changed, before, after, concerns }: Verdict): string | undefined {
  if (changed.some((facts) => facts?.gaps.some((gap) => gap.why === 'syntax'))) return 'the file cannot be read after the repair';
  const left = after().filter(concerns);
  if (left.some((each) => nameOf(each) === nameOf(finding))) return 'the repair is not enough';
  const known = new Set(before.map(nameOf));
  const next = left.find((each) => !known.has(nameOf(each)) && !isLess(each, finding));
  return next && `the repair would bring another finding: ${next.rule} of ${next.resource.title}`;
}

/** Only whole runs share what workers shared before: they did so all along. */
const isLess = (each: Finding, before: Finding): boolean => each.rule === before.rule && before.axis.includes('A') && each.axis.every((axis) => axis === 'R');

/** What stays of a finding when lines move. */
export const nameOf = ({ rule, resource }: Finding): string => `${rule}\0${resource.key}`;
