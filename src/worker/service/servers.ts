/** The servers on which databases have names, and what a run does on each. */
import { createMongodb, dropMongodb, sweepMongodb } from './mongodb.js';
import { createMysql, dropMysql, sweepMysql } from './mysql.js';
import { createNeo4j, dropNeo4j, sweepNeo4j } from './neo4j.js';
import { createPostgres, dropPostgres, sweepPostgres } from './postgres.js';
import type { CreateDatabase, ServerKind } from './requests.js';

interface Server {
  /** Makes a database, if it is not there. */
  readonly make: (request: CreateDatabase) => Promise<void>;
  readonly drop: (url: string, from: string, names: readonly string[]) => Promise<void>;
  /** Drops what runs that are over have left. */
  readonly sweep: (url: string, from: string) => Promise<void>;
}

export const SERVERS: Readonly<Record<ServerKind, Server>> = {
  postgres: { make: createPostgres, drop: dropPostgres, sweep: sweepPostgres },
  mysql: { make: createMysql, drop: dropMysql, sweep: sweepMysql },
  mongodb: { make: createMongodb, drop: dropMongodb, sweep: sweepMongodb },
  neo4j: { make: createNeo4j, drop: dropNeo4j, sweep: sweepNeo4j },
};
