/** Redis: a logical database for each worker. Who has which stands on the server, since two runs of two machines may use it. */
import { isOver } from '../run.js';
import { databaseOf, withDatabase, withoutPassword } from '../urls.js';
import { clientOf } from './clients.js';
import type { TakeRedis } from './requests.js';

/** In database 0: number of a database -> run and slot that hold it. */
const HOLDERS = 'isolation-audit:databases';
const SWAP = `if redis.call('hget', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('hset', KEYS[1], ARGV[1], ARGV[3]) end return -1`;
const LEAVE = `if redis.call('hget', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('hdel', KEYS[1], ARGV[1]) end return 0`;

interface Session {
  readonly send: (...words: readonly string[]) => Promise<unknown>;
  readonly end: () => void;
}

export async function takeRedis({ url, from, run, slot }: TakeRedis): Promise<number> {
  const session = await connect(url, from);
  const me = `${run} ${slot}`;
  try {
    if (String(await session.send('INFO', 'cluster')).includes('cluster_enabled:1')) {
      throw new Error(`The Redis at ${withoutPassword(url)} is a cluster, which has no other database than 0. Give each worker a key prefix, or a server.`);
    }
    const count = await databasesOf(session);
    // Its own number first, so that two workers differ even when they do not meet: a run that compares them sees it.
    for (const database of inOrder(slot, count)) {
      if (Number(await session.send('HSETNX', HOLDERS, String(database), me)) === 1) {
        if ((await sizeOf(session, database)) === 0) return database;
        // Data of somebody who asks nobody.
        await session.send('EVAL', LEAVE, '1', HOLDERS, String(database), me);
        continue;
      }
      const holder = String(await session.send('HGET', HOLDERS, String(database)));
      if (!isOver(holder.split(' ')[0] ?? '')) continue;
      if (Number(await session.send('EVAL', SWAP, '1', HOLDERS, String(database), holder, me)) === -1) continue;
      await empty(session, database);
      return database;
    }
    throw new Error(
      `All of the ${count} logical databases of the Redis at ${withoutPassword(url)} are held by workers or have data in them. Start it with more (--databases 64), run fewer workers, or give each worker a key prefix.`,
    );
  } finally {
    session.end();
  }
}

/** The preferred one, where there is such a one, and all others from 1 on. */
function inOrder(preferred: number, count: number): readonly number[] {
  const all = Array.from({ length: count - 1 }, (_, at) => at + 1);
  return all.includes(preferred) ? [preferred, ...all.filter((each) => each !== preferred)] : all;
}

/** Empties the databases that are still the run's, and gives them back. */
export async function leaveRedis(url: string, from: string, run: string): Promise<void> {
  const session = await connect(url, from);
  try {
    const held = (await session.send('HGETALL', HOLDERS)) as readonly string[] | Readonly<Record<string, string>>;
    for (const [database, holder] of pairs(held)) {
      if (holder.split(' ')[0] !== run) continue;
      await empty(session, Number(database));
      await session.send('EVAL', LEAVE, '1', HOLDERS, database, holder);
    }
  } finally {
    session.end();
  }
}

/** Deletes what begins with the prefixes, in the database that the connection string names. */
export async function deleteKeys(url: string, from: string, prefixes: readonly string[]): Promise<void> {
  const session = await connect(url, from);
  try {
    await session.send('SELECT', databaseOf(url) ?? '0');
    for (const prefix of prefixes) {
      let cursor = '0';
      do {
        const [next, keys] = (await session.send('SCAN', cursor, 'MATCH', `${prefix}*`, 'COUNT', '1000')) as [string, readonly string[]];
        if (keys.length > 0) await session.send('DEL', ...keys);
        cursor = next;
      } while (cursor !== '0');
    }
  } finally {
    session.end();
  }
}

/** A list from RESP 2, a map from RESP 3. */
function pairs(held: readonly string[] | Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  if (!Array.isArray(held)) return Object.entries(held);
  const list = held as readonly string[];
  return list.flatMap((field, at) => (at % 2 === 0 ? [[field, list[at + 1]!] as const] : []));
}

async function databasesOf(session: Session): Promise<number> {
  try {
    const answer = await session.send('CONFIG', 'GET', 'databases');
    const count = Number(Array.isArray(answer) ? answer[1] : (answer as Readonly<Record<string, string>>)['databases']);
    return count > 0 ? count : 16;
  } catch {
    // Rented servers forbid CONFIG; 16 is what Redis has unless told otherwise.
    return 16;
  }
}

async function sizeOf(session: Session, database: number): Promise<number> {
  await session.send('SELECT', String(database));
  const size = Number(await session.send('DBSIZE'));
  await session.send('SELECT', '0');
  return size;
}

async function empty(session: Session, database: number): Promise<void> {
  await session.send('SELECT', String(database));
  await session.send('FLUSHDB');
  await session.send('SELECT', '0');
}

interface IoRedis {
  connect(): Promise<void>;
  call(command: string, ...words: readonly string[]): Promise<unknown>;
  disconnect(): void;
  on(event: 'error', listener: () => void): void;
}
interface NodeRedis {
  connect(): Promise<unknown>;
  sendCommand(words: readonly string[]): Promise<unknown>;
  destroy?(): void;
  disconnect(): Promise<void>;
  on(event: 'error', listener: () => void): void;
}

async function connect(url: string, from: string): Promise<Session> {
  const { name, module } = await clientOf('Redis', ['ioredis', 'iovalkey', 'redis'], from);
  const server = withDatabase(url.replace(/^valkey/, 'redis'), '0').replace(/([?&])db=[^&]*&?/, '$1');
  try {
    if (name === 'redis') {
      const { createClient } = module as { readonly createClient: (options: object) => NodeRedis };
      const client = createClient({ url: server, socket: { connectTimeout: 10_000, reconnectStrategy: false } });
      // Reported by the command that fails as well.
      client.on('error', () => undefined);
      await client.connect();
      const end = (): void => {
        if (client.destroy) client.destroy();
        else void client.disconnect();
      };
      return { send: (...words) => client.sendCommand(words), end };
    }
    const Redis = ((module as { readonly default?: unknown }).default ?? module) as new (url: string, options: object) => IoRedis;
    const client = new Redis(server, { lazyConnect: true, connectTimeout: 10_000, maxRetriesPerRequest: 0, retryStrategy: () => null });
    client.on('error', () => undefined);
    await client.connect();
    return { send: (command, ...words) => client.call(command, ...words), end: () => client.disconnect() };
  } catch (error) {
    const { message, code } = error as { readonly message: string; readonly code?: string };
    throw new Error(`No session with Redis at ${withoutPassword(url)}: ${message || (code ?? 'refused')}.`, { cause: error });
  }
}
