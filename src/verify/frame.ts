/** What two starts of a runner do around their tests, put into an order of its own. Pure. */
import type { Alone } from './collisions.js';
import { isOfTests } from './overlap.js';
import type { Recording, Step } from './recording.js';
import type { Role } from './services.js';

interface Frame {
  readonly before: readonly Step[];
  readonly after: readonly Step[];
}

/**
 * Each role's runner does global set-up and its end, where one for both would do it once: B's set-up comes between A's and the first test,
 * and what a role takes down in the end waits for the other's tests.
 */
export function frameOf(order: readonly Step[], recordings: Readonly<Record<Role, Alone>>): Frame {
  const edges = (role: Role) => {
    const [recording] = recordings[role];
    const ofTests = isOfTests(recording);
    const steps = stepsOf(recording);
    const places = recording.commands.flatMap((command, at) => (ofTests(command) ? [at] : []));
    const [from, to] = [places[0] ?? 0, places.at(-1) ?? 0];
    return { setUp: [steps[0], steps[from - 1]], first: steps[from], last: steps[to], takeDown: steps[to + 1], hasSetUp: from > 0 };
  };
  const [a, b] = [edges('A'), edges('B')];
  const by = { A: a, B: b };
  const before = a.hasSetUp && b.hasSetUp ? [a.setUp[1], b.setUp[0], ...(b.setUp[0] === b.setUp[1] ? [] : [b.setUp[1]]), a.first] : [];
  const outer = order[0]!.role as Role;
  const after = (['A', 'B'] as const).flatMap((role) => (role !== outer && by[role].takeDown ? [by[outer].last, by[role].takeDown] : []));
  // What the order itself speaks of has its place there.
  const asked = new Set(order.map((step) => JSON.stringify(step)));
  const isFree = (step: Step | undefined): step is Step => step !== undefined && !asked.has(JSON.stringify(step));
  return { before: before.filter(isFree), after: after.filter(isFree) };
}

/** Every command as a step. */
function stepsOf({ commands }: Recording): readonly Step[] {
  const counted = new Map<string, number>();
  return commands.map(({ role, service, operation, touches }) => {
    const [touch] = touches;
    // A step without a touch fits every command of its name.
    const all = [undefined, ...touches].map((each) => [service, operation, each?.kind, each?.name].join('\0'));
    const nth = counted.get(all[touch ? 1 : 0]!) ?? 0;
    for (const key of new Set(all)) counted.set(key, (counted.get(key) ?? 0) + 1);
    return { role, service, operation, ...(touch ? { touch: { kind: touch.kind, name: touch.name } } : {}), nth };
  });
}
