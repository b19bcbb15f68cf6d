import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { neo4jHome, startServices, type Services } from '../../scripts/services.mjs';
import { verify } from '../../src/verify/index.js';
import { openLab, type Lab } from '../../src/verify/lab.js';
import type { Step } from '../../src/verify/recording.js';
import { sameThrough } from './clients.js';
import { buildPrograms } from './programs.js';
import { roles } from './roles.js';
import { suiteFolder } from './suite-folder.js';

/* The driver on a real Neo4j: with the hub between them everything is as it is without. */

const all = roles();
let services: Services;
let lab: Lab;
let programs: string;

beforeAll(async () => {
  programs = await buildPrograms();
  services = await startServices(['neo4j']);
  vi.stubEnv('NEO4J_HOME', neo4jHome());
  const url = services.urls.neo4j!;
  lab = await openLab({ needs: [{ kind: 'neo4j', ports: [Number(new URL(url).port)] }], urls: { neo4j: url }, programs });
}, 180_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await lab.close();
  await services.stop();
});

const driver = (scheme: string, options = '{}'): string =>
  `const neo4j = require('neo4j-driver'); const driver = neo4j.driver('${scheme}://${new URL(services.urls.neo4j!).host}', neo4j.auth.basic('neo4j', 'secret'), ${options});`;

test('the server says what it is', () => {
  expect(lab.services).toMatchObject([{ kind: 'neo4j', how: 'given', version: expect.stringMatching(/^5\.\d+/) }]);
});

test.each(['bolt', 'neo4j'])(
  '%s://: everything is as it is without the hub',
  async (scheme) => {
    const { recording } = await sameThrough(
      all,
      lab,
      all.script(
        `driver-${scheme}`,
        driver(scheme, '{ fetchSize: 40 }'),
        'const say = (...each) => console.log(JSON.stringify(each, (key, value) => (/^(elementId|identity|start|end|.*ElementId)$/.test(key) ? undefined : value)));',
        'const run = async (cypher, parameters, where) => { const session = driver.session(where); try { say((await session.run(cypher, parameters)).records.map((each) => each.toObject())); } catch (error) { say(error.code); } finally { await session.close(); } };',
        "await run('MATCH (n) DETACH DELETE n');",
        "await run('CREATE CONSTRAINT user_email IF NOT EXISTS FOR (u:User) REQUIRE u.email IS UNIQUE');",
        "await run('MERGE (u:User {email: $email}) ON CREATE SET u.age = $age RETURN u', { email: 'ada@b.c', age: neo4j.int(36) });",
        "await run('CREATE (u:User {email: $email})', { email: 'ada@b.c' });",
        "await run('this is no query'); await run('MATCH (u:User)-[:PLACED]->(o:Order) RETURN u, o', {}, { database: 'neo4j' });",
        "await run('UNWIND range(1, 500) AS at RETURN at, $bytes AS bytes, size($text) AS size', { bytes: Buffer.from('abc'), text: 'ä'.repeat(40000) });",
        'const session = driver.session();',
        "say(await session.executeWrite(async (tx) => { await tx.run('CREATE (:Order {id: 1})'); const both = [tx.run('UNWIND range(1, 90) AS at RETURN at'), tx.run('MATCH (o:Order) RETURN count(o) AS all')]; return (await Promise.all(both)).map(({ records }) => records.length); }));",
        "await session.executeWrite((tx) => tx.run('CREATE (:Order {id: 2})').then(() => { throw new Error('rolled back'); })).catch((error) => say(error.message));",
        "say(await session.executeRead(async (tx) => (await tx.run('MATCH (o:Order) RETURN count(o) AS all')).records[0].get('all').toInt()));",
        "const open = session.beginTransaction(); await open.run('MATCH (n) DETACH DELETE n'); await open.rollback();",
        "for await (const record of session.run('UNWIND range(1, 100) AS at RETURN at')) { if (record.get('at').toInt() === 3) break; }",
        "say((await session.run('MATCH (n) RETURN count(n) AS all')).records[0].get('all').toInt());",
        "await session.run('MATCH (n) DETACH DELETE n'); await session.run('DROP CONSTRAINT user_email'); await session.close(); await driver.close();",
      ),
    );
    expect(recording.commands.filter(({ reply }) => reply === 'error').map(({ text }) => text)).toEqual([
      'CREATE (u:User {email: $email}) {"email":"ada@b.c"}',
      'this is no query',
    ]);
    expect(recording.commands.filter(({ reply }) => reply === 'none').map(({ text }) => text)).toEqual([]);
    expect(new Set(recording.commands.map(({ database }) => database))).toEqual(new Set(['neo4j']));
  },
  60_000,
);

const label = { kind: 'label', name: 'Seat' } as const;
const creates: Step = { role: 'A', service: 'neo4j', operation: 'CREATE', touch: label, nth: 0 };
const deletes: Step = { role: 'B', service: 'neo4j', operation: 'DELETE', nth: 0 };
const commits: Step = { role: 'B', service: 'neo4j', operation: 'COMMIT', nth: 0 };
const counts: Step = { role: 'A', service: 'neo4j', operation: 'MATCH', touch: label, nth: 0 };
const end = 'await session.close(); await driver.close();';

test('a test that empties the graph breaks another in one order and not in the other', async () => {
  const count = "assert.equal((await session.run('MATCH (s:Seat) RETURN count(s) AS all')).records[0].get('all').toInt(), 1);";
  const a = all.script('seat-a', driver('bolt'), "const session = driver.session(); await session.run('CREATE (:Seat {code: 1})');", count, end);
  const b = all.script(
    'seat-b',
    driver('neo4j'),
    "const session = driver.session(); await session.executeWrite((tx) => tx.run('MATCH (n) DETACH DELETE n'));",
    end,
  );
  for (let round = 0; round < 3; round++) {
    const bad = await all.both(lab, a, b, [creates, deletes, commits, counts]);
    expect(bad.codes).toEqual([1, 0]);
    expect(bad.recording.schedule).toEqual({ outcome: 'followed', reached: 4 });
    const control = await all.both(lab, a, b, [creates, counts, deletes]);
    expect(control.codes).toEqual([0, 0]);
    expect(control.recording.schedule).toEqual({ outcome: 'followed', reached: 3 });
  }
}, 60_000);

test('a lock that the order would have to break is said', async () => {
  const seats = { kind: 'label', name: 'Seat' } as const;
  const begin = "const session = driver.session(); await session.run('MERGE (s:Seat {code: 1})');";
  const a = all.script(
    'lock-a',
    driver('bolt'),
    begin,
    "const tx = session.beginTransaction(); await tx.run('MATCH (s:Seat) SET s.free = true'); await tx.run('MATCH (s:Seat) RETURN s'); await tx.rollback();",
    end,
  );
  const b = all.script('lock-b', driver('bolt'), begin, "await session.run('MATCH (s:Seat) REMOVE s.free');", end);
  const step = (role: string, operation: string): Step => ({ role, service: 'neo4j', operation, touch: seats, nth: 0 });
  const { codes, recording } = await all.both(lab, a, b, [step('A', 'MERGE'), step('B', 'MERGE'), step('A', 'SET'), step('B', 'REMOVE'), step('A', 'MATCH')]);
  expect(codes).toEqual([0, 0]);
  expect(recording.schedule).toEqual({ outcome: 'blocked', reached: 3, why: 'REMOVE of B waits for a lock that A holds until its transaction ends' });
}, 60_000);

const draws = (stop: string): string => `
const assert = require('node:assert');
const { after, before, test } = require('node:test');
const driver = require('neo4j-driver').driver('bolt://graph.internal');
const ask = async (cypher, parameters) => (await driver.executeQuery(cypher, parameters)).records;
before(() => ask('MATCH (n) DETACH DELETE n'));
after(() => driver.close());
test('${stop} is on the map', async () => {
  await ask('CREATE (:Stop {name: $name})', { name: '${stop}' });
  assert.equal((await ask('MATCH (s:Stop) RETURN s.name AS name')).map((each) => each.get('name')).join(), '${stop}', 'the map is another');
});
`;

test('a graph that two files empty is confirmed on a server that is started for it', { timeout: 240_000 }, async () => {
  const root = suiteFolder({ lapa: draws('Lapa'), trindade: draws('Trindade') }, { packages: { 'neo4j-driver': '6' } });
  const { findings } = await verify({ root, programs, rules: ['unscoped-wipe'] });
  expect(findings.length).toBeGreaterThan(0);
  for (const { verdict } of findings) {
    expect(verdict).toMatchObject({
      word: 'CONFIRMED',
      failure: 'the map is another',
      versions: expect.arrayContaining([expect.stringMatching(/^neo4j 5\./)]) as string[],
    });
  }
});
