/** Packets of the protocol of MySQL: a head of four bytes, length and number, then so many bytes. MySQL 8.4, "Client/Server Protocol"; MariaDB 11, the same. */
import { Unreadable, type Incoming } from './wire.js';

export const HEAD = 4;
/** Of the protocol: all servers since MySQL 3.21 say it first. */
const VERSION = 10;
/** A packet of this length goes on in the next. */
const LONGEST = 0xffffff;

export interface Packet {
  /** Its head too, and that of each further part. */
  readonly bytes: Buffer;
  /** Number within what the two say to each other about one command. */
  readonly sequence: number;
  /** Of a packet in parts the first. */
  readonly body: Buffer;
}

/** The next packet with all its parts, or nothing while bytes are missing. */
export function readPacket(incoming: Incoming): Packet | undefined {
  const all = incoming.all();
  let size = 0;
  for (let length = LONGEST; length === LONGEST; size += HEAD + length) {
    if (all.length < size + HEAD) return undefined;
    length = all.readUIntLE(size, 3);
    if (all.length < size + HEAD + length) {
      incoming.want(size + HEAD + length);
      return undefined;
    }
  }
  const first = all.readUIntLE(0, 3);
  const bytes = incoming.take(size);
  return { bytes, sequence: bytes[3]!, body: bytes.subarray(HEAD, HEAD + first) };
}

export function packet(sequence: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const head = Buffer.alloc(HEAD);
  head.writeUIntLE(body.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, body]);
}

/** What client and server can do: the bits of their capabilities that matter here. */
export const CAN = {
  CONNECT_WITH_DB: 1 << 3,
  COMPRESS: 1 << 5,
  LOCAL_FILES: 1 << 7,
  PROTOCOL_41: 1 << 9,
  SSL: 1 << 11,
  SECURE_CONNECTION: 1 << 15,
  MULTI_STATEMENTS: 1 << 16,
  PLUGIN_AUTH: 1 << 19,
  AUTH_LENENC: 1 << 21,
  DEPRECATE_EOF: 1 << 24,
  OPTIONAL_METADATA: 1 << 25,
  ZSTD: 1 << 26,
  QUERY_ATTRIBUTES: 1 << 27,
} as const;
/** MariaDB's own, in bytes that MySQL leaves empty: reports of progress, and results without a description. */
const MARIADB_CANNOT = (1 << 0) | (1 << 4);
const CANNOT = CAN.COMPRESS | CAN.SSL | CAN.OPTIONAL_METADATA | CAN.ZSTD | CAN.QUERY_ATTRIBUTES;

/** The server's first packet without what could not be read along afterwards: clients do without it, or say what they miss. */
export function plainGreeting({ bytes, body }: Packet): Buffer {
  // It refuses the session, or is no server that is known.
  if (body[0] !== VERSION) return bytes;
  const { capabilities } = greetingOf(body);
  // What follows in the first packet: 2 bytes of capabilities, character set, status, 2 more bytes, length, 6 empty bytes, MariaDB's 4.
  const at = HEAD + capabilities;
  const out = Buffer.from(bytes);
  if (out.length < at + 18) return out;
  out.writeUInt16LE(out.readUInt16LE(at) & ~(CANNOT & 0xffff) & 0xffff, at);
  out.writeUInt16LE(out.readUInt16LE(at + 5) & ~(CANNOT >>> 16) & 0xffff, at + 5);
  out.writeUInt32LE((out.readUInt32LE(at + 14) & ~MARIADB_CANNOT) >>> 0, at + 14);
  return out;
}

/** The number of the session, and where the capabilities stand. */
export function greetingOf(body: Buffer): { readonly version: string; readonly session: number; readonly capabilities: number } {
  const end = body.indexOf(0, 1);
  if (body[0] !== VERSION || end < 0) throw new Unreadable('not MySQL');
  return { version: body.toString('utf8', 1, end), session: body.readUInt32LE(end + 1), capabilities: end + 14 };
}

/** A number as the protocol writes it, and where the next thing begins. */
export function lengthAt(body: Buffer, at: number): readonly [number, number] {
  const first = body[at] ?? 0;
  if (first < 0xfb) return [first, at + 1];
  if (first === 0xfc) return [body.readUInt16LE(at + 1), at + 3];
  if (first === 0xfd) return [body.readUIntLE(at + 1, 3), at + 4];
  if (first === 0xfe) return [Number(body.readBigUInt64LE(at + 1)), at + 9];
  return [0, at + 1];
}

/** A text that ends with a zero byte or with the packet, and where the next thing begins. */
export function textAt(body: Buffer, at: number): readonly [string, number] {
  const end = body.indexOf(0, at);
  return end < 0 ? [body.toString('utf8', at), body.length] : [body.toString('utf8', at, end), end + 1];
}
