/** One run: whose commands came in which order, and what the schedule made of them. */
import { lockFilesOf, tellStep, waitsFor, type LockFiles } from '../lock-files.js';
import type { ServiceKind, Step } from '../recording.js';
import type { Frame, Needs } from '../wire/wire.js';
import type { Connection, Flight, Watch } from './connection.js';
import { createGate, describe, type Entry, type Gate } from './gate.js';
import type { Greeting, RawCommand, Seen } from './messages.js';

/** Asks a service which of its sessions wait for which others. */
export type Blockers = (service: ServiceKind, sessions: readonly number[]) => Promise<ReadonlyMap<number, readonly number[]>>;

export interface RunInput {
  readonly schedule: readonly Step[] | undefined;
  /** Milliseconds without any command or answer after which nothing is held any more. */
  readonly patience: number;
  /** Folder where lock files are told of. */
  readonly locks: string | undefined;
  readonly blockers: Blockers;
  readonly prepare: (service: ServiceKind, needs: Needs) => Promise<void>;
  readonly fail: (error: unknown) => void;
}

/** Looks this often whether the service itself forbids the order, in milliseconds. */
const LOOK = 10;
/** A command that waits for others by design is taken for answered when others wait for it. */
const WAITS = 50;
/** Connections of a role that has ended are waited for this long. */
const LEFT_BEHIND = 2_000;

export class Run implements Watch {
  private readonly commands: RawCommand[] = [];
  private readonly troubles: Seen['unread'][number][] = [];
  private readonly greetings: Record<string, Greeting> = {};
  private readonly connections = new Set<Connection>();
  /** Roles whose processes have ended. */
  private readonly over = new Set<string>();
  private readonly gate: Gate | undefined;
  private readonly began = performance.now();
  private readonly look: NodeJS.Timeout;
  private readonly locksNow: (() => LockFiles) | undefined;
  private moved = this.began;
  private readonly lastUnits = new WeakMap<Connection, { readonly unit: number; readonly number: number }>();
  private units = 0;
  private looking = false;

  constructor(private readonly input: RunInput) {
    this.gate = input.schedule && createGate(input.schedule, () => this.pumpAll());
    this.locksNow = input.locks === undefined ? undefined : lockFilesOf(input.locks);
    this.look = setInterval(() => this.check(), LOOK);
  }

  join(connection: Connection): void {
    this.connections.add(connection);
  }

  closed(connection: Connection): void {
    this.connections.delete(connection);
    if (this.over.has(connection.role)) this.heardOut(connection.role);
  }

  prepare({ service }: Connection, needs: Needs): Promise<void> {
    return this.input.prepare(service, needs);
  }

  fail(error: unknown): void {
    this.input.fail(error);
  }

  enter(connection: Connection, frame: Frame): Entry {
    this.moved = performance.now();
    const entry = this.gate?.enter(connection.role, connection.service, frame.commands) ?? { role: connection.role, steps: [] };
    const { locks } = this.input;
    if (locks !== undefined) for (const step of entry.steps) tellStep(locks, connection.role, step);
    return entry;
  }

  mustWait(entry: Entry): boolean {
    return this.gate?.mustWait(entry) === true;
  }

  record(connection: Connection, frame: Frame, heldSince: number | undefined): RawCommand[] {
    const now = performance.now();
    this.moved = now;
    const from = this.nameOf(connection);
    const unit = this.unitOf(connection, frame.unit);
    const at = rounded(now - this.began);
    const held = heldSince === undefined ? undefined : rounded(now - heldSince);
    // Field by field: suites send tens of thousands, and spreading costs more than all the rest.
    const commands = frame.commands.map(({ operation, touches, text, inTransaction }, index): RawCommand => ({
      seq: this.commands.length + index,
      unit,
      at,
      ...(held === undefined ? undefined : { held }),
      connection: connection.number,
      service: connection.service,
      database: frame.database,
      operation,
      touches,
      text,
      reply: 'none',
      inTransaction,
      from,
      start: frame.start,
    }));
    for (const each of commands) this.commands.push(each);
    return commands;
  }

  answered(flight: Flight, replies: readonly RawCommand['reply'][]): void {
    const now = performance.now();
    this.moved = now;
    flight.commands.forEach((command, index) => {
      command.reply = replies[index] ?? 'none';
      if (command.reply !== 'none') command.answered = rounded(now - this.began);
    });
    this.gate?.answered(flight.entry);
  }

  unread(connection: Connection, why: string): void {
    this.troubles.push({ from: this.nameOf(connection), connection: connection.number, service: connection.service, why });
  }

  /** The role's processes have ended; what they sent last may still be on its way, and a process that they left behind may keep its connection. */
  ended(role: string): void {
    this.over.add(role);
    this.heardOut(role);
    setTimeout(() => this.gate?.ended(role), LEFT_BEHIND).unref();
  }

  private heardOut(role: string): void {
    if (![...this.connections].some((each) => each.role === role)) this.gate?.ended(role);
  }

  finish(): Seen {
    clearInterval(this.look);
    for (const each of this.connections) each.destroy();
    return {
      commands: this.commands,
      unread: this.troubles,
      connections: this.greetings,
      ...(this.gate ? { schedule: this.gate.outcome() } : {}),
    };
  }

  private pumpAll(): void {
    // Whoever has waited longest goes first.
    const held = [...this.connections].filter((each) => each.held);
    for (const each of held.sort((a, b) => a.held!.since - b.held!.since)) each.pump();
  }

  /** Whether the schedule can still be followed. */
  private check(): void {
    const next = this.gate?.next;
    if (!next) return;
    const held = [...this.connections].filter((each) => each.held);
    if (held.length === 0) return;
    const now = performance.now();
    for (const each of this.connections) {
      const flight = each.flights.find(({ entry }) => this.gate!.isNext(entry));
      if (!flight) continue;
      if (each.held?.frame.unit === flight.unit) {
        this.gate.giveUp('blocked', `${describe(next)} takes effect with the end of its transaction, and ${each.role} has to wait inside it`);
        return;
      }
      if (flight.waits && now - this.began - flight.commands[0]!.at > WAITS) {
        this.gate.answered(flight.entry);
        return;
      }
    }
    for (const { role } of held) {
      const path = this.locksNow?.().between(next.role, role);
      if (path !== undefined) return this.gate.giveUp('not-reached', waitsFor(describe(next), path, role));
    }
    if (now - this.moved > this.input.patience) {
      this.gate.giveUp('not-reached', `nothing moved for ${Math.round(this.input.patience / 100) / 10} s while ${describe(next)} was waited for`);
      return;
    }
    if (!this.looking) void this.lookForLocks(next, held);
  }

  /** A lock that a role holds while it waits for the next step, which waits for the lock. */
  private async lookForLocks(next: Step, held: readonly Connection[]): Promise<void> {
    const all = [...this.connections].filter((each) => each.service === next.service && each.session !== undefined);
    const stuck = all.filter((each) => each.role === next.role && each.flights.length > 0);
    if (stuck.length === 0) return;
    this.looking = true;
    try {
      const blockers = await this.input.blockers(
        stuck[0]!.service,
        stuck.map((each) => each.session!),
      );
      for (const each of stuck) {
        const holder = all.find((other) => blockers.get(each.session!)?.includes(other.session!) && held.some(({ role }) => role === other.role));
        if (!holder) continue;
        const waits = each.flights[0]!.commands[0]?.operation ?? 'a command';
        this.gate?.giveUp('blocked', `${waits} of ${each.role} waits for a lock that ${holder.role} holds until its transaction ends`);
        return;
      }
    } catch (error) {
      this.input.fail(error);
    } finally {
      this.looking = false;
    }
  }

  private nameOf(connection: Connection): string {
    const name = connection.greeting?.id ?? `connection ${connection.number}`;
    if (connection.greeting) this.greetings[name] = connection.greeting;
    return name;
  }

  /** Units of a connection come one after the other. */
  private unitOf(connection: Connection, unit: number): number {
    const last = this.lastUnits.get(connection);
    if (last?.unit === unit) return last.number;
    this.lastUnits.set(connection, { unit, number: this.units });
    return this.units++;
  }
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;
