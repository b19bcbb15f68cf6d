/** Neo4j: a database for each worker, where the edition has more than one. */
import { ofDeadRuns } from '../names.js';
import { withDatabase, withoutPassword } from '../urls.js';
import { clientOf } from './clients.js';
import { migrate } from './migrate.js';
import type { CreateDatabase } from './requests.js';

interface Driver {
  executeQuery(query: string, parameters: object, options: object): Promise<{ readonly records: readonly { get(key: string): unknown }[] }>;
  close(): Promise<void>;
}

interface Neo4j {
  readonly driver: (url: string, auth?: unknown, options?: object) => Driver;
  readonly auth: { readonly basic: (user: string, password: string) => unknown };
}

const SYSTEM = { database: 'system' };

export async function createNeo4j(request: CreateDatabase): Promise<void> {
  const { url, from, name, template } = request;
  if (typeof template === 'string') throw new Error(`Neo4j clones no database, so ${template} cannot be a template: fill the worker's by \`migrate\`.`);
  await within(url, from, async (driver) => {
    const { records } = await driver.executeQuery('CALL dbms.components() YIELD name, edition RETURN edition LIMIT 1', {}, {});
    if (records[0]?.get('edition') === 'community') {
      throw new Error(
        'Neo4j Community has one database for users, so workers cannot have one each. Give each worker a server of its own (a container), let tests write under a label or property that holds `workerName("test", { kind: "neo4j" })`, or roll back what each test has done; and leave NEO4J_DATABASE unset',
      );
    }
    await driver.executeQuery('CREATE DATABASE $name IF NOT EXISTS WAIT', { name }, SYSTEM);
  });
  if (request.migrate !== undefined) await migrate(request.migrate, from, request.variables, name, withDatabase(url, name));
}

export const dropNeo4j = (url: string, from: string, names: readonly string[]): Promise<void> =>
  within(url, from, async (driver) => {
    for (const name of names) await drop(driver, name);
  });

/** Drops what dead runs have left. */
export const sweepNeo4j = (url: string, from: string): Promise<void> =>
  within(url, from, async (driver) => {
    const { records } = await driver.executeQuery('SHOW DATABASES YIELD name', {}, SYSTEM);
    for (const name of ofDeadRuns(records.map((record) => String(record.get('name'))))) await drop(driver, name);
  });

const drop = (driver: Driver, name: string): Promise<unknown> => driver.executeQuery('DROP DATABASE $name IF EXISTS', { name }, SYSTEM);

async function within<T>(url: string, from: string, work: (driver: Driver) => Promise<T>): Promise<T> {
  const { module } = await clientOf('Neo4j', ['neo4j-driver'], from);
  const neo4j = ((module as { readonly default?: unknown }).default ?? module) as Neo4j;
  const [, scheme, user, password, server] = /^([a-z0-9+]+:\/\/)(?:([^:@/]*)(?::([^@/]*))?@)?([^/?]*)/i.exec(url) ?? [];
  const auth = user === undefined || user === '' ? undefined : neo4j.auth.basic(decodeURIComponent(user), decodeURIComponent(password ?? ''));
  const driver = neo4j.driver(`${scheme ?? ''}${server ?? ''}`, auth, { connectionTimeout: 10_000, maxTransactionRetryTime: 0 });
  try {
    return await work(driver);
  } catch (error) {
    throw new Error(`Neo4j at ${withoutPassword(url)}: ${(error as Error).message}.`, { cause: error });
  } finally {
    await driver.close();
  }
}
