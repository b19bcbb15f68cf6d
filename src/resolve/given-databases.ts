import type { Abstract, RecordValue } from '../model/abstract.js';
import { constantOf, nameOf } from '../model/abstract.js';
import type { ResourceKind } from '../model/claims.js';
import type { Call, Value } from '../model/facts.js';
import { constantName } from '../model/names.js';
import { isAbsolute, normalisePath, WORKING_DIRECTORY } from '../model/paths.js';
import type { Place } from '../model/place.js';
import type { Event } from './events.js';

/** What ORMs and frameworks call the driver of a database in their options, and what they call the database. */
const DRIVER_KEYS = ['type', 'client', 'dialect', 'driver', 'provider', 'engine', 'adapter'];
const DRIVERS: Readonly<Record<string, ResourceKind>> = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  pg: 'postgresql',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
  'better-sqlite3': 'sqlite',
  libsql: 'sqlite',
  mongodb: 'mongodb',
};
const NAME_KEYS: Readonly<Partial<Record<ResourceKind, readonly string[]>>> = { sqlite: ['database', 'filename', 'storage', 'dbName', 'file', 'url'] };
const SERVER_NAME_KEYS = ['database', 'dbName', 'db', 'name'];

/**
 * `config.db = { type: 'better-sqlite3', database: 'writable/test.sql' }`: options of a database that a helper leaves for code which
 * is not followed, a container of services say. Whoever connects with them connects to that database.
 */
export function givenDatabase(options: RecordValue, at: Place): Event | undefined {
  const kind = DRIVER_KEYS.map((key) => constantOf(options.get(key))).flatMap((each) => (each === undefined ? [] : (DRIVERS[each.toLowerCase()] ?? [])))[0];
  if (kind === undefined) return undefined;
  const nested = options.get('connection');
  const value = (NAME_KEYS[kind] ?? SERVER_NAME_KEYS)
    .map((key) => options.get(key) ?? (nested?.kind === 'record' ? nested.get(key) : undefined))
    .find((each) => each !== undefined);
  if (value?.kind !== 'text') return undefined;
  const named = nameOf(value);
  if (named?.kind !== 'parts' || (kind === 'sqlite' && /^(file:)?:memory:|^$/.test(constantOf(value) ?? 'a'))) return undefined;
  const host = options.get('host') ?? (nested?.kind === 'record' ? nested.get('host') : undefined);
  return {
    e: 'react',
    at,
    via: [],
    assumed: ['code that is not followed connects with the options'],
    reaction: {
      kind: 'claim',
      resource: {
        kind,
        server: kind === 'sqlite' ? constantName('') : ((host && nameOf(host)) ?? constantName('localhost')),
        name: kind === 'sqlite' ? { ...named, parts: rooted(named.parts) } : named,
      },
      op: 'acquire',
      client: 'option',
      decidedAt: value.at,
    },
  };
}

const STARTS = /^(create|start|init|bootstrap|setup|build|launch|boot|connect|open|forRoot|register|run)/i;

/** `createServer({ database: { client: 'pg', connection: { database: 'app_test' } } })` of a framework that is not followed. */
export function startedWith(name: string, form: string, args: readonly Abstract[], at: Place): Event[] {
  if (form !== 'new' && !STARTS.test(name)) return [];
  return args.flatMap((arg) => {
    if (arg.kind !== 'record') return [];
    const inner = (arg.keys() ?? []).slice(0, 24).map((key) => arg.get(key));
    return [arg, ...inner].flatMap((each) => (each?.kind === 'record' ? (givenDatabase(each, at) ?? []) : []));
  });
}

/** Whether a driver is written out among the options of a call. */
export const namesDriver = ({ args }: Call): boolean => args.some(({ value }) => value.kind === 'record' && recordNamesDriver(value, 0));

function recordNamesDriver({ entries }: Extract<Value, { kind: 'record' }>, depth: number): boolean {
  return entries.some((entry) => {
    if ('spread' in entry || typeof entry.key !== 'string') return false;
    if (entry.value.kind === 'record') return depth < 1 && recordNamesDriver(entry.value, depth + 1);
    return DRIVER_KEYS.includes(entry.key) && entry.value.kind === 'const' && typeof entry.value.value === 'string' && entry.value.value in DRIVERS;
  });
}

/** Relative paths start in the working directory. */
function rooted<Part>(parts: readonly (string | Part)[]): (string | Part)[] {
  const [first, ...rest] = parts;
  if (typeof first !== 'string') return [...parts];
  return [isAbsolute(first) ? normalisePath(first) : normalisePath(`${WORKING_DIRECTORY}/${first}`), ...rest];
}

/** Functions among the options of an object that keeps them for later: `new DatabaseModule({ prepare: async () => { ... } })`. */
export function keptFunctions(args: readonly Abstract[]): Extract<Abstract, { kind: 'fn' }>[] {
  return args.flatMap((arg) => {
    const inner = arg.kind === 'record' ? (arg.keys() ?? []).slice(0, 12).map((key) => arg.get(key)) : [];
    return inner.flatMap((each) => (each?.kind === 'fn' ? [each] : []));
  });
}

export function keptClaims(events: readonly Event[]): Event[] {
  const assumed = 'the object runs the functions that it is given';
  return events.flatMap((event) => (event.e === 'react' && event.reaction.kind === 'claim' ? { ...event, assumed: [...event.assumed, assumed] } : []));
}
