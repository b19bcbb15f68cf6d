/** A session with a Neo4j server that asks for no password: enough to empty it and to ask about locks. */
import { connect } from 'node:net';
import type { Target } from '../hub/messages.js';
import { MESSAGE, readMessage } from '../wire/bolt-messages.js';
import { readAgreement } from '../wire/bolt-handshake.js';
import { entry, pack, textOf, type Packed } from '../wire/packstream.js';
import { Incoming } from '../wire/wire.js';

export interface BoltSession {
  /** As the server says: `5.26.0`. */
  readonly version: string;
  /** Rows of a query whose columns are texts. */
  run(cypher: string): Promise<readonly (readonly string[])[]>;
  end(): void;
}

/** Bolt 4.4: all servers of the versions 4.4 and 5 speak it. */
const OFFER = Buffer.from([0x60, 0x60, 0xb0, 0x17, 0, 0, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

interface Asked {
  readonly rows: Packed[][];
  readonly done: (error: Error | undefined, last: Packed | undefined) => void;
}

export async function openBolt(target: Target): Promise<BoltSession> {
  const socket = connect(target);
  const incoming = new Incoming();
  const queue: Asked[] = [];
  let broken: Error | undefined;
  let isAgreed = false;

  const fail = (error: Error): void => {
    broken ??= error;
    for (const each of queue.splice(0)) each.done(broken, undefined);
  };
  const ask = (kind: number, ...fields: Parameters<typeof pack>[0][]): Promise<{ readonly rows: Packed[][]; readonly last: Packed | undefined }> =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      const rows: Packed[][] = [];
      queue.push({ rows, done: (error, last) => (error ? reject(error) : resolve({ rows, last })) });
      const body = Buffer.concat([Buffer.from([0xb0 + fields.length, kind]), ...fields.map(pack)]);
      socket.write(Buffer.concat([Buffer.from([body.length >> 8, body.length & 0xff]), body, Buffer.from([0, 0])]));
    });
  socket.on('data', (data) => {
    incoming.add(data);
    isAgreed ||= readAgreement(incoming) !== undefined;
    if (!isAgreed) return;
    for (let message = readMessage(incoming); message; message = readMessage(incoming)) {
      const [first] = message.fields();
      if (message.kind === MESSAGE.RECORD) queue[0]?.rows.push(first as Packed[]);
      else queue.shift()?.done(message.kind === MESSAGE.SUCCESS ? undefined : new Error(`Neo4j: ${textOf(entry(first, 'message'))}`), first);
    }
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The Neo4j server has closed the connection.')));

  socket.write(OFFER);
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
    end: () => socket.destroy(),
  };
}
