import type { Statement } from '../../model/catalogue.js';
import { Cursor, has, open, withUnit } from './sql-cursor.js';
import { alter, create, drop, truncate } from './sql-definitions.js';
import { type Dialect, joinParts, splitTokens, type Token, tokenize } from './text.js';

/** `standard` understands what names are quoted with anywhere; `mysql`, which can be told by its connection, takes double quotes for texts. */
export type SqlDialect = 'standard' | 'mysql';

export const DIALECTS: Readonly<Record<SqlDialect, Dialect>> = {
  standard: { names: { '"': '"', '`': '`', '[': ']' }, strings: ["'"], lineComments: ['--'] },
  mysql: { names: { '`': '`' }, strings: ["'", '"'], lineComments: ['--', '#'] },
};
const SYSTEM = /^(information_schema|pg_catalog|pg_|sqlite_master|sqlite_schema|sys\.|mysql\.|performance_schema|system\.)/;

/** What a text of SQL does, one entry or more for each statement in it. */
export function classifySql(parts: readonly (string | null)[]): Statement[] {
  return splitTokens(tokenize(joinParts(parts), DIALECTS.standard), ';').flatMap(statementIn);
}

/** What one statement does. */
export const statementIn = (tokens: readonly Token[]): Statement[] => statement(new Cursor(tokens));

function statement(cursor: Cursor): Statement[] {
  cursor.skip('EXPLAIN', 'ANALYZE', 'VERBOSE');
  while (cursor.peek() === '(') return statement(new Cursor(cursor.group()));
  const verb = cursor.next();
  switch (verb) {
    case 'WITH':
      return common(cursor);
    case 'SELECT':
      return select(cursor);
    case 'INSERT':
    case 'REPLACE':
    case 'MERGE':
    case 'UPSERT':
      cursor.skip('LOW_PRIORITY', 'IGNORE', 'OR', 'REPLACE', 'ROLLBACK', 'ABORT', 'INTO', 'TABLE', 'DELAYED');
      return [{ op: 'write', ...withUnit(cursor.name()) }];
    case 'COPY': {
      const unit = cursor.name();
      return [{ op: has(cursor.rest(), 'FROM') ? 'write' : 'read', ...withUnit(unit) }];
    }
    case 'UPDATE': {
      cursor.skip('ONLY', 'LOW_PRIORITY', 'IGNORE', 'OR', 'REPLACE', 'ABORT');
      const unit = cursor.name();
      return [{ op: 'write', ...withUnit(unit), ...(has(cursor.rest(), 'WHERE', 'LIMIT') || open(cursor.rest()) ? {} : { note: 'all rows' }) }];
    }
    case 'DELETE':
      return remove(cursor);
    case 'TRUNCATE':
      return truncate(cursor);
    case 'DROP':
      return drop(cursor);
    case 'CREATE':
      return create(cursor);
    case 'ALTER':
      return alter(cursor);
    case 'REFRESH':
      cursor.skip('MATERIALIZED', 'VIEW', 'CONCURRENTLY');
      return [{ op: 'write', ...withUnit(cursor.name()) }];
    case 'SET':
      return set(cursor);
    case 'USE':
      return [{ op: 'acquire', names: 'database', ...withUnit(cursor.name()), note: 'use' }];
    case 'BEGIN':
    case 'START':
    case 'SAVEPOINT':
      return [{ op: 'acquire', note: verb === 'SAVEPOINT' ? 'savepoint' : 'begin' }];
    case 'COMMIT':
    case 'END':
      return [{ op: 'release', note: 'commit' }];
    case 'ROLLBACK':
      return [{ op: 'release', note: cursor.peek() === 'TO' ? 'rollback to savepoint' : 'rollback' }];
    case 'RELEASE':
      return [{ op: 'release', note: 'release savepoint' }];
    case 'LOCK':
      cursor.skip('TABLE', 'TABLES', 'ONLY');
      return [{ op: 'acquire', names: 'lock', ...withUnit(cursor.name()), note: 'lock' }];
    case 'LOAD': {
      // `LOAD DATA LOCAL INFILE 'orders.csv' INTO TABLE orders`.
      const into = cursor.tokens.findIndex((token) => token.kind === 'word' && token.text.toUpperCase() === 'INTO');
      const named = new Cursor(cursor.tokens.slice(into + 1));
      named.skip('TABLE');
      return into < 0 ? [{ op: 'write' }] : [{ op: 'write', ...withUnit(named.name()) }];
    }
    case 'RENAME':
      return rename(cursor);
    case 'LISTEN':
    case 'UNLISTEN':
      return [{ op: 'read', ...withUnit(cursor.name()), note: 'channel' }];
    case 'NOTIFY':
      return [{ op: 'write', ...withUnit(cursor.name()), note: 'channel' }];
    case 'DO':
      return block(cursor);
    case 'COMMENT':
    case 'REINDEX':
    case 'VACUUM':
    case 'CALL':
    case 'EXEC':
    case 'EXECUTE':
    case 'OPTIMIZE':
      return [{ op: 'write' }];
    case 'GRANT':
    case 'REVOKE':
    case 'FLUSH':
      // Rights are no rows. `FLUSH PRIVILEGES`, `FLUSH TABLES`: the server reads again what it keeps; no row is lost.
      return [];
    case 'KILL':
      // One connection, by its number, as opposed to all that ClickHouse runs for somebody.
      return has(cursor.rest(), 'WHERE') ? [onServer(verb)] : [];
    case 'SYSTEM':
      return [onServer(verb)];
    case 'SHOW':
    case 'DESCRIBE':
    case 'DESC':
    case 'VALUES':
    case 'TABLE':
      return [{ op: 'read' }];
    default:
      return [];
  }
}

const onServer = (verb: string): Statement => ({ op: 'wipe', wipes: 'server', note: `${verb.toLowerCase()} acts on the whole server` });

/** `WITH gone AS (DELETE FROM orders RETURNING *) SELECT ...`: what the parts write counts too. */
function common(cursor: Cursor): Statement[] {
  const out: Statement[] = [];
  const own = new Set<string>();
  cursor.skip('RECURSIVE');
  for (;;) {
    const name = cursor.name();
    if (name === null) break;
    if (name) own.add(name);
    if (cursor.peek() === '(') cursor.group();
    if (!cursor.skip('AS')) break;
    cursor.skip('NOT', 'MATERIALIZED');
    out.push(...statement(new Cursor(cursor.group())).filter((each) => each.op !== 'count'));
    if (cursor.peek() !== ',') break;
    cursor.next();
  }
  return [...out, ...statement(new Cursor(cursor.rest()))].filter((each) => !(each.unit && own.has(each.unit)));
}

const FUNCTIONS: Readonly<Record<string, (argument: string | undefined) => Statement>> = {
  setval: (unit) => ({ op: 'write', names: 'sequence', ...withUnit(unit) }),
  nextval: (unit) => ({ op: 'write', names: 'sequence', ...withUnit(unit) }),
  pg_advisory_lock: (unit) => ({ op: 'acquire', names: 'lock', ...withUnit(unit), note: 'advisory lock' }),
  pg_advisory_xact_lock: (unit) => ({ op: 'acquire', names: 'lock', ...withUnit(unit), note: 'advisory lock' }),
  pg_try_advisory_lock: (unit) => ({ op: 'acquire', names: 'lock', ...withUnit(unit), note: 'advisory lock' }),
  pg_try_advisory_xact_lock: (unit) => ({ op: 'acquire', names: 'lock', ...withUnit(unit), note: 'advisory lock' }),
  get_lock: (unit) => ({ op: 'acquire', names: 'lock', ...withUnit(unit), note: 'lock of the whole server' }),
  pg_advisory_unlock: (unit) => ({ op: 'release', names: 'lock', ...withUnit(unit), note: 'advisory lock' }),
  release_lock: (unit) => ({ op: 'release', names: 'lock', ...withUnit(unit) }),
  pg_notify: (unit) => ({ op: 'write', ...withUnit(unit), note: 'channel' }),
  pg_terminate_backend: () => ENDING,
};

const ENDING: Statement = { op: 'wipe', wipes: 'server', note: 'ends other sessions' };

/** `WHERE datname = 'app'` ends the sessions of one database, `datname = current_database()` those of the connection's own. */
function ending(tokens: readonly Token[]): Statement {
  const at = tokens.findIndex((each, index) => /^datname$/i.test(each.text) && tokens[index + 1]?.text === '=');
  const named = at < 0 ? undefined : tokens[at + 2];
  if (!named) return ENDING;
  if (/^current_database$/i.test(named.text)) return { ...ENDING, wipes: 'database' };
  return { ...ENDING, wipes: 'database', names: 'database', ...withUnit(named.kind === 'string' && !named.holed ? named.text : null) };
}

function select(cursor: Cursor): Statement[] {
  const tokens = cursor.rest();
  const called: Statement[] = [];
  tokens.forEach((token, index) => {
    const known = token.kind === 'word' ? FUNCTIONS[token.text.toLowerCase()] : undefined;
    if (!known || tokens[index + 1]?.text !== '(') return;
    const argument = tokens[index + 2];
    // One session by its number, as opposed to all that a database has.
    if (/^pg_terminate_backend$/i.test(token.text)) {
      if (tokens.some((each) => /^pg_stat_activity$/i.test(each.text))) called.push(ending(tokens));
      return;
    }
    called.push(known(argument && !argument.holed && argument.kind !== 'mark' ? argument.text : undefined));
  });
  if (called.length > 0) return called;
  let depth = 0;
  const from = tokens.findIndex((token) => {
    if (token.kind === 'mark' && token.text === '(') depth++;
    if (token.kind === 'mark' && token.text === ')') depth--;
    return depth === 0 && token.kind === 'word' && token.text.toUpperCase() === 'FROM';
  });
  if (from < 0) return [{ op: 'read', ...(mayLookAtRows(tokens) ? {} : { note: 'no table' }) }];
  const after = new Cursor(tokens.slice(from + 1));
  after.skip('ONLY');
  const unit = after.name();
  // `FROM generate_series(1, 9)` makes its rows itself.
  if (after.peek() === '(') return [{ op: 'read' }];
  const into = tokens.slice(0, from).findIndex((token) => token.kind === 'word' && token.text.toUpperCase() === 'INTO');
  if (into >= 0) return [{ op: 'create', ...withUnit(new Cursor(tokens.slice(into + 1)).name()) }];
  if (unit && SYSTEM.test(unit)) return [{ op: 'read', note: 'system catalogue' }];
  if (unit === null || has(after.rest(), 'WHERE', 'LIMIT', 'FETCH', 'JOIN', 'UNION', 'TABLESAMPLE') || open(after.rest()) || has(tokens.slice(0, from), 'TOP'))
    return [{ op: 'read', ...withUnit(unit) }];
  const counted = /^count$/i.test(tokens[0]?.text ?? '');
  return [{ op: 'count', ...withUnit(unit), ...(counted ? {} : { note: 'all rows' }) }];
}

/** Functions of the server that look at no rows. */
const WITHOUT_ROWS =
  /^(version|now|sleep|pg_sleep|database|schema|user|connection_id|(last_insert_|pg_backend_p)id|(current|session)_\w+|cast|convert|concat|coalesce|count)$/i;

/** `SELECT settle_orders(1)`: what a function of the project does to which table nobody knows, nor what stands in a hole at the end or before a clause. */
const mayLookAtRows = (tokens: readonly Token[]): boolean =>
  tokens.some(({ kind, text }, index) => kind === 'word' && tokens[index + 1]?.text === '(' && !WITHOUT_ROWS.test(text)) ||
  tokens.at(-1)?.kind === 'hole' ||
  (open(tokens) && has(tokens, 'WHERE', 'JOIN', 'GROUP', 'ORDER', 'LIMIT'));

function remove(cursor: Cursor): Statement[] {
  cursor.skip('LOW_PRIORITY', 'QUICK', 'IGNORE', 'FROM', 'ONLY');
  const unit = cursor.name();
  const rest = cursor.rest();
  if (!has(rest, 'WHERE', 'LIMIT') && !open(rest)) return [{ op: 'wipe', wipes: 'unit', ...withUnit(unit) }];
  const where = rest.findIndex((token) => token.kind === 'word' && token.text.toUpperCase() === 'WHERE');
  const condition = rest
    .slice(where + 1)
    .map((token) => token.text.toLowerCase())
    .join('');
  return [where >= 0 && /^(true|1|1=1|0=0)$/.test(condition) ? { op: 'wipe', wipes: 'unit', ...withUnit(unit) } : { op: 'write', ...withUnit(unit) }];
}

/** `RENAME TABLE orders TO old_orders, new_orders TO orders`. */
function rename(cursor: Cursor): Statement[] {
  const out: Statement[] = [];
  cursor.skip('TABLE', 'TABLES');
  for (let name = cursor.name(); name !== null; name = cursor.name()) {
    out.push({ op: 'write', ...withUnit(name), note: 'changes the definition' });
    if (!cursor.skip('TO')) cursor.next();
  }
  return out;
}

function set(cursor: Cursor): Statement[] {
  if (cursor.skip('GLOBAL')) return [{ op: 'wipe', wipes: 'server', note: 'changes settings of the whole server' }];
  cursor.skip('SESSION', 'LOCAL');
  if (cursor.peek() !== 'SEARCH_PATH') return [];
  cursor.next();
  cursor.skip('TO', '=');
  return [{ op: 'acquire', names: 'schema', ...withUnit(cursor.name()), note: 'search_path' }];
}

/** `DO $$ ... $$`: a loop over tables that truncates or drops is a wipe of all of them. `DO 1` of MySQL works out a value and drops it. */
function block(cursor: Cursor): Statement[] {
  const tokens = cursor.rest();
  const body = tokens.find((token) => token.kind === 'string')?.text;
  if (body === undefined) return mayLookAtRows(tokens) ? [{ op: 'write' }] : [];
  const wipe = /\b(truncate|drop\s+table|delete\s+from|drop\s+schema)\b/i.test(body);
  return wipe ? [{ op: 'wipe', wipes: 'database', note: 'a block over many tables' }] : [{ op: 'write' }];
}
