/** What a MySQL server answers, counted without keeping it: which of its packets is the last about a command, and how that ended. */
import { CAN, greetingOf, lengthAt, readPacket, type Packet } from './mysql-packets.js';
import { Incoming, type Answer } from './wire.js';

export interface Asked {
  /** `results`: one or more, each with rows or without. `rows`: more of what was begun. `statement`: one that is prepared. `one`: a packet. */
  readonly answer: 'login' | 'results' | 'rows' | 'statement' | 'one';
  /** Commands that have a result each; nobody is told of an answer to none. */
  readonly commands: number;
  /** Under which number a statement is known from now on, and how many parameters it has. */
  readonly prepared?: (id: number, parameters: number) => void;
}

export interface MysqlReplies {
  expect(asked: Asked): void;
  hear(data: Buffer): Iterable<Answer>;
  /** What the client has said of itself at the beginning. */
  begin(capabilities: number): void;
  readonly session: number | undefined;
  /** Everything is answered, and this is what the server says of the transaction. */
  readonly inTransaction: boolean | undefined;
  /** The client sends a file, up to an empty packet. */
  loading: boolean;
  /** The client proves who it is. */
  readonly loggingIn: boolean;
}

/** Flags of the server's status. */
const IN_TRANSACTION = 1;
const MORE_RESULTS = 8;
const HAS_CURSOR = 64;
/** What packets begin with. */
const OK = 0;
const FILE = 0xfb;
const END = 0xfe;
const ERROR = 0xff;

type Expects = 'first' | 'columns' | 'rows' | 'definitions';
interface Pending extends Asked {
  expects: Expects;
  /** Packets still to come of a description. */
  left: number;
  readonly replies: Answer['replies'][number][];
}

export function mysqlReplies(): MysqlReplies {
  const incoming = new Incoming();
  const pending: Pending[] = [];
  let session: number | undefined;
  let deprecatesEof = false;
  let status = 0;
  let loading = false;

  return {
    get session() {
      return session;
    },
    get inTransaction() {
      return pending.length > 0 ? undefined : (status & IN_TRANSACTION) !== 0;
    },
    get loading() {
      return loading;
    },
    set loading(value) {
      loading = value;
    },
    get loggingIn() {
      return pending[0]?.answer === 'login';
    },
    begin(capabilities) {
      deprecatesEof = (capabilities & CAN.DEPRECATE_EOF) !== 0;
    },
    expect(asked) {
      pending.push({ ...asked, expects: asked.answer === 'rows' ? 'rows' : 'first', left: 0, replies: [] });
    },
    *hear(data) {
      incoming.add(data);
      for (let next = readPacket(incoming); next; next = readPacket(incoming)) {
        if (session === undefined) session = next.body[0] === ERROR ? 0 : greetingOf(next.body).session;
        // Without a question: the server ends the session, and says why.
        else if (pending[0] && isOver(pending[0], next)) {
          const { commands, replies } = pending.shift()!;
          if (commands > 0) yield { replies: Array.from({ length: commands }, (_, index) => replies[index] ?? 'none') };
        }
      }
    },
  };

  /** Whether this packet is the last about a command. */
  function isOver(current: Pending, { body }: Packet): boolean {
    const head = body[0];
    if (head === ERROR && current.expects !== 'columns' && current.expects !== 'definitions') return ended(current, 'error');
    switch (current.expects) {
      case 'first':
        return isOverAtOnce(current, body);
      case 'definitions':
        return --current.left === 0;
      case 'columns':
        if (--current.left > 0) return false;
        current.expects = 'rows';
        // A cursor's rows come when they are asked for.
        return !deprecatesEof && (readEnd(body) & HAS_CURSOR) !== 0 && isLast(current);
      case 'rows':
        return head === END && body.length < (deprecatesEof ? 0xffffff : 9) && (readEnd(body), isLast(current));
    }
  }

  function isOverAtOnce(current: Pending, body: Buffer): boolean {
    const head = body[0];
    switch (current.answer) {
      case 'login':
        return head === OK && (readOk(body), ended(current, 'ok'));
      case 'one':
        if (head === OK && body.length >= 7) readOk(body);
        return ended(current, 'ok');
      case 'statement': {
        const [columns, parameters] = [body.readUInt16LE(5), body.readUInt16LE(7)];
        current.prepared?.(body.readUInt32LE(1), parameters);
        for (const each of [columns, parameters]) current.left += each > 0 ? each + (deprecatesEof ? 0 : 1) : 0;
        current.expects = 'definitions';
        return current.left === 0;
      }
      default:
        if (head === OK) {
          readOk(body);
          return isLast(current);
        }
        if (head === FILE) loading = true;
        else {
          current.expects = 'columns';
          current.left = lengthAt(body, 0)[0] + (deprecatesEof ? 0 : 1);
        }
        return false;
    }
  }

  /** One result is there; others may follow. */
  function isLast(current: Pending): boolean {
    current.expects = 'first';
    return ended(current, 'ok') && (status & MORE_RESULTS) === 0;
  }

  /** `CALL` has more results than there are statements. */
  function ended({ replies, commands }: Pending, reply: 'ok' | 'error'): true {
    if (replies.length < commands) replies.push(reply);
    else if (reply === 'error') replies[commands - 1] = reply;
    return true;
  }

  function readOk(body: Buffer): void {
    status = body.readUInt16LE(lengthAt(body, lengthAt(body, 1)[1])[1]);
  }

  /** Behind rows: in the form of an OK packet, where both sides can; else warnings, then the status. */
  function readEnd(body: Buffer): number {
    if (deprecatesEof) readOk(body);
    else status = body.readUInt16LE(3);
    return status;
  }
}
