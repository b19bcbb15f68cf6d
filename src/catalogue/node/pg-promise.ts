import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { pgAddress } from '../families/pg.js';
import { runsSql } from '../families/sql.js';

export default {
  packages: ['pg-promise'],
  language: 'typescript',
  versions: '10-12',
  source: 'measured with pg-promise 12.7.1',
  tokens: ['pg-promise'],
  types: { IDatabase: 'Database', IMain: 'Main', ITask: 'Database' },
  typeOpening: { kind: 'postgresql' },
  calls: [
    { call: 'default', returns: 'Main', owes: 'pgp.end()', owesKind: 'handle' },
    { call: 'Main#()', returns: 'Database', opens: pgAddress, op: 'acquire' },
    ...runsSql(on('Database', 'none any one oneOrNone many manyOrNone query result multi multiResult each map stream'), 'arg0.text'),
    { call: on('Database', 'tx task txIf taskIf'), when: ['!arg1'], scoped: { callback: 'arg0', param: 0 }, returns: 'Database' },
    { call: on('Database', 'tx task txIf taskIf'), when: ['arg1'], scoped: { callback: 'arg1', param: 0 }, returns: 'Database' },
    { call: 'Database#connect', returns: 'Connected', owes: 'connection.done()' },
    { call: 'Connected#done', releases: 'receiver' },
    { call: on('Connected', 'none any one oneOrNone many query result'), op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Database#$pool.end', releases: 'receiver' },
    { call: 'Main#end', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
