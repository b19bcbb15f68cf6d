/** The protocol of Redis, RESP 2 and 3. One command is one frame; a transaction that the server queues is one unit. */
import { redisOperation, redisTouches, redisWaits } from './redis-keys.js';
import { createReplies, type Reply } from './resp-replies.js';
import { Incoming, TLS_HANDSHAKE, Unreadable, framesIn, shortened, type Answer, type Frame, type Said, type Wire } from './wire.js';

/** The longest part of an argument that is kept, in bytes: keys longer than that are told apart by what they begin with. */
const KEPT = 512;

/** What a connection carries from this request on, if that is not one answer for each request. */
function redisBecomes(words: readonly string[]): string | undefined {
  const operation = redisOperation(words);
  if (operation === 'MONITOR' || operation === 'CLIENT REPLY') return operation;
  return operation === 'SYNC' || operation === 'PSYNC' ? 'replication' : undefined;
}

type Result = Answer['replies'][number];

/** Waits for its answer, oldest first. */
interface Pending {
  readonly operation: string;
  /** Confirmations still to come: one for each channel of a SUBSCRIBE. */
  left: number;
  readonly queued: boolean;
}

export function createResp(): Wire {
  const incoming = new Incoming();
  const replies = createReplies();
  const pending: Pending[] = [];
  /** Answers that count only with EXEC. */
  let queued: Result[] = [];
  const channels = new Set<string>();
  let database = '0';
  let multi = false;
  let unit = 0;

  return {
    rest: () => incoming.rest(),
    *fromClient(data) {
      incoming.add(data);
      yield* framesIn(incoming, () => readRequest(incoming), frameOf);
    },
    *fromServer(data) {
      for (const reply of replies(data)) for (const each of settle(reply)) yield { replies: [each] };
    },
  };

  function frameOf({ words, bytes }: Request): Omit<Frame, 'start'> {
    // An empty line asks nothing; it reaches the server all the same.
    if (words.length === 0) return { bytes, commands: [], database, unit };
    const becomes = redisBecomes(words);
    if (becomes !== undefined) throw new Unreadable(becomes);
    const operation = redisOperation(words);
    if (!multi) unit++;
    if (operation === 'MULTI') multi = true;
    const said: Said = {
      operation,
      touches: redisTouches(operation, words),
      text: textOf(operation, words),
      inTransaction: multi,
      ...(!multi && redisWaits(operation, words) ? { waits: true } : {}),
    };
    const at = database;
    if (operation === 'SELECT' && words[1] !== undefined) database = words[1];
    if (operation === 'RESET') database = '0';
    const ends = operation === 'EXEC' || operation === 'DISCARD' || operation === 'RESET';
    pending.push({ operation, left: confirmations(operation, words), queued: multi && !ends });
    if (ends) multi = false;
    return { bytes: operation === 'AUTH' && words.length === 2 ? asDefaultUser(words[1]!) : bytes, commands: [said], database: at, unit };
  }

  /** Clients subscribe to several channels with one command, and each is confirmed by itself. */
  function confirmations(operation: string, words: readonly string[]): number {
    const named = words.slice(1);
    if (/^[PS]?SUBSCRIBE$/.test(operation)) {
      for (const name of named) channels.add(`${operation} ${name}`);
      return named.length;
    }
    const undone = /^([PS]?)UNSUBSCRIBE$/.exec(operation);
    if (!undone) return 1;
    const prefix = `${undone[1]}SUBSCRIBE `;
    const all = [...channels].filter((each) => each.startsWith(prefix));
    const gone = named.length > 0 ? named.map((name) => prefix + name) : all;
    for (const each of gone) channels.delete(each);
    return Math.max(1, gone.length);
  }

  function settle(reply: Reply): readonly Result[] {
    const first = pending[0];
    const confirms = first !== undefined && first.operation.endsWith('SUBSCRIBE') && reply.first?.toUpperCase() === first.operation;
    if (!confirms && (reply.type === '>' || (reply.type === '*' && /^[ps]?message$/.test(reply.first ?? '') && (channels.size > 0 || !first)))) return [];
    if (!first) throw new Unreadable('an answer that nobody asked for');
    if (reply.type === '-') first.left = 1;
    if (--first.left > 0) return [];
    pending.shift();
    const result = reply.type === '-' || reply.type === '!' ? 'error' : 'ok';
    if (first.queued) {
      queued.push(result);
      return [];
    }
    if (queued.length === 0) return [result];
    // EXEC answers with one result for each command that was queued behind MULTI. An empty answer, or that of DISCARD: none of them ran.
    const results = queued.map((each, index): Result => {
      if (index === 0 || result === 'error') return index === 0 ? each : 'error';
      const own = reply.children[index - 1];
      return own === undefined ? 'none' : /[-!]/.test(own) ? 'error' : 'ok';
    });
    queued = [];
    return [...results, result];
  }
}

/** A server without a password refuses `AUTH password`, and takes any password of its default user. */
function asDefaultUser(password: string): Buffer {
  const text = Buffer.from(password);
  return Buffer.concat([Buffer.from(`*3\r\n$4\r\nAUTH\r\n$7\r\ndefault\r\n$${text.length}\r\n`), text, Buffer.from('\r\n')]);
}

function textOf(operation: string, words: readonly string[]): string {
  if (operation === 'AUTH') return 'AUTH ***';
  const at = operation === 'HELLO' ? words.findIndex((word) => word.toUpperCase() === 'AUTH') : -1;
  const shown = at < 0 ? words : words.map((word, index) => (index > at && index <= at + 2 ? '***' : word));
  return shortened(shown.map((word) => (word === '' ? "''" : word.slice(0, 60))).join(' '));
}

interface Request {
  readonly words: readonly string[];
  readonly bytes: Buffer;
}

/** A list of texts, or a line of words as people type it. Nothing while bytes are missing. */
function readRequest(incoming: Incoming): Request | undefined {
  const all = incoming.all();
  if (all.length === 0) return undefined;
  if (all[0] === TLS_HANDSHAKE) throw new Unreadable('TLS');
  const end = all.indexOf(10);
  if (end < 0) {
    if (all.length > 65_536) throw new Unreadable('not RESP');
    return undefined;
  }
  if (all[0] !== STAR) {
    const line = all.toString('utf8', 0, end);

    if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(line)) throw new Unreadable('not RESP');
    return { words: line.split(/\s+/).filter((word) => word !== ''), bytes: incoming.take(end + 1) };
  }
  const count = numberAt(all, 1, end);
  const words: string[] = [];
  let at = end + 1;
  for (let index = 0; index < count; index++) {
    const next = all.indexOf(10, at);
    if (next < 0) return undefined;
    if (all[at] !== DOLLAR) throw new Unreadable('not RESP');
    const length = numberAt(all, at + 1, next);
    const begin = next + 1;
    at = begin + length + 2;
    if (at > all.length) {
      incoming.want(at);
      return undefined;
    }
    words.push(all.toString('utf8', begin, begin + Math.min(length, KEPT)));
  }
  return { words, bytes: incoming.take(at) };
}

function numberAt(all: Buffer, from: number, end: number): number {
  const value = Number(all.toString('latin1', from, end));
  if (!Number.isInteger(value) || value < 0 || value > 2 ** 30) throw new Unreadable('not RESP');
  return value;
}

const STAR = 42;
const DOLLAR = 36;
