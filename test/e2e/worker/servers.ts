/** Real servers for the suites: what they hold, before and after. */
import { createRequire } from 'node:module';
import { Redis } from 'ioredis';

export type Rows = readonly Readonly<Record<string, unknown>>[];

const { Client } = createRequire(import.meta.url)('pg') as {
  readonly Client: new (options: object) => { connect(): Promise<void>; query(text: string): Promise<{ readonly rows: Rows }>; end(): Promise<void> };
};

export async function sql(url: string, ...texts: readonly string[]): Promise<Rows> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Rows = [];
    for (const text of texts) ({ rows } = await client.query(text));
    return rows;
  } finally {
    await client.end();
  }
}

export async function postgresDatabases(url: string): Promise<readonly string[]> {
  const rows = await sql(url, 'SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname');
  return rows.map(({ datname }) => String(datname)).filter((name) => name !== 'postgres');
}

export async function redis<T>(url: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { lazyConnect: true });
  await client.connect();
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}
