import type { CallSpec, LibraryEntry, Opening, Source } from '../../model/catalogue.js';
import type { ResourceKind } from '../../model/claims.js';
import { on } from '../call-lists.js';
import { defaultPort } from '../default-port.js';

/** What the calls of one of Drizzle's drivers open. */
interface Driver {
  readonly packages: readonly string[];
  /** `drizzle({ connection })`. */
  readonly byConnection: Opening;
  /** `drizzle('postgres://...')`. */
  readonly byUrl: Opening;
  /** `drizzle(pool)` and `drizzle({ client: pool })`. */
  readonly byClient: Opening;
  /** `migrate(db, options)`. */
  readonly migrated: Opening;
}

/** Where a configuration may hold a URL, or be one. */
const urls: readonly Source[] = ['arg0.connection.connectionString', 'arg0.connection.url', 'arg0.connection.uri', 'arg0.connection'];

/** The openings of a driver that connects to a server. */
export const drizzleServer = (kind: ResourceKind): Pick<Driver, 'byConnection' | 'byUrl' | 'byClient'> => ({
  byConnection: {
    kind,
    server: [...urls.map((url) => `${url}@url.host`), 'arg0.connection.host', '=localhost'],
    port: [...urls.map((url) => `${url}@url.port`), 'arg0.connection.port', ...defaultPort(kind)],
    name: [...urls.map((url) => `${url}@url.path`), 'arg0.connection.database'],
  },
  byUrl: { kind, server: ['arg0@url.host'], port: ['arg0@url.port', ...defaultPort(kind)], name: ['arg0@url.path'] },
  byClient: { kind, same: ['arg0.client', 'arg0'], name: ['arg0.client', 'arg0'] },
});

const table = ['arg0@made.arg0', 'arg0'];
const RAW = on('Db', 'execute run all get');
const CLOSES = 'Db#$client.end|Db#$client.close';

const queries: readonly CallSpec[] = [
  { call: 'Db#insert', op: 'write', unit: table, returns: 'Query' },
  { call: 'Db#update', op: 'write', unit: table, returns: 'Query' },
  { call: 'Db#delete', unlessChained: ['where', 'limit'], op: 'wipe', wipes: 'unit', unit: table, returns: 'Query' },
  { call: 'Db#delete', op: 'write', unit: table, returns: 'Query' },
  { call: 'Db#select|Db#selectDistinct', returns: 'Query', op: 'read' },
  { call: on('Query', 'values set where returning onConflictDoNothing onConflictDoUpdate from limit orderBy'), returns: 'receiver' },
  { call: 'Db#query.*.findMany|Db#query.*.findFirst', op: 'read', unit: ['member'] },
  { call: 'Db#$count', when: ['!arg1'], op: 'count', unit: table },
  // `db.execute(sql`TRUNCATE orders`)`
  { call: RAW, when: ['arg0@made.arg0'], op: 'write', statement: { language: 'sql', in: 'arg0@made.arg0' } },
  { call: RAW, otherwise: true, op: 'write', statement: { language: 'sql', in: 'arg0' } },
  { call: 'Db#transaction', scoped: { callback: 'arg0', param: 0 }, returns: 'Db' },
  { call: CLOSES, releases: 'receiver' },
  { call: CLOSES, releases: 'receiver@made.arg0' },
  { call: CLOSES, releases: 'receiver@made.arg0.client' },
];

/** The entry of a driver of Drizzle: the same queries over what its own client opens. */
export const drizzle = ({ packages, byConnection, byUrl, byClient, migrated }: Driver): LibraryEntry => ({
  packages,
  language: 'typescript',
  versions: '0.29-0.45',
  source: 'measured with drizzle-orm 0.45.4 on PostgreSQL 15.18',
  tokens: ['drizzle'],
  types: {
    NodePgDatabase: 'Db',
    PostgresJsDatabase: 'Db',
    PgDatabase: 'Db',
    MySql2Database: 'Db',
    BetterSQLite3Database: 'Db',
    LibSQLDatabase: 'Db',
    PgliteDatabase: 'Db',
    SQLiteDatabase: 'Db',
    PgTransaction: 'Db',
  },
  typeOpening: { kind: byClient.kind },
  calls: [
    { call: 'drizzle', when: ['arg0.connection'], returns: 'Db', owes: 'db.$client.end()', op: 'acquire', opens: byConnection },
    { call: 'drizzle', when: ['!arg0.connection', 'arg0@url.scheme'], returns: 'Db', owes: 'db.$client.end()', op: 'acquire', opens: byUrl },
    { call: 'drizzle', otherwise: true, returns: 'Db', opens: byClient },
    { call: 'migrate', op: 'create', opens: migrated },
    ...queries,
  ],
});
