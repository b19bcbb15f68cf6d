import { expect, test } from 'vitest';
import { places, type Files } from '../detectors/audit.js';

const KNEX = `const Knex = require('knex');
const db = Knex({ client: 'pg', connection: { host: 'localhost', database: 'orders_spec' } });`;
const ORDER = `const Base = require('./base');
class Order extends Base { static get tableName() { return 'orders'; } }
module.exports = Order;`;
const spec = (body: string): string => `const Order = require('./order');
test('a', async () => { ${body} });`;
const TESTS: Files = { 'a.test.js': spec('await Order.query().delete();'), 'b.test.js': spec('await Order.query().insert({ n: 1 });') };
const finds = (files: Files): readonly string[] => places('unscoped-wipe', { 'order.js': ORDER, ...TESTS, ...files }, { runner: 'jest' });

test.each<[string, Files]>([
  [
    'by the class above it',
    { 'base.js': `const { Model } = require('objection');\n${KNEX}\nclass Base extends Model {}\nBase.knex(db);\nmodule.exports = Base;` },
  ],
  ['all at once, beside it', { 'base.js': `const { Model } = require('objection');\n${KNEX}\nModel.knex(db);\nmodule.exports = class Base extends Model {};` }],
  [
    'all at once, in a module beside it',
    {
      'db.js': `const { Model } = require('objection');\n${KNEX}\nModel.knex(db);\nmodule.exports = db;`,
      'base.js': `const { Model } = require('objection');\nconst db = require('./db');\nmodule.exports = class Base extends Model {};`,
    },
  ],
])('a model is given its connection %s', (_, files) => expect(finds(files)).toEqual(['a.test.js:2']));

test.each<[string, Files]>([
  [
    'asks which connection it has',
    { 'base.js': `const { Model } = require('objection');\nconst db = Model.knex();\nmodule.exports = class Base extends Model {};` },
  ],
  [
    'is given none, but another class of the project is',
    {
      'base.js': `const { Model } = require('objection');\n${KNEX}\nclass Invoice extends Model {}\nInvoice.knex(db);\nmodule.exports = class Base extends Model {};`,
    },
  ],
])('a model that %s', (_, files) => expect(finds(files)).toEqual([]));

test('the rows of another table stay', () => {
  const base = `const { Model } = require('objection');\n${KNEX}\nModel.knex(db);\nmodule.exports = class Base extends Model {};`;
  const invoice = `const Base = require('./base');\nmodule.exports = class Invoice extends Base { static tableName = 'invoices'; };`;
  const other = `const Invoice = require('./invoice');\ntest('a', async () => { await Invoice.query().insert({ n: 1 }); });`;
  expect(finds({ 'base.js': base, 'invoice.js': invoice, 'b.test.js': other })).toEqual([]);
});

test.each([
  ['of one row', 'const order = await Order.query().insert({ n: 1 }); await order.$query().delete();'],
  ['of rows that another query names', `await Order.query().delete().whereExists(Order.relatedQuery('lines').where('n', 1));`],
  ['of rows that have something', `await Order.query().whereNotNull('n').delete();`],
])('a delete %s', (_, body) => {
  const base = `const { Model } = require('objection');\n${KNEX}\nModel.knex(db);\nmodule.exports = class Base extends Model {};`;
  expect(finds({ 'base.js': base, 'a.test.js': spec(body) })).toEqual([]);
});
