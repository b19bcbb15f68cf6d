import { describe, expect, test } from 'vitest';
import { createBolt } from '../../../src/verify/wire/bolt.js';
import { pack } from '../../../src/verify/wire/packstream.js';
import { Unreadable } from '../../../src/verify/wire/wire.js';
import { commandsOf, hear, recorded, SIZES, type Conversation, type Heard } from './conversation.js';

const message = (kind: number, ...fields: Parameters<typeof pack>[0][]): Buffer => {
  const body = Buffer.concat([Buffer.from([0xb0 + fields.length, kind]), ...fields.map(pack)]);
  return Buffer.concat([Buffer.from([body.length >> 8, body.length & 255]), body, Buffer.from([0, 0])]);
};
const [RESET, RUN, BEGIN, COMMIT, PULL, SUCCESS, FAILURE, IGNORED] = [0x0f, 0x10, 0x11, 0x12, 0x3f, 0x70, 0x7f, 0x7e];
const run = (cypher: string, extra = {}): Buffer => message(RUN, cypher, {}, extra);
const pull = message(PULL, { n: -1 });
const yes = message(SUCCESS, {});
const MORE = Buffer.from([0, 12, 0xb1, SUCCESS, 0xa1, 0x88, ...Buffer.from('has_more'), 0xc3, 0, 0]);
MORE[1] = MORE.length - 4;
const offer = Buffer.from([0x60, 0x60, 0xb0, 0x17, 0, 4, 4, 5, 0, 0, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0]);
const BEGINS: Conversation = [
  ['client', offer],
  ['server', Buffer.from([0, 0, 4, 5])],
  ['client', message(1, { user_agent: 'a test' })],
  ['server', message(SUCCESS, { server: 'Neo4j/5.26.0', connection_id: 'bolt-12' })],
];
const said = (...conversation: Conversation): Heard => hear(createBolt(), [...BEGINS, ...conversation]);

describe.each(recorded('neo4j'))('$client on $server', ({ conversation }) => {
  const bytes = (from: string): string => conversation.flatMap(([side, each]) => (side === from ? [each.toString('latin1')] : [])).join('');
  const whole = hear(createBolt(), conversation);

  test('is understood', () => {
    expect(
      commandsOf(whole).map(({ operation, touches, inTransaction }) => [
        operation,
        ...touches.map(({ access, kind, name }) => `${access} ${kind} ${name}`),
        inTransaction,
      ]),
    ).toEqual([
      ['MERGE', 'write label User', false],
      ['UNWIND', false],
      ['', false],
      ['BEGIN', true],
      ['CREATE', 'write label Order', true],
      ['MATCH', 'read label User', 'read label Order', true],
      ['COMMIT', true],
      ['BEGIN', true],
      ['DELETE', 'clear database ', true],
      ['COMMIT', true],
    ]);
    expect(commandsOf(whole)[0]?.text).toBe('MERGE (u:User {email: $email}) RETURN u {"email":"ada@b.c"}');
    expect(whole.answers.flatMap(({ replies }) => replies)).toEqual(['ok', 'ok', 'error', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
  });

  test('goes on unchanged, and says the same however the bytes are cut', () => {
    expect([whole.toServer, whole.toClient]).toEqual([bytes('client'), bytes('server')]);
    for (const size of SIZES) expect(hear(createBolt(), conversation, size)).toEqual(whole);
  });
});

test('the number of the session is that of its connection', () => {
  const wire = createBolt();
  expect(wire.session?.()).toBeUndefined();
  hear(wire, BEGINS);
  expect(wire.session?.()).toBe(12);
});

test('a query is answered with its last row', () => {
  const before: Conversation = [
    ['client', Buffer.concat([run('MATCH (o:Order) RETURN o'), pull])],
    ['server', Buffer.concat([yes, MORE])],
  ];
  expect(said(...before).answers).toEqual([]);
  expect(said(...before, ['client', pull], ['server', yes]).answers).toEqual([{ replies: ['ok'] }]);
});

test('queries that are open at once are answered in the order in which they were sent', () => {
  const heard = said(
    ['client', Buffer.concat([message(BEGIN, {}), run('RETURN 1'), run('RETURN 2'), message(PULL, { n: -1, qid: 1 })])],
    ['server', Buffer.concat([yes, message(SUCCESS, { qid: 0 }), message(SUCCESS, { qid: 1 }), yes])],
  );
  expect(heard.answers).toEqual([{ replies: ['ok'] }]);
  const over = said(
    ['client', Buffer.concat([message(BEGIN, {}), run('RETURN 1'), run('RETURN 2'), message(PULL, { n: -1, qid: 1 }), message(COMMIT)])],
    ['server', Buffer.concat([yes, message(SUCCESS, { qid: 0 }), message(SUCCESS, { qid: 1 }), yes, yes])],
  );
  expect(over.answers.map(({ replies }) => replies[0])).toEqual(['ok', 'ok', 'ok', 'ok']);
});

test('what follows a failure is not run until all is reset', () => {
  const heard = said(
    ['client', Buffer.concat([run('broken'), pull, run('CREATE (:Order)'), pull, message(RESET), run('CREATE (:Order)'), pull])],
    ['server', Buffer.concat([message(FAILURE, { code: 'no' }), message(IGNORED), message(IGNORED), message(IGNORED), yes, yes, yes])],
  );
  expect(heard.answers.map(({ replies }) => replies[0])).toEqual(['error', 'none', 'ok']);
});

test('the database is the one that is named, for a whole transaction', () => {
  const heard = said(['client', Buffer.concat([run('RETURN 1'), message(BEGIN, { db: 'films' }), run('RETURN 2'), message(COMMIT), run('RETURN 3')])]);
  expect(heard.frames.filter(({ commands }) => commands.length > 0).map(({ database }) => database)).toEqual(['neo4j', 'films', 'films', 'films', 'neo4j']);
});

test.each([
  ['MATCH (n) DETACH DELETE n', 'DELETE', ['clear database ']],
  ['MATCH (o:Order) DELETE o', 'DELETE', ['clear label Order']],
  ['MATCH (o:Order {id: 1})-[:OF]->(u:User) SET o.paid = true', 'SET', ['write label Order', 'read label OF', 'read label User']],
  ['MATCH (u:User {id: 1}) CREATE (u)-[:PLACED]->(o:Order)', 'CREATE', ['write label PLACED', 'write label Order', 'read label User']],
  ['MATCH (n) RETURN count(n)', 'MATCH', ['read database ']],
  ['MATCH (u:User) MATCH (u)-[:PLACED]->(o) RETURN o', 'MATCH', ['read label User', 'read label PLACED']],
  ['RETURN 1', 'RETURN', []],
  ['CREATE CONSTRAINT email IF NOT EXISTS FOR (u:User) REQUIRE u.email IS UNIQUE', 'CREATE CONSTRAINT', ['write label User']],
  ['SHOW INDEXES', 'SHOW INDEXES', []],
  ['CREATE DATABASE films', 'CREATE DATABASE', ['write database films']],
])('%s', (cypher, operation, touches) => {
  const [first] = commandsOf(said(['client', run(cypher)]));
  expect([first?.operation, first?.touches.map(({ access, kind, name }) => `${access} ${kind} ${name}`)]).toEqual([operation, touches]);
});

test.each([
  [[['client', Buffer.from([22, 3, 1, 0, 200, 1])]], 'TLS'],
  [[['client', Buffer.from('GET / HTTP/1.1\r\n\r\n')]], 'not Bolt'],
  [[...BEGINS, ['client', Buffer.from([0, 2, 1, 2, 0, 0])]], 'not Bolt'],
] satisfies [Conversation, string][])('what cannot be read is said: %#', (conversation, why) => {
  const wire = createBolt();
  expect(() => hear(wire, conversation)).toThrow(new Unreadable(why));
  expect(wire.rest()).toEqual(conversation.at(-1)![1]);
});
