/**
 * Holds commands to a schedule: one that a later step speaks of waits until the earlier ones are answered.
 * Pure; it must not know connections, clocks or services: whoever asks it lets the commands wait and go.
 */
import type { ScheduleOutcome, ServiceKind, Step } from '../recording.js';
import type { Said } from '../wire/wire.js';

/** A frame's place in the schedule. */
export interface Entry {
  readonly role: string;
  /** Steps that it takes, ascending. */
  readonly steps: readonly number[];
}

export interface Gate {
  /** Asked once for each frame with commands, in the order in which its connection sends them. */
  enter(role: string, service: ServiceKind, commands: readonly Said[]): Entry;
  mustWait(entry: Entry): boolean;
  answered(entry: Entry): void;
  /** Nothing more comes of the role. */
  ended(role: string): void;
  /** The first step that is not answered, while the schedule holds. */
  readonly next: Step | undefined;
  isNext(entry: Entry): boolean;
  giveUp(outcome: 'blocked' | 'not-reached', why: string): void;
  outcome(): ScheduleOutcome;
}

/** `onChange` is called when commands that wait may go. */
export function createGate(steps: readonly Step[], onChange: () => void): Gate {
  const answered = new Set<number>();
  const over = new Set<string>();
  /** How many commands of its role have fitted each step, whatever its number. */
  const fits = steps.map(() => 0);
  let next = 0;
  let failed: ScheduleOutcome | undefined;

  const isOpen = (): boolean => !failed && next < steps.length;
  const checkEnded = (): void => {
    const role = steps[next]?.role;
    if (isOpen() && role !== undefined && over.has(role)) giveUp('not-reached', `${role} ended before ${describe(steps[next]!)}`);
  };

  return {
    enter(role, service, commands) {
      const taken = commands.flatMap((said) =>
        steps.flatMap((step, index) => (step.role === role && step.service === service && fitsStep(said, step) && fits[index]!++ === step.nth ? [index] : [])),
      );
      const entry: Entry = { role, steps: [...new Set(taken)].sort((a, b) => a - b) };
      const last = entry.steps.at(-1);
      const between = steps.findIndex((_, index) => index > entry.steps[0]! && index < last! && !entry.steps.includes(index));
      if (isOpen() && last !== undefined && between >= 0) {
        giveUp(
          'blocked',
          `${role} sends ${describe(steps[entry.steps[0]!]!)} and ${describe(steps[last]!)} as one, so that ${describe(steps[between]!)} cannot come between`,
        );
      }
      return entry;
    },
    mustWait: (entry) => isOpen() && entry.steps.length > 0 && entry.steps[0]! > next,
    answered(entry) {
      if (entry.steps.length === 0) return;
      for (const step of entry.steps) answered.add(step);
      if (!isOpen()) return;
      while (answered.has(next)) next++;
      checkEnded();
      onChange();
    },
    ended(role) {
      over.add(role);
      checkEnded();
    },
    get next() {
      return isOpen() ? steps[next] : undefined;
    },
    isNext: (entry) => isOpen() && entry.steps.includes(next),
    giveUp,
    outcome() {
      if (failed) return failed;
      if (next === steps.length) return { outcome: 'followed', reached: next };
      return { outcome: 'not-reached', reached: next, why: `the run ended before ${describe(steps[next]!)}` };
    },
  };

  function giveUp(outcome: 'blocked' | 'not-reached', why: string): void {
    if (!isOpen()) return;
    failed = { outcome, reached: next, why };
    onChange();
  }
}

export function fitsStep({ operation, touches }: Pick<Said, 'operation' | 'touches'>, step: Step): boolean {
  const { touch } = step;
  return operation === step.operation && (!touch || touches.some(({ kind, name }) => kind === touch.kind && name === touch.name));
}

/** `GET of A`, `TRUNCATE orders of B`. */
export const describe = ({ role, operation, touch }: Step): string => `${operation}${touch?.name ? ` ${touch.name}` : ''} of ${role}`;
