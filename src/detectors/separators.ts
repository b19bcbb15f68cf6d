/**
 * What test files hand to one helper to be kept apart: the names themselves, by helper and option.
 * It knows only what is handed over, not what anybody does with it.
 */
import type { Place } from '../model/place.js';
import type { Audited, FileStory, Handed } from '../model/suite.js';
import { grouped } from '../model/grouped.js';
import { remembered } from '../model/remembered.js';

export interface Given {
  readonly handed: Handed;
  readonly story: FileStory;
}
export interface Group {
  readonly to: string;
  readonly as: string;
  readonly helps: boolean;
  readonly given: readonly Given[];
  /** Values that several files hand over. */
  readonly repeated: readonly { readonly text: string; readonly given: readonly Given[]; readonly files: readonly string[] }[];
  /** Most files hand over a value of their own, so it is there to keep them apart. */
  readonly isMeantToDiffer: boolean;
}

export const lastWord = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

export const DATABASE_NAMES = /(db|database|schema|keyspace)_?(name|id|suffix|prefix)?$/i;
export const DATABASE_VALUES = /^[A-Za-z][\w.-]{1,62}$/;

export const groupsOf = (audited: Audited, wants: (each: Given) => boolean): readonly Group[] =>
  groupedBy(allGiven(audited, 'handed').filter(wants), ({ to }) => to);

/** The same of functions that stand in the test files themselves and are waited for: one name means one helper that was copied. */
export const copiesOf = (audited: Audited, wants: (each: Given) => boolean): readonly Group[] =>
  groupedBy(
    allGiven(audited, 'handedWithin').filter((each) => each.handed.awaited && wants(each)),
    ({ to }) => to.slice(to.lastIndexOf('#')),
  );

const allGiven = (audited: Audited, where: 'handed' | 'handedWithin'): Given[] =>
  audited.stories.flatMap((story) => (story[where] ?? []).map((handed) => ({ handed, story })));

function groupedBy(wanted: readonly Given[], helperOf: (handed: Handed) => string): readonly Group[] {
  return [...grouped(wanted, ({ handed }) => `${helperOf(handed)}|${handed.as}`).values()].map((given) => {
    // One name on two kinds of server is two names.
    const byText = grouped(given, ({ handed }) => `${handed.text}\u0000${handed.engine ?? ''}`);
    const filesOf = (list: readonly Given[]): string[] => [...new Set(list.map((each) => each.story.file))].sort();
    const repeated = [...byText.values()]
      .map((list) => ({ text: list[0].handed.text, given: list, files: filesOf(list) }))
      .filter((each) => each.files.length > 1);
    const shared = new Set(repeated.flatMap((each) => each.files)).size;
    const { to, as, helps } = given[0].handed;
    return { to, as, helps, given, repeated, isMeantToDiffer: byText.size >= 3 && shared * 2 <= filesOf(given).length };
  });
}

/** The database or schema that a test file asks its helper for, by file, where files are meant to differ in it. */
export const ownDatabases = remembered((audited: Audited): ReadonlyMap<string, { readonly text: string; readonly at: Place }> => {
  const out = new Map<string, { text: string; at: Place }>();
  for (const group of groupsOf(audited, ({ handed }) => DATABASE_NAMES.test(lastWord(handed.as)) && DATABASE_VALUES.test(handed.text))) {
    if (!group.isMeantToDiffer) continue;
    for (const { handed, story } of group.given) if (!out.has(story.file)) out.set(story.file, { text: handed.text, at: handed.at });
  }
  return out;
});
