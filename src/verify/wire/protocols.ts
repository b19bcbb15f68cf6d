/** The protocol of each kind of service. */
import type { ServiceKind } from '../recording.js';
import { createBolt } from './bolt.js';
import { createMongodb } from './mongodb.js';
import { createMysql } from './mysql.js';
import { createPostgres } from './postgres.js';
import { createResp } from './resp.js';
import type { Wire } from './wire.js';

interface Protocol {
  /** `user`: who makes databases there, where that is not our own. */
  readonly create: (user: string | undefined) => Wire;
  /** The server says the first word of a connection. */
  readonly greets?: true;
}

export const PROTOCOLS: Readonly<Record<ServiceKind, Protocol>> = {
  redis: { create: createResp },
  postgres: { create: createPostgres },
  neo4j: { create: createBolt },
  mongodb: { create: createMongodb },
  mysql: { create: createMysql, greets: true },
};
