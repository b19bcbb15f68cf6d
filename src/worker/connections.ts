/** Options by which clients connect, with the database of this worker in the place of the one they name. */
import { ownDatabase } from './databases.js';
import { databaseOf } from './urls.js';

/** Servers whose clients take host, user and database apart. */
export type ConnectionKind = 'postgres' | 'mysql' | 'mongodb' | 'redis';

const HOSTS = ['host', 'hostname', 'server'];
const USERS = ['user', 'username'];
const NAMES = ['database', 'dbName', 'db'];

/**
 * The same options with this worker's own database, which the first call of a worker makes on their server. For `pg`, `mysql2`, `knex`, TypeORM,
 * Sequelize, `ioredis` and others that take `host`, `port`, `user` or `username`, `password` and `database`, `dbName` or `db`. Redis clients get the
 * number of a logical database. Options without a database are those of the client's default, which only Redis has: else they are an error.
 */
export function workerConnection<Options extends object>(kind: ConnectionKind, options: Options): Options {
  const given = options as Readonly<Record<string, unknown>>;
  // node-redis keeps the address in a place of its own.
  const socket = (typeof given['socket'] === 'object' ? given['socket'] : undefined) as Readonly<Record<string, unknown>> | undefined;
  const where = { ...given, ...socket };
  const key = NAMES.find((name) => isSaid(given[name])) ?? (kind === 'redis' ? (socket ? 'database' : 'db') : undefined);
  if (key === undefined) throw new Error(`The options name no database: none of ${NAMES.join(', ')} is set.`);
  const text = (names: readonly string[]): string | undefined => {
    const name = names.find((each) => isSaid(where[each]));
    if (name === undefined) return undefined;
    const value = where[name];
    if (typeof value === 'string' || typeof value === 'number') return encodeURIComponent(value);
    throw new Error(`The option \`${name}\` is no text, so the server on which a database is to be made cannot be reached.`);
  };
  const user = text(USERS);
  const password = text(['password']);
  const login = user === undefined && password === undefined ? '' : `${user ?? ''}${password === undefined ? '' : `:${password}`}@`;
  const port = text(['port']);
  const server = `${kind}://${login}${text(HOSTS) ?? 'localhost'}${port === undefined ? '' : `:${port}`}`;
  const url = ownDatabase(`${server}/${text([key]) ?? '0'}`, { DATABASE_URL: '{url}' }, {});
  const name = databaseOf(url)!;
  return { ...options, [key]: kind === 'redis' ? Number(name) : name };
}

const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
