/**
 * From what two test files did alone, the orders in which one can break the other: a write of the one between two uses of the other.
 * Pure; it must not know how a run is made, nor what comes of it.
 */
import { databaseOf, HARM, isOfTests, isWhole, nameOf, overlaps, uniqueTouches, writes, type Use } from './overlap.js';
import { END, isLocal, type Command, type Recording, type Step, type Touch } from './recording.js';

/** At most so many orders are worth trying. */
export const MOST_ORDERS = 8;
const SAME_SHAPE = 2;
/** Uses of one file, and writes of the other, that are looked at. */
const MOST_USES = 200;

/** An order in which one of two test files can break the other. */
export interface Collision {
  /** A command of one role between two of the other, or after the last of them; behind a write within a transaction, what commits it. */
  readonly bad: readonly Step[];
  /** Steps after which the two have met. */
  readonly met: number;
  /** What both touch: `key cart`. */
  readonly contested: string;
}

/** Two recordings of one role alone: what only one of them has (random names, say) cannot be waited for. */
export type Alone = readonly [Recording, Recording];

interface Counted extends Use {
  /** Which of the role's commands that a hub cannot tell from this one, from 0. */
  readonly nth: number;
}

/** The worst first. Either file may be the one that suffers. */
export function collisionsOf(a: Alone, b: Alone): readonly Collision[] {
  const [usesA, usesB] = [usesOf(a), usesOf(b)];
  const [commitA, commitB] = [commitsOf(a), commitsOf(b)];
  const found = [...between(usesA, commitA, usesB, commitB), ...between(usesB, commitB, usesA, commitA)];
  found.sort((x, y) => y.weight - x.weight);
  const times = new Map<string, number>();
  return found
    .map(({ collision }) => collision)
    .filter(({ bad }) => {
      // The same commands over and over, in test after test, tell the same.
      const shape = JSON.stringify(bad.map(({ nth: _, ...step }) => step));
      times.set(shape, (times.get(shape) ?? 0) + 1);
      return times.get(shape)! <= SAME_SHAPE;
    })
    .slice(0, MOST_ORDERS);
}

/** The order in which nothing can break: the first is done with all that both touch before the second begins with it. */
export function apart(first: Alone, second: Alone): readonly Step[] {
  const [before, after] = [usesOf(first), usesOf(second)];
  const last = before.findLast((use) => after.some((each) => clash(use, each)));
  const next = after.find((use) => before.some((each) => clash(use, each)));
  if (!last || !next) return [];
  // A port that is never closed, or a worker that lives on, ends with its role.
  const { role, service } = last.command;
  return [isLocal(last.command) ? { role, service, operation: END, nth: 0 } : stepOf(last), stepOf(next)];
}

/** Whether the two touch anything in common that one of them writes. */
export function meet(a: Alone, b: Alone): boolean {
  const others = usesOf(b);
  return usesOf(a).some((x) => others.some((y) => clash(x, y)));
}

/** What the tests themselves touch, in order; not what runs once for the whole run. */
function usesOf([recording, again]: Alone): readonly Counted[] {
  const ofTests = isOfTests(recording);
  const known = new Set(again.commands.flatMap((command) => command.touches.map((touch) => keyOf(command, touch))));
  const counted = new Map<string, number>();
  return recording.commands.flatMap((command) => {
    const uses = uniqueTouches(command).map((touch) => {
      const key = [command.service, command.operation, touch.kind, touch.name].join('\0');
      const nth = counted.get(key) ?? 0;
      counted.set(key, nth + 1);
      return { command, touch, nth };
    });
    return ofTests(command) ? uses.filter(({ touch }) => known.has(keyOf(command, touch))) : [];
  });
}

type Commits = (use: Counted) => Commit | undefined;
interface Commit {
  readonly seq: number;
  readonly step: Step;
}

/** Others see what is written within a transaction when it is committed: by which command, if it is. */
function commitsOf([{ commands }]: Alone): Commits {
  return ({ command, touch }) => {
    if (!command.inTransaction || !writes(touch)) return undefined;
    const later = commands.slice(commands.indexOf(command) + 1).filter(({ connection }) => connection === command.connection);
    const end = later.find(({ operation }) => /^(COMMIT|ROLLBACK|BEGIN)$/.test(operation));
    if (end?.operation !== 'COMMIT') return undefined;
    const { role, service, operation, seq } = end;
    const nth = commands.filter((each) => each.service === service && each.operation === operation).indexOf(end);
    return { seq, step: { role, service, operation, nth } };
  };
}

const keyOf = (command: Command, touch: Touch): string =>
  [command.service, databaseOf({ command, touch }), command.operation, touch.kind, touch.name].join('\0');

const clash = (x: Use, y: Use): boolean => (writes(x.touch) || writes(y.touch)) && overlaps(x, y);

/** Commands of `inner` that fall between two of `outer`. */
function between(
  outer: readonly Counted[],
  outerCommit: Commits,
  inner: readonly Counted[],
  innerCommit: Commits,
): { readonly collision: Collision; readonly weight: number }[] {
  const out: { collision: Collision; weight: number }[] = [];
  for (const use of inner.slice(-MOST_USES)) {
    const common = outer.filter((each) => overlaps(each, use)).slice(-MOST_USES);
    common.forEach((first, index) => {
      if (!clash(first, use)) return;
      const next = common.slice(index + 1).find((each) => each.command.unit !== first.command.unit && clash(each, use));
      // A write that nobody takes back is there for whoever comes later.
      if (!next && !writes(first.touch)) return;
      const begins = outerCommit(first);
      const before = [stepOf(first), ...(begins && !(next && next.command.seq < begins.seq) ? [begins.step] : []), stepOf(use)];
      const seen = innerCommit(use);
      const bad = [...before, ...(seen ? [seen.step] : []), ...(next ? [stepOf(next)] : [])];
      out.push({
        collision: { bad, met: before.length, contested: nameOf(narrower(first.touch, use.touch)) },
        weight: weightOf(first, use, next) + index / 1000,
      });
    });
  }
  return out;
}

/** What is written and read again after another has written matters most, then what is read amid the writes of another; late pairs lie in tests rather than in set-up. */
function weightOf(first: Use, use: Use, next: Use | undefined): number {
  const [before, amid, after] = [first.touch.access, use.touch.access, next?.touch.access];
  if (amid === 'read') return before === 'write' ? 4 : 2;
  return HARM[amid] + (before === 'write' ? 2 : 0) + (after === 'read' ? 3 : 0);
}

const narrower = (a: Touch, b: Touch): Touch => (isWhole(a) || a.kind === 'server' ? b : a);

const stepOf = ({ command: { role, service, operation }, touch: { kind, name }, nth }: Counted): Step => ({
  role,
  service,
  operation,
  touch: { kind, name },
  nth,
});
