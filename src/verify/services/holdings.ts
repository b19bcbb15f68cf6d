/** What the servers of a laboratory hold, from run to run. */
import type { HubService } from '../hub/messages.js';
import type { ServiceKind } from '../recording.js';
import type { Needs } from '../wire/wire.js';
import { mongodbDatabases } from './mongodb.js';
import { mysqlDatabases } from './mysql.js';
import { neo4jGraph } from './neo4j.js';
import { postgresDatabases } from './postgres.js';
import { redisKeys } from './redis.js';

export interface Holdings {
  /** As the server says: `7.0.15`. */
  readonly version: string;
  /** Takes away what tests have made. */
  empty(): Promise<void>;
  /** Makes the user and the database of a session, where they are not there. */
  prepare?(needs: Needs): Promise<void>;
  /** What stands now is what each later run begins with. */
  keep?(): Promise<void>;
  /** Which sessions each of these waits for. */
  blockers?(sessions: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>>;
}

const OPENERS: Readonly<Record<ServiceKind, (service: HubService) => Promise<Holdings>>> = {
  redis: redisKeys,
  postgres: postgresDatabases,
  mysql: mysqlDatabases,
  neo4j: neo4jGraph,
  mongodb: mongodbDatabases,
};

export const openHoldings = (service: HubService): Promise<Holdings> => OPENERS[service.kind](service);
