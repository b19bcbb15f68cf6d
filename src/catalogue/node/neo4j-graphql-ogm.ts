import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@neo4j/graphql-ogm'],
  language: 'typescript',
  versions: '5.x',
  source: 'read in package types, @neo4j/graphql-ogm 5.11.4',
  tokens: ['graphql-ogm'],
  types: { OGM: 'OGM', Model: 'Model' },
  typeOpening: { kind: 'neo4j' },
  calls: [
    { call: 'new OGM', returns: 'OGM', opens: { kind: 'neo4j', same: ['arg0.driver'], name: ['arg0.database', '=neo4j'] }, op: 'acquire' },
    { call: 'OGM#model', returns: 'Model', narrows: { unit: ['arg0'] } },
    { call: 'Model#create|Model#update', op: 'write' },
    { call: 'Model#delete', when: ['!arg0.where'], op: 'wipe', wipes: 'unit' },
    { call: 'Model#delete', otherwise: true, op: 'write' },
    { call: 'Model#find', when: ['!arg0.where'], op: 'count' },
    { call: 'Model#find|Model#aggregate', otherwise: true, op: 'read' },
    { call: 'OGM#assertIndexesAndConstraints', op: 'create' },
  ],
} satisfies LibraryEntry;
