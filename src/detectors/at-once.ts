/**
 * Tests of one file that run at the same time and reach for one thing outside the process, or hand one name to a helper.
 * It knows blocks, the schedule and what is handed over, and follows no call itself.
 */
import type { Claim } from '../model/claims.js';
import type { Finding } from '../model/finding.js';
import type { Place } from '../model/place.js';
import type { Audited, FileStory, Handed } from '../model/suite.js';
import { lastWord } from './separators.js';
import { distinct, noted, plural } from './sharing.js';

/** The tests of the file that others of the file can overlap, by index of their block. */
function overlapping(audited: Audited, story: FileStory): ReadonlySet<number> {
  const all = audited.schedule.tests !== 'sequential';
  const out = new Set<number>();
  for (const [id, { role, modifiers }] of story.blocks.entries()) {
    if (role !== 'test' || modifiers.some((each) => each === 'serial' || each === 'skip' || each === 'todo')) continue;
    if (all || modifiers.includes('concurrent') || modifiers.includes('parallel')) out.add(id);
  }
  return out;
}

/** The tests of one file among these claims that can overlap: two of them do what the claims say at the same time. */
export function atOnce(audited: Audited, story: FileStory, claims: readonly Claim[]): number {
  const free = overlapping(audited, story);
  if (free.size < 2) return 0;
  const blocks = claims.flatMap(({ by, alsoBy = [] }) => (by.block === undefined ? [] : [by.block, ...alsoBy]));
  return new Set(blocks.filter((block) => free.has(block))).size;
}

const NAMES =
  /^(name|slug|key|repo(sitory)?|project|tenant|bucket|queue|topic|database|schema|table|index|collection|channel|namespace|package|workspace)(_?name|_?id)?$/i;
const MAKES = /^(create|make|new|add|init|initiali[sz]e|publish|register|provision|setup|start|prepare|seed|push|upload)/i;
const VALUES = /^[A-Za-z@][\w.:/@-]{2,62}$/;
/** So many names of their own say that tests are meant to differ in it. */
const MEANT = 4;

/** `await createRepository('checkout')` in two tests that run at once, where the other tests all hand over a name of their own. */
export function handedAtOnce(audited: Audited, rule: string): Finding[] {
  return audited.stories.flatMap((story): Finding[] => {
    const free = overlapping(audited, story);
    if (free.size < 2) return [];
    const groups = new Map<string, Map<string, { readonly handed: Handed; readonly block: number }[]>>();
    for (const handed of [...(story.handed ?? []), ...(story.handedWithin ?? [])]) {
      const name = handed.to.split('#').at(-1)!;
      if (!handed.helps || !handed.awaited || !NAMES.test(lastWord(handed.as)) || !MAKES.test(name) || !VALUES.test(handed.text)) continue;
      const block = blockAround(story, free, handed.at);
      if (block === undefined) continue;
      const key = `${handed.to}|${handed.as}`;
      const group = groups.get(key) ?? new Map<string, { handed: Handed; block: number }[]>();
      groups.set(key, group.set(handed.text, [...(group.get(handed.text) ?? []), { handed, block }]));
    }
    return [...groups].flatMap(([key, byText]): Finding[] => {
      const repeated = [...byText].filter(([, list]) => new Set(list.map((each) => each.block)).size > 1);
      if (byText.size < MEANT || repeated.length * 4 > byText.size) return [];
      return repeated.map(([text, list]): Finding => {
        const tests = new Set(list.map((each) => each.block)).size;
        return {
          rule,
          axis: ['P'],
          confidence: 'likely',
          variant: 'once',
          files: [story.file],
          places: distinct([
            ...list.map(({ handed }, index) => noted(handed.decidedAt ?? handed.at, index === 0 ? 'the name is decided here' : 'and here, in another test')),
            ...list.map(({ handed }) => noted(handed.at, 'handed over here')),
          ]),
          resource: { key: `at once|${key}|${text}`, title: `name \`${text}\` (\`${lastWord(list[0]!.handed.as)}\`)` },
          values: {
            name: `\`${text}\``,
            to: `\`${key.slice(key.lastIndexOf('#') + 1, key.lastIndexOf('|'))}\``,
            count: plural(tests, 'test'),
            within: audited.schedule.whyWithin,
          },
        };
      });
    });
  });
}

/** The innermost of these tests whose declaration holds the place. */
function blockAround(story: FileStory, among: ReadonlySet<number>, at: Place): number | undefined {
  let found: number | undefined;
  for (const id of among) {
    const { seenAt } = story.blocks[id]!;
    if (seenAt.path === at.path && seenAt.span[0] <= at.span[0] && at.span[1] <= seenAt.span[1]) found = id;
  }
  return found;
}
