/** The protocol of MongoDB. A message is a frame with one command; what clients say to keep a connection alive has none. */
import { fieldsOf, numberOf, shownDocument, textOf } from './bson.js';
import { readMessage, type Message } from './mongodb-messages.js';
import { mongodbTouches } from './mongodb-touches.js';
import { Incoming, TLS_HANDSHAKE, Unreadable, framesIn, shortened, type Frame, type Said, type Wire } from './wire.js';

/** About the connection, not about what the server holds. */
const OF_THE_CONNECTION = /^(hello|isMaster|ismaster|ping|buildInfo|getParameter|sasl\w+|authenticate|logout|endSessions|killCursors|getnonce)$/;
/** What ends a transaction, in the words that all databases have for it. */
const ENDS: Readonly<Record<string, string>> = { commitTransaction: 'COMMIT', abortTransaction: 'ROLLBACK' };
/** Fields that every command can have, and that say nothing to people. */
const ENVELOPE = /^(lsid|txnNumber|autocommit|startTransaction|apiVersion|apiStrict|apiDeprecationErrors)$|^\$/;

const LONGEST_FIRST = 65_536;

interface Pending {
  readonly id: number;
  readonly isCommand: boolean;
  readonly isUnanswered: boolean;
}

export function createMongodb(): Wire {
  const incoming = new Incoming();
  const answered = new Incoming();
  const pending: Pending[] = [];
  let unit = 0;

  return {
    rest: () => incoming.rest(),
    *fromClient(data) {
      incoming.add(data);
      const all = incoming.all();
      // The length of a message stands first, and the first message is short.
      if (incoming.used === 0 && all[0] === TLS_HANDSHAKE && all.length >= 4 && all.readInt32LE(0) > LONGEST_FIRST) throw new Unreadable('TLS');
      yield* framesIn(incoming, () => readMessage(incoming), frameOf);
    },
    *fromServer(data) {
      answered.add(data);
      for (let message = readMessage(answered); message; message = readMessage(answered)) {
        const at = pending.findIndex(({ id }) => id === message.answers);
        // A server goes on telling how it is to who has asked once.
        if (at < 0) continue;
        for (const { isCommand, isUnanswered } of pending.splice(0, at + 1)) if (isCommand) yield { replies: [isUnanswered ? 'none' : replyIn(message)] };
      }
    },
  };

  function frameOf(message: Message): Omit<Frame, 'start'> {
    const { bytes, id, body, document, isUnanswered } = message;
    const fields = fieldsOf(body, document);
    const [name = ''] = fields.keys();
    const database = textOf(body, fields.get('$db')) ?? message.database ?? '';
    const isCommand = !OF_THE_CONNECTION.test(name);
    pending.push({ id, isCommand, isUnanswered });
    if (!isCommand) return { bytes, commands: [], database, unit: ++unit };
    const touches = mongodbTouches(name, fields, message).map(({ database: named, ...touch }) =>
      named === undefined || named === database ? touch : { ...touch, database: named },
    );
    const said: Said = {
      operation: ENDS[name] ?? name.toUpperCase(),
      touches,
      text: shortened(`${name} ${shownCommand(message, fields)}`),
      inTransaction: numberOf(body, fields.get('autocommit')) === 0,
    };
    return { bytes, commands: [said], database, unit: ++unit };
  }
}

/** The collection, then what the command says of it. */
function shownCommand({ body, document, sequences }: Message, fields: ReturnType<typeof fieldsOf>): string {
  const [name = ''] = fields.keys();
  const own = textOf(body, fields.get(name));
  const shown = [...fields.keys()].filter((each) => each !== name && !ENVELOPE.test(each));
  const lists = [...sequences].map(([list, [first]]) => (first === undefined ? '' : `${list}: ${shownDocument(body, first)}`));
  const whole = shown.length > 0 ? [shownDocument(body, document, (each) => shown.includes(each))] : [];
  return [...(own === undefined ? [] : [own]), ...whole, ...lists].join(' ');
}

/** Errors of single documents come with `ok: 1`. */
function replyIn({ body, document }: Message): 'ok' | 'error' {
  const fields = fieldsOf(body, document);
  return numberOf(body, fields.get('ok')) === 1 && !fields.has('writeErrors') ? 'ok' : 'error';
}
