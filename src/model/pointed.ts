/**
 * Variables that the set-up of `isolation-audit/worker` points at databases of the worker, where they are set: those that hold a connection string, a name
 * with the server in others, the path of an SQLite file, or what stands before the keys of an application. The library asks more of the names, whose servers it
 * has to find; a test compares its own with these.
 */
export const POINTED = {
  strings: [
    'DATABASE_URL',
    'TEST_DATABASE_URL',
    'DB_URL',
    'POSTGRES_URL',
    'POSTGRESQL_URL',
    'PG_URL',
    'MYSQL_URL',
    'MARIADB_URL',
    'MONGO_URL',
    'MONGO_URI',
    'MONGODB_URL',
    'MONGODB_URI',
    'REDIS_URL',
    'TEST_REDIS_URL',
    'QUEUE_REDIS_URL',
    'VALKEY_URL',
  ],
  names: [
    'PGDATABASE',
    'POSTGRES_DB',
    'MYSQL_DATABASE',
    'MARIADB_DATABASE',
    'REDIS_DB',
    'MONGO_DB',
    'MONGO_DB_NAME',
    'MONGO_DATABASE',
    'MONGODB_DB',
    'MONGODB_DATABASE',
    'NEO4J_DATABASE',
    'DB_NAME',
    'DB_DATABASE',
  ],
  paths: ['SQLITE_PATH', 'SQLITE_FILE', 'DATABASE_PATH', 'DATABASE_FILE', 'DB_PATH', 'DB_FILE', 'DB_STORAGE'],
  prefixes: ['REDIS_PREFIX', 'REDIS_KEY_PREFIX'],
} as const;

/** All of them. */
export const pointedVariables: ReadonlyMap<string, 'database'> = new Map(
  [...POINTED.strings, ...POINTED.names, ...POINTED.paths, ...POINTED.prefixes].map((name) => [name, 'database']),
);

/** `isolation-audit/setup/jest` and its like: one line that points them. */
export const SETUP_LINE = /^isolation-audit\/setup\/[\w-]+$/;

/**
 * The database that PostgreSQL clients choose where the code names none: the one of the variable, else the one that is called like the user
 * (`pg` 8, `lib/connection-parameters.js`; `postgres` 3, `src/index.js`).
 */
export const UNNAMED_DATABASE = {
  name: '$USER',
  variable: 'PGDATABASE',
  users: "process.env.PGUSER ?? process.env.USER ?? process.env.USERNAME ?? 'postgres'",
} as const;
