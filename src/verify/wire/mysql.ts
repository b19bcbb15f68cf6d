/**
 * The protocol of MySQL and MariaDB, version 10. The server speaks first, and is made to say that it can neither encrypt nor compress; whoever logs in is
 * let in as a user without a password. One command is one frame, with a command in it for each statement; what is only prepared is none.
 */
import type { Touch } from '../recording.js';
import { readChangeOfUser, readLogin, ROOT, withoutPassword } from './mysql-login.js';
import { plainGreeting, readPacket, type Packet } from './mysql-packets.js';
import { parametersIn, type PreparedParameters } from './mysql-parameters.js';
import { mysqlReplies, type Asked } from './mysql-replies.js';
import { readStatement, type StatementReading } from './sql.js';
import { Incoming, TLS_HANDSHAKE, Unreadable, framesIn, shortened, type Frame, type Said, type Wire } from './wire.js';

/** What a command's first byte says. */
const COM = {
  QUIT: 1,
  INIT_DB: 2,
  QUERY: 3,
  FIELD_LIST: 4,
  PROCESS_INFO: 10,
  CHANGE_USER: 17,
  BINLOG_DUMP: 18,
  REGISTER_SLAVE: 21,
  PREPARE: 22,
  EXECUTE: 23,
  LONG_DATA: 24,
  CLOSE: 25,
  FETCH: 28,
  BINLOG_DUMP_GTID: 30,
  RESET_CONNECTION: 31,
  BULK_EXECUTE: 250,
} as const;
/** Create and drop a database, refresh, statistics, kill, debug, ping, reset a statement, set an option. */
const ANSWERED_AT_ONCE = new Set<number>([5, 6, 7, 9, 12, 13, 14, 26, 27]);
/** MariaDB 10.2: the statement that was prepared last, whatever its number will be. */
const LAST = 0xffffffff;

interface Prepared extends PreparedParameters {
  readonly reading: readonly StatementReading[];
}

export function createMysql(own = ROOT): Wire {
  const greeting = new Incoming();
  const incoming = new Incoming();
  const replies = mysqlReplies();
  const statements = new Map<number, Prepared>();
  let last: Prepared | undefined;
  let isGreeted = false;
  let isLoggedIn = false;
  let database = '';
  let inTransaction = false;
  let unit = 0;

  return {
    session: () => replies.session,
    rest: () => incoming.rest(),
    toClient(data) {
      if (isGreeted) return data;
      greeting.add(data);
      const first = readPacket(greeting);
      if (!first) return Buffer.alloc(0);
      isGreeted = true;
      return Buffer.concat([plainGreeting(first), greeting.rest()]);
    },
    *fromClient(data) {
      incoming.add(data);
      if (!isLoggedIn && incoming.all()[0] === TLS_HANDSHAKE && incoming.all()[1] === 3) throw new Unreadable('TLS');
      yield* framesIn(incoming, () => readPacket(incoming), frameOf);
    },
    fromServer: (data) => replies.hear(data),
  };

  function frameOf(next: Packet): Omit<Frame, 'start'> {
    const passes = { bytes: next.bytes, commands: [], database, unit };
    if (!isLoggedIn) {
      const { user, capabilities, ...login } = readLogin(next, own);
      isLoggedIn = true;
      replies.begin(capabilities);
      replies.expect({ answer: 'login', commands: 0 });
      database = login.database.toLowerCase();
      return { ...passes, database, bytes: login.bytes, ...(database === '' ? {} : { needs: { user, database: login.database } }) };
    }
    if (replies.loading) {
      replies.loading = next.body.length > 0;
      return passes;
    }
    if (replies.loggingIn) return { ...passes, bytes: withoutPassword(next) };
    return command(next, passes);
  }

  function command(next: Packet, passes: Omit<Frame, 'start'>): Omit<Frame, 'start'> {
    const { body } = next;
    const code = body[0] ?? 0;
    const ask = (answer: Asked['answer'], commands: readonly Said[] = [], prepared?: Asked['prepared']): Omit<Frame, 'start'> => {
      replies.expect({ answer, commands: commands.length, ...(prepared ? { prepared } : {}) });
      return { ...passes, commands, unit: ++unit };
    };
    if (ANSWERED_AT_ONCE.has(code)) return ask('one');
    switch (code) {
      case COM.QUIT:
      case COM.LONG_DATA:
        return passes;
      case COM.CLOSE:
        statements.delete(body.readUInt32LE(1));
        return passes;
      case COM.INIT_DB: {
        const said: Said = { operation: 'USE', touches: [], text: shortened(`USE ${body.toString('utf8', 1)}`), inTransaction };
        database = body.toString('utf8', 1).toLowerCase();
        return ask('one', [said]);
      }
      case COM.RESET_CONNECTION:
        statements.clear();
        return ask('one');
      case COM.CHANGE_USER: {
        const { user, database: named, bytes } = readChangeOfUser(next, own);
        statements.clear();
        database = named.toLowerCase();
        return { ...ask('login'), bytes, ...(named === '' ? {} : { needs: { user, database: named } }) };
      }
      case COM.QUERY:
        return ask('results', saidBy(readStatement(body.toString('utf8', 1), 'mysql'), []));
      case COM.PREPARE: {
        const prepared = { reading: readStatement(body.toString('utf8', 1), 'mysql'), types: Buffer.alloc(0), count: 0 };
        last = prepared;
        return ask('statement', [], (id, count) => statements.set(id, Object.assign(prepared, { count })));
      }
      case COM.EXECUTE:
      case COM.BULK_EXECUTE: {
        const id = body.readUInt32LE(1);
        const prepared = id === LAST ? last : statements.get(id);
        if (!prepared) return ask('results');
        return ask('results', saidBy(prepared.reading, code === COM.EXECUTE ? parametersIn(body, prepared) : []));
      }
      case COM.FIELD_LIST:
      case COM.FETCH:
        return ask('rows');
      case COM.PROCESS_INFO:
        return ask('results');
      case COM.BINLOG_DUMP:
      case COM.BINLOG_DUMP_GTID:
      case COM.REGISTER_SLAVE:
        throw new Unreadable('replication');
      default:
        throw new Unreadable(`command ${code}`);
    }
  }

  function saidBy(reading: readonly StatementReading[], parameters: readonly string[]): Said[] {
    const begin = database;
    inTransaction = replies.inTransaction ?? inTransaction;
    const shown = parameters.length > 0 ? ` [${parameters.join(', ')}]` : '';
    return reading.map(({ operation, touches, text, transaction, uses }): Said => {
      if (transaction === 'begins') inTransaction = true;
      const said = { operation, touches: touches.flatMap((each) => placed(each, database, begin)), text: shortened(text + shown), inTransaction };
      if (transaction === 'ends') inTransaction = false;
      if (uses !== undefined) database = uses.toLowerCase();
      return said;
    });
  }
}

/**
 * A touch where it is: `shop.orders` in the database `shop`, what stands behind `USE shop` too. Whether two names that differ in case are one depends on
 * the server's disk, so they count as one. A schema is a database, and `@name` is the session's own.
 */
function placed({ kind, name, access }: Touch, current: string, begin: string): readonly Touch[] {
  const lower = name.toLowerCase();
  if (lower.startsWith('@')) return [];
  if (kind === 'schema' || kind === 'database') return [{ kind: 'database', name: lower === '' && current !== begin ? current : lower, access }];
  if (kind !== 'table') return [{ kind, name, access }];
  const [, named = current, table = ''] = /^(?:([^.]+)\.)?(.+)$/s.exec(lower) ?? [];
  return [{ kind, name: table, access, ...(named === begin ? {} : { database: named }) }];
}
