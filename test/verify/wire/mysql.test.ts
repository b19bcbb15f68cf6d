import { describe, expect, test } from 'vitest';
import { createMysql } from '../../../src/verify/wire/mysql.js';
import { CAN, packet } from '../../../src/verify/wire/mysql-packets.js';
import { Unreadable } from '../../../src/verify/wire/wire.js';
import { commandsOf, hear, SIZES, type Conversation, type Heard } from './conversation.js';

const ALL = 0xffffffff;
/** Version 10, session 77, and every capability that there is. */
const greeting = (): Buffer => {
  const behind = Buffer.alloc(18, 0xff);
  return packet(0, Buffer.from([10]), '8.4.0\0', Buffer.from([77, 0, 0, 0]), '12345678\0', behind, '123456789012\0', 'mysql_native_password\0');
};
const login = (
  database: string,
  { capabilities = CAN.PROTOCOL_41 | CAN.CONNECT_WITH_DB | CAN.AUTH_LENENC | CAN.PLUGIN_AUTH, answer = 'a scrambled password' } = {},
): Buffer => {
  const fixed = Buffer.alloc(32);
  fixed.writeUInt32LE(capabilities >>> 0, 0);
  return packet(1, fixed, `clerk\0`, Buffer.from([answer.length]), answer, `${database}\0`, 'mysql_native_password\0');
};
const ok = (sequence = 1, status = 2): Buffer => packet(sequence, Buffer.from([0, 0, 0, status, 0, 0, 0]));
const end = (sequence: number, status = 2): Buffer => packet(sequence, Buffer.from([0xfe, 0, 0, status, 0]));
const error = (sequence = 1): Buffer => packet(sequence, Buffer.from([0xff, 1, 2]), '#42S02no');
const rows = (status = 2, from = 1): Buffer =>
  Buffer.concat([
    packet(from, '\u0001'),
    packet(from + 1, 'a column'),
    end(from + 2),
    packet(from + 3, '\u00041234'),
    packet(from + 4, '\u0003abc'),
    end(from + 5, status),
  ]);
const query = (sql: string): Buffer => packet(0, '\u0003', sql);
const command = (code: number, ...body: readonly (Buffer | string)[]): Buffer => packet(0, Buffer.from([code]), ...body);
const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const BEGINS: Conversation = [
  ['server', greeting()],
  ['client', login('Shop')],
  ['server', ok(2)],
];
/** A session in the database `shop`, and what is said in it. */
const said = (...conversation: Conversation): Heard => hear(createMysql(), [...BEGINS, ...conversation]);
const touchesOf = (heard: Heard): string[] =>
  commandsOf(heard).map(({ operation, touches }) =>
    [operation, ...touches.map(({ access, kind, name, database }) => `${access} ${kind} ${database === undefined ? '' : `${database}:`}${name}`)].join(', '),
  );

describe('the start of a session', () => {
  test('shows a server that can neither encrypt nor compress, and lets everybody in as one user', () => {
    const wire = createMysql('keeper');
    const heard = hear(wire, BEGINS);
    expect(wire.session?.()).toBe(77);
    const [greeted] = [Buffer.from(heard.toClient, 'latin1')];
    const at = 4 + 1 + 6 + 4 + 9;
    const capabilities = greeted.readUInt16LE(at) + greeted.readUInt16LE(at + 5) * 65536;
    expect((ALL ^ capabilities) >>> 0).toBe((CAN.SSL | CAN.COMPRESS | CAN.OPTIONAL_METADATA | CAN.ZSTD | CAN.QUERY_ATTRIBUTES) >>> 0);
    // MariaDB's own: no results without a description, no reports of progress.
    expect(greeted.readUInt32LE(at + 14)).toBe(0xffffffee);
    const sent = Buffer.from(heard.toServer, 'latin1')
      .subarray(4 + 32)
      .toString();
    expect(sent).toBe('keeper\0\0Shop\0mysql_native_password\0');
    expect(heard.frames).toMatchObject([{ commands: [], database: 'shop', needs: { user: 'clerk', database: 'Shop' } }]);
  });

  test('knows no password either where the server asks for another kind, or the user changes', () => {
    const change = command(17, 'porter\0', Buffer.from([3]), 'abc', 'Other\0', Buffer.from([45, 0]), 'mysql_native_password\0');
    const heard = said(
      ['client', change],
      ['server', packet(1, Buffer.from([0xfe]), 'other_password\0')],
      ['client', packet(2, 'scrambled')],
      ['server', ok(3)],
      ['client', query('SELECT 1')],
    );
    const sent = Buffer.from(heard.toServer, 'latin1');
    expect(sent.subarray(-(4 + 9) - 4, -(4 + 9))).toEqual(packet(2));
    expect(heard.frames[1]).toMatchObject({ needs: { user: 'porter', database: 'Other' } });
    expect(heard.frames.at(-1)).toMatchObject({ database: 'other', commands: [{ operation: 'SELECT' }] });
    expect(heard.toServer).not.toContain('abc');
  });

  test('that is refused is told to the client as it is', () => {
    const heard = hear(createMysql(), [['server', packet(0, Buffer.from([0xff, 16, 4]), 'Too many connections')]]);
    expect(heard.toClient).toContain('Too many connections');
  });
});

const LONG: Conversation = [
  ...BEGINS,
  ['client', query("INSERT INTO orders VALUES ('ä')")],
  ['server', ok()],
  ['client', query('BEGIN; SELECT * FROM Orders; SELECT broken; SELECT 2')],
  ['server', Buffer.concat([ok(1, 11), rows(11, 2), error(8)])],
  ['client', Buffer.concat([command(22, 'SELECT title FROM books WHERE id = ? AND name = ?')])],
  [
    'server',
    Buffer.concat([packet(1, Buffer.from([0]), number(5), Buffer.from([1, 0, 2, 0, 0, 0, 0])), packet(2, 'p'), packet(3, 'p'), end(4), packet(5, 'c'), end(6)]),
  ],
  ['client', command(23, number(5), Buffer.from([0, 1, 0, 0, 0, 0, 1, 3, 0, 0xfd, 0, 7, 0, 0, 0, 3]), 'Ada')],
  ['server', rows(2)],
  ['client', Buffer.concat([command(25, number(5)), query("LOAD DATA LOCAL INFILE 'f' INTO TABLE books"), query('SELECT 3')])],
  ['server', packet(1, Buffer.from([0xfb]), 'f')],
];

test('however the bytes are cut, they say the same and go on unchanged', () => {
  const whole = hear(createMysql(), LONG);
  expect(commandsOf(whole).map(({ text }) => text)).toEqual([
    "INSERT INTO orders VALUES ('ä')",
    'BEGIN',
    'SELECT * FROM Orders',
    'SELECT broken',
    'SELECT 2',
    "SELECT title FROM books WHERE id = ? AND name = ? [7, 'Ada']",
    "LOAD DATA LOCAL INFILE 'f' INTO TABLE books",
    'SELECT 3',
  ]);
  expect(whole.answers).toEqual([{ replies: ['ok'] }, { replies: ['ok', 'ok', 'error', 'none'] }, { replies: ['ok'] }]);
  const bytes = (from: string): string =>
    LONG.slice(3)
      .flatMap(([side, each]) => (side === from ? [each.toString('latin1')] : []))
      .join('');
  expect(whole.toServer.endsWith(bytes('client'))).toBe(true);
  expect(whole.toClient.endsWith(bytes('server'))).toBe(true);
  for (const size of SIZES) expect(hear(createMysql(), LONG, size)).toEqual(whole);
});

test('a file that is loaded is no command, however many packets it has', () => {
  const file = Buffer.concat([...Array.from({ length: 600 }, (_, at) => packet(at & 255, '\u0003DROP TABLE books')), packet(90)]);
  const heard = said(
    ['client', query("LOAD DATA LOCAL INFILE 'f' INTO TABLE books")],
    ['server', packet(1, Buffer.from([0xfb]), 'f')],
    ['client', file],
    ['server', ok(91)],
    ['client', query('SELECT 1')],
  );
  expect(touchesOf(heard)).toEqual(['LOAD, write table books', 'SELECT']);
  expect(heard.answers).toEqual([{ replies: ['ok'] }]);
});

test('packets of 16 megabytes go on in the next', () => {
  const sql = `INSERT INTO books VALUES ('${'x'.repeat(0xffffff)}')`;
  const body = Buffer.from(`\u0003${sql}`);
  const head = Buffer.from([0xff, 0xff, 0xff, 0]);
  const rest = packet(1, body.subarray(0xffffff));
  const heard = said(['client', Buffer.concat([head, body.subarray(0, 0xffffff), rest, query('SELECT 1')])], ['server', ok()]);
  expect(touchesOf(heard)).toEqual(['INSERT, write table books', 'SELECT']);
  expect(heard.answers).toHaveLength(1);
});

test('rows end as both sides have agreed', () => {
  const capabilities = CAN.PROTOCOL_41 | CAN.AUTH_LENENC | CAN.DEPRECATE_EOF;
  const last = (status: number): Buffer => packet(4, Buffer.from([0xfe, 0, 0, status, 0, 0, 0]), 'some information');
  const result = (status: number): Buffer => Buffer.concat([packet(1, '\u0001'), packet(2, 'a column'), packet(3, '\u0003abc'), last(status)]);
  const heard = hear(createMysql(), [
    ['server', greeting()],
    ['client', login('', { capabilities })],
    ['server', ok(2)],
    ['client', Buffer.concat([query('SELECT 1; SELECT 2'), query('SELECT 3')])],
    ['server', Buffer.concat([result(10), result(2), result(2)])],
  ]);
  expect(heard.answers).toEqual([{ replies: ['ok', 'ok'] }, { replies: ['ok'] }]);
});

test('rows of a cursor come when they are asked for', () => {
  const heard = said(
    ['client', command(22, 'SELECT * FROM books')],
    ['server', Buffer.concat([packet(1, Buffer.from([0]), number(1), Buffer.from([1, 0, 0, 0, 0, 0, 0])), packet(2, 'c'), end(3)])],
    ['client', command(23, number(0xffffffff), Buffer.from([1, 1, 0, 0, 0]))],
    ['server', Buffer.concat([packet(1, '\u0001'), packet(2, 'c'), end(3, 66)])],
    ['client', Buffer.concat([command(28, number(1), number(10)), query('SELECT 1')])],
    ['server', Buffer.concat([packet(1, '\u0000\u00041234'), end(2, 128), rows()])],
  );
  expect(touchesOf(heard)).toEqual(['SELECT, read table books', 'SELECT']);
  expect(heard.answers).toEqual([{ replies: ['ok'] }, { replies: ['ok'] }]);
});

test.each([
  ['USE Shop', ['USE']],
  ['TRUNCATE TABLE Orders', ['TRUNCATE, clear table orders']],
  ['SELECT * FROM orders o JOIN other.items i USING (id) WHERE o.name = "FROM nothing"', ['SELECT, read table orders, read table other:items']],
  ['USE Other; DELETE FROM orders; DELETE FROM shop.orders', ['USE', 'DELETE, clear table other:orders', 'DELETE, clear table orders']],
  ['DROP DATABASE IF EXISTS `Shop`', ['DROP DATABASE, clear database shop']],
  ['CREATE SCHEMA shop', ['CREATE SCHEMA, write database shop']],
  ['REPLACE INTO orders SET id = 1 # and nothing else; DROP TABLE items', ['REPLACE, write table orders']],
  ['INSERT INTO orders (id) VALUES (1) ON DUPLICATE KEY UPDATE id = 2', ['INSERT, write table orders']],
  [
    'RENAME TABLE orders TO old_orders, new_orders TO orders',
    ['RENAME, write table orders, write table old_orders, write table new_orders, write table orders'],
  ],
  ["SELECT GET_LOCK('nightly', 10)", ['SELECT, write lock nightly']],
  ['SELECT id INTO @last FROM orders WHERE id = 1', ['SELECT, read table orders']],
  ['CREATE PROCEDURE close_day() BEGIN DELETE FROM orders; INSERT INTO log VALUES (1); END', ['CREATE PROCEDURE, write table close_day, read table orders']],
])('%s', (sql, touches) => {
  expect(touchesOf(said(['client', query(sql)]))).toEqual(touches);
});

test('a database that was chosen holds for what comes after it', () => {
  const heard = said(
    ['client', command(2, 'Other')],
    ['server', ok()],
    ['client', query('USE Third')],
    ['server', ok()],
    ['client', query('DELETE FROM orders')],
  );
  expect(heard.frames.slice(1).map(({ database }) => database)).toEqual(['shop', 'other', 'third']);
});

test('a transaction is what the server says, and what has been sent', () => {
  const heard = said(
    ['client', query('SET autocommit = 0')],
    ['server', ok(1, 0)],
    ['client', query('DELETE FROM a')],
    ['server', ok(1, 1)],
    ['client', Buffer.concat([query('SELECT 1'), query('COMMIT'), query('SELECT 2')])],
  );
  expect(commandsOf(heard).map(({ inTransaction }) => inTransaction)).toEqual([false, false, true, true, false]);
});

test.each([
  [
    [
      ['server', greeting()],
      ['client', login('', { capabilities: CAN.PROTOCOL_41 | CAN.SSL })],
    ],
    'TLS',
  ],
  [[['client', Buffer.from([22, 3, 1, 0, 200, 1, 0])]], 'TLS'],
  [
    [
      ['server', greeting()],
      ['client', packet(1, Buffer.alloc(40))],
    ],
    'not MySQL',
  ],
  [[...BEGINS, ['client', command(18, number(4))]], 'replication'],
  [[...BEGINS, ['client', command(99)]], 'command 99'],
  [[['server', packet(0, '\u0009old')]], 'not MySQL'],
] satisfies [Conversation, string][])('what cannot be read is said: %#', (conversation, why) => {
  const wire = createMysql();
  expect(() => hear(wire, conversation)).toThrow(new Unreadable(why));
  const [from, bytes] = conversation.at(-1)!;
  if (from === 'client') expect(wire.rest()).toEqual(bytes);
});
