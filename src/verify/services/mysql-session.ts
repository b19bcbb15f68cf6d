/** A session with a MySQL or MariaDB server as a user without a password: enough to make databases and to ask about locks. */
import { connect } from 'node:net';
import type { Target } from '../hub/messages.js';
import { CAN, greetingOf, lengthAt, packet, readPacket } from '../wire/mysql-packets.js';
import { Incoming } from '../wire/wire.js';

export interface MysqlSession {
  readonly version: string;
  /** Rows of a statement, as texts. */
  query(sql: string): Promise<(string | null)[][]>;
}

interface Query {
  readonly rows: (string | null)[][];
  /** Packets of the description that are still to come: the number of columns, each of them, and an end. */
  left: number | undefined;
  readonly done: (error?: Error) => void;
}

export async function openMysql(target: Target, user: string): Promise<MysqlSession> {
  const socket = connect(target);
  const incoming = new Incoming();
  const queue: Query[] = [];
  let broken: Error | undefined;

  const fail = (error: Error): void => {
    broken ??= error;
    for (const each of queue.splice(0)) each.done(broken);
  };
  const asked = (send: Buffer | undefined): Promise<Query['rows']> =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      const rows: Query['rows'] = [];
      queue.push({ rows, left: undefined, done: (error) => (error ? reject(error) : resolve(rows)) });
      if (send) socket.write(send);
    });
  const settle = (error?: Error): void => queue.shift()?.done(error);
  let version = '';
  const hear = (body: Buffer, sequence: number): void => {
    const current = queue[0];
    if (!current) return;
    const [head] = body;
    if (head === 0xff) return settle(new Error(body.toString('utf8', 9)));
    if (version === '') {
      version = greetingOf(body).version;
      socket.write(packet(sequence + 1, login(user)));
    } else if (current.left === undefined) {
      if (head === 0) return settle();
      if (head === 0xfe) fail(new Error('The MySQL server asks for a password; it must let its user in without one.'));
      else current.left = lengthAt(body, 0)[0] + 1;
    } else if (current.left > 0) current.left--;
    else if (head === 0xfe && body.length < 9) settle();
    else current.rows.push(row(body));
  };
  socket.on('data', (data) => {
    incoming.add(data);
    for (let next = readPacket(incoming); next; next = readPacket(incoming)) hear(next.body, next.sequence);
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The MySQL server has closed the connection.')));

  await asked(undefined);
  return { version, query: (sql) => asked(packet(0, '\u0003', sql)) };
}

export const nameInMysql = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

function login(user: string): Buffer {
  const fixed = Buffer.alloc(32);
  fixed.writeUInt32LE(CAN.PROTOCOL_41 | CAN.SECURE_CONNECTION | CAN.PLUGIN_AUTH, 0);
  fixed.writeUInt32LE(0xffffff, 4);
  // utf8mb4
  fixed[8] = 45;
  return Buffer.concat([fixed, Buffer.from(`${user}\0\0mysql_native_password\0`)]);
}

function row(body: Buffer): (string | null)[] {
  const out: (string | null)[] = [];
  for (let at = 0; at < body.length;) {
    const [length, begin] = lengthAt(body, at);
    out.push(body[at] === 0xfb ? null : body.toString('utf8', begin, begin + length));
    at = begin + length;
  }
  return out;
}
