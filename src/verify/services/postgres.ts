/**
 * The databases of a PostgreSQL server during a run: what a suite names is there when it is asked for, with nothing in it, and gone before the next run.
 */
import type { HubService, Target } from '../hub/messages.js';
import type { Holdings } from './holdings.js';
import { nameInSql, openPostgres, textInSql, type PostgresSession } from './postgres-session.js';

/** The user and the database that are ours; tests meet neither. */
export const OWN = 'isolation_audit';

/** On a server that is `given`, what stood there before is left alone; `user` is who makes the rest. */
export async function postgresDatabases({ target, given, user = OWN }: HubService): Promise<Holdings> {
  if (!given) await makeOwn(target, user);
  const session = await openPostgres(target, user, given ? 'postgres' : OWN);
  // Somebody else must be able to ask while a database is being made.
  const locks = await openPostgres(target, user, given ? 'postgres' : OWN);
  const version = (await session.query('SHOW server_version'))[0]?.[0] ?? '';
  const foreign = given ? await standing(session) : { databases: new Set(SYSTEM), roles: new Set([OWN]) };
  /** By the name under which tests know it. */
  const kept = new Map<string, string>();
  /** Connections that come at once wait for each other. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work);
    queue = next.catch(() => undefined);
    return next;
  };

  return {
    version: version.split(' ')[0]!,
    empty: () =>
      inTurn(async () => {
        const { databases, roles } = await standing(session);
        for (const name of databases) if (!foreign.databases.has(name)) await session.query(`DROP DATABASE ${nameInSql(name)} WITH (FORCE)`);
        for (const name of roles) if (!foreign.roles.has(name)) await session.query(`DROP ROLE ${nameInSql(name)}`);
        // At once, and not when somebody asks: what clones it has to find it.
        for (const [name, template] of kept) await session.query(`CREATE DATABASE ${nameInSql(name)} TEMPLATE ${template}`);
      }),
    prepare: ({ user: role, database }) =>
      inTurn(async () => {
        if (given && foreign.databases.has(database)) {
          throw new Error(`The database ${database} stands on the server that was given and is not touched: give an empty server.`);
        }
        const { databases, roles } = await standing(session);
        const template = kept.get(database);
        try {
          if (!roles.has(role)) await session.query(`CREATE ROLE ${nameInSql(role)} LOGIN SUPERUSER`);
          if (!databases.has(database)) {
            await session.query(`CREATE DATABASE ${nameInSql(database)} OWNER ${nameInSql(role)}${template ? ` TEMPLATE ${template}` : ''}`);
          }
        } catch {
          // No such name is possible: the server tells the client itself.
        }
      }),
    keep: () =>
      inTurn(async () => {
        const { databases, roles } = await standing(session);
        for (const role of roles) foreign.roles.add(role);
        for (const name of databases) {
          if (foreign.databases.has(name)) continue;
          const template = `${OWN}_${kept.size}`;
          await session.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${textInSql(name)}`);
          await session.query(`CREATE DATABASE ${template} TEMPLATE ${nameInSql(name)}`);
          foreign.databases.add(template);
          kept.set(name, template);
        }
      }),
    async blockers(backends) {
      const rows = await locks.query(`SELECT pid, array_to_string(pg_blocking_pids(pid), ' ') FROM unnest(ARRAY[${backends.join(',')}]) pid`);
      return new Map(rows.map(([pid, others]) => [Number(pid), (others ?? '').split(' ').filter(Boolean).map(Number)]));
    },
  };
}

/** Tests use the database `postgres` too: what is ours lies elsewhere. */
async function makeOwn(target: Target, user: string): Promise<void> {
  const first = await openPostgres(target, user, 'postgres');
  try {
    await first.query(`CREATE DATABASE ${OWN}`);
  } finally {
    first.end();
  }
}

const SYSTEM = ['template0', 'template1', OWN];

async function standing(session: PostgresSession): Promise<{ readonly databases: Set<string>; readonly roles: Set<string> }> {
  const names = async (sql: string): Promise<Set<string>> => new Set((await session.query(sql)).map(([name]) => name ?? ''));
  return { databases: await names('SELECT datname FROM pg_database'), roles: await names("SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'") };
}
