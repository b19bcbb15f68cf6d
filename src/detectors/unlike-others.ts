/**
 * Objects of the project's own that a test file leaves open while other files end theirs: `await queue.end()` in nine files and not in
 * the tenth. It knows what files do with what they make, and not what that lays hold of.
 */
import type { Finding } from '../model/finding.js';
import { ENDS, isIn } from '../model/code.js';
import { grouped } from '../model/grouped.js';
import { placeKey } from '../model/place.js';
import { usualAmong, type Audited, type FileStory, type MadeObject } from '../model/suite.js';
import { distinct, noted, plural } from './sharing.js';

interface Held extends MadeObject {
  readonly file: string;
}

/** So many files that end theirs are no accident. */
const FILES = 3;
/** So many to each one that is left open. */
const TO_ONE = 0.5;
const STARTS = /^(connect|start|listen|open|launch|boot|subscribe)$/;

export function unlikeOthers(audited: Audited): Finding[] {
  const groups = grouped(
    audited.stories.flatMap((story): Held[] =>
      (story.made ?? []).flatMap((each) => (isSkipped(story, each) || isMocked(audited, story, each) ? [] : [{ ...each, file: story.file }])),
    ),
    ({ maker }) => maker,
  );
  const told = new Set(audited.stories.flatMap(({ obligations }) => obligations.map(({ at }) => placeKey(at))));
  return [...groups.values()].flatMap((group) => {
    const ended = group.filter((each) => each.end !== undefined);
    if (new Set(ended.map((each) => each.file)).size < FILES) return [];
    const open = leftIn(group, ended);
    if (ended.length < open.length * TO_ONE) return [];
    return findingsOf(
      open.filter(({ at }) => !told.has(placeKey(at))),
      ended,
    );
  });
}

/** Those of which their own file says that they run, by a method that most of the others call too. What others take from the disk need not run. */
function leftIn(group: readonly Held[], ended: readonly Held[]): readonly Held[] {
  const isUsual = usualAmong(ended);
  const isRemoved = ended.filter(({ end, leaves }) => leaves && !ENDS.test(end!)).length * 2 > ended.length;
  return group.filter(({ end, methods, runs }) => end === undefined && (runs || methods.some((each) => (isRemoved || STARTS.test(each)) && isUsual(each))));
}

/** Made in a test that is skipped. */
const isSkipped = ({ blocks }: FileStory, { at }: MadeObject): boolean =>
  blocks.some(
    ({ role, seenAt, modifiers }) =>
      (role === 'test' || role === 'suite') && modifiers.includes('skip') && seenAt.path === at.path && isIn(at.span, seenAt.span),
  );

/** Its file stands on a module that the test file replaces: nothing is behind it. */
function isMocked(audited: Audited, { changes }: FileStory, { maker }: MadeObject): boolean {
  const mocked = new Set(changes.flatMap(({ state, cell }) => (state === 'module-mock' ? [cell] : [])));
  const imports = mocked.size === 0 ? [] : (audited.facts(maker.slice(0, maker.lastIndexOf('#')))?.imports ?? []);
  return imports.some(({ from }) => from.kind === 'const' && mocked.has(String(from.value)));
}

function findingsOf(open: readonly Held[], ended: readonly Held[]): Finding[] {
  const [end] = [...grouped(ended, (each) => each.end!)].sort(([, a], [, b]) => b.length - a.length)[0]!;
  const isFiles = !ENDS.test(end);
  return [...new Set(open.map((each) => each.file))].sort().map((file): Finding => {
    const own = open.filter((each) => each.file === file);
    const { name, maker, type, at } = own[0]!;
    const others = new Set(ended.flatMap((each) => (each.file === file ? [] : [each.file]))).size;
    return {
      rule: 'missing-cleanup',
      axis: ['W'],
      confidence: 'likely',
      files: [file],
      places: distinct([noted(at, isFiles ? 'made here' : 'opened here'), ...own.slice(1, 10).map((each) => noted(each.at, 'and here'))]),
      resource: { key: `missing-cleanup|${maker}`, title: `\`${name}\` left ${isFiles ? 'behind' : 'open'}` },
      ...(isFiles ? { variant: 'left' } : {}),
      values: {
        what: `\`${name}\` of \`${type}\``,
        owes: `${name}.${end}()`,
        more: `${own.length > 1 ? ` (${own.length} times in this file)` : ''}, while ${plural(others, 'other file')} ${isFiles ? 'remove' : 'release'} theirs`,
      },
    };
  });
}
