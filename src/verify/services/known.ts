/** Where clients look for a service when nobody tells them. */
import type { ServiceKind } from '../recording.js';

export const PORTS: Readonly<Record<ServiceKind, number>> = { redis: 6379, postgres: 5432, mysql: 3306, mongodb: 27017, neo4j: 7687 };

/** Patterns of socket files, for the preload. */
export const SOCKETS: Readonly<Record<ServiceKind, string>> = {
  redis: String.raw`redis[^/]*\.sock$`,
  postgres: String.raw`\.s\.PGSQL\.\d+$`,
  mysql: String.raw`mysqld?[^/]*\.sock$`,
  mongodb: String.raw`mongodb-\d+\.sock$`,
  neo4j: String.raw`neo4j[^/]*\.sock$`,
};
