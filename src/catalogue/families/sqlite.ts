import type { CallSpec } from '../../model/catalogue.js';

/** Calls that open a database in the file that `file` names: one in memory where it is `:memory:` or not given. */
export const opensSqlite = (call: string, file: string): readonly CallSpec[] => [
  { call, when: [`${file}=:memory:`], returns: 'Database', opens: { kind: 'sqlite', isolated: 'memory' }, op: 'acquire' },
  { call, when: [`!${file}`], returns: 'Database', opens: { kind: 'sqlite', isolated: 'memory' }, op: 'acquire' },
  { call, otherwise: true, returns: 'Database', opens: { kind: 'sqlite', name: [file], privateNames: [':memory:', ''] }, op: 'acquire', owes: 'db.close()' },
];
