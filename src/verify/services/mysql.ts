/**
 * The databases of a MySQL or MariaDB server during a run: what a suite names is there when it is asked for, with nothing in it, and gone before the next run.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { HubService } from '../hub/messages.js';
import { ROOT } from '../wire/mysql-login.js';
import type { Holdings } from './holdings.js';
import { nameInMysql, openMysql, type MysqlSession } from './mysql-session.js';

/** What stands on every server. */
const SYSTEM = ['mysql', 'sys', 'performance_schema', 'information_schema'];

/** On a server that is `given`, what stood there before is left alone. */
export async function mysqlDatabases({ target, given, user = ROOT }: HubService): Promise<Holdings> {
  const session = await openMysql(target, user);
  // Somebody else must be able to ask while a database is being made.
  const locks = await openMysql(target, user);
  let lastAsked = -Infinity;
  const isNew = (await session.query("SHOW TABLES FROM performance_schema LIKE 'data_lock_waits'")).length > 0;
  const foreign = { databases: new Set(given ? await databases(session) : SYSTEM), users: new Set(await users(session)) };

  return {
    version: versionIn(session.version),
    async empty() {
      for (const name of await databases(session)) if (!foreign.databases.has(name)) await session.query(`DROP DATABASE ${nameInMysql(name)}`);
      for (const name of await users(session)) if (!foreign.users.has(name)) await session.query(`DROP USER ${name}`);
    },
    async prepare({ database }) {
      if (given && foreign.databases.has(database) && !SYSTEM.includes(database)) {
        throw new Error(`The database ${database} stands on the server that was given and is not touched: give an empty server.`);
      }
      // Where no such name is possible, the server tells the client itself.
      await session.query(`CREATE DATABASE IF NOT EXISTS ${nameInMysql(database)}`).catch(() => undefined);
    },
    async blockers(sessions) {
      await sleep(Math.max(0, lastAsked + REFRESH - performance.now()));
      const waiting = new Map<number, number[]>();
      for (const sql of [isNew ? ROWS_OF_MYSQL_8 : ROWS, TABLES]) {
        for (const [waits, holds] of await locks.query(sql)) {
          const number = Number(waits);
          if (sessions.includes(number)) waiting.set(number, [...(waiting.get(number) ?? []), Number(holds)]);
        }
      }
      lastAsked = performance.now();
      return waiting;
    },
  };
}

/**
 * Milliseconds. InnoDB keeps what it last said of its transactions for as long as it is asked again within 100 ms:
 * `CACHE_MIN_IDLE_TIME_NS` in storage/innobase/trx/trx0i_s.cc of MariaDB 10.11 and MySQL 5.7.
 */
const REFRESH = 120;

/** Who waits for a row and who holds it, by the numbers of their sessions: MariaDB 10.11, MySQL 5.7. */
const ROWS = `SELECT waits.trx_mysql_thread_id, holds.trx_mysql_thread_id FROM information_schema.INNODB_LOCK_WAITS w
  JOIN information_schema.INNODB_TRX waits ON waits.trx_id = w.requesting_trx_id JOIN information_schema.INNODB_TRX holds ON holds.trx_id = w.blocking_trx_id`;
const ROWS_OF_MYSQL_8 = `SELECT waits.PROCESSLIST_ID, holds.PROCESSLIST_ID FROM performance_schema.data_lock_waits w
  JOIN performance_schema.threads waits ON waits.THREAD_ID = w.REQUESTING_THREAD_ID JOIN performance_schema.threads holds ON holds.THREAD_ID = w.BLOCKING_THREAD_ID`;
/** The same of whole tables, databases and locks with a name. */
const TABLES = `SELECT waits.PROCESSLIST_ID, holds.PROCESSLIST_ID FROM performance_schema.metadata_locks w
  JOIN performance_schema.metadata_locks h ON w.OBJECT_TYPE <=> h.OBJECT_TYPE AND w.OBJECT_SCHEMA <=> h.OBJECT_SCHEMA AND w.OBJECT_NAME <=> h.OBJECT_NAME
  JOIN performance_schema.threads waits ON waits.THREAD_ID = w.OWNER_THREAD_ID JOIN performance_schema.threads holds ON holds.THREAD_ID = h.OWNER_THREAD_ID
  WHERE w.LOCK_STATUS = 'PENDING' AND h.LOCK_STATUS = 'GRANTED' AND w.OWNER_THREAD_ID <> h.OWNER_THREAD_ID`;

/** `5.5.5-10.11.6-MariaDB-1`: MariaDB before 11 began with a number that old replicas understood. */
const versionIn = (text: string): string => /^(?:5\.5\.5-)?([\d.]+(?:-MariaDB)?)/.exec(text)?.[1] ?? text;

const databases = async (session: MysqlSession): Promise<string[]> => (await session.query('SHOW DATABASES')).map(([name]) => name ?? '');
const users = async (session: MysqlSession): Promise<string[]> =>
  (await session.query("SELECT CONCAT(QUOTE(User), '@', QUOTE(Host)) FROM mysql.user")).map(([name]) => name ?? '');
