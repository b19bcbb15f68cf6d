/** MySQL and MariaDB: a database for each worker. They have no templates, so tables are made and filled anew. */
import { ofDeadRuns } from '../names.js';
import { databaseOf, withDatabase, withoutPassword } from '../urls.js';
import { clientOf } from './clients.js';
import { migrate } from './migrate.js';
import type { CreateDatabase } from './requests.js';

type Row = Readonly<Record<string, unknown>>;

interface Session {
  readonly rows: (sql: string) => Promise<readonly Row[]>;
  readonly end: () => Promise<void>;
}

export const createMysql = (request: CreateDatabase): Promise<void> =>
  within(request.url, request.from, async (session) => {
    const { url, from, name } = request;
    try {
      if (await exists(session, name)) return;
      const source = await templateOf(session, request);
      if (source !== undefined) await refuseWhatIsNotCopied(session, source);
      await session.rows(`CREATE DATABASE ${identifier(name)}${source === undefined ? '' : await lettersOf(session, source)}`);
      try {
        if (source !== undefined) await copy(session, source, name);
        if (request.migrate !== undefined) await migrate(request.migrate, from, request.variables, name, withDatabase(url, name));
      } catch (error) {
        await drop(session, name);
        throw error;
      }
    } catch (error) {
      const { code, message } = error as { readonly code?: string; readonly message: string };
      if (!code?.startsWith('ER_')) throw error;
      throw new Error(`The database ${name} was not made: ${message}.`, { cause: error });
    }
  });

export const dropMysql = (url: string, from: string, names: readonly string[]): Promise<void> =>
  within(url, from, async (session) => {
    for (const name of names) await drop(session, name);
  });

/** Drops what dead runs have left. */
export const sweepMysql = (url: string, from: string): Promise<void> =>
  within(url, from, async (session) => {
    const databases = await session.rows('SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA');
    // Another run that sweeps at the same time may be quicker, and a database of another owner stays.
    for (const name of ofDeadRuns(databases.map((row) => String(row['name'])))) await drop(session, name).catch(() => undefined);
  });

async function within(url: string, from: string, work: (session: Session) => Promise<void>): Promise<void> {
  const session = await connect(url, from);
  try {
    await work(session);
  } finally {
    await session.end();
  }
}

/** A migration starts from nothing, unless a template is asked for. */
async function templateOf(session: Session, { url, template, migrate: command }: CreateDatabase): Promise<string | undefined> {
  if (template === false) return undefined;
  if (template !== undefined) return template;
  const base = databaseOf(url);
  return command === undefined && base !== undefined && (await exists(session, base)) ? base : undefined;
}

/** What lies in a database besides plain tables names its database in its own text, or acts on what is written: a copy would not be the same. */
async function refuseWhatIsNotCopied(session: Session, source: string): Promise<void> {
  const found = await session.rows(
    [
      `SELECT CONCAT(LOWER(TABLE_TYPE), ' ', TABLE_NAME) AS what FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${literal(source)} AND TABLE_TYPE <> 'BASE TABLE'`,
      `SELECT CONCAT('trigger ', TRIGGER_NAME) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ${literal(source)}`,
      `SELECT CONCAT(LOWER(ROUTINE_TYPE), ' ', ROUTINE_NAME) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ${literal(source)}`,
      `SELECT CONCAT('event ', EVENT_NAME) FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ${literal(source)}`,
    ].join(' UNION ALL '),
  );
  if (found.length === 0) return;
  const what = found.map((row) => String(row['what'])).join(', ');
  throw new Error(
    `The database ${source} is not copied, since it holds more than tables: ${what}. Give pointEnvironment a \`migrate\` command that makes all of it in an empty database.`,
  );
}

async function lettersOf(session: Session, source: string): Promise<string> {
  const [row] = await session.rows(
    `SELECT DEFAULT_CHARACTER_SET_NAME AS letters, DEFAULT_COLLATION_NAME AS collation_name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ${literal(source)}`,
  );
  return row ? ` CHARACTER SET ${String(row['letters'])} COLLATE ${String(row['collation_name'])}` : '';
}

async function copy(session: Session, source: string, name: string): Promise<void> {
  await session.rows(`USE ${identifier(name)}`);
  // Tables come in no order, zero may be a key, and dates of zeros may be there: all is as it was in the source.
  await session.rows(`SET foreign_key_checks = 0, unique_checks = 0, sql_mode = 'NO_AUTO_VALUE_ON_ZERO'`);
  const tables = await session.rows(`SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${literal(source)}`);
  for (const table of tables.map((row) => String(row['name']))) {
    const [made] = await session.rows(`SHOW CREATE TABLE ${identifier(source)}.${identifier(table)}`);
    await session.rows(String(made?.['Create Table']));
    const columns = await session.rows(
      `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ${literal(source)} AND TABLE_NAME = ${literal(table)} AND COALESCE(GENERATION_EXPRESSION, '') = '' ORDER BY ORDINAL_POSITION`,
    );
    const list = columns.map((row) => identifier(String(row['name']))).join(', ');
    await session.rows(`INSERT INTO ${identifier(table)} (${list}) SELECT ${list} FROM ${identifier(source)}.${identifier(table)}`);
  }
}

const drop = (session: Session, name: string): Promise<unknown> => session.rows(`DROP DATABASE IF EXISTS ${identifier(name)}`);

const exists = async (session: Session, name: string): Promise<boolean> =>
  (await session.rows(`SELECT 1 AS found FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ${literal(name)}`)).length > 0;

/** What `mysql2/promise` and `mariadb` share; the first answers with rows and their description. */
interface Driver {
  createConnection(options: string | object): Promise<{
    query(sql: string): Promise<unknown>;
    end(): Promise<void>;
    on(event: 'error', listener: () => void): void;
  }>;
}

async function connect(url: string, from: string): Promise<Session> {
  const { name, module } = await clientOf('MySQL', ['mysql2/promise', 'mariadb'], from);
  const driver = ((module as { readonly default?: unknown }).default ?? module) as Driver;
  // Everybody may enter it, and `mariadb` connects to no server without a database.
  const server = withDatabase(url, 'information_schema');
  try {
    const connection = await driver.createConnection(
      name === 'mariadb' ? server.replace(/^mysql:/i, 'mariadb:') : { uri: server.replace(/^mariadb:/i, 'mysql:'), connectTimeout: 10_000 },
    );
    // A server that goes away ends the session; what was asked of it fails by itself.
    connection.on('error', () => undefined);
    const rows = async (sql: string): Promise<readonly Row[]> => {
      const answer = await connection.query(sql);
      const list: unknown = name === 'mariadb' ? answer : (answer as readonly unknown[])[0];
      return Array.isArray(list) ? (list as readonly Row[]) : [];
    };
    return { rows, end: () => connection.end() };
  } catch (error) {
    const { code, message } = error as { readonly message: string; readonly code?: string };
    throw new Error(`No session with MySQL at ${withoutPassword(url)}: ${message || (code ?? 'refused')}.`, { cause: error });
  }
}

const identifier = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
