import { describe, expect, test } from 'vitest';
import { createPostgres as create } from '../../../src/verify/wire/postgres.js';
import { Unreadable, type Frame } from '../../../src/verify/wire/wire.js';

/** A wire whose frames and answers are lists. */
function wire() {
  const created = create();
  return {
    session: () => created.session?.(),
    rest: () => created.rest(),
    fromClient: (data: Buffer) => [...created.fromClient(data)],
    fromServer: (data: Buffer) => [...created.fromServer(data)],
  };
}
/** In a session that has begun. */
function createPostgres(database: string) {
  const begun = wire();
  begun.fromClient(start(196608, `user\0shop\0database\0${database}\0\0`));
  return begun;
}
const start = (code: number, text: string): Buffer => {
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + Buffer.byteLength(text), 0);
  head.writeInt32BE(code, 4);
  return Buffer.concat([head, Buffer.from(text)]);
};
const message = (type: string, body: Buffer | string = ''): Buffer => {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
};
const parse = (name: string, sql: string): Buffer => message('P', `${name}\0${sql}\0\0\0`);
const bind = (name: string, ...values: (string | null)[]): Buffer => {
  const sizes = values.flatMap((value) => {
    const size = Buffer.alloc(4);
    size.writeInt32BE(value === null ? -1 : Buffer.byteLength(value));
    return value === null ? [size] : [size, Buffer.from(value)];
  });
  return message('B', Buffer.concat([Buffer.from(`\0${name}\0\0\0`), Buffer.from([0, values.length]), ...sizes, Buffer.from([0, 0])]));
};
const execute = message('E', '\0\0\0\0\0');
const sync = message('S');
const query = (sql: string): Buffer => message('Q', `${sql}\0`);
const complete = message('C', 'OK\0');
const ready = (status: string): Buffer => message('Z', status);
const commands = (frames: readonly Frame[]) => frames.flatMap((frame) => frame.commands);

describe('the start of a connection', () => {
  test('names user and database, once all of it is there', () => {
    const bytes = start(196608, 'user\0shop\0database\0shop_test\0\0');
    const begun = wire();
    expect(begun.fromClient(bytes.subarray(0, 20))).toEqual([]);
    expect(begun.fromClient(bytes.subarray(20))).toMatchObject([{ bytes, start: 0, commands: [], needs: { user: 'shop', database: 'shop_test' } }]);
    const [frame] = begun.fromClient(query('SELECT 1'));
    expect(frame).toMatchObject({ start: bytes.length, database: 'shop_test' });
  });

  test('that asks for encryption is told no', () => {
    const begun = wire();
    const frames = begun.fromClient(Buffer.concat([start(80877104, ''), start(80877103, ''), start(196608, 'user\0shop\0\0')]));
    expect(frames.map(({ reply, needs }) => [reply?.toString(), needs])).toEqual([
      ['N', undefined],
      ['N', undefined],
      [undefined, { user: 'shop', database: 'shop' }],
    ]);
  });

  test('that cancels a query goes on', () => {
    const bytes = start(80877102, '12345678');
    const [frame] = wire().fromClient(bytes);
    expect(frame).toMatchObject({ bytes, commands: [] });
    expect([frame?.needs, frame?.reply]).toEqual([undefined, undefined]);
  });

  test.each([
    [start(196608, 'user\0a\0replication\0database\0\0'), 'replication'],
    [Buffer.from('GET / HTTP/1.1\r\n'), 'not PostgreSQL'],
    [Buffer.from([22, 3, 1, 0, 5, 1]), 'TLS'],
  ])('in another protocol cannot be read: %#', (bytes, why) => {
    const begun = wire();
    expect(() => begun.fromClient(bytes)).toThrow(new Unreadable(why));
    expect(begun.rest()).toEqual(bytes);
  });
});

describe('queries', () => {
  test('go on unchanged and whole, however the bytes are cut', () => {
    const bytes = Buffer.concat([query('SELECT 1'), parse('', 'INSERT INTO orders (id) VALUES ($1)'), bind('', '7'), execute, sync, message('X')]);
    for (let cut = 1; cut < bytes.length; cut++) {
      const wire = createPostgres('shop');
      const frames = [...wire.fromClient(bytes.subarray(0, cut)), ...wire.fromClient(bytes.subarray(cut))];
      expect(Buffer.concat(frames.map((frame) => frame.bytes))).toEqual(bytes);
      expect(commands(frames).map(({ text }) => text)).toEqual(['SELECT 1', "INSERT INTO orders (id) VALUES ($1) ['7']"]);
    }
  });

  test.each([
    ['TRUNCATE orders, items CASCADE', 'TRUNCATE', ['clear orders', 'clear items']],
    ['select * from orders o, items i where o.id = i.id', 'SELECT', ['read orders', 'read items']],
    ['SELECT count(*) FROM "Orders" JOIN items USING (id)', 'SELECT', ['read Orders', 'read items']],
    ['DELETE FROM orders', 'DELETE', ['clear orders']],
    ['DELETE FROM orders WHERE id = 1', 'DELETE', ['write orders']],
    ['WITH gone AS (DELETE FROM orders WHERE id = 1 RETURNING *) INSERT INTO log SELECT * FROM gone', 'INSERT', ['write orders', 'write log']],
    ['INSERT INTO a SELECT * FROM b ON CONFLICT DO UPDATE SET x = 1', 'INSERT', ['write a', 'read b']],
    ['SELECT extract(day FROM at) FROM visits FOR UPDATE OF visits', 'SELECT', ['read visits']],
    ['DROP TABLE IF EXISTS orders', 'DROP TABLE', ['clear orders']],
    ['CREATE TABLE shop.orders (id int)', 'CREATE TABLE', ['write shop.orders']],
    ['DROP DATABASE shop_test', 'DROP DATABASE', ['clear shop_test']],
    ['DROP SCHEMA public CASCADE', 'DROP SCHEMA', ['clear ']],
    ['SELECT pg_advisory_lock(42)', 'SELECT', ['write 42']],
    ['NOTIFY news', 'NOTIFY', ['write news']],
    ['SELECT 1', 'SELECT', []],
    ['CREATE OR REPLACE FUNCTION pg_temp.first(OUT o orders) AS $$ BEGIN SELECT 1 INTO o; END $$ LANGUAGE plpgsql', 'CREATE FUNCTION', []],
  ])('%s', (sql, operation, touches) => {
    const [said] = commands(createPostgres('shop').fromClient(query(sql)));
    expect(said?.operation).toBe(operation);
    expect(said?.touches.map(({ access, name }) => `${access} ${name}`)).toEqual(touches);
  });

  test('of several statements are one unit with an answer for each', () => {
    const wire = createPostgres('shop');
    const frames = wire.fromClient(Buffer.concat([query('BEGIN; INSERT INTO a VALUES (1); SELECT broken'), query('ROLLBACK'), query('SELECT 1')]));
    expect(frames.map(({ unit }) => unit)).toEqual([1, 2, 3]);
    expect(commands(frames).map(({ inTransaction }) => inTransaction)).toEqual([true, true, true, true, false]);
    const answers = wire.fromServer(Buffer.concat([complete, complete, message('E', 'S\0'), ready('E'), complete, ready('I')]));
    expect(answers.map(({ replies }) => replies)).toEqual([['ok', 'ok', 'error'], ['ok']]);
  });

  test('that were prepared are known by their name', () => {
    const wire = createPostgres('shop');
    const frames = wire.fromClient(
      Buffer.concat([parse('s1', 'SELECT * FROM a'), message('D', 'Ss1\0'), message('H'), bind('s1'), execute, sync, bind('s1', null, 'x'), execute, sync]),
    );
    expect(commands(frames).map(({ text }) => text)).toEqual(['SELECT * FROM a', "SELECT * FROM a [NULL, 'x']"]);
    expect(frames.map(({ unit }) => unit)).toEqual([1, 1, 2]);
    const answers = wire.fromServer(Buffer.concat([message('1'), complete, ready('I'), message('2'), message('E', 'S\0'), ready('I')]));
    expect(answers.map(({ replies }) => replies)).toEqual([['ok'], ['error']]);
  });

  test('carry the data of COPY with them', () => {
    const wire = createPostgres('shop');
    const [copy] = wire.fromClient(query('COPY orders FROM STDIN'));
    expect(copy?.commands[0]?.touches).toEqual([{ kind: 'table', name: 'orders', access: 'write' }]);
    expect(wire.fromServer(message('G', '\0\0\0'))).toEqual([]);
    expect(commands(wire.fromClient(Buffer.concat([message('d', '1\n'), message('c')])))).toEqual([]);
    expect(wire.fromServer(Buffer.concat([complete, ready('I')]))).toEqual([{ replies: ['ok'] }]);
  });

  test('prepared for COPY end with a second Sync that is not answered', () => {
    const wire = createPostgres('shop');
    wire.fromClient(Buffer.concat([parse('', 'COPY orders FROM STDIN'), bind(''), execute, sync]));
    wire.fromServer(message('G', '\0\0\0'));
    wire.fromClient(Buffer.concat([message('c'), sync, query('SELECT 1')]));
    const answers = wire.fromServer(Buffer.concat([complete, ready('I'), complete, ready('I')]));
    expect(answers.map(({ replies }) => replies)).toEqual([['ok'], ['ok']]);
  });
});

test('the session has a number before the first query', () => {
  const begun = createPostgres('shop');
  expect(begun.session()).toBeUndefined();
  begun.fromServer(Buffer.concat([message('R', '\0\0\0\0'), message('K', Buffer.from([0, 0, 4, 210, 1, 2, 3, 4])), ready('I')]));
  expect(begun.session()).toBe(1234);
});
