/**
 * The protocol of Neo4j, Bolt 4 and 5. A message is a frame; those that run a query, begin or end a transaction have a command in them. A query is answered
 * when its last row is: the server works while rows are asked for.
 */
import { readAgreement, readChoice, readOffer } from './bolt-handshake.js';
import { MESSAGE, readMessage, type Message } from './bolt-messages.js';
import { readQuery } from './cypher.js';
import { entry, textOf, type Packed } from './packstream.js';
import { Incoming, framesIn, shortened, type Answer, type Frame, type Said, type Wire } from './wire.js';

/** The one database of the Community edition; it serves who names none. */
const HOME = 'neo4j';

/** A command that has been sent. */
interface Sent {
  /** Nothing while rows are to come. */
  reply: Answer['replies'][number] | undefined;
  /** Its number within the transaction. */
  query: number | undefined;
}

/** A message that waits for its answer, and the command that it is about. */
interface Pending {
  readonly kind: number;
  readonly about: Sent | undefined;
}

export function createBolt(): Wire {
  const incoming = new Incoming();
  const answered = new Incoming();
  const pending: Pending[] = [];
  /** Commands without an answer yet, in order. */
  const sent: Sent[] = [];
  let stage: 'offer' | 'choice' | 'talk' = 'offer';
  let isAgreed = false;
  let last: Sent | undefined;
  let database = HOME;
  let inTransaction = false;
  let unit = 0;
  let session: number | undefined;

  return {
    session: () => session,
    rest: () => incoming.rest(),
    *fromClient(data) {
      incoming.add(data);
      while (stage !== 'talk') {
        const start = incoming.used;
        const bytes = stage === 'offer' ? readOffer(incoming) : readChoice(incoming);
        if (!bytes) return;
        stage = 'talk';
        yield { bytes, start, commands: [], database, unit };
      }
      yield* framesIn(incoming, () => readMessage(incoming), frameOf);
    },
    *fromServer(data) {
      answered.add(data);
      if (!isAgreed) {
        const agreement = readAgreement(answered);
        if (!agreement) return;
        isAgreed = true;
        if (agreement === 'manifest') stage = 'choice';
      }
      for (let message = readMessage(answered); message; message = readMessage(answered)) {
        if (message.kind === MESSAGE.RECORD) continue;
        const asked = pending.shift();
        if (asked) settle(asked, message);
        while (sent[0]?.reply !== undefined) yield { replies: [sent.shift()!.reply!] };
      }
    },
  };

  function frameOf(message: Message): Omit<Frame, 'start'> {
    const { kind, bytes } = message;
    const passes = { bytes, commands: [], database, unit: ++unit };
    switch (kind) {
      case MESSAGE.GOODBYE:
        return passes;
      case MESSAGE.RUN: {
        const [query, parameters, extra] = message.fields();
        const cypher = textOf(query);
        if (!inTransaction) database = databaseIn(extra);
        const { operation, touches } = readQuery(cypher);
        const said: Said = { operation, touches, text: shortened(`${cypher}${shown(parameters)}`), inTransaction };
        last = ask(kind, true);
        return { ...passes, database, commands: [said] };
      }
      case MESSAGE.PULL:
      case MESSAGE.DISCARD: {
        const query = numberIn(message.fields()[0], 'qid');
        pending.push({ kind, about: query === undefined || query < 0 ? last : (sent.find((each) => each.query === query) ?? last) });
        return passes;
      }
      case MESSAGE.BEGIN:
        database = databaseIn(message.fields()[0]);
        inTransaction = true;
        return { ...passes, database, commands: [transaction(kind, 'BEGIN')] };
      case MESSAGE.COMMIT:
      case MESSAGE.ROLLBACK: {
        const said = transaction(kind, kind === MESSAGE.COMMIT ? 'COMMIT' : 'ROLLBACK');
        inTransaction = false;
        return { ...passes, commands: [said] };
      }
      case MESSAGE.RESET:
        inTransaction = false;
    }
    ask(kind, false);
    return passes;
  }

  function transaction(kind: number, operation: string): Said {
    ask(kind, true);
    return { operation, touches: [], text: operation, inTransaction: true };
  }

  function ask(kind: number, isCommand: boolean): Sent | undefined {
    const about: Sent | undefined = isCommand ? { reply: undefined, query: undefined } : undefined;
    if (about) sent.push(about);
    pending.push({ kind, about });
    return about;
  }

  function settle({ kind, about }: Pending, { kind: answer, fields }: Message): void {
    // `bolt-12`.
    if (kind === MESSAGE.HELLO) session = Number(/\d+$/.exec(textOf(entry(fields()[0], 'connection_id')))?.[0] ?? 0);
    const reply = answer === MESSAGE.SUCCESS ? 'ok' : answer === MESSAGE.FAILURE ? 'error' : 'none';
    if (kind === MESSAGE.RUN && reply === 'ok') about!.query = numberIn(fields()[0], 'qid');
    else if ((kind === MESSAGE.PULL || kind === MESSAGE.DISCARD) && reply === 'ok' && entry(fields()[0], 'has_more') === true) return;
    else if (about) about.reply ??= reply;
    // What nobody has read to its end is over with its transaction, or with all that went on.
    if (kind === MESSAGE.COMMIT || kind === MESSAGE.ROLLBACK || kind === MESSAGE.RESET) endQueriesBefore(about);
  }

  function endQueriesBefore(about: Sent | undefined): void {
    for (const each of sent) {
      if (each === about) return;
      // What was sent behind a RESET has a question of its own.
      if (pending.some(({ about: other }) => other === each)) return;
      each.reply ??= 'ok';
    }
  }
}

const databaseIn = (extra: Packed | undefined): string => textOf(entry(extra, 'db')) || HOME;
const numberIn = (map: Packed | undefined, name: string): number | undefined => {
  const value = entry(map, name);
  return typeof value === 'number' ? value : undefined;
};

/** Parameters for people. */
function shown(parameters: Packed | undefined): string {
  const text = JSON.stringify(parameters ?? {});
  return text === '{}' ? '' : ` ${text.slice(0, 200)}`;
}
