/** What a statement in SQL touches, out of the reading that the catalogue has of it. */
import { readSql, type SqlDialect, type SqlReading } from '../../core.js';
import type { Touch } from '../recording.js';
import { accessOf, type Does } from './touches.js';

export interface StatementReading {
  readonly operation: string;
  readonly touches: readonly Touch[];
  readonly text: string;
  readonly transaction?: 'begins' | 'ends';
  /** The database in which the statements behind it run: `USE shop`. */
  readonly uses?: string;
}

/** Suites send the same texts again and again. */
const kept = { standard: new Map<string, readonly StatementReading[]>(), mysql: new Map<string, readonly StatementReading[]>() };
const KEPT = 1000;
/** Characters of a text that are read: what it touches stands before the values of a long insertion. */
const READ = 100_000;

/** One entry for each statement of the text. */
export function readStatement(sql: string, dialect: SqlDialect): readonly StatementReading[] {
  const known = kept[dialect].get(sql);
  if (known) return known;
  const reading = readSql(sql.slice(0, READ), dialect).map(readingOf);
  if (kept[dialect].size >= KEPT) kept[dialect].clear();
  if (sql.length < READ) kept[dialect].set(sql, reading);
  return reading;
}

function readingOf({ verb, does, tables, text }: SqlReading): StatementReading {
  const touches = does.flatMap(touchOf);
  const named = new Set(touches.map(({ name }) => name));
  for (const name of tables) if (!named.has(name)) touches.push({ kind: 'table', name, access: 'read' });
  const transaction = does.some(({ op, note }) => op === 'acquire' && note === 'begin')
    ? 'begins'
    : does.some(({ op, note }) => op === 'release' && (note === 'commit' || note === 'rollback'))
      ? 'ends'
      : undefined;
  const operation = transaction === 'begins' ? 'BEGIN' : verb === 'END' ? 'COMMIT' : verb;
  const uses = does.find(({ op, names }) => op === 'acquire' && names === 'database')?.unit;
  return { operation, touches, text, ...(transaction ? { transaction } : {}), ...(uses === undefined ? {} : { uses }) };
}

function touchOf(does: Does): Touch[] {
  const { op, wipes, unit, names, note } = does;
  const access = accessOf(does);
  if (wipes === 'server') return [{ kind: 'server', name: '', access: 'write' }];
  if (names === 'lock') return unit === undefined || op === 'release' ? [] : [{ kind: 'lock', name: unit, access: 'write' }];
  // BEGIN, SAVEPOINT, `SET search_path`, USE: about the session.
  if (op === 'acquire' || op === 'release') return [];
  if (wipes === 'database') return [{ kind: 'database', name: unit ?? '', access }];
  if (unit === undefined) return [];
  // What stands there is seen by its own session alone.
  if (unit.startsWith('pg_temp.')) return [];
  if (note === 'channel') return [{ kind: 'channel', name: unit, access }];
  if (note === 'system catalogue') return [];
  if (names === 'schema') return unit === 'public' ? [{ kind: 'database', name: '', access }] : [{ kind: 'schema', name: unit, access }];
  if (names === 'database' || names === 'role') return [{ kind: names, name: unit, access }];
  return [{ kind: 'table', name: unit, access }];
}
