import type { LibraryEntry, Opening } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

/** A model reads its table from itself. */
const bound: Opening = { kind: 'database', same: ['arg0'], name: ['arg0'], unit: ['class.tableName'] };

const filters = [
  'where',
  'andWhere',
  'findById',
  'findByIds',
  'whereIn',
  'whereNotIn',
  'whereNot',
  'whereNull',
  'whereNotNull',
  'whereBetween',
  'whereRaw',
  'whereExists',
  'whereLike',
  'whereColumn',
];

export default {
  packages: ['objection'],
  language: 'typescript',
  versions: '2-3',
  source: 'read in package types, objection 3.1.5',
  tokens: ['objection'],
  types: { Model: 'Model' },
  typeOpening: { kind: 'database' },
  calls: [
    { call: 'Model.knex|Model#knex', when: ['arg0'], returns: 'Model', opens: bound, changes: { state: 'module', cell: ['=Model.knex'] } },
    { call: 'Model#bindKnex', returns: 'Model', opens: bound },
    { call: 'Model#query', returns: 'Query' },
    { call: on('Query', 'insert insertGraph insertAndFetch patch update upsertGraph patchAndFetchById'), op: 'write', returns: 'receiver' },
    { call: on('Query', filters.join(' ')), returns: 'Filtered' },
    // What a query gave is a row, and these speak of that row alone.
    { call: on('Query', '$query $relatedQuery'), returns: 'Filtered' },
    { call: 'Query#*|Filtered#*', returns: 'receiver' },
    { call: 'Query#delete|Query#del', unlessChained: filters, op: 'wipe', wipes: 'unit' },
    { call: 'Query#truncate', op: 'wipe', wipes: 'unit' },
    { call: on('Filtered', 'delete del patch update where'), op: 'write', returns: 'receiver' },
    { call: 'Query#deleteById', op: 'write' },
  ],
} satisfies LibraryEntry;
