/** A session with a PostgreSQL server that lets everybody in: enough to make databases and to ask about locks. */
import { connect, type Socket } from 'node:net';
import type { Target } from '../hub/messages.js';

export interface PostgresSession {
  /** Rows of the last statement, as texts. */
  query(sql: string): Promise<(string | null)[][]>;
  end(): void;
}

interface Query {
  readonly rows: (string | null)[][];
  error: string | undefined;
  readonly done: (error?: Error) => void;
}

export async function openPostgres(target: Target, user: string, database: string): Promise<PostgresSession> {
  const socket: Socket = connect(target);
  const queue: Query[] = [];
  let bytes = Buffer.alloc(0);
  let broken: Error | undefined;

  const fail = (error: Error): void => {
    broken ??= error;
    for (const each of queue.splice(0)) each.done(broken);
  };
  const asked = (send: Buffer): Promise<(string | null)[][]> =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      const rows: (string | null)[][] = [];
      queue.push({ rows, error: undefined, done: (error) => (error ? reject(error) : resolve(rows)) });
      socket.write(send);
    });
  const hear = (type: string, body: Buffer): void => {
    const current = queue[0];
    if (!current) return;
    if (type === 'R' && body.readInt32BE(0) !== 0)
      fail(new Error('The PostgreSQL server asks for a password; it must let this machine in without one (trust).'));
    else if (type === 'D') current.rows.push(row(body));
    else if (type === 'E') {
      current.error = fieldOf(body, 'M');
      // Before a session begins, no other word follows.
      if (fieldOf(body, 'S') === 'FATAL') fail(new Error(current.error));
    } else if (type === 'Z') {
      queue.shift();
      current.done(current.error === undefined ? undefined : new Error(current.error));
    }
  };
  socket.on('data', (data) => {
    bytes = Buffer.concat([bytes, data]);
    while (bytes.length >= 5) {
      const length = bytes.readInt32BE(1) + 1;
      if (bytes.length < length) return;
      const message = bytes.subarray(0, length);
      bytes = bytes.subarray(length);
      hear(String.fromCharCode(message[0]!), message.subarray(5));
    }
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The PostgreSQL server has closed the connection.')));

  await asked(startup(user, database));
  return {
    query(sql) {
      const text = Buffer.from(`${sql}\0`);
      const head = Buffer.from('Q\0\0\0\0', 'latin1');
      head.writeInt32BE(text.length + 4, 1);
      return asked(Buffer.concat([head, text]));
    },
    end: () => socket.destroy(),
  };
}

export const nameInSql = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const textInSql = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function startup(user: string, database: string): Buffer {
  const text = Buffer.from(`user\0${user}\0database\0${database}\0application_name\0isolation-audit\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(text.length + 8, 0);
  head.writeInt32BE(196_608, 4);
  return Buffer.concat([head, text]);
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
