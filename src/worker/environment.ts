/** The variables by which applications find their servers, changed to what is this worker's own. They must be set before, and read after. */
import { markPointed, ownDatabase, pointed, type DatabaseOptions } from './databases.js';
import { isService } from './service.js';
import { isLeading } from './slot.js';
import { databaseOf, kindOfUrl } from './urls.js';

/** Hold a connection string. */
const STRINGS = [
  'DATABASE_URL',
  'TEST_DATABASE_URL',
  'DB_URL',
  'POSTGRES_URL',
  'POSTGRESQL_URL',
  'PG_URL',
  'REDIS_URL',
  'TEST_REDIS_URL',
  'QUEUE_REDIS_URL',
  'VALKEY_URL',
];

/** Hold a name, with the server in other variables. */
interface Named {
  readonly name: string;
  readonly scheme: 'postgres' | 'redis';
  readonly host: readonly string[];
  readonly port: readonly string[];
  readonly user: readonly string[];
  readonly password: readonly string[];
}

const NAMES: readonly Named[] = [
  { name: 'PGDATABASE', scheme: 'postgres', host: ['PGHOST'], port: ['PGPORT'], user: ['PGUSER'], password: ['PGPASSWORD'] },
  {
    name: 'POSTGRES_DB',
    scheme: 'postgres',
    host: ['POSTGRES_HOST', 'PGHOST'],
    port: ['POSTGRES_PORT', 'PGPORT'],
    user: ['POSTGRES_USER', 'PGUSER'],
    password: ['POSTGRES_PASSWORD', 'PGPASSWORD'],
  },
  { name: 'REDIS_DB', scheme: 'redis', host: ['REDIS_HOST'], port: ['REDIS_PORT'], user: ['REDIS_USERNAME'], password: ['REDIS_PASSWORD'] },
];

export interface EnvironmentOptions extends DatabaseOptions {
  /** Variables with connection strings, besides those that are known: `DATABASE_URL`, `REDIS_URL` and the like. */
  readonly variables?: readonly string[];
}

/**
 * Points `DATABASE_URL`, `REDIS_URL`, `PGDATABASE` and the like at databases of this worker's own, and makes them. Answers with what it has set. That
 * none of the variables is set is an error, since nothing would be isolated then. In a process that only starts the workers it does nothing.
 */
export function pointEnvironment({ variables = [], ...options }: EnvironmentOptions = {}): Readonly<Record<string, string>> {
  if (isService() || isLeading()) return {};
  const before = pointed();
  const set: Record<string, string> = {};
  const point = (variable: string, url: string, text: '{url}' | '{name}'): void => {
    const own = before[variable] === process.env[variable] ? before[variable] : undefined;
    if (own === undefined) {
      const made = ownDatabase(url, { [variable]: text }, options);
      set[variable] = text === '{url}' ? made : (databaseOf(made) ?? '');
    } else set[variable] = own;
  };
  for (const variable of new Set([...STRINGS, ...variables])) {
    const url = valueOf(variable);
    // An application may keep something else under a common name; a variable that was asked for is meant.
    if (url !== undefined && (kindOfUrl(url) !== undefined || variables.includes(variable))) point(variable, url, '{url}');
  }
  for (const named of NAMES) {
    const base = valueOf(named.name);
    if (base !== undefined) point(named.name, urlOf(named, base), '{name}');
  }
  if (Object.keys(set).length === 0) {
    const names = [...STRINGS, ...variables, ...NAMES.map(({ name }) => name)];
    throw new Error(
      `Nothing to isolate: none of the variables ${names.join(', ')} is set when the set-up of isolation-audit runs. Load the file that sets them before it, or remove the set-up.`,
    );
  }
  Object.assign(process.env, set);
  markPointed(set);
  return set;
}

const valueOf = (name: string): string | undefined => process.env[name] || undefined;
const first = (names: readonly string[]): string | undefined => names.map(valueOf).find((value) => value !== undefined);

function urlOf({ scheme, host, port, user, password }: Named, base: string): string {
  const secret = first(password);
  const name = first(user);
  const login =
    name === undefined && secret === undefined ? '' : `${encodeURIComponent(name ?? '')}${secret === undefined ? '' : `:${encodeURIComponent(secret)}`}@`;
  const where = first(port);
  // The directory of a socket stands for a host too.
  return `${scheme}://${login}${encodeURIComponent(first(host) ?? 'localhost')}${where === undefined ? '' : `:${where}`}/${encodeURIComponent(base)}`;
}
