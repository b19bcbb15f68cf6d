import { isIn } from '../../model/code.js';
import type { FileFacts, Value } from '../../model/facts.js';
import { escapeRegex } from '../../model/patterns.js';
import type { Place } from '../../model/place.js';
import type { Shared } from '../../model/plan.js';
import { refusal, type Edit, type Refusal } from '../../model/remedy.js';
import { allValues } from '../../model/values.js';
import { isOfGlobalSetup, isOfConfiguration, runsInWorkers } from './main-process.js';
import type { Draft } from './edits.js';
import { isOurs, needsLibrary } from './ours.js';

/** What names of a worker need where the library is not asked for one. */
export const PLAIN_NEEDS: readonly string[] = [
  'Two runs at the same time on one machine or server still meet: the number tells the workers of one run apart, and no runs.',
];

/** The variable by which the runner tells its workers apart, as code reads it. */
export interface WorkerVariable {
  /** A text: `process.env.JEST_WORKER_ID`. */
  readonly code: string;
  /** The same as a number. */
  readonly number: string;
}

/** Nothing is written where some worker could find the variable unset: all of those would read the same text. */
export function workerVariable(shared: Shared, place: Place): WorkerVariable | Refusal {
  const { audited, use, finding } = shared;
  const { path } = place;
  const id = audited.schedule.workerIds.find((each) => each.form === 'env' && each.unique && each.since !== undefined);
  if (!id) return needsLibrary('workerSlot', 'this runner gives its workers no number');
  if (isOlder(use.version, id.since!)) return refusal(`\`${id.name}\` is not sure to be set by a version of the runner before ${id.since!.join('.')}`);
  if (!isOurs(shared, path)) return refusal(`\`${path}\` is no code of the tests, and \`${id.name}\` is not set where others run it`);
  const outside = readOutside(shared, path);
  if (outside !== undefined) return refusal(`${outside}, where \`${id.name}\` is not set`);
  if (!runsInWorkers(shared, place)) return refusal(`Playwright loads \`${path}\` in its main process too, where \`${id.name}\` is not set`);
  if (shared.isReachedElsewhere(path)) return refusal(`tests under another runner reach \`${path}\` too, where \`${id.name}\` is not set`);
  const own = new Set(audited.stories.map(({ file }) => file));
  if (!finding.files.every((file) => own.has(file))) return refusal('suites that run at the same time share it, and their workers have the same numbers');
  const read = `process.env.${id.name}`;
  // Without workers there is one process, and nothing that could have the same text.
  return id.serial === null ? { code: `${read} ?? 'serial'`, number: `Number(${read} ?? 0)` } : { code: read, number: `Number(${read})` };
}

/** Who reads a file of the tests outside the workers. */
function readOutside(shared: Shared, path: string): string | undefined {
  if (isOfGlobalSetup(shared, path)) return `global setup reads \`${path}\` too`;
  return isOfConfiguration(shared, path) ? `the configuration reads \`${path}\` too` : undefined;
}

/** A version that is not known is taken for a current one. */
function isOlder(version: string | undefined, [major, minor]: readonly [number, number]): boolean {
  const [, first, second = '0'] = /^\D*(\d+)(?:\.(\d+))?/.exec(version ?? '') ?? [];
  return first !== undefined && (Number(first) < major || (Number(first) === major && Number(second) < minor));
}

/**
 * Puts the worker's variable behind a name that is written out somewhere in the expression, and before what a file's name ends with: `'orders.csv'` becomes
 * `` `orders-${process.env.JEST_WORKER_ID}.csv` ``. Refuses where the name does not stand there once, where a worker could find no variable, and where a longer name is none.
 */
export function numbered(shared: Shared, { path, within, name, longest, separator }: Named, draft: Draft): Refusal | undefined {
  const place = { path, span: within.at };
  const number = shared.runtime ? librarySlot(shared, place, draft) : workerVariable(shared, place);
  if ('kind' in number) return number;
  if (name.length + ROOM > longest)
    return refusal(`\`${name}\` is too long for a number behind it, and only \`isolation-audit/worker\` cuts names so that they stay apart`);
  const [facts, text] = [shared.project.facts(path), shared.project.text(path)];
  const edit = facts && text !== undefined ? numberBehind(facts, text, within, name, separator + hole(number)) : undefined;
  if (!edit) return refusal(`how \`${path}\` makes \`${name}\` is not written out in one place`);
  draft.replace(path, edit.span, edit.text);
  return undefined;
}

/** A name that is written out, as a number is put behind it. */
interface Named {
  readonly path: string;
  /** The expression in which it stands. */
  readonly within: Value;
  readonly name: string;
  /** Characters that a name of its kind may have. */
  readonly longest: number;
  /** What stands between the two. */
  readonly separator: '-' | '_';
}

const hole = ({ code }: Pick<WorkerVariable, 'code'>): string => `\${${code}}`;

/** The library knows the worker, under whatever runner. */
function librarySlot(shared: Shared, { path }: Place, draft: Draft): Pick<WorkerVariable, 'code'> | Refusal {
  if (!isOurs(shared, path)) return refusal(`\`${path}\` is no code of the tests`);
  const outside = readOutside(shared, path);
  if (outside !== undefined) return refusal(`${outside}, and belongs to no worker`);
  draft.uses(path, 'workerSlot');
  return { code: 'workerSlot()' };
}

/** For a dash and a number, or the word that stands for it. */
const ROOM = 8;

function numberBehind(facts: FileFacts, text: string, within: Value, name: string, ending: string): Edit | undefined {
  if (within.kind === 'choice') {
    // Whatever it comes to: `process.env.BUCKET ?? 'invoices'`.
    const written = text.slice(...within.at);
    return stemOf(name) === name && !/[`\\]/.test(written) ? { span: within.at, text: `\`\${${written}}${ending}\`` } : undefined;
  }
  const word = new RegExp(`(?<![\\w.-])${escapeRegex(name)}(?![\\w.-])`, 'g');
  const values = [...allValues(facts)].filter((each) => isIn(each.at, within.at));
  const found: Edit[] = [];
  for (const value of values) {
    if (value.kind !== 'const' || typeof value.value !== 'string') continue;
    const written = text.slice(...value.at);
    const [only, ...others] = [...written.matchAll(word)];
    if (!only) continue;
    const isQuoted = /^(['"])[^`\\]*\1$/.test(written) && !written.includes('${');
    const isPiece = values.some((each) => each.kind === 'text' && each.parts.includes(value));
    const isChosen = values.some((each) => each.kind === 'choice' && isIn(value.at, each.at));
    if (others.length > 0 || isChosen || !(isQuoted || isPiece)) return undefined;
    const at = only.index + stemOf(name).length;
    const next = written.slice(0, at) + ending + written.slice(at);
    // A piece of a template stands there without quotes.
    found.push({ span: value.at, text: isQuoted ? `\`${next.slice(1, -1)}\`` : next });
  }
  return found.length === 1 ? found[0] : undefined;
}

/** `orders` of `orders.csv`, and all of a name that ends with no extension. */
const stemOf = (name: string): string => name.replace(/(?<=.)\.[A-Za-z]\w*$/, '');
