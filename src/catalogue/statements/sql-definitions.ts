import type { Statement } from '../../model/catalogue.js';
import { Cursor, has, withUnit } from './sql-cursor.js';

export function truncate(cursor: Cursor): Statement[] {
  if (cursor.skip('DATABASE')) return [{ op: 'wipe', wipes: 'database', names: 'database', ...withUnit(name(cursor)) }];
  if (cursor.peek() === 'ALL') {
    cursor.skip('ALL', 'TABLES', 'FROM', 'IF', 'EXISTS');
    return [{ op: 'wipe', wipes: 'database', names: 'database', ...withUnit(cursor.name()) }];
  }
  cursor.skip('TABLE', 'TABLES', 'ONLY', 'IF', 'EXISTS');
  const out: Statement[] = listed(cursor).map((unit) => ({ op: 'wipe', wipes: 'unit', ...withUnit(unit) }));
  const cascade = has(cursor.rest(), 'CASCADE');
  return cascade ? out.map((each) => ({ ...each, note: 'cascade' })) : out;
}

function name(cursor: Cursor): string | undefined | null {
  cursor.skip('IF', 'NOT', 'EXISTS', 'CONCURRENTLY');
  // Nothing was put in where a name is meant: `DROP SCHEMA ${schema} CASCADE` of an empty text.
  return /^(CASCADE|RESTRICT)$/.test(cursor.peek()) ? null : cursor.name();
}
/** `a, b, c`; a hole may stand for several. */
function listed(cursor: Cursor): (string | undefined)[] {
  const out: (string | undefined)[] = [];
  for (;;) {
    const one = name(cursor);
    if (one === null) break;
    out.push(one);
    if (cursor.peek() === '*') cursor.next();
    if (cursor.peek() !== ',') break;
    cursor.next();
  }
  return out.length > 0 ? out : [undefined];
}

export function drop(cursor: Cursor): Statement[] {
  if (cursor.skip('DATABASE', 'KEYSPACE')) return [{ op: 'drop', wipes: 'database', names: 'database', ...withUnit(name(cursor)) }];
  if (cursor.skip('SCHEMA')) return listed(cursor).map((unit) => ({ op: 'drop', wipes: 'schema', names: 'schema', ...withUnit(unit) }));
  if (cursor.skip('ROLE', 'USER', 'GROUP')) return listed(cursor).map((unit) => ({ op: 'drop', wipes: 'unit', names: 'role', ...withUnit(unit) }));
  if (cursor.skip('OWNED')) return [{ op: 'wipe', wipes: 'database', note: 'drops all that a role owns' }];
  cursor.skip(
    'TEMPORARY',
    'MATERIALIZED',
    'FOREIGN',
    'TABLE',
    'TABLES',
    'VIEW',
    'INDEX',
    'TYPE',
    'SEQUENCE',
    'FUNCTION',
    'PROCEDURE',
    'TRIGGER',
    'EXTENSION',
    'DOMAIN',
    'POLICY',
    'DICTIONARY',
    'ALL',
  );
  // A table whose name is put in is one that somebody has just made, more often than one that all use.
  return listed(cursor).map((unit) => (unit === undefined ? { op: 'write' } : { op: 'wipe', wipes: 'unit', ...withUnit(unit) }));
}

export function create(cursor: Cursor): Statement[] {
  if (cursor.skip('DATABASE', 'KEYSPACE')) return [{ op: 'create', names: 'database', ...withUnit(name(cursor)) }];
  if (cursor.skip('SCHEMA')) return [{ op: 'create', names: 'schema', ...withUnit(name(cursor)) }];
  if (cursor.skip('ROLE', 'USER', 'GROUP')) return [{ op: 'create', names: 'role', ...withUnit(name(cursor)) }];
  cursor.skip('OR', 'REPLACE');
  // A temporary table belongs to its session.
  if (cursor.skip('TEMP', 'TEMPORARY', 'LOCAL')) return [];
  cursor.skip('UNLOGGED', 'MATERIALIZED', 'FOREIGN', 'UNIQUE', 'VIRTUAL', 'CONSTRAINT');
  const what = cursor.next();
  if (what === 'INDEX') {
    const on = cursor.tokens.findIndex((token) => token.kind === 'word' && token.text.toUpperCase() === 'ON');
    return [{ op: 'create', ...withUnit(on < 0 ? undefined : new Cursor(cursor.tokens.slice(on + 1)).name()) }];
  }
  return [{ op: 'create', ...withUnit(name(cursor)) }];
}

export function alter(cursor: Cursor): Statement[] {
  if (cursor.skip('SYSTEM')) return [{ op: 'wipe', wipes: 'server', note: 'changes settings of the whole server' }];
  if (cursor.skip('DATABASE', 'KEYSPACE')) return [{ op: 'write', names: 'database', ...withUnit(name(cursor)) }];
  if (cursor.skip('SCHEMA')) return [{ op: 'write', names: 'schema', ...withUnit(name(cursor)) }];
  if (cursor.skip('ROLE', 'USER')) return [{ op: 'write', names: 'role', ...withUnit(name(cursor)) }];
  if (cursor.skip('SEQUENCE')) return [{ op: 'write', names: 'sequence', ...withUnit(name(cursor)) }];
  cursor.skip('TABLE', 'ONLY', 'VIEW', 'TYPE', 'INDEX', 'FUNCTION');
  return [{ op: 'write', ...withUnit(name(cursor)), note: 'changes the definition' }];
}
