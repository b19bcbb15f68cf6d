/**
 * What the protocols of services have in common: bytes of a client become frames with commands in them, bytes of a server say what was answered.
 * Pure: it must not know sockets, schedules or recordings.
 */
import type { Touch } from '../recording.js';

/** A command as the bytes say it. */
export interface Said {
  readonly operation: string;
  readonly touches: readonly Touch[];
  readonly text: string;
  readonly inTransaction: boolean;
  /** It may wait on the server for others, by design: BLPOP. */
  readonly waits?: true;
}

/** Bytes of a client that go on together. */
export interface Frame {
  readonly bytes: Buffer;
  /** Where they begin in what the client sent, in bytes. */
  readonly start: number;
  readonly commands: readonly Said[];
  /** Database in which they run: known when they are sent. */
  readonly database: string;
  /** Frames with the same number have their effect together. */
  readonly unit: number;
  /** What a session names when it begins, and what has to be there before the bytes go on. */
  readonly needs?: Needs;
  /** What the client is told in the server's place: the bytes themselves go no further. */
  readonly reply?: Buffer;
}

export interface Needs {
  readonly user: string;
  readonly database: string;
}

/** The answers of one frame are there, in the order of the frames that have commands. */
export interface Answer {
  /** One for each command of the frame. */
  readonly replies: readonly ('ok' | 'error' | 'none')[];
}

/** One connection. Once one of them has thrown `Unreadable`, all bytes go on untouched in both directions and nothing is asked any more. */
export interface Wire {
  fromClient(data: Buffer): Iterable<Frame>;
  fromServer(data: Buffer): Iterable<Answer>;
  /** What the client has sent and no frame has taken. */
  rest(): Buffer;
  /** What the client gets of these bytes of the server, where that is not always the bytes themselves. */
  toClient?(data: Buffer): Buffer;
  /** The number by which the server knows the session, once it has said so. */
  readonly session?: () => number | undefined;
}

/** Bytes that nobody here can read: the rest of the connection passes unseen. */
export class Unreadable extends Error {}

/** Why bytes could not be read; rethrows what is no fault of theirs. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  // A length in them points behind their end.
  if (error instanceof RangeError) return 'lengths that do not fit';
  throw error;
}

/** The first byte of a connection over TLS: RFC 8446, section 5.1. */
export const TLS_HANDSHAKE = 22;

/** Bytes that have come and are not used up. Keeps the pieces apart until somebody needs more than the first, so that large values are joined once. */
export class Incoming {
  private pieces: Buffer[] = [];
  private size = 0;
  private wanted = 0;
  /** Bytes used up so far. */
  used = 0;

  add(data: Buffer): void {
    this.pieces.push(data);
    this.size += data.length;
  }

  /** All that is there, in one piece; empty until as much is there as was wanted. */
  all(): Buffer {
    if (this.size < this.wanted) return EMPTY;
    if (this.pieces.length > 1) this.pieces = [Buffer.concat(this.pieces)];
    return this.pieces[0] ?? EMPTY;
  }

  /** Says that nothing can be done with fewer bytes than these. */
  want(size: number): void {
    this.wanted = size;
  }

  /** The first bytes, which are used up by it. */
  take(size: number): Buffer {
    const all = this.all();
    this.pieces = size < all.length ? [all.subarray(size)] : [];
    this.size -= size;
    this.used += size;
    this.wanted = 0;
    return all.subarray(0, size);
  }

  putBack(bytes: Buffer): void {
    this.pieces.unshift(bytes);
    this.size += bytes.length;
    this.used -= bytes.length;
  }

  /** All that is there, complete or not. */
  rest(): Buffer {
    return Buffer.concat(this.pieces);
  }
}

const EMPTY = Buffer.alloc(0);

/** A frame for each thing that is read. What cannot be understood stays where it was. */
export function* framesIn<T extends { readonly bytes: Buffer }>(
  incoming: Incoming,
  read: () => T | undefined,
  frameOf: (each: T) => Omit<Frame, 'start'>,
): Generator<Frame> {
  for (let start = incoming.used, next = read(); next; start = incoming.used, next = read()) {
    let frame: Omit<Frame, 'start'>;
    try {
      frame = frameOf(next);
    } catch (error) {
      incoming.putBack(next.bytes);
      throw error;
    }
    yield { start, ...frame };
  }
}

/** One line for people. */
export function shortened(text: string, length = 200): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
