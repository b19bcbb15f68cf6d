/** A session with a MySQL or MariaDB server as a user without a password: enough to make databases and to ask about locks. */
import type { Target } from '../hub/messages.js';
import { CAN, greetingOf, lengthAt, packet, readPacket } from '../wire/mysql-packets.js';
import { openLine } from './line.js';

export interface MysqlSession {
  readonly version: string;
  /** Rows of a statement, as texts. */
  query(sql: string): Promise<(string | null)[][]>;
}

type Rows = (string | null)[][];

interface Heard {
  readonly rows: Rows;
  /** Packets of the description that are still to come: the number of columns, each of them, and an end. */
  left: number | undefined;
}

export async function openMysql(target: Target, user: string): Promise<MysqlSession> {
  let version = '';
  const line = openLine<Rows, Heard>(target, 'MySQL', (incoming) => {
    for (let next = readPacket(incoming); next; next = readPacket(incoming)) hear(next.body, next.sequence);
  });
  const hear = (body: Buffer, sequence: number): void => {
    const current = line.current();
    if (!current) return;
    const [head] = body;
    if (head === 0xff) return line.settle(new Error(body.toString('utf8', 9)));
    if (version === '') {
      version = greetingOf(body).version;
      line.send(packet(sequence + 1, login(user)));
    } else if (current.left === undefined) {
      if (head === 0) return line.settle(current.rows);
      if (head === 0xfe) line.fail(new Error('The MySQL server asks for a password; it must let its user in without one.'));
      else current.left = lengthAt(body, 0)[0] + 1;
    } else if (current.left > 0) current.left--;
    else if (head === 0xfe && body.length < 9) line.settle(current.rows);
    else current.rows.push(row(body));
  };
  const ask = (send?: Buffer): Promise<Rows> => line.ask({ rows: [], left: undefined }, send);

  await ask();
  return { version, query: (sql) => ask(packet(0, '\u0003', sql)) };
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
