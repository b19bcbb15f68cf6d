/** A session with a PostgreSQL server that lets everybody in: enough to make databases and to ask about locks. */
import type { Target } from '../hub/messages.js';
import type { Incoming } from '../wire/wire.js';
import { openLine } from './line.js';

export interface PostgresSession {
  /** Rows of the last statement, as texts. */
  query(sql: string): Promise<(string | null)[][]>;
  end(): void;
}

type Rows = (string | null)[][];

interface Heard {
  readonly rows: Rows;
  error?: Error;
}

export async function openPostgres(target: Target, user: string, database: string): Promise<PostgresSession> {
  const line = openLine<Rows, Heard>(target, 'PostgreSQL', (incoming) => {
    for (let message = readMessage(incoming); message; message = readMessage(incoming)) hear(message.type, message.body);
  });
  const hear = (type: string, body: Buffer): void => {
    const current = line.current();
    if (!current) return;
    if (type === 'R' && body.readInt32BE(0) !== 0)
      line.fail(new Error('The PostgreSQL server asks for a password; it must let this machine in without one (trust).'));
    else if (type === 'D') current.rows.push(row(body));
    else if (type === 'E') {
      current.error = new Error(fieldOf(body, 'M'));
      // Before a session begins, no other word follows.
      if (fieldOf(body, 'S') === 'FATAL') line.fail(current.error);
    } else if (type === 'Z') line.settle(current.error ?? current.rows);
  };

  await line.ask({ rows: [] }, startup(user, database));
  return {
    query(sql) {
      const text = Buffer.from(`${sql}\0`);
      const head = Buffer.from('Q\0\0\0\0', 'latin1');
      head.writeInt32BE(text.length + 4, 1);
      return line.ask({ rows: [] }, Buffer.concat([head, text]));
    },
    end: line.end,
  };
}

export const nameInSql = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const textInSql = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** How a session begins: version 3.0 of the protocol, who asks, and for which database. */
export function startup(user: string, database: string): Buffer {
  const text = Buffer.from(`user\0${user}\0database\0${database}\0application_name\0isolation-audit\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(text.length + 8, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, text]);
}

/** A type in one byte, and a length that counts itself. */
function readMessage(incoming: Incoming): { readonly type: string; readonly body: Buffer } | undefined {
  const all = incoming.all();
  if (all.length < 5) return undefined;
  const length = all.readInt32BE(1) + 1;
  if (all.length < length) {
    incoming.want(length);
    return undefined;
  }
  const bytes = incoming.take(length);
  return { type: String.fromCharCode(bytes[0]!), body: bytes.subarray(5) };
}

function row(body: Buffer): (string | null)[] {
  const out: (string | null)[] = [];
  let at = 2;
  for (let left = body.readInt16BE(0); left > 0; left--) {
    const length = body.readInt32BE(at);
    at += 4;
    out.push(length < 0 ? null : body.toString('utf8', at, at + length));
    at += Math.max(0, length);
  }
  return out;
}

function fieldOf(body: Buffer, field: string): string {
  const found = body
    .toString('utf8')
    .split('\0')
    .find((each) => each.startsWith(field));
  return found?.slice(1) ?? 'unknown error';
}
