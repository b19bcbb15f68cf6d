/** What the laboratory and its hub, another process, say to each other. */
import type { Command, Dial, Recording, ServiceKind, Step, Unread } from '../recording.js';

export type Target = { readonly path: string } | { readonly host: string; readonly port: number };

export interface HubService {
  readonly kind: ServiceKind;
  readonly target: Target;
  /** The server is not ours: what stands there is not touched. */
  readonly given: boolean;
  /** Who makes databases there; our own user unless it is given. */
  readonly user?: string;
  /** Ports to listen on besides a free one, where the hub has the network to itself. */
  readonly ports: readonly number[];
}

export type ToHub =
  | { readonly do: 'open'; readonly services: readonly HubService[] }
  | { readonly do: 'begin'; readonly schedule: readonly Step[] | undefined; readonly patience: number; readonly locks: string | undefined }
  | { readonly do: 'started'; readonly pid: number }
  | { readonly do: 'ended'; readonly role: string }
  | { readonly do: 'finish'; readonly keep: boolean };

export type FromHub =
  | { readonly did: 'open'; readonly ports: Readonly<Partial<Record<ServiceKind, number>>>; readonly versions: Readonly<Partial<Record<ServiceKind, string>>> }
  | { readonly did: 'begin' }
  | { readonly did: 'finish'; readonly seen: Seen }
  | { readonly did: 'fail'; readonly why: string };

/** A recording before the marks of the processes are read: commands and troubles by connection and byte. */
export interface Seen {
  readonly commands: readonly RawCommand[];
  readonly unread: readonly (Omit<Unread, keyof Origin | 'process'> & { readonly from: string })[];
  readonly connections: Readonly<Record<string, Greeting>>;
  readonly schedule?: NonNullable<Recording['schedule']>;
}

type Origin = Pick<Dial, 'role' | 'worker' | 'file' | 'test'>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export type RawCommand = Mutable<Omit<Command, keyof Origin | 'process'>> & {
  /** The connection as its process calls it. */
  readonly from: string;
  /** Where it begins in the bytes of the connection. */
  readonly start: number;
};

/** What a process says of itself, first thing on each connection. */
export interface Greeting {
  /** Unique within a run: process, thread and a number. */
  readonly id: string;
  readonly role: string;
  readonly pid: number;
  readonly thread: number;
  readonly worker?: string;
  /** Where it wanted to go. */
  readonly address: string;
}

/** Stands before a greeting, which is JSON up to the end of the line. */
export const GREETING = 'ISOLATION-AUDIT ';

/** A line that a process writes into its own file of the run's folder. `from` and `at`: from that byte of that connection on. */
export type Note =
  | { readonly says: 'mark'; readonly from: string; readonly at: number; readonly file?: string; readonly test?: string }
  | ({ readonly says: 'dial'; readonly address: string; readonly refused: boolean } & Whose)
  /** `at`: milliseconds since 1970, when the call began. */
  | ({ readonly says: 'use' } & LocalUse & Pick<Command, 'at' | 'reply'> & Whose);

/** A call of Node for a path or a port. */
export type LocalUse = Pick<Command, 'service' | 'operation' | 'touches' | 'text'>;

type Whose = Pick<Greeting, 'role' | 'pid' | 'thread' | 'worker'> & { readonly file?: string; readonly test?: string };
