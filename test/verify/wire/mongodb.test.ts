import { describe, expect, test } from 'vitest';
import { createMongodb } from '../../../src/verify/wire/mongodb.js';
import { Unreadable } from '../../../src/verify/wire/wire.js';
import { document as bson, whole, type Written } from '../../../src/verify/wire/bson.js';
import { commandsOf, hear, recorded, SIZES, type Conversation } from './conversation.js';

let ids = 0;
const message = (code: number, body: Buffer, answers = 0): Buffer => Buffer.concat([whole(16 + body.length), whole(++ids), whole(answers), whole(code), body]);
const said = (document: Readonly<Record<string, Written>>, flags = 0): Buffer => message(2013, Buffer.concat([whole(flags), Buffer.from([0]), bson(document)]));
const answer = (to: Buffer, document: Readonly<Record<string, Written>> = { ok: 1 }): Buffer =>
  message(2013, Buffer.concat([whole(0), Buffer.from([0]), bson(document)]), to.readInt32LE(4));
const touchesOf = (bytes: Buffer): string[] =>
  commandsOf(hear(createMongodb(), [['client', bytes]])).flatMap(({ touches }) =>
    touches.map(({ access, kind, name, database }) => `${access} ${kind} ${database === undefined ? '' : `${database}:`}${name}`),
  );

describe.each(recorded('mongodb'))('$client with $server', ({ conversation }) => {
  const bytes = (from: string): string => conversation.flatMap(([side, each]) => (side === from ? [each.toString('latin1')] : [])).join('');
  const whole = hear(createMongodb(), conversation);

  test('is understood', () => {
    expect(commandsOf(whole).map(({ operation, touches }) => [operation, ...touches.map(({ access, kind, name }) => `${access} ${kind} ${name}`)])).toEqual([
      ['INSERT', 'write collection orders'],
      ['INSERT', 'write collection users'],
      ['FIND', 'read collection orders'],
      ['GETMORE', 'read collection orders'],
      ['UPDATE', 'write collection orders'],
      ['DELETE', 'clear collection orders'],
      ['DELETE', 'write collection orders'],
      ['AGGREGATE', 'read collection orders', 'read collection users', 'clear collection report'],
      ['INSERT', 'write collection orders'],
      ['AGGREGATE', 'read collection orders'],
      ['DROP', 'clear collection gone'],
      ['DROPDATABASE', 'clear database '],
    ]);
    expect(commandsOf(whole)[0]?.text).toContain('insert orders ');
    expect(commandsOf(whole)[0]?.text).toContain('{_id: 1, name: "Ada", at: 1970-01-01T00:00:00.000Z, tags: ["a", null, true, 1.5]}');
    expect(whole.answers.map(({ replies }) => replies[0])).toEqual(['ok', 'error', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'none', 'ok', 'error', 'ok']);
    expect(new Set(whole.frames.filter(({ commands }) => commands.length > 0).map(({ database }) => database))).toEqual(new Set(['shop']));
  });

  test('goes on unchanged, and says the same however the bytes are cut', () => {
    expect([whole.toServer, whole.toClient]).toEqual([bytes('client'), bytes('server')]);
    for (const size of SIZES) expect(hear(createMongodb(), conversation, size)).toEqual(whole);
  });
});

test.each([
  [{ find: 'orders', $db: 'shop' }, ['read collection orders']],
  [{ delete: 'orders', deletes: [{ q: {}, limit: 0 }], $db: 'shop' }, ['clear collection orders']],
  [{ delete: 'orders', deletes: [{ q: {}, limit: 1 }], $db: 'shop' }, ['write collection orders']],
  [{ delete: 'orders', deletes: [{ q: { paid: true }, limit: 0 }], $db: 'shop' }, ['write collection orders']],
  [{ findAndModify: 'orders', query: {}, $db: 'shop' }, ['write collection orders']],
  [
    { aggregate: 'orders', pipeline: [{ $match: {} }, { $unionWith: 'old' }, { $merge: { into: 'all' } }], $db: 'shop' },
    ['read collection orders', 'read collection old', 'write collection all'],
  ],
  [{ aggregate: 1, pipeline: [], $db: 'shop' }, []],
  [{ renameCollection: 'shop.a', to: 'store.b.c', $db: 'admin' }, ['write collection shop:a', 'write collection store:b.c']],
  [{ bulkWrite: 1, ops: [], nsInfo: [{ ns: 'shop.orders' }], $db: 'admin' }, ['write collection shop:orders']],
  [{ listCollections: 1, $db: 'shop' }, ['read database ']],
  [{ createIndexes: 'orders', indexes: [], $db: 'shop' }, ['write collection orders']],
  [{ serverStatus: 1, $db: 'admin' }, []],
] satisfies [Record<string, Written>, string[]][])('%j', (document, touches) => {
  expect(touchesOf(said(document))).toEqual(touches);
});

test('documents behind the command count as if they stood in it', () => {
  const list = Buffer.concat([Buffer.from('deletes\0'), bson({ q: {}, limit: 0 })]);
  const body = Buffer.concat([whole(0), Buffer.from([0]), bson({ delete: 'orders', $db: 'shop' }), Buffer.from([1]), whole(list.length + 4), list]);
  expect(touchesOf(message(2013, body))).toEqual(['clear collection orders']);
});

test('a transaction ends in the words of other databases', () => {
  const inside = { autocommit: false, $db: 'shop' };
  const heard = hear(createMongodb(), [
    [
      'client',
      Buffer.concat([
        said({ insert: 'orders', startTransaction: true, ...inside }),
        said({ commitTransaction: 1, ...inside }),
        said({ abortTransaction: 1, ...inside }),
      ]),
    ],
  ]);
  expect(commandsOf(heard).map(({ operation, inTransaction }) => [operation, inTransaction])).toEqual([
    ['INSERT', true],
    ['COMMIT', true],
    ['ROLLBACK', true],
  ]);
});

test('what keeps a connection alive is no command, and goes on being answered', () => {
  const hello = said({ hello: 1, $db: 'admin' }, 65536);
  const find = said({ find: 'orders', $db: 'shop' });
  const heard = hear(createMongodb(), [
    ['client', hello],
    ['server', Buffer.concat([answer(hello), answer(hello)])],
    ['client', find],
    ['server', Buffer.concat([answer(hello), answer(find, { ok: 0 })])],
  ]);
  expect([commandsOf(heard).map(({ operation }) => operation), heard.answers]).toEqual([['FIND'], [{ replies: ['error'] }]]);
});

const packed = (by: number, body: Buffer): Buffer => message(2012, Buffer.concat([whole(2013), whole(10), Buffer.from([by]), body]));
test.each([
  [Buffer.from([22, 3, 1, 2, 0, 1]), 'TLS'],
  [Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'not MongoDB'],
  [message(2005, Buffer.alloc(8)), 'message 2005'],
  [packed(1, Buffer.from('snappy')), 'compressed with snappy'],
  [packed(3, Buffer.from('zstd')), 'compressed with zstd'],
  [packed(2, Buffer.from('no zlib')), 'not MongoDB'],
])('what cannot be read is said: %#', (bytes, why) => {
  const wire = createMongodb();
  const conversation: Conversation = [['client', bytes]];
  expect(() => hear(wire, conversation)).toThrow(new Unreadable(why));
  expect(wire.rest()).toEqual(bytes);
});
