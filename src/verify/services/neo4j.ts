/** The graph of a Neo4j server during a run. The Community edition has one database, so each run begins with it empty. */
import type { HubService, Target } from '../hub/messages.js';
import { openBolt, type BoltSession } from './bolt-session.js';
import type { Holdings } from './holdings.js';

/** Whether there is a node in it. */
export async function neo4jHolds(target: Target): Promise<boolean> {
  const session = await openBolt(target);
  const rows = await session.run('MATCH (n) RETURN 1 LIMIT 1');
  session.end();
  return rows.length > 0;
}

export async function neo4jGraph({ target }: HubService): Promise<Holdings> {
  const session = await openBolt(target);
  // Somebody else must be able to ask while the graph is being emptied.
  const locks = await openBolt(target);
  return {
    version: session.version,
    async empty() {
      await session.run('MATCH (n) DETACH DELETE n');
      await dropAll(session, 'CONSTRAINT', 'SHOW CONSTRAINTS YIELD name');
      // Those that look labels up belong to the server.
      await dropAll(session, 'INDEX', "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name");
    },
    async blockers(sessions) {
      const rows = await locks.run('SHOW TRANSACTIONS YIELD transactionId, connectionId, status');
      const numbers = new Map(rows.map(([transaction, connection]) => [transaction, Number(/\d+$/.exec(connection!)?.[0])]));
      return new Map(
        rows.flatMap(([transaction, , status]) => {
          const waits = numbers.get(transaction);
          // `Blocked by: [neo4j-transaction-12]`.
          const others = status?.startsWith('Blocked') ? (status.match(/[\w.-]+-transaction-\d+/g) ?? []) : [];
          return waits !== undefined && sessions.includes(waits) ? [[waits, others.flatMap((each) => numbers.get(each) ?? [])] as const] : [];
        }),
      );
    },
  };
}

async function dropAll(session: BoltSession, what: string, names: string): Promise<void> {
  for (const [name] of await session.run(names)) await session.run(`DROP ${what} \`${name!.replaceAll('`', '``')}\` IF EXISTS`);
}
