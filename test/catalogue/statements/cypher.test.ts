import { describe, expect, test } from 'vitest';
import { classifyCypher } from '../../../src/catalogue/statements/cypher.js';

const wipeAll = [{ op: 'wipe', wipes: 'database' }];

describe('Cypher statements', () => {
  test.each([
    ['MATCH (n) DETACH DELETE n', wipeAll],
    [
      'MATCH (n)\n  OPTIONAL MATCH (n)-[r]-()\n  DELETE n, r',
      [
        { op: 'wipe', wipes: 'database' },
        { op: 'wipe', wipes: 'database', note: 'relationships' },
      ],
    ],
    ['MATCH (n) WHERE true DETACH DELETE n', wipeAll],
    ['MATCH (n:Order) DETACH DELETE n', [{ op: 'wipe', wipes: 'unit', unit: 'Order' }]],
    ['MATCH (n:`Order Line`) DETACH DELETE n', [{ op: 'wipe', wipes: 'unit', unit: 'Order Line' }]],
    ['MATCH (n:Order {runId: $run}) DETACH DELETE n', [{ op: 'write', unit: 'Order' }]],
    ['MATCH (n) WHERE n.runId = $run DETACH DELETE n', [{ op: 'write' }]],
    ['MATCH (n:Order) WHERE n.id STARTS WITH $prefix DETACH DELETE n', [{ op: 'write', unit: 'Order' }]],
    ['MATCH (n) WITH n LIMIT 1000 DETACH DELETE n', [{ op: 'write' }]],
    ['MATCH ()-[r]->() DELETE r', [{ op: 'wipe', wipes: 'database', note: 'relationships' }]],
    ['MATCH (n)-[:IN]->(t:Team {id: $id}) DETACH DELETE n', [{ op: 'write' }]],
    ['CREATE (n:Order {id: $id}) RETURN n', [{ op: 'write', unit: 'Order' }]],
    [
      'MERGE (u:User {id: 1}) ON CREATE SET u.a = 1 MERGE (u)-[:OWNS]->(o:Order {id: 2})',
      [
        { op: 'write', unit: 'User' },
        { op: 'write', unit: 'OWNS', note: 'relationships' },
        { op: 'write', unit: 'Order' },
      ],
    ],
    ['MATCH (n:Order {id: $id}) SET n.paid = true', [{ op: 'write', unit: 'Order' }]],
    ['MATCH (n) RETURN count(n) AS total', [{ op: 'count' }]],
    ['MATCH (n:Order) RETURN count(*)', [{ op: 'count', unit: 'Order' }]],
    ['MATCH (n:Order) RETURN n', [{ op: 'count', unit: 'Order', note: 'all rows' }]],
    ['MATCH (n:Order) RETURN n LIMIT 5', [{ op: 'read', unit: 'Order' }]],
    ['MATCH (n:Order {id: 1}) RETURN n', [{ op: 'read', unit: 'Order' }]],
    ['CREATE DATABASE `app-w1` IF NOT EXISTS WAIT', [{ op: 'create', names: 'database', unit: 'app-w1' }]],
    ['CREATE OR REPLACE DATABASE App', [{ op: 'wipe', wipes: 'database', names: 'database', unit: 'app' }]],
    ['DROP DATABASE app IF EXISTS', [{ op: 'drop', wipes: 'database', names: 'database', unit: 'app' }]],
    ['CREATE CONSTRAINT order_id IF NOT EXISTS FOR (o:Order) REQUIRE o.id IS UNIQUE', [{ op: 'create', unit: 'Order', note: 'schema' }]],
    ['DROP CONSTRAINT order_id IF EXISTS', [{ op: 'write', note: 'schema' }]],
    ['CALL apoc.schema.assert({}, {})', [{ op: 'write', note: 'constraints and indexes' }]],
    ["CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DETACH DELETE n', {batchSize: 1000})", wipeAll],
    ['MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 1000 ROWS', wipeAll],
    ['// MATCH (n) DETACH DELETE n\nRETURN 1', [{ op: 'read' }]],
    ["RETURN 'MATCH (n) DETACH DELETE n'", [{ op: 'read' }]],
    ['', []],
  ])('%s', (text, expected) => {
    expect(classifyCypher([text])).toEqual(expected);
  });

  test.each([
    [['MATCH (n:', null, ') DETACH DELETE n'], [{ op: 'wipe', wipes: 'unit', unit: '\uE000' }]],
    [['MATCH (n:Order) ', null, ' DETACH DELETE n'], [{ op: 'write', unit: 'Order' }]],
    [['MATCH (n:Run_', null, ') DETACH DELETE n'], [{ op: 'wipe', wipes: 'unit', unit: 'Run_\uE000' }]],
    [['MATCH (n:Order {id: ', null, '}), (m:', null, '_', null, ') DETACH DELETE m'], [{ op: 'write', unit: '\uE001_\uE002' }]],
    [['CREATE DATABASE `app-', null, '`'], [{ op: 'create', names: 'database' }]],
    [[null], []],
  ])('holes: %j', (parts, expected) => {
    expect(classifyCypher(parts)).toEqual(expected);
  });
});
