/**
 * Objects of the project's own that a test file leaves open while other files end theirs: `await queue.end()` in nine files and not in
 * the tenth. It knows what files do with what they make, and not what that lays hold of.
 */
import type { Finding } from '../model/finding.js';
import { placeKey } from '../model/place.js';
import type { Audited, MadeObject } from '../model/suite.js';
import { distinct, noted, plural } from './sharing.js';

interface Held extends MadeObject {
  readonly file: string;
}

/** So many files that end theirs are no accident. */
const FILES = 3;
/** So many to each one that is left open, and to each one of which its own file says that it is running. */
const TO_ONE = 2;
const TO_ONE_STARTED = 0.5;
const STARTS = /^(connect|start|listen|open|launch|boot|subscribe)$/;

export function unlikeOthers(audited: Audited): Finding[] {
  const groups = new Map<string, Held[]>();
  for (const { file, made = [] } of audited.stories) for (const each of made) groups.set(each.maker, [...(groups.get(each.maker) ?? []), { ...each, file }]);
  const told = new Set(audited.stories.flatMap(({ obligations }) => obligations.map(({ at }) => placeKey(at))));
  return [...groups.values()].flatMap((group) => {
    const ended = group.filter((each) => each.end !== undefined);
    const files = new Set(ended.map((each) => each.file)).size;
    if (files < FILES) return [];
    const open = leftIn(group, ended);
    const started = open.filter(({ methods }) => methods.some((each) => STARTS.test(each)));
    const left = ended.length >= open.length * TO_ONE ? open : ended.length >= open.length * TO_ONE_STARTED ? started : [];
    return findingsOf(
      left.filter(({ at }) => !told.has(placeKey(at))),
      ended[0]!.end!,
      files,
    );
  });
}

/** Those that were set going as the others are, by a method that most of these call too. */
function leftIn(group: readonly Held[], ended: readonly Held[]): readonly Held[] {
  const isUsual = (method: string): boolean => ended.filter(({ methods }) => methods.includes(method)).length * 2 >= ended.length;
  return group.filter(({ end, methods }) => end === undefined && methods.some(isUsual));
}

function findingsOf(open: readonly Held[], end: string, files: number): Finding[] {
  return [...new Set(open.map((each) => each.file))].sort().map((file): Finding => {
    const own = open.filter((each) => each.file === file);
    const { name, maker, type, at } = own[0]!;
    return {
      rule: 'missing-cleanup',
      axis: ['W'],
      confidence: 'likely',
      files: [file],
      places: distinct([noted(at, 'opened here'), ...own.slice(1, 10).map((each) => noted(each.at, 'and here'))]),
      resource: { key: `missing-cleanup|${maker}`, title: `\`${name}\` left open` },
      values: {
        what: `\`${name}\` of \`${type}\``,
        owes: `${name}.${end}()`,
        more: `${own.length > 1 ? ` (${own.length} times in this file)` : ''}, while ${plural(files, 'other file')} release theirs`,
      },
    };
  });
}
