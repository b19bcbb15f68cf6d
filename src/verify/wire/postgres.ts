/**
 * The protocol of PostgreSQL, version 3. A frame is what a client sends up to the message that asks for the answer: Query, Sync, Flush or a function
 * call. SSLRequest and GSSENCRequest ask for encryption before anything else, and are answered with no.
 */
import { readStatement, type StatementReading } from './sql.js';
import { Incoming, TLS_HANDSHAKE, Unreadable, shortened, type Answer, type Frame, type Said, type Wire } from './wire.js';

/** Codes that stand where the version of the protocol would: PostgreSQL 15, "Message Formats". */
const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL = 80877102;

interface Statement {
  readonly sql: string;
  readonly reading: readonly StatementReading[];
}

/** Up to ReadyForQuery. */
interface Unit {
  /** Commands of each frame of the unit. */
  readonly frames: number[];
  readonly replies: ('ok' | 'error' | 'none')[];
  failed: boolean;
  /** It ends with Sync, which the server passes over when it asks for data of COPY: the client sends another behind the data. */
  readonly synced: boolean;
}

export function createPostgres(): Wire {
  const incoming = new Incoming();
  const answered = new Incoming();
  const statements = new Map<string, Statement>();
  const portals = new Map<string, { readonly statement: Statement | undefined; readonly parameters: readonly string[]; ran: boolean }>();
  const units: Unit[] = [];
  /** Messages that nobody has asked to be answered yet. */
  let collected: Said[] = [];
  let open: Unit | undefined;
  let unit = 0;
  let copies = false;
  let status = 'I';
  let backend: number | undefined;
  let size = 0;
  /** Unknown until the session has begun. */
  let database: string | undefined;

  return {
    session: () => backend,
    rest: () => incoming.rest(),
    *fromClient(data) {
      incoming.add(data);
      while (database === undefined) {
        const first = begin();
        if (!first) return;
        yield first;
      }
      for (;;) {
        const all = incoming.all();
        if (all.length < size + 5) return;
        const length = all.readInt32BE(size + 1) + 1;
        if (length < 5) throw new Unreadable('not PostgreSQL');
        if (all.length < size + length) {
          incoming.want(size + length);
          return;
        }
        const type = String.fromCharCode(all[size]!);
        const ends = take(type, all.subarray(size + 5, size + length));
        size += length;
        if (ends) yield frame(type, database);
      }
    },
    *fromServer(data) {
      answered.add(data);
      for (;;) {
        const all = answered.all();
        if (all.length < 5) return;
        const length = all.readInt32BE(1) + 1;
        if (length < 5) throw new Unreadable('not PostgreSQL');
        if (all.length < length) {
          answered.want(length);
          return;
        }
        yield* hear(String.fromCharCode(all[0]!), answered.take(length));
      }
    },
  };

  /** The first message of a connection, or nothing while it is not complete. */
  function begin(): Frame | undefined {
    const all = incoming.all();
    if (all[0] === TLS_HANDSHAKE) throw new Unreadable('TLS');
    if (all.length < 8) return undefined;
    const length = all.readInt32BE(0);
    const code = all.readInt32BE(4);
    if (length < 8 || length > 10_000) throw new Unreadable('not PostgreSQL');
    if (all.length < length) return undefined;
    const asksFirst = code === SSL_REQUEST || code === GSS_REQUEST;
    const isSession = !asksFirst && code !== CANCEL;
    if (isSession && code >>> 16 !== 3) throw new Unreadable('not PostgreSQL');
    const { user = '', replication = 'false', ...named } = isSession ? parametersIn(all.toString('utf8', 8, length - 1)) : {};
    if (replication !== 'false') throw new Unreadable('replication');
    if (isSession) database = named['database'] ?? user;
    return {
      start: incoming.used,
      bytes: incoming.take(length),
      commands: [],
      database: database ?? '',
      unit,
      // No: whoever can do without goes on in the clear.
      ...(asksFirst ? { reply: Buffer.from('N') } : {}),
      ...(database === undefined ? {} : { needs: { user, database } }),
    };
  }

  /** Whether the bytes go on with this message. */
  function take(type: string, body: Buffer): boolean {
    switch (type) {
      case 'Q':
        collected.push(...saidBy(statementOf(text(body, 0)[0]), []));
        return true;
      case 'P': {
        const [name, at] = text(body, 0);
        statements.set(name, statementOf(text(body, at)[0]));
        return false;
      }
      case 'B': {
        const [portal, at] = text(body, 0);
        const [name, rest] = text(body, at);
        portals.set(portal, { statement: statements.get(name), parameters: parametersOf(body, rest), ran: false });
        return false;
      }
      case 'E': {
        const portal = portals.get(text(body, 0)[0]);
        // The rest of the rows of a cursor.
        if (portal?.statement && !portal.ran) collected.push(...saidBy(portal.statement, portal.parameters));
        if (portal) portal.ran = true;
        return false;
      }
      // Describe and Close only speak of the next commands.
      case 'D':
      case 'C':
        return false;
      default:
        return true;
    }
  }

  function frame(type: string, inside: string): Frame {
    const start = incoming.used;
    const bytes = incoming.take(size);
    size = 0;
    const commands = collected;
    collected = [];
    // Data of COPY, passwords, the end of the session: part of what is going on, or of nothing.
    if (!'QSHF'.includes(type)) return { bytes, start, commands: [], database: inside, unit };
    if (type === 'S' && copies) {
      copies = false;
      return { bytes, start, commands: [], database: inside, unit };
    }
    if (!open) {
      open = { frames: [], replies: [], failed: false, synced: type === 'S' };
      units.push(open);
      unit++;
    }
    if (commands.length > 0) open.frames.push(commands.length);
    const out: Frame = { bytes, start, commands, database: inside, unit };
    if (type !== 'H') open = undefined;
    return out;
  }

  function saidBy(statement: Statement, parameters: readonly string[]): Said[] {
    const shown = parameters.length > 0 ? ` [${parameters.join(', ')}]` : '';
    return statement.reading.map(({ operation, touches, text: own, transaction }): Said => {
      if (transaction === 'begins') status = 'T';
      const said = { operation, touches, text: shortened(own + shown), inTransaction: status !== 'I' };
      if (transaction === 'ends') status = 'I';
      return said;
    });
  }

  function hear(type: string, message: Buffer): readonly Answer[] {
    if (type === 'K') backend = message.readInt32BE(5);
    const current = units[0];
    if (!current) return [];
    if (type === 'G') copies = current.synced;
    if (type === 'C' || type === 'I' || type === 's') current.replies.push('ok');
    // The client sees the error and sends no more data; the server passes over all up to the next Sync.
    if (type === 'E' && !current.failed) {
      current.failed = true;
      current.replies.push('error');
    }
    if (type !== 'Z') return [];
    units.shift();
    if (units.length === 0) status = String.fromCharCode(message[5]!);
    let at = 0;
    return current.frames.map((count) => {
      const replies = Array.from({ length: count }, (_, index) => current.replies[at + index] ?? 'none');
      at += count;
      return { replies };
    });
  }
}

/** Names and values of a start-up message, each with a zero byte behind it. */
function parametersIn(text: string): Readonly<Record<string, string>> {
  const words = text.split('\0');
  const parameters: Record<string, string> = {};
  for (let index = 0; index + 1 < words.length && words[index] !== ''; index += 2) parameters[words[index]!] = words[index + 1]!;
  return parameters;
}

const statementOf = (sql: string): Statement => ({ sql, reading: readStatement(sql, 'standard') });

/** A text that ends with a zero byte, and where the next begins. */
function text(body: Buffer, from: number): [string, number] {
  const end = body.indexOf(0, from);
  if (end < 0) throw new Unreadable('not PostgreSQL');
  return [body.toString('utf8', from, end), end + 1];
}

/** The parameters of Bind for people: texts shortened, binary ones by their length. */
function parametersOf(body: Buffer, from: number): string[] {
  const formats = body.readInt16BE(from);
  const binary = (index: number): boolean => formats > 0 && body.readInt16BE(from + 2 + 2 * (formats === 1 ? 0 : index)) === 1;
  let at = from + 2 + 2 * formats;
  const count = body.readInt16BE(at);
  at += 2;
  const out: string[] = [];
  for (let index = 0; index < count; index++) {
    const length = body.readInt32BE(at);
    at += 4;
    if (length < 0) out.push('NULL');
    else {
      if (index < 8) out.push(binary(index) ? `${length} bytes` : `'${body.toString('utf8', at, at + Math.min(length, 40))}'`);
      at += length;
    }
  }
  return out;
}
