/** MongoDB: a database for each worker. It is there with the first write and starts empty, so there is nothing to make but what a migration makes. */
import { ofDeadRuns } from '../names.js';
import { withDatabase, withMongoDatabase, withoutPassword } from '../urls.js';
import { clientOf } from './clients.js';
import { migrate } from './migrate.js';
import type { CreateDatabase } from './requests.js';

interface Client {
  connect(): Promise<unknown>;
  close(): Promise<unknown>;
  db(name: string): {
    command(what: object): Promise<unknown>;
    dropDatabase(): Promise<unknown>;
    admin(): { listDatabases(options: object): Promise<{ readonly databases: readonly { readonly name: string }[] }> };
  };
}

export async function createMongodb(request: CreateDatabase): Promise<void> {
  const { url, from, name, template } = request;
  if (typeof template === 'string') throw new Error(`MongoDB clones no database, so ${template} cannot be a template: fill the worker's by \`migrate\`.`);
  // Asked now, so that what cannot be reached is known before a test writes to it.
  await within(url, from, (client) => client.db('admin').command({ ping: 1 }));
  if (request.migrate !== undefined) await migrate(request.migrate, from, request.variables, name, withMongoDatabase(url, name));
}

export const dropMongodb = (url: string, from: string, names: readonly string[]): Promise<void> =>
  within(url, from, async (client) => {
    for (const name of names) await client.db(name).dropDatabase();
  });

/** Drops what dead runs have left. */
export const sweepMongodb = (url: string, from: string): Promise<void> =>
  within(url, from, async (client) => {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const name of ofDeadRuns(databases.map((each) => each.name))) await client.db(name).dropDatabase();
  });

async function within<T>(url: string, from: string, work: (client: Client) => Promise<T>): Promise<T> {
  const { name, module } = await clientOf('MongoDB', ['mongodb', 'mongoose'], from);
  const whole = module as { readonly mongo?: unknown; readonly default?: { readonly mongo?: unknown } };
  const driver = (name === 'mongoose' ? (whole.mongo ?? whole.default?.mongo) : module) as {
    readonly MongoClient: new (url: string, options: object) => Client;
  };
  const client = new driver.MongoClient(withMongoDatabase(url, 'admin'), { serverSelectionTimeoutMS: 10_000 });
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw new Error(`MongoDB at ${withoutPassword(withDatabase(url, ''))}: ${(error as Error).message}.`, { cause: error });
  } finally {
    await client.close();
  }
}
