/** Connection strings: which server, which database. Read as text, since many that clients accept are no URLs to the standard. */

export type DatabaseKind = 'postgres' | 'mysql' | 'mongodb' | 'neo4j' | 'redis' | 'sqlite';

const SCHEMES: Readonly<Record<string, DatabaseKind>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
  redis: 'redis',
  rediss: 'redis',
  valkey: 'redis',
  valkeys: 'redis',
  mongodb: 'mongodb',
  'mongodb+srv': 'mongodb',
  neo4j: 'neo4j',
  'neo4j+s': 'neo4j',
  'neo4j+ssc': 'neo4j',
  bolt: 'neo4j',
  'bolt+s': 'neo4j',
  'bolt+ssc': 'neo4j',
  sqlite: 'sqlite',
  file: 'sqlite',
};

const PARTS = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)(?:\/([^?#]*))?(\?[^#]*)?$/i;

/** Nothing where the text names no server that this library can work with. */
export function kindOfUrl(url: string): DatabaseKind | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1];
  return scheme === undefined ? undefined : SCHEMES[scheme.toLowerCase()];
}

export function databaseOf(url: string): string | undefined {
  const text = PARTS.exec(url)?.[2];
  return text === undefined || text === '' ? undefined : decodeURIComponent(text);
}

export function withDatabase(url: string, name: string): string {
  const [, server, , query] = PARTS.exec(url) ?? [];
  if (server === undefined) throw new Error(`${withoutPassword(url)} names no server, so no database can be put behind it.`);
  return `${server}/${encodeURIComponent(name)}${query ?? ''}`;
}

/** In MongoDB the path also says where the user is known, unless that is said by itself. */
export function withMongoDatabase(url: string, name: string): string {
  const changed = withDatabase(url, name);
  if (!/^[^:]+:\/\/[^/?#]*@/.test(url) || /[?&]authSource=/i.test(url)) return changed;
  return `${changed}${changed.includes('?') ? '&' : '?'}authSource=${encodeURIComponent(databaseOf(url) ?? 'admin')}`;
}

/** What tells one server from another, whatever is asked of it. */
export const serverOf = (url: string): string => PARTS.exec(url)?.[1] ?? url;

export const withoutPassword = (url: string): string => url.replace(/^([a-z][a-z0-9+.-]*:\/\/[^:@/]*):[^@/]*@/i, '$1:***@');

/** `file:./dev.db?mode=rwc`, `sqlite:dev.db`, `sqlite:///var/dev.db`: what stands before the path, the path, and what is asked of it. */
export function fileOf(url: string): { readonly scheme: string; readonly path: string; readonly query: string } | undefined {
  const [, scheme, path, query] = /^((?:sqlite|file):(?:\/\/)?)([^?]*)(\?.*)?$/i.exec(url) ?? [];
  return scheme === undefined || path === undefined ? undefined : { scheme, path, query: query ?? '' };
}
