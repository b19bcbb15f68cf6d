import type { CallSpec, LibraryEntry, Opening } from '../../model/catalogue.js';
import type { ResourceKind } from '../../model/claims.js';
import { on } from '../call-lists.js';
import { defaultPort } from '../default-port.js';

// Up to 6 a URL or DATABASE_URL names the database and `?schema=` the schema; 7 takes an adapter, which ignores `?schema=`.
const urls = ['arg0.datasourceUrl', 'arg0.datasources.db.url', 'arg0.datasources.*.url', 'env.DATABASE_URL'];

/** What the URL names. */
const database = (kind: ResourceKind): Opening => ({
  kind,
  same: ['arg0.adapter'],
  server: urls.map((url) => `${url}@url.host`),
  port: [...urls.map((url) => `${url}@url.port`), ...defaultPort(kind)],
  name: [...urls.map((url) => `${url}@url.path`), ...urls],
  namespace: urls.map((url) => `${url}@url.query.schema`),
});

/** The first URL that is there decides by its scheme. */
const byScheme = (schemes: string, opens: Opening): readonly CallSpec[] =>
  [
    ['!arg0.adapter', `arg0.datasourceUrl@url.scheme=${schemes}`],
    ['!arg0.adapter', '!arg0.datasourceUrl', `arg0.datasources.db.url@url.scheme=${schemes}`],
    ['!arg0.adapter', '!arg0.datasourceUrl', '!arg0.datasources.db.url', `env.DATABASE_URL@url.scheme=${schemes}`],
  ].map((when) => ({ call: 'new PrismaClient', when, returns: 'Prisma', opens, op: 'acquire', owes: 'prisma.$disconnect()' }));

export default {
  packages: ['@prisma/client', '.prisma/client', '@prisma/client/edge'],
  language: 'typescript',
  versions: '3-7',
  source: 'read in package types, @prisma/client 6.19.3 and 7.10.0; measured with @prisma/adapter-pg 7.10.1',
  tokens: ['prisma', 'Prisma'],
  types: { PrismaClient: 'Prisma', 'Prisma.TransactionClient': 'Prisma' },
  typeOpening: {
    kind: 'database',
    server: ['env.DATABASE_URL@url.host'],
    port: ['env.DATABASE_URL@url.port'],
    name: ['env.DATABASE_URL@url.path', 'env.DATABASE_URL'],
    namespace: ['env.DATABASE_URL@url.query.schema'],
  },
  calls: [
    ...byScheme('postgresql|postgres', database('postgresql')),
    ...byScheme('mysql|mariadb', database('mysql')),
    ...byScheme('file|sqlite', database('sqlite')),
    ...byScheme('mongodb|mongodb+srv', database('mongodb')),
    { call: 'new PrismaClient', otherwise: true, returns: 'Prisma', opens: database('database'), op: 'acquire', owes: 'prisma.$disconnect()' },
    { call: 'Prisma#$extends', returns: 'receiver' },
    { call: 'Prisma#$connect', op: 'acquire' },
    {
      call: on('Prisma', '*.create *.createMany *.createManyAndReturn *.update *.updateMany *.updateManyAndReturn *.upsert *.delete'),
      op: 'write',
      unit: ['member'],
    },
    { call: 'Prisma#*.deleteMany', when: ['!arg0.where.*'], op: 'wipe', wipes: 'unit', unit: ['member'] },
    { call: 'Prisma#*.deleteMany', otherwise: true, op: 'write', unit: ['member'] },
    { call: on('Prisma', '*.count *.findMany *.aggregate *.groupBy'), when: ['!arg0.where', '!arg0.take'], op: 'count', unit: ['member'] },
    { call: on('Prisma', '*.count *.findMany *.aggregate *.groupBy'), otherwise: true, op: 'read', unit: ['member'] },
    { call: on('Prisma', '*.findUnique *.findUniqueOrThrow *.findFirst *.findFirstOrThrow'), op: 'read', unit: ['member'] },
    { call: 'Prisma#$executeRaw|Prisma#$executeRawUnsafe', op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Prisma#$queryRaw|Prisma#$queryRawUnsafe', op: 'read', statement: { language: 'sql', in: 'arg0' } },
    { call: 'Prisma#$runCommandRaw', when: ['arg0.dropDatabase'], op: 'wipe', wipes: 'database' },
    { call: 'Prisma#$runCommandRaw', otherwise: true, op: 'write' },
    { call: 'Prisma#$transaction', scoped: { callback: 'arg0', param: 0 }, returns: 'Prisma' },
    { call: 'Prisma#$disconnect|Prisma#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
