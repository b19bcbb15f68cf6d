/** Messages of MongoDB: OP_MSG, OP_QUERY as the first one of a client, and either of them compressed. MongoDB 8, "Wire Protocol". */
import { inflateSync } from 'node:zlib';
import { document as written, sizeAt, whole, type Written } from './bson.js';
import { Unreadable, type Incoming } from './wire.js';

export interface Message {
  /** As it came. */
  readonly bytes: Buffer;
  readonly id: number;
  /** The message that it answers. */
  readonly answers: number;
  /** What it says, uncompressed. */
  readonly body: Buffer;
  /** Where the command, or the answer, stands in the body. */
  readonly document: number;
  /** Lists that stand behind the document, by the name that they have in it: where their documents begin. */
  readonly sequences: ReadonlyMap<string, readonly number[]>;
  /** The database, where the document does not say it. */
  readonly database?: string;
  /** No answer comes. */
  readonly isUnanswered: boolean;
}

const HEAD = 16;
const REPLY = 1;
const QUERY = 2004;
const COMPRESSED = 2012;
const MSG = 2013;
const CHECKSUM = 1;
const MORE_TO_COME = 2;
/** Longest message of a server: `maxMessageSizeBytes`. */
const LONGEST = 48_000_000 + 16_384;

/** The next message, or nothing while bytes are missing. */
export function readMessage(incoming: Incoming): Message | undefined {
  const all = incoming.all();
  if (all.length < 4) return undefined;
  const size = all.readInt32LE(0);
  if (size < HEAD || size > LONGEST) throw new Unreadable('not MongoDB');
  if (all.length < size) {
    incoming.want(size);
    return undefined;
  }
  const plain = plainOf(all.readInt32LE(12), all.subarray(HEAD, size));
  const read = contentsOf(plain.code, plain.body);
  const [id, answers] = [all.readInt32LE(4), all.readInt32LE(8)];
  return { bytes: incoming.take(size), id, answers, body: plain.body, ...read };
}

function plainOf(code: number, body: Buffer): { readonly code: number; readonly body: Buffer } {
  if (code !== COMPRESSED) return { code, body };
  const by = body[8];
  const packed = body.subarray(9);
  if (by === 0) return { code: body.readInt32LE(0), body: packed };
  if (by === 2) return { code: body.readInt32LE(0), body: inflated(packed) };
  throw new Unreadable(by === 1 ? 'compressed with snappy' : 'compressed with zstd');
}

function inflated(packed: Buffer): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: LONGEST });
  } catch {
    throw new Unreadable('not MongoDB');
  }
}

function contentsOf(code: number, body: Buffer): Pick<Message, 'document' | 'sequences' | 'isUnanswered' | 'database'> {
  const plain = { sequences: new Map(), isUnanswered: false };
  switch (code) {
    case MSG:
      return sections(body);
    case QUERY: {
      // Flags, `admin.$cmd`, and two numbers.
      const end = body.indexOf(0, 4);
      return { ...plain, document: end + 9, database: body.toString('utf8', 4, end).replace(/\..*/s, '') };
    }
    case REPLY:
      return { ...plain, document: 20 };
    default:
      throw new Unreadable(`message ${code}`);
  }
}

function sections(body: Buffer): ReturnType<typeof contentsOf> {
  const flags = body.readUInt32LE(0);
  const sequences = new Map<string, readonly number[]>();
  const end = flags & CHECKSUM ? body.length - 4 : body.length;
  let document: number | undefined;
  for (let at = 4; at < end;) {
    const kind = body[at]!;
    const size = sizeAt(body, at + 1);
    if (kind === 0) document = at + 1;
    else {
      const name = body.indexOf(0, at + 5);
      const begins: number[] = [];
      for (let each = name + 1; each < at + 1 + size; each += sizeAt(body, each)) begins.push(each);
      sequences.set(body.toString('utf8', at + 5, name), begins);
    }
    at += 1 + size;
  }
  if (document === undefined) throw new Unreadable('not MongoDB');
  return { document, sequences, isUnanswered: (flags & MORE_TO_COME) !== 0 };
}

/** A command, or the answer to one, as a message of its own. */
export function message(id: number, said: { readonly [name: string]: Written }, answers = 0): Buffer {
  const body = written(said);
  return Buffer.concat([whole(HEAD + 5 + body.length), whole(id), whole(answers), whole(MSG), whole(0), Buffer.from([0]), body]);
}
