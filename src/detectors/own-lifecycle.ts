/**
 * Objects of the project's own that begin something in one method and end it in another: `poller.start()` sets an interval that `poller.stop()`
 * clears. It knows the class and the test that makes the object, and no library.
 */
import type { Obligation } from '../model/claims.js';
import { allSteps, callAt, eachValue, ENDS, isIn, isSame, LISTENS, REMOVES, rootOf } from '../model/code.js';
import type { FileFacts, FunctionId, Span, Target, Value } from '../model/facts.js';
import type { Finding } from '../model/finding.js';
import { grouped } from '../model/grouped.js';
import type { Audited, FileStory, MadeObject } from '../model/suite.js';
import { allValues } from '../model/values.js';
import { distinct, noted, plural, seenAt } from './sharing.js';

interface Ending {
  readonly object: MadeObject;
  /** The method that would end it. */
  readonly end: string;
}

type Endings = ReadonlyMap<Obligation, Ending>;

/** What is to be ended by the object through which it was begun. */
export const ownedBy = (story: FileStory, audited: Audited): Endings =>
  new Map(
    story.obligations.flatMap((each) => {
      const ending = endingOf(each, story, audited);
      return ending ? [[each, ending] as const] : [];
    }),
  );

/** What a test has begun through an object that it keeps to itself and never ends, though the class of that object says how. */
function endingOf(each: Obligation, story: FileStory, audited: Audited): Ending | undefined {
  const own = audited.facts(story.file);
  const home = audited.facts(each.at.path);
  if (each.escapes || (each.released && each.released.by !== 'elsewhere') || (each.kind === 'timer' && isClockFaked(story))) return undefined;
  const begun = own && each.via[0] && callAt(own, each.via[0]);
  if (!own || !home || !begun || home === own) return undefined;
  const root = rootOf(begun.callee, own);
  const object =
    story.made?.find(({ at }) => isIn(begun.at, at.span)) ?? (root.kind === 'ref' ? heldBy(own.bindings[root.binding]!.name, begun.at[0], story) : undefined);
  if (!object || object.end !== undefined || !object.maker.startsWith(`${home.path}#`)) return undefined;
  if (!RUNS.has(each.kind) && !isCalled(object, own)) return undefined;
  const end = endOf(home, Number(object.maker.slice(home.path.length + 1)), each);
  return end === undefined || object.methods.includes(end) ? undefined : { object, end };
}

/** What runs as soon as it is made. A client that is made and never asked for anything may not have connected. */
const RUNS = new Set<Obligation['kind']>(['timer', 'network-port', 'worker', 'process', 'handle', 'temp-directory']);

const isCalled = ({ name, at, methods }: MadeObject, { bindings, calls }: FileFacts): boolean =>
  calls.some(
    ({ callee, at: called }) =>
      callee.kind === 'member' &&
      callee.of.kind === 'ref' &&
      bindings[callee.of.binding]!.name === name &&
      typeof callee.key === 'string' &&
      methods.includes(callee.key) &&
      !LISTENS.has(callee.key) &&
      called[0] > at.span[1],
  );

const isClockFaked = ({ changes }: FileStory): boolean => changes.some(({ state }) => state === 'timers');

/** What the variable of that name holds at a place: what was put into it last before. */
const heldBy = (name: string, at: number, { made }: FileStory): MadeObject | undefined =>
  made?.filter((each) => each.name === name && each.at.span[0] <= at).sort((a, b) => b.at.span[0] - a.at.span[0])[0];

/** The method that ends what the class, or the function that makes the object, keeps in a field or variable. */
function endOf(facts: FileFacts, owner: FunctionId, { at, kind }: Obligation): string | undefined {
  const methods = methodsOf(facts, owner);
  const isEnd = (name: string): boolean => ENDS.test(name) || (kind === 'temp-directory' && REMOVES.test(name));
  const ends = methods.filter((each) => isEnd(each.name) && !isIn(at.span, each.at));
  if (ends.length === 0 || !isIn(at.span, facts.functions[owner]!.at)) return undefined;
  const kept = keptIn(facts, at.span);
  let found: string | undefined;
  eachValue([facts.functions, facts.calls], (value) => {
    const place = placeOf(value);
    if (place !== undefined && kept.has(place)) found ??= ends.find((each) => isIn(value.at, each.at))?.name;
  });
  return found;
}

/** Methods of a class, or of the objects that a function writes out. */
function methodsOf(facts: FileFacts, owner: FunctionId): { readonly name: string; readonly at: Span }[] {
  const { members, at } = facts.functions[owner]!;
  const written = [...allValues(facts)].flatMap((value) => (value.kind === 'record' && isIn(value.at, at) ? value.entries : []));
  return [...(members ?? []), ...written].flatMap((each) =>
    'key' in each && typeof each.key === 'string' && each.value.kind === 'fn' ? [{ name: each.key, at: facts.functions[each.value.fn]!.at }] : [],
  );
}

/** Fields and variables that hold what is opened there: `this.timer = setInterval(...)`, and `this.server` of `this.server.listen(0)`. */
function keptIn(facts: FileFacts, opened: Span): ReadonlySet<string> {
  const out = new Set<string>();
  const add = (to: Target | Value | undefined): void => {
    const place = to && placeOf(to);
    if (place !== undefined) out.add(place);
  };
  for (const { step } of allSteps(facts)) if (step.do === 'bind' && isIn(opened, step.at)) add(step.to);
  const callee = facts.calls.find((each) => isSame(each.at, opened))?.callee;
  if (callee?.kind === 'member') add(callee.of);
  return out;
}

/** `this.timer`, or a variable by its number. */
function placeOf(value: Target | Value): string | undefined {
  if (value.kind === 'member') return value.of.kind === 'self' && typeof value.key === 'string' ? `this.${value.key}` : undefined;
  return value.kind === 'ref' || value.kind === 'binding' ? `#${value.binding}` : undefined;
}

/** One finding for each class of which a file leaves objects running. */
export function leftByOwner(story: FileStory, owned: Endings): Finding[] {
  const left = [...owned].map(([each, ending]) => ({ each, ...ending }));
  return [...grouped(left, ({ object }) => object.maker).values()].map((group): Finding => {
    const [{ each, object, end }] = group;
    const isFiles = each.kind === 'temp-directory';
    return {
      rule: 'missing-cleanup',
      axis: ['W'],
      confidence: 'likely',
      files: [story.file],
      places: distinct([
        noted(seenAt(each), isFiles ? 'made here' : 'begun here'),
        noted(each.at, isFiles ? 'the call that makes it' : 'the call that opens it'),
        ...group.slice(1, 10).map((other) => noted(seenAt(other.each), 'and here')),
      ]),
      resource: { key: `missing-cleanup|${object.maker}`, title: `\`${object.name}\` left ${isFiles ? 'behind' : 'open'}` },
      ...(isFiles ? { variant: 'left' } : {}),
      values: {
        what: `\`${object.name}\` of \`${object.type}\``,
        owes: `${object.name}.${end}()`,
        more: group.length > 1 ? ` (${plural(group.length, 'time')} in this file)` : '',
      },
    };
  });
}
