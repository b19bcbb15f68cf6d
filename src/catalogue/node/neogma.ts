import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['neogma'],
  language: 'typescript',
  versions: '1.x',
  source: 'read in package types, neogma 1.16.1',
  tokens: ['neogma'],
  types: { Neogma: 'Neogma' },
  typeOpening: { kind: 'neo4j' },
  calls: [
    {
      call: 'new Neogma',
      returns: 'Neogma',
      opens: { kind: 'neo4j', server: ['arg0.url@url.host'], port: ['arg0.url@url.port', '=7687'], name: ['arg0.database', '=neo4j'] },
      op: 'acquire',
      owes: 'neogma.driver.close()',
    },
    {
      call: 'Neogma.fromTempDatabase',
      returns: 'Neogma',
      opens: { kind: 'neo4j', server: ['arg0.url@url.host'], port: ['arg0.url@url.port', '=7687'], randomByDefault: true },
      op: 'create',
      owes: 'neogma.clearTempDatabase()',
    },
    { call: 'Neogma#clearAllTempDatabases|Neogma#clearTempDatabasesOlderThan', op: 'wipe', wipes: 'server' },
    { call: 'Neogma#clearTempDatabase', op: 'wipe', wipes: 'database', unit: ['arg0'], releases: 'receiver' },
    { call: 'Neogma#queryRunner.run', op: 'write', statement: { language: 'cypher', in: 'arg0' } },
    { call: 'Neogma#driver.session', returns: 'Session', owes: 'session.close()' },
    { call: 'Session#run', op: 'write', statement: { language: 'cypher', in: 'arg0' } },
    { call: 'Session#close', releases: 'receiver' },
    { call: 'ModelFactory', returns: 'Model', opens: { kind: 'neo4j', same: ['arg1'], unit: ['arg0.label'], name: ['arg1'] } },
    { call: on('Model', 'createOne createMany update updateRelationship relateTo'), op: 'write' },
    { call: 'Model#delete', when: ['!arg0.where'], op: 'wipe', wipes: 'unit' },
    { call: 'Model#delete', otherwise: true, op: 'write' },
    { call: 'Model#findMany', when: ['!arg0.where'], op: 'count' },
    { call: 'Model#findOne|Model#findMany', otherwise: true, op: 'read' },
    { call: 'Neogma#driver.close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
