/** One connection of a test to a service, led through: reads what is said, asks when it may go on, hears what is answered. */
import { connect, type Socket } from 'node:net';
import type { ServiceKind } from '../recording.js';
import { PROTOCOLS } from '../wire/protocols.js';
import { Incoming, whyUnreadable, type Frame, type Needs, type Wire } from '../wire/wire.js';
import type { Entry } from './gate.js';
import { GREETING, type Greeting, type HubService, type RawCommand, type Target } from './messages.js';
import { ownerOf } from './owner.js';

/** What a connection asks of the run that it belongs to. */
export interface Watch {
  enter(connection: Connection, frame: Frame): Entry;
  mustWait(entry: Entry): boolean;
  /** It goes on now. */
  record(connection: Connection, frame: Frame, heldSince: number | undefined): RawCommand[];
  answered(flight: Flight, replies: readonly RawCommand['reply'][]): void;
  unread(connection: Connection, why: string): void;
  /** Makes sure that the database and the user of a session are there. */
  prepare(connection: Connection, needs: Needs): Promise<void>;
  closed(connection: Connection): void;
  fail(error: unknown): void;
}

/** On its way: sent, and not answered. */
export interface Flight {
  readonly entry: Entry;
  readonly commands: readonly RawCommand[];
  readonly unit: number;
  readonly waits: boolean;
}

interface Held {
  readonly frame: Frame;
  readonly entry: Entry;
  readonly since: number;
}

const MOST_HELD = 4_194_304;

export class Connection {
  readonly service: ServiceKind;
  greeting: Greeting | undefined;
  readonly flights: Flight[] = [];
  /** The first of what waits. */
  held: Held | undefined;
  private readonly waiting: Frame[] = [];
  private waitingBytes = 0;
  private readonly first = new Incoming();
  private readonly target: Target;
  private readonly wire: Wire;
  private upstream: Socket | undefined;
  private stage: 'greets' | 'talks' | 'passes' | 'over' = 'greets';
  /** What the first frame needs: being made, or there. */
  private needs: 'made' | 'there' | undefined;

  constructor(
    readonly number: number,
    { kind, target, user }: HubService,
    private readonly client: Socket,
    private readonly watch: Watch,
  ) {
    const { create, greets } = PROTOCOLS[kind];
    this.service = kind;
    this.target = target;
    this.wire = create(user);
    client.setNoDelay(true);
    client.on('data', (data) => this.fromClient(data));
    client.on('error', () => client.destroy());
    client.on('close', () => this.clientGone());
    if (greets) this.dial();
  }

  /** The number by which the server knows the session. */
  get session(): number | undefined {
    return this.wire.session?.();
  }

  get role(): string {
    return this.greeting?.role ?? '';
  }

  private fromClient(data: Buffer): void {
    if (this.stage === 'passes') return this.send(data);
    if (this.stage === 'talks') return this.read(data);
    this.first.add(data);
    if (!this.greet()) return;
    this.stage = 'talks';
    this.dial();
    this.read(this.first.rest());
  }

  /** Whether the greeting, if there is one, is complete. */
  private greet(): boolean {
    const all = this.first.rest();
    const begin = all.toString('latin1', 0, GREETING.length);
    if (begin === GREETING) {
      const end = all.indexOf(10);
      if (end < 0) return false;
      this.greeting = JSON.parse(all.toString('utf8', GREETING.length, end)) as Greeting;
      this.first.take(end + 1);
    } else if (GREETING.startsWith(begin)) return false;
    else this.greeting = this.withoutGreeting();
    return true;
  }

  private withoutGreeting(): Greeting | undefined {
    const owner = ownerOf(this.client);
    return owner && { id: `connection ${this.number}`, ...owner, thread: 0, address: '' };
  }

  /** From here on nobody reads along. */
  private pass(why: string): void {
    this.watch.unread(this, why);
    // The servers of a laboratory speak no TLS and would wait for the rest of a line.
    if (why === 'TLS') return this.destroy();
    this.stage = 'passes';
    for (const frame of this.waiting.splice(0)) this.goOn(frame);
    this.send(this.wire.rest());
    this.landAll();
    this.held = undefined;
  }

  private read(data: Buffer): void {
    try {
      for (const frame of this.wire.fromClient(data)) {
        this.waiting.push(frame);
        this.waitingBytes += frame.bytes.length;
      }
      this.pump();
    } catch (error) {
      const why = whyUnreadable(error);
      this.pump();
      this.pass(why);
    }
    if (this.waitingBytes > MOST_HELD) this.client.pause();
  }

  /** Lets go on what may. */
  pump(): void {
    const { upstream } = this;
    if (!upstream || this.stage !== 'talks') return;
    upstream.cork();
    for (let frame = this.waiting[0]; frame; frame = this.waiting[0]) {
      if (frame.needs && this.needs !== 'there') {
        if (this.needs === undefined) this.prepare(frame.needs);
        break;
      }
      this.needs = undefined;
      if (frame.commands.length > 0) {
        const entry = this.held?.frame === frame ? this.held.entry : this.watch.enter(this, frame);
        if (this.watch.mustWait(entry)) {
          this.held ??= { frame, entry, since: performance.now() };
          break;
        }
        const since = this.held?.since;
        this.held = undefined;
        const commands = this.watch.record(this, frame, since);
        this.flights.push({ entry, commands, unit: frame.unit, waits: frame.commands.some(({ waits }) => waits) });
      }
      this.waiting.shift();
      this.waitingBytes -= frame.bytes.length;
      this.goOn(frame);
    }
    upstream.uncork();
    if (this.waitingBytes <= MOST_HELD && !upstream.writableNeedDrain) this.client.resume();
  }

  private prepare(needs: Needs): void {
    this.needs = 'made';
    this.watch.prepare(this, needs).then(
      () => {
        this.needs = 'there';
        this.pump();
      },
      (error: unknown) => {
        this.watch.fail(error);
        this.client.destroy();
      },
    );
  }

  private goOn({ bytes, reply }: Frame): void {
    if (reply) this.client.write(reply);
    else this.send(bytes);
  }

  private send(bytes: Buffer): void {
    if (bytes.length > 0 && this.upstream?.write(bytes) === false) this.client.pause();
  }

  private dial(): void {
    if (this.upstream) return;
    const upstream = connect(this.target);
    this.upstream = upstream;
    if ('host' in this.target) upstream.setNoDelay(true);
    upstream.on('data', (data) => {
      if (!this.client.write(this.wire.toClient?.(data) ?? data)) upstream.pause();
      if (this.stage !== 'passes') this.hear(data);
    });
    upstream.on('drain', () => this.client.resume());
    this.client.on('drain', () => upstream.resume());
    upstream.on('end', () => this.client.end());
    upstream.on('error', () => upstream.destroy());
    upstream.on('close', () => {
      this.landAll();
      this.client.destroy();
      this.watch.closed(this);
    });
  }

  private hear(data: Buffer): void {
    try {
      for (const { replies } of this.wire.fromServer(data)) {
        const flight = this.flights.shift();
        if (flight) this.watch.answered(flight, replies);
      }
    } catch (error) {
      const why = whyUnreadable(error);
      if (this.stage !== 'over') this.pass(why);
    }
  }

  /** Nobody will hear the answers. */
  private landAll(): void {
    for (const flight of this.flights.splice(0)) this.watch.answered(flight, []);
  }

  private clientGone(): void {
    this.stage = 'over';
    this.held = undefined;
    this.waiting.length = 0;
    if (this.upstream) this.upstream.end();
    else this.watch.closed(this);
  }

  destroy(): void {
    this.client.destroy();
    this.upstream?.destroy();
  }
}
