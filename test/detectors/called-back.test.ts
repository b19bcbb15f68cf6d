import { describe, expect, test } from 'vitest';
import { audit, type Files } from './audit.js';

const file = (collection: string, before: string): string => `
const { MongoClient } = require('mongodb');
const { connect } = require('./support');
let db;
${before}
it('keeps ${collection}', async () => { await db.collection('${collection}').insertOne({ paid: true }); await db.dropDatabase(); });
`;
const support = `
const { MongoClient } = require('mongodb');
exports.connect = async () => ({ client: await MongoClient.connect('mongodb://localhost:27017') });
`;

function databases(before: string): readonly string[] {
  const files: Files = { 'a.test.js': file('orders', before), 'b.test.js': file('tolls', before), 'support.js': support };
  const { findings } = audit(files, { runner: 'mocha' });
  return findings.filter(({ rule, files: held }) => rule === 'hardcoded-database-name' && held.length === 2).map(({ values }) => String(values['name']));
}

describe('what a function is given that is handed to a call', () => {
  const url = "'mongodb://localhost:27017'";

  test.each([
    ['by a promise', `before(() => MongoClient.connect(${url}).then((client) => { db = client.db('shop'); }));`],
    ['by a promise of a helper, in parts', `before(() => connect().then(({ client }) => { db = client.db('shop'); }));`],
    ['by what stands before in a chain', `before(() => connect().then((all) => all.client).then(function (client) { db = client.db('shop'); }));`],
    ['by a library that calls back', `before((done) => { MongoClient.connect(${url}, (err, client) => { db = client.db('shop'); done(err); }); });`],
    [
      'within a promise made of that',
      `before(async () => { db = await new Promise((resolve) => MongoClient.connect(${url}, (_, client) => resolve(client.db('shop')))); });`,
    ],
  ])('%s', (_how, before) => expect(databases(before)).toEqual(['`shop`']));

  test.each([
    ['where it is told of a failure', `before(() => MongoClient.connect(${url}).then(undefined, (client) => { db = client.db('shop'); }));`],
    ['under another order', `before((done) => { MongoClient.connect(${url}, (client, options) => { db = options.db('shop'); done(); }); });`],
  ])('is not known %s', (_how, before) => expect(databases(before)).not.toContain('`shop`'));
});
