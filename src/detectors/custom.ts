/**
 * Names that stay the same where the suite has the custom of making them anew: `new Queue('reports')` beside a hundred
 * `new Queue(randomUUID())`. It knows only what is handed over, not what anybody does with it.
 */
import type { Finding } from '../model/finding.js';
import { samePlace } from '../model/place.js';
import type { Audited, FileStory, Handed } from '../model/suite.js';
import { lastWord } from './separators.js';
import { distinct, noted, sharedText } from './sharing.js';

/** From so many names that are made anew on, a suite has the custom of making them. */
export const CUSTOM = 8;

const OUTSIDE =
  /(queue|worker|topic|channel|bucket|stream|exchange|database|db|schema|keyspace|table|collection|index|tenant|registry|repo(sitory)?|subscription|consumer|producer|lock|semaphore)s?(events|scheduler|name|id|store)?$/i;
const VALUES = /^[A-Za-z][\w.:/-]{1,62}$/;

interface Use {
  readonly handed: Handed;
  readonly story: FileStory;
}

export function lonelyNames(audited: Audited, rule: string, known: readonly Finding[]): Finding[] {
  const anew = new Map<string, number>();
  const kept = new Map<string, Map<string, Use[]>>();
  for (const story of audited.stories) {
    for (const each of story.handedAnew ?? []) if (isOutside(each)) anew.set(customOf(each), (anew.get(customOf(each)) ?? 0) + 1);
    for (const handed of story.handed ?? []) {
      if (!VALUES.test(handed.text) || !isOutside(handed) || !isWithinTests(story, handed)) continue;
      const byText = kept.get(customOf(handed)) ?? new Map<string, Use[]>();
      kept.set(customOf(handed), byText.set(handed.text, [...(byText.get(handed.text) ?? []), { handed, story }]));
    }
  }
  const claimed = new Set(
    known.flatMap(({ resource: { resource } }) => [resource?.unit, resource?.namespace, resource?.name].map((name) => name && sharedText(name))),
  );
  return [...kept].flatMap(([custom, byText]): Finding[] => {
    const peers = anew.get(custom) ?? 0;
    if (peers < CUSTOM || byText.size * 2 > peers) return [];
    // One finding for all names that a test file keeps; a name of several files belongs to the first.
    const byFile = new Map<string, Use[]>();
    for (const [text, uses] of byText) {
      if (claimed.has(text)) continue;
      const { file } = uses[0]!.story;
      byFile.set(file, [...(byFile.get(file) ?? []), ...uses]);
    }
    return [...byFile].map(([file, uses]) => findingOf(audited, rule, custom, file, uses, peers));
  });
}

function findingOf(audited: Audited, rule: string, custom: string, file: string, uses: readonly Use[], peers: number): Finding {
  const texts = [...new Set(uses.map((each) => each.handed.text))];
  const files = [...new Set(uses.map((each) => each.story.file))].sort();
  const names = texts.slice(0, 3).map((each) => `\`${each}\``);
  const of = `of a \`${nameOf(uses[0]!.handed)}\``;
  return {
    rule,
    axis: files.length > 1 ? ['A', 'R'] : ['R'],
    confidence: 'likely',
    variant: 'alone',
    files,
    places: distinct(uses.slice(0, 16).map((each, index) => noted(each.handed.at, index === 0 ? 'the name is decided here' : 'and here'))),
    resource: {
      key: `custom|${custom}|${file}`,
      title: `${texts.length > 1 ? `names` : 'name'} ${names.join(', ')}${texts.length > 3 ? ` and ${texts.length - 3} more` : ''} ${of}`,
    },
    values: {
      title: `The name ${names[0]} ${of}${texts.length > 1 ? ` (and ${texts.length - 1} more in this file)` : ''}`,
      peers: String(peers),
      name: names[0]!,
      count: '',
      wipes: '',
      reason: audited.schedule.why,
    },
  };
}

/** Queues and workers of one module are named alike. */
const customOf = ({ to, as }: Pick<Handed, 'to' | 'as'>): string => `${to.slice(0, to.indexOf('#'))}|${lastWord(as)}`;
const nameOf = ({ to }: Pick<Handed, 'to'>): string => to.split('#').at(-1)!;
/** What takes a name to remove it keeps nothing under it. */
const REMOVES = /^(clean|remove|delete|drop|clear|flush|close|stop|purge|destroy)/i;
const isOutside = (handed: Pick<Handed, 'to' | 'as' | 'beside'>): boolean => {
  const word = lastWord(handed.as);
  if (REMOVES.test(nameOf(handed))) return false;
  // `new Worker(queue, { name: 'first' })` only labels the worker.
  return OUTSIDE.test(word) || (/^name$/i.test(word) && handed.beside.length === 0 && OUTSIDE.test(nameOf(handed)));
};

/** Skipped tests use nothing; what is skipped under a condition only may run. */
function isWithinTests({ blocks }: FileStory, { at }: Handed): boolean {
  const around = blocks.filter(({ seenAt }) => seenAt.path === at.path && seenAt.span[0] <= at.span[0] && at.span[1] <= seenAt.span[1]);
  return around.every(
    (block) => !block.modifiers.includes('skip') || around.some((other) => !other.modifiers.includes('skip') && samePlace(other.seenAt, block.seenAt)),
  );
}
