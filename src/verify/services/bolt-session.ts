/** A session with a Neo4j server that asks for no password: enough to empty it and to ask about locks. */
import type { Target } from '../hub/messages.js';
import { MESSAGE, readMessage } from '../wire/bolt-messages.js';
import { readAgreement } from '../wire/bolt-handshake.js';
import { entry, pack, textOf, type Packed } from '../wire/packstream.js';
import { openLine } from './line.js';

export interface BoltSession {
  /** As the server says: `5.26.0`. */
  readonly version: string;
  /** Rows of a query whose columns are texts. */
  run(cypher: string): Promise<readonly (readonly string[])[]>;
  end(): void;
}

/** Bolt 4.4: all servers of the versions 4.4 and 5 speak it. */
export const OFFER = Buffer.from([0x60, 0x60, 0xb0, 0x17, 0, 0, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

interface Answer {
  readonly rows: readonly Packed[][];
  readonly last: Packed | undefined;
}

export async function openBolt(target: Target): Promise<BoltSession> {
  let isAgreed = false;
  const line = openLine<Answer, Packed[][]>(target, 'Neo4j', (incoming) => {
    isAgreed ||= readAgreement(incoming) !== undefined;
    if (!isAgreed) return;
    for (let message = readMessage(incoming); message; message = readMessage(incoming)) {
      const rows = line.current();
      const [first] = message.fields();
      if (message.kind === MESSAGE.RECORD) rows?.push(first as Packed[]);
      else line.settle(message.kind === MESSAGE.SUCCESS ? { rows: rows ?? [], last: first } : new Error(`Neo4j: ${textOf(entry(first, 'message'))}`));
    }
  });
  const ask = (kind: number, ...fields: Parameters<typeof pack>[0][]): Promise<Answer> => {
    const body = Buffer.concat([Buffer.from([0xb0 + fields.length, kind]), ...fields.map(pack)]);
    return line.ask([], Buffer.concat([Buffer.from([body.length >> 8, body.length & 0xff]), body, Buffer.from([0, 0])]));
  };

  line.send(OFFER);
  const { last } = await ask(MESSAGE.HELLO, { user_agent: 'isolation-audit', scheme: 'none' });
  return {
    version: textOf(entry(last, 'server')).replace('Neo4j/', ''),
    async run(cypher) {
      // What follows a failure is ignored until it is reset.
      const [, { rows }] = await Promise.all([ask(MESSAGE.RUN, cypher, {}, {}), ask(MESSAGE.PULL, { n: -1 })]).catch(async (error: unknown) => {
        await ask(MESSAGE.RESET);
        throw error;
      });
      return rows.map((row) => row.map(textOf));
    },
    end: line.end,
  };
}
