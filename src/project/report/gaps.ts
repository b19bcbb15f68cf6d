import type { FileFacts, Gap } from '../../model/facts.js';
import { type Place, placeKey } from '../../model/place.js';
import type { ReportedGap } from '../../model/report.js';
import type { Audited } from '../../model/suite.js';
import { order } from './order.js';
import type { Places } from './places.js';

/** Something that could not be seen, before equal ones are counted together. */
export interface Unseen {
  readonly what: string;
  readonly at?: Place;
}

/** Gaps that leave nothing of a file. */
const UNREAD: ReadonlySet<Gap['why']> = new Set(['syntax', 'too-deep', 'too-large', 'binary', 'unsupported']);
const WORDS: Readonly<Record<Gap['why'], string>> = {
  syntax: 'does not parse',
  'too-deep': 'is nested too deep to read',
  'too-large': 'is too large to read',
  binary: 'is binary',
  unsupported: 'could not be read',
  'dynamic-import': 'An import names its module only at run time and was not followed',
  eval: 'Code made from text at run time was not read',
};

/** Why nothing of a file could be read, or nothing where it could. */
export function unreadWhy(facts: FileFacts | undefined): string | undefined {
  const gap = facts?.gaps.find((each) => UNREAD.has(each.why));
  return gap && (gap.detail ? `${WORDS[gap.why]}: ${gap.detail}` : WORDS[gap.why]);
}

const GONE = 'the file does not exist';

/** Files that hold code, yet no TypeScript or JavaScript that a front end could read. */
const FOREIGN = /\.(?:vue|svelte|astro|mdx|marko|coffee|civet)$/;

export function factGaps(asked: ReadonlyMap<string, FileFacts | undefined>): Unseen[] {
  return [...asked].flatMap(([path, facts]) => {
    const foreign = facts ? undefined : FOREIGN.exec(path)?.[0];
    if (foreign !== undefined) return [{ what: `Files of the kind \`*${foreign}\` were not read`, at: { path, span: [0, 0] } }];
    const why = unreadWhy(facts);
    // Many suites write modules while they run.
    if (why?.endsWith(GONE)) return [{ what: 'A module that is loaded does not exist in the source', at: { path, span: [0, 0] } }];
    if (why !== undefined)
      return [{ what: `\`${path}\` ${why}, and was not audited`, at: { path, span: facts?.gaps.find((each) => UNREAD.has(each.why))?.at ?? [0, 0] } }];
    return (facts?.gaps ?? []).map((gap) => ({ what: WORDS[gap.why], at: { path, span: gap.at } }));
  });
}

/** A file that cannot be read has said so itself. */
export function storyGaps({ stories, setup }: Audited, asked: ReadonlyMap<string, FileFacts | undefined>): Unseen[] {
  return [...setup, ...stories].flatMap((story) =>
    story.gaps.flatMap(({ why, at }) => (unreadWhy(asked.get(at.path)) === undefined ? [{ what: why, at }] : [])),
  );
}

/** Equal words are one line with the first place; what happens most comes first. A place that is met twice counts once. */
export function countedGaps(unseen: Iterable<Unseen>, places: Places): ReportedGap[] {
  const groups = new Map<string, { first: Place | undefined; seen: Set<string> }>();
  for (const { what, at } of unseen) {
    const key = at ? placeKey(at) : '';
    const group = groups.get(what);
    if (!group) groups.set(what, { first: at, seen: new Set([key]) });
    else {
      group.seen.add(key);
      if (at && (!group.first || order(at.path, group.first.path) < 0 || (at.path === group.first.path && at.span[0] < group.first.span[0]))) group.first = at;
    }
  }
  return [...groups]
    .map(([what, { first, seen }]) => ({ what, ...(first ? { at: places.bare(first, 'here') } : {}), count: seen.size }))
    .sort((a, b) => b.count - a.count || order(a.what, b.what));
}
