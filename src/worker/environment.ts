/** The variables by which applications find their servers, changed to what is this worker's own. They must be set before, and read after. */
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { POINTED } from '../model/pointed.js';
import { digest } from './digest.js';
import { workerDirectory, workerPort } from './places.js';
import { markPointed, ownDatabase, pointed, workerKeyPrefix, type DatabaseOptions } from './databases.js';
import { textOf } from './place.js';
import { isService } from './service.js';
import { isLeading } from './slot.js';
import { databaseOf, fileOf, kindOfUrl, withDatabase, withMongoDatabase } from './urls.js';

/** Hold a name, with the server in other variables. */
interface Named {
  readonly name: string;
  readonly scheme: 'postgres' | 'mysql' | 'redis';
  readonly host: readonly string[];
  readonly port: readonly string[];
  readonly user: readonly string[];
  readonly password: readonly string[];
}

const REDIS: Named = {
  name: 'REDIS_DB',
  scheme: 'redis',
  host: ['REDIS_HOST'],
  port: ['REDIS_PORT'],
  user: ['REDIS_USERNAME'],
  password: ['REDIS_PASSWORD'],
};

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
  {
    name: 'MYSQL_DATABASE',
    scheme: 'mysql',
    host: ['MYSQL_HOST'],
    port: ['MYSQL_PORT', 'MYSQL_TCP_PORT'],
    user: ['MYSQL_USER'],
    password: ['MYSQL_PASSWORD', 'MYSQL_PWD'],
  },
  {
    name: 'MARIADB_DATABASE',
    scheme: 'mysql',
    host: ['MARIADB_HOST'],
    port: ['MARIADB_PORT'],
    user: ['MARIADB_USER'],
    password: ['MARIADB_PASSWORD'],
  },
  REDIS,
];
const MONGO_NAMES = ['MONGO_DB', 'MONGO_DB_NAME', 'MONGO_DATABASE', 'MONGODB_DB', 'MONGODB_DATABASE'];

/** Hold a name on the server of a connection string that stands in another variable. */
const BESIDE: readonly { readonly names: readonly string[]; readonly urls: readonly string[] }[] = [
  { names: MONGO_NAMES, urls: ['MONGO_URL', 'MONGO_URI', 'MONGODB_URL', 'MONGODB_URI'] },
  { names: ['NEO4J_DATABASE'], urls: ['NEO4J_URI', 'NEO4J_URL'] },
];

/** Say nothing of the server: what it is stands in another variable. */
const GENERIC = ['DB_NAME', 'DB_DATABASE'];
const DIALECTS = ['DB_DIALECT', 'DB_CONNECTION', 'DB_CLIENT', 'DB_TYPE', 'DB_DRIVER', 'DB_ENGINE'];

const SQLITE = /\.(db|db3|sqlite|sqlite3)$/i;

/** All variables that are known, by what they hold. */
export const KNOWN = {
  ...POINTED,
  names: [...NAMES.map(({ name }) => name), ...BESIDE.flatMap(({ names }) => names), ...GENERIC],
};

export interface EnvironmentOptions extends DatabaseOptions {
  /** Variables with connection strings, besides those that are known: `DATABASE_URL`, `REDIS_URL` and the like. */
  readonly variables?: readonly string[];
  /** Variables with the number of a port that tests bind: each is pointed at a port of this worker. */
  readonly ports?: readonly string[];
  /** Variables with the path of a file or folder that tests write: each is pointed below the directory of this worker, where nothing is yet. */
  readonly paths?: readonly string[];
}

/**
 * Points `DATABASE_URL`, `REDIS_URL`, `PGDATABASE` and the like at databases of this worker's own, and makes them. Answers with what it has set. That
 * none of the variables is set is an error, since nothing would be isolated then. In a process that only starts the workers it does nothing.
 */
export function pointEnvironment({ variables = [], ports = [], paths = [], ...options }: EnvironmentOptions = {}): Readonly<Record<string, string>> {
  if (isService() || isLeading()) return {};
  const before = pointed();
  const set: Record<string, string> = {};
  // As they are now: pointed at a worker's database they no longer tell where its user is known.
  const servers = { ...process.env };
  /** `text` is what the variable holds: the connection string, or only the name or path in it. */
  const point = (variable: string, url: string, text: '{url}' | '{name}'): void => {
    const now = process.env[variable];
    if (now !== undefined && before[variable] === now) set[variable] = now;
    else {
      const made = ownDatabase(url, { [variable]: text }, options);
      set[variable] = text === '{url}' ? made : (fileOf(made)?.path ?? databaseOf(made) ?? '');
    }
  };
  for (const variable of new Set([...POINTED.strings, ...variables])) {
    const url = valueOf(variable);
    if (url !== undefined && (isPointed(url) || variables.includes(variable))) point(variable, url, '{url}');
  }
  for (const named of [...NAMES, ...GENERIC.flatMap((name) => genericOf(name, options.from) ?? [])]) {
    const base = valueOf(named.name);
    if (base !== undefined) point(named.name, urlOf(named, base), '{name}');
  }
  for (const { names, urls } of BESIDE) {
    for (const variable of names) {
      const base = valueOf(variable);
      if (base !== undefined) point(variable, urlBeside(variable, base, servers, urls), '{name}');
    }
  }
  for (const variable of POINTED.paths) {
    const path = valueOf(variable);
    if (path !== undefined && SQLITE.test(path)) point(variable, `file:${path}`, '{name}');
  }
  const kept = (variable: string, own: (text: string) => string): void => {
    const now = valueOf(variable);
    if (now !== undefined) set[variable] = before[variable] === now ? now : own(now);
  };
  for (const variable of ports) kept(variable, (text) => String(workerPort(Number(text))));
  for (const variable of paths) kept(variable, (text) => join(workerDirectory(), digest(text, 8), basename(text)));
  for (const variable of paths) if (set[variable] !== undefined) mkdirSync(dirname(set[variable]), { recursive: true, mode: 0o700 });
  // With a database of its own a worker needs no prefix.
  if (!Object.entries(set).some(([variable, value]) => variable === 'REDIS_DB' || kindOfUrl(value) === 'redis')) {
    for (const variable of POINTED.prefixes) {
      const base = valueOf(variable);
      if (base === undefined) continue;
      set[variable] = before[variable] === base ? base : workerKeyPrefix(urlOf(REDIS, '0'), base, options);
    }
  }
  if (Object.keys(set).length === 0) {
    const names = [...KNOWN.strings, ...variables, ...ports, ...paths, ...KNOWN.names, ...KNOWN.paths, ...KNOWN.prefixes];
    throw new Error(
      `Nothing to isolate: none of the variables ${names.join(', ')} is set when the set-up of isolation-audit runs. Load the file that sets them before it, or remove the set-up.${withoutName()}`,
    );
  }
  Object.assign(process.env, set);
  markPointed(set);
  return set;
}

/** A server that variables tell, while the application has the name of the database from elsewhere. */
function withoutName(): string {
  const told = NAMES.flatMap(({ name, host, port }) => {
    const server = [...host, ...port].find((variable) => valueOf(variable) !== undefined);
    return server === undefined || valueOf(name) !== undefined ? [] : [` ${server} is set without ${name}: let the application read ${name}, and set it.`];
  });
  return told[0] ?? '';
}

/** An application may keep something else under a common name. In Neo4j, and often in MongoDB, the name of the database is no part of the string. */
function isPointed(url: string): boolean {
  const kind = kindOfUrl(url);
  if (kind === 'mongodb') return databaseOf(url) !== undefined || first(MONGO_NAMES) === undefined;
  return kind !== undefined && kind !== 'neo4j';
}

function urlBeside(variable: string, base: string, servers: NodeJS.ProcessEnv, urls: readonly string[]): string {
  const url = urls.map((name) => servers[name]).find((value) => value !== undefined && value !== '');
  if (url === undefined) throw new Error(`${variable} is set, and its server is not: set ${urls.join(' or ')}.`);
  if (variable === 'NEO4J_DATABASE') return withDatabase(withLogin(url), base);
  return withMongoDatabase(url, base);
}

/** Neo4j keeps the user beside the server. */
function withLogin(url: string): string {
  const pair = valueOf('NEO4J_AUTH')?.split('/');
  const name = first(['NEO4J_USERNAME', 'NEO4J_USER']) ?? pair?.[0];
  const password = valueOf('NEO4J_PASSWORD') ?? pair?.slice(1).join('/');
  if (name === undefined || name === 'none' || url.includes('@')) return url;
  return url.replace('://', `://${encodeURIComponent(name)}:${encodeURIComponent(password ?? '')}@`);
}

/** DB_NAME and its like with their server. Nothing where that is of a kind on which no databases are made here. */
function genericOf(name: string, from = process.cwd()): Named | undefined {
  if (valueOf(name) === undefined) return undefined;
  const dialect = first(DIALECTS)?.toLowerCase();
  const scheme = dialect === undefined ? (PORTS[valueOf('DB_PORT') ?? ''] ?? declaredKind(from)) : schemeOf(dialect);
  if (scheme === undefined && dialect === undefined) {
    throw new Error(
      `${name} is set, and nothing says of which server: set DB_DIALECT to postgres or mysql, or to what else it is for ${name} to be left alone.`,
    );
  }
  return scheme && { name, scheme, host: ['DB_HOST'], port: ['DB_PORT'], user: ['DB_USER', 'DB_USERNAME'], password: ['DB_PASSWORD', 'DB_PASS'] };
}

/** Where servers listen unless told otherwise. */
const PORTS: Readonly<Record<string, 'postgres' | 'mysql'>> = { 5432: 'postgres', 3306: 'mysql' };

function schemeOf(dialect: string): 'postgres' | 'mysql' | undefined {
  if (dialect.includes('postgres') || dialect === 'pg') return 'postgres';
  return dialect.includes('mysql') || dialect.includes('maria') ? 'mysql' : undefined;
}

/** The server for which the project declares a client, where it is one. */
function declaredKind(from: string): 'postgres' | 'mysql' | undefined {
  const { dependencies, devDependencies } = JSON.parse(textOf(join(from, 'package.json')) ?? '{}') as Readonly<Record<string, object | undefined>>;
  const has = (name: string): boolean => name in { ...dependencies, ...devDependencies };
  const [postgres, mysql] = [['pg', 'postgres'].some(has), ['mysql2', 'mariadb', 'mysql'].some(has)];
  return postgres === mysql ? undefined : postgres ? 'postgres' : 'mysql';
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
