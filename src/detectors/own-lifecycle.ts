/**
 * Objects of the project's own that begin something in one method and end it in another: `poller.start()` sets an interval that `poller.stop()`
 * clears. It knows the class and the test that makes the object, and no library.
 */
import type { Obligation } from '../model/claims.js';
import { allSteps, callAt, eachValue, ENDS, isIn, rootOf } from '../model/code.js';
import type { FileFacts, FunctionId } from '../model/facts.js';
import type { Finding } from '../model/finding.js';
import { grouped } from '../model/grouped.js';
import type { Audited, FileStory, MadeObject } from '../model/suite.js';
import { distinct, noted, plural, seenAt } from './sharing.js';

interface Ending {
  readonly object: MadeObject;
  /** The method that would end it. */
  readonly end: string;
}

/** What a test has begun through an object that it keeps to itself and never ends, though the class of that object says how. */
export function ownerEnding(each: Obligation, story: FileStory, audited: Audited): Ending | undefined {
  const own = audited.facts(story.file);
  const home = audited.facts(each.at.path);
  if (each.escapes || (each.released && each.released.by !== 'elsewhere') || (each.kind === 'timer' && isClockFaked(story))) return undefined;
  const begun = own && each.via[0] && callAt(own, each.via[0]);
  if (!own || !home || !begun || home === own) return undefined;
  const root = rootOf(begun.callee, own);
  const object = root.kind === 'ref' ? heldBy(own.bindings[root.binding]!.name, begun.at[0], story) : undefined;
  if (!object || object.end !== undefined || !object.maker.startsWith(`${home.path}#`)) return undefined;
  const end = endOf(home, Number(object.maker.slice(home.path.length + 1)), each);
  return end === undefined ? undefined : { object, end };
}

const isClockFaked = ({ changes }: FileStory): boolean => changes.some(({ state }) => state === 'timers');

/** What the variable of that name holds at a place: what was put into it last before. */
const heldBy = (name: string, at: number, { made }: FileStory): MadeObject | undefined =>
  made?.filter((each) => each.name === name && each.at.span[0] <= at).sort((a, b) => b.at.span[0] - a.at.span[0])[0];

/** The method of the class that ends what another one of its methods keeps in a field. */
function endOf(facts: FileFacts, owner: FunctionId, { at }: Obligation): string | undefined {
  const methods = (facts.functions[owner]?.members ?? []).flatMap(({ key, value }) =>
    typeof key === 'string' && value.kind === 'fn' ? [{ key, at: facts.functions[value.fn]!.at }] : [],
  );
  const beginning = methods.find((each) => isIn(at.span, each.at));
  const ends = methods.filter((each) => ENDS.test(each.key) && each !== beginning);
  if (!beginning || ends.length === 0) return undefined;
  const fields = new Set<string>();
  for (const { step } of allSteps(facts))
    if (step.do === 'bind' && isIn(at.span, step.at) && step.to.kind === 'member' && step.to.of.kind === 'self' && typeof step.to.key === 'string')
      fields.add(step.to.key);
  let found: string | undefined;
  eachValue([facts.functions, facts.calls], (value) => {
    if (value.kind === 'member' && value.of.kind === 'self' && typeof value.key === 'string' && fields.has(value.key))
      found ??= ends.find((each) => isIn(value.at, each.at))?.key;
  });
  return found;
}

/** One finding for each class of which a file leaves objects running. */
export function leftByOwner(story: FileStory, audited: Audited): Finding[] {
  const left = story.obligations.flatMap((each) => {
    const ending = ownerEnding(each, story, audited);
    return ending ? [{ each, ...ending }] : [];
  });
  return [...grouped(left, ({ object }) => object.maker).values()].map((group): Finding => {
    const [{ each, object, end }] = group;
    return {
      rule: 'missing-cleanup',
      axis: ['W'],
      confidence: 'likely',
      files: [story.file],
      places: distinct([
        noted(seenAt(each), 'begun here'),
        noted(each.at, 'the call that opens it'),
        ...group.slice(1, 10).map((other) => noted(seenAt(other.each), 'and here')),
      ]),
      resource: { key: `missing-cleanup|${object.maker}`, title: `\`${object.name}\` left open` },
      values: {
        what: `\`${object.name}\` of \`${object.type}\``,
        owes: `${object.name}.${end}()`,
        more: group.length > 1 ? ` (${plural(group.length, 'time')} in this file)` : '',
      },
    };
  });
}
