import type { LibraryCall, Reader } from '../model/abstract.js';
import type { Opening } from '../model/catalogue.js';
import type { Resource, ResourceKind } from '../model/claims.js';
import { constantOf } from '../model/abstract.js';
import { defaultPort } from './default-port.js';
import { opened } from './resources.js';
import { readSource } from './sources.js';

/** Tools that take their database from `DATABASE_URL` unless a file of their own says otherwise. */
const BY_URL = /^(prisma|drizzle-kit|dbmate|node-pg-migrate|graphile-migrate) /;

const KINDS: Readonly<Record<string, ResourceKind>> = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  file: 'sqlite',
  sqlite: 'sqlite',
  mongodb: 'mongodb',
};

/**
 * `execSync('npx prisma db push', { env: { ...process.env, DATABASE_URL: url } })`: the database that the address names which the
 * program is given, or finds in the environment.
 */
export function databaseOfCommand(call: LibraryCall, note: string | undefined, reader: Reader): Resource | undefined {
  if (!note || !BY_URL.test(note)) return undefined;
  const own = call.args.findIndex((each) => each.kind === 'record' && readSource({ ...call, args: [each] }, 'arg0.env', reader) !== undefined);
  const url = own >= 0 ? `arg${own}.env.DATABASE_URL` : 'env.DATABASE_URL';
  if (readSource(call, url, reader) === undefined) return undefined;
  const scheme = constantOf(readSource(call, `${url}@url.scheme`, reader));
  const kind = (scheme === undefined ? undefined : KINDS[scheme]) ?? 'database';
  const opening: Opening = {
    kind,
    server: [`${url}@url.host`, '=localhost'],
    port: [`${url}@url.port`, ...defaultPort(kind)],
    name: [...(kind === 'sqlite' ? [] : [`${url}@url.path`]), url],
    namespace: [`${url}@url.query.schema`],
  };
  const held = opened(call, kind === 'sqlite' ? { kind, name: [url] } : opening, reader, () => undefined);
  return 'resource' in held ? held.resource : undefined;
}
