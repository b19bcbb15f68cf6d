/** SQLite: a copy of the file, as one reader sees it while others may be writing. */
import { copyFileSync, existsSync } from 'node:fs';
import { clientOf } from './clients.js';
import { migrate } from './migrate.js';
import type { CopySqlite } from './requests.js';

interface Database {
  exec(sql: string): unknown;
  close(): unknown;
}

export async function copySqlite(request: CopySqlite): Promise<void> {
  const { from, source, target } = request;
  if (existsSync(target)) return;
  if (source !== undefined) await copy(source, target, from);
  if (request.migrate !== undefined) await migrate(request.migrate, from, request.variables, target, request.url);
}

async function copy(source: string, target: string, from: string): Promise<void> {
  const open = await openerOf(from);
  if (open) {
    const database = open(source);
    try {
      database.exec(`VACUUM INTO '${target.replaceAll("'", "''")}'`);
    } finally {
      database.close();
    }
    return;
  }
  // Without these beside it a file is whole.
  const beside = [`${source}-wal`, `${source}-journal`].filter((path) => existsSync(path));
  if (beside.length > 0) {
    throw new Error(
      `${source} cannot be copied while ${beside.join(', ')} is there, unless better-sqlite3 is installed or Node has node:sqlite (22.13): close it before.`,
    );
  }
  copyFileSync(source, target);
}

async function openerOf(from: string): Promise<((path: string) => Database) | undefined> {
  try {
    const { module } = await clientOf('SQLite', ['better-sqlite3'], from);
    const Sqlite = ((module as { readonly default?: unknown }).default ?? module) as new (path: string, options: object) => Database;
    return (path) => new Sqlite(path, { readonly: true });
  } catch {
    // Not installed.
  }
  // Loading it warns on standard error, which nobody reads here.
  const builtIn = (process as { getBuiltinModule?: (name: string) => unknown }).getBuiltinModule?.('node:sqlite') as
    { readonly DatabaseSync: new (path: string, options: object) => Database } | undefined;
  return builtIn && ((path) => new builtIn.DatabaseSync(path, { readOnly: true }));
}
