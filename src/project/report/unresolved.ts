import type { Claim, ResourceKind } from '../../model/claims.js';
import { uniquePer } from '../../model/names.js';
import type { FileStory } from '../../model/suite.js';

/** Servers in which a name keeps tests apart, as a reader calls them. */
const SERVERS: Partial<Record<ResourceKind, string>> = {
  postgresql: 'PostgreSQL database',
  mysql: 'MySQL database',
  mongodb: 'MongoDB database',
  neo4j: 'Neo4j database',
  clickhouse: 'ClickHouse database',
  cassandra: 'Cassandra keyspace',
  database: 'database',
};

/**
 * Why nobody can say whether a file shares its database: it writes to one whose name and server were not found out, and has none that is
 * surely its own.
 */
export function unresolvedDatabases(story: FileStory): string[] {
  const kinds = new Set<ResourceKind>();
  for (const claim of story.claims)
    if (
      SERVERS[claim.resource.kind] &&
      CHANGES.has(claim.op) &&
      isUnresolved(claim) &&
      !story.claims.some((each) => each.resource.kind === claim.resource.kind && isOwn(each))
    )
      kinds.add(claim.resource.kind);
  return [...kinds].map((kind) => `it writes to a ${SERVERS[kind]} whose name is not known`);
}

const CHANGES: ReadonlySet<Claim['op']> = new Set(['write', 'wipe', 'create', 'mutate']);
const parts = ({ resource: { server, name, namespace } }: Claim): (ReturnType<typeof uniquePer> | undefined)[] =>
  [server, name, namespace].map((each) => each && uniquePer(each));
const isOwn = (claim: Claim): boolean => parts(claim).some((per) => per === 'worker' || per === 'file' || per === 'test' || per === 'call');
const isUnresolved = (claim: Claim): boolean => uniquePer(claim.resource.name) === 'unknown';
