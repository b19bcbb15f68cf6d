/** Messages of Bolt: cut into chunks, each behind its size in two bytes, with an empty one at the end. Bolt 4.4 to 5.8, as Neo4j documents it. */
import { unpack, type Packed } from './packstream.js';
import { Unreadable, type Incoming } from './wire.js';

/** What a message is, by its second byte. */
export const MESSAGE = {
  HELLO: 0x01,
  GOODBYE: 0x02,
  RESET: 0x0f,
  RUN: 0x10,
  BEGIN: 0x11,
  COMMIT: 0x12,
  ROLLBACK: 0x13,
  DISCARD: 0x2f,
  PULL: 0x3f,
  LOGON: 0x6a,
  SUCCESS: 0x70,
  RECORD: 0x71,
  IGNORED: 0x7e,
  FAILURE: 0x7f,
} as const;

export interface Message {
  /** Its chunks with their sizes. */
  readonly bytes: Buffer;
  readonly kind: number;
  readonly fields: () => Packed[];
}

/** The next message, or nothing while bytes are missing. Empty chunks before it keep a connection alive. */
export function readMessage(incoming: Incoming): Message | undefined {
  const all = incoming.all();
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    if (all.length < at + 2) return undefined;
    const size = all.readUInt16BE(at);
    at += 2;
    if (size === 0 && chunks.length > 0) break;
    if (all.length < at + size) {
      incoming.want(at + size);
      return undefined;
    }
    if (size > 0) chunks.push(all.subarray(at, at + size));
    at += size;
  }
  const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  if (body.length < 2 || body[0]! >> 4 !== 11) throw new Unreadable('not Bolt');
  return { bytes: incoming.take(at), kind: body[1]!, fields: () => unpack(body, 2) };
}
