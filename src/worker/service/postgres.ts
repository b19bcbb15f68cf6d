/** Postgres: a database for each worker, cloned from a template. */
import { ofDeadRuns } from '../names.js';
import { databaseOf, withDatabase, withoutPassword } from '../urls.js';
import { clientOf } from './clients.js';
import { migrate } from './migrate.js';
import { note } from '../place.js';
import { claimFolder } from './claims.js';
import type { CreateDatabase } from './requests.js';

interface Session {
  readonly rows: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly end: () => Promise<void>;
}

const PATIENCE = 10;

export const createPostgres = (request: CreateDatabase): Promise<void> =>
  within(request.url, request.from, async (session) => {
    if (await exists(session, request.name)) return;
    const source = request.migrate === undefined ? await templateOf(session, request) : await migrated(session, request, request.migrate);
    await clone(session, request.name, source);
  });

export const dropPostgres = (url: string, from: string, names: readonly string[]): Promise<void> =>
  within(url, from, async (session) => {
    for (const name of names) await drop(session, name);
  });

/** Drops what dead runs have left. */
export const sweepPostgres = (url: string, from: string): Promise<void> =>
  within(url, from, async (session) => {
    const databases = await session.rows('SELECT datname FROM pg_database WHERE NOT datistemplate');
    // Another run that sweeps at the same time may be quicker, and a database of another owner stays.
    for (const name of ofDeadRuns(databases.map(({ datname }) => String(datname)))) await drop(session, name).catch(() => undefined);
  });

async function within(url: string, from: string, work: (session: Session) => Promise<void>): Promise<void> {
  const session = await administer(url, from);
  try {
    await work(session);
  } finally {
    await session.end();
  }
}

async function templateOf(session: Session, { url, template }: CreateDatabase): Promise<string | undefined> {
  if (template === false) return undefined;
  if (template !== undefined) return template;
  const base = databaseOf(url);
  return base !== undefined && (await exists(session, base)) ? base : undefined;
}

/** The run's template: the first worker fills it, the others wait for the lock. */
async function migrated(session: Session, request: CreateDatabase, command: string): Promise<string> {
  const { shared, url, from, place } = request;
  await session.rows(`SELECT pg_advisory_lock(hashtext(${literal(shared)}))`);
  if (!(await exists(session, shared))) {
    note(claimFolder(place), shared, { kind: 'postgres', url, from, name: shared });
    await clone(session, shared, request.template === false ? undefined : request.template);
    try {
      await migrate(command, from, request.variables, shared, withDatabase(url, shared));
    } catch (error) {
      await drop(session, shared);
      throw error;
    }
  }
  await session.rows(`SELECT pg_advisory_unlock(hashtext(${literal(shared)}))`);
  return shared;
}

async function clone(session: Session, name: string, source: string | undefined): Promise<void> {
  try {
    await session.rows(`CREATE DATABASE ${identifier(name)}${source === undefined ? '' : ` TEMPLATE ${identifier(source)}`}`);
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    if (code === '55006' && source !== undefined) {
      const users = await session.rows(`SELECT concat_ws(' ', pid, application_name) AS who FROM pg_stat_activity WHERE datname = ${literal(source)}`);
      const who = users.map(({ who }) => String(who)).join(', ');
      throw new Error(
        `Postgres does not clone the database ${source} while sessions are open in it: ${who || 'they have ended meanwhile'}. End them before the tests start, or give a template that nobody uses.`,
        { cause: error },
      );
    }
    throw new Error(`Postgres did not create the database ${name}: ${message}.${code === '42501' ? ' Its user needs CREATEDB.' : ''}`, { cause: error });
  }
}

async function drop(session: Session, name: string): Promise<void> {
  try {
    await session.rows(`DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`);
  } catch (error) {
    // Before version 13.
    if ((error as { readonly code?: string }).code !== '42601') throw error;
    await session.rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${literal(name)}`);
    await session.rows(`DROP DATABASE IF EXISTS ${identifier(name)}`);
  }
}

const exists = async (session: Session, name: string): Promise<boolean> =>
  (await session.rows(`SELECT 1 AS found FROM pg_database WHERE datname = ${literal(name)}`)).length > 0;

/** A session beside the project's database, which must have none while it is cloned; in it only where the user may enter no other. */
async function administer(url: string, from: string): Promise<Session> {
  try {
    return await connect(withDatabase(url, 'postgres'), from);
  } catch (error) {
    const { code } = error as { readonly code?: string };
    if (code !== '3D000' && code !== '42501' && code !== '28000') throw told(error, url);
  }
  return connect(url, from).catch((error: unknown) => {
    throw told(error, url);
  });
}

/** An AggregateError of a refused connection has no message of its own. */
function told(error: unknown, url: string): Error {
  const { message, code } = error as { readonly message: string; readonly code?: string };
  return new Error(`No session with Postgres at ${withoutPassword(url)}: ${message || (code ?? 'refused')}.`, { cause: error });
}

interface Pg {
  readonly Client: new (options: object) => {
    connect(): Promise<void>;
    query(sql: string): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
    end(): Promise<void>;
    on(event: 'error', listener: () => void): void;
  };
}
type PostgresJs = (
  url: string,
  options: object,
) => {
  unsafe(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  end(): Promise<void>;
};

async function connect(url: string, from: string): Promise<Session> {
  const { name, module } = await clientOf('Postgres', ['pg', 'postgres'], from);
  if (name === 'pg') {
    const client = new (module as Pg).Client({ connectionString: url, connectionTimeoutMillis: PATIENCE * 1000, application_name: 'isolation-audit' });
    // A server that goes away ends the session; what was asked of it fails by itself.
    client.on('error', () => undefined);
    await client.connect();
    return { rows: async (sql) => (await client.query(sql)).rows, end: () => client.end() };
  }
  const postgres = ((module as { readonly default?: unknown }).default ?? module) as PostgresJs;
  const sql = postgres(url, { max: 1, connect_timeout: PATIENCE, onnotice: () => undefined, connection: { application_name: 'isolation-audit' } });
  await sql.unsafe('SELECT 1');
  return { rows: (text) => sql.unsafe(text), end: () => sql.end() };
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
