/** Which keys, channels and databases a Redis command touches. Pure data and one reader of it. */
import type { Access, Touch } from '../recording.js';

/**
 * Where the keys stand, as the key specifications of `COMMAND` in Redis 7.0.15 say: `r1` reads the first argument, `w1..-1` writes all from the first
 * to the last, `/2` takes every other, `r#2` reads as many as the second argument says from the third on, `c` takes a key away.
 */
const SPECIFICATIONS: readonly (readonly [rule: string, commands: string])[] = [
  [
    'r1',
    'BITCOUNT BITFIELD_RO BITPOS DUMP EXPIRETIME GEODIST GEOHASH GEOPOS GEORADIUSBYMEMBER_RO GEORADIUS_RO GEOSEARCH GET GETBIT GETRANGE HEXISTS HGET HGETALL HKEYS HLEN HMGET HRANDFIELD HSCAN HSTRLEN HVALS LINDEX LLEN LPOS LRANGE PEXPIRETIME PTTL SCARD SISMEMBER SMEMBERS SMISMEMBER SRANDMEMBER SSCAN STRLEN SUBSTR TTL TYPE XLEN XPENDING XRANGE XREVRANGE ZCARD ZCOUNT ZLEXCOUNT ZMSCORE ZRANDMEMBER ZRANGE ZRANGEBYLEX ZRANGEBYSCORE ZRANK ZREVRANGE ZREVRANGEBYLEX ZREVRANGEBYSCORE ZREVRANK ZSCAN ZSCORE SORT_RO',
  ],
  ['r1..-1', 'EXISTS MGET SDIFF SINTER SUNION TOUCH WATCH PFCOUNT'],
  ['r1..2', 'LCS'],
  ['r2', 'MEMORY+USAGE OBJECT+ENCODING OBJECT+FREQ OBJECT+IDLETIME OBJECT+REFCOUNT XINFO+CONSUMERS XINFO+GROUPS XINFO+STREAM'],
  ['r#1', 'SINTERCARD ZDIFF ZINTER ZINTERCARD ZUNION'],
  ['r#2', 'EVALSHA_RO EVAL_RO FCALL_RO'],
  ['c1', 'GETDEL'],
  ['c1..-1', 'DEL UNLINK'],
  ['c1 w2', 'RENAME RENAMENX'],
  ['w1..-2', 'BLPOP BRPOP BZPOPMAX BZPOPMIN'],
  ['w1..-1/2', 'MSET MSETNX'],
  ['w1 w2', 'BLMOVE BRPOPLPUSH LMOVE RPOPLPUSH SMOVE'],
  ['w1 r2', 'GEOSEARCHSTORE ZRANGESTORE'],
  ['w1 r2..-1', 'PFMERGE SDIFFSTORE SINTERSTORE SUNIONSTORE'],
  ['w1 r#2', 'ZDIFFSTORE ZINTERSTORE ZUNIONSTORE'],
  ['w2', 'PFDEBUG XGROUP+CREATE XGROUP+CREATECONSUMER XGROUP+DELCONSUMER XGROUP+DESTROY XGROUP+SETID'],
  ['w2 r3..-1', 'BITOP'],
  ['w#1', 'LMPOP ZMPOP'],
  ['w#2', 'BLMPOP BZMPOP EVAL EVALSHA FCALL'],
  ['r1 w2', 'COPY'],
  [
    '',
    'ACL ASKING AUTH BGREWRITEAOF BGSAVE CLIENT CLUSTER COMMAND DISCARD ECHO EXEC FAILOVER HELLO INFO LASTSAVE LATENCY LOLWUT MEMORY MODULE MULTI OBJECT PING PUBSUB PUNSUBSCRIBE QUIT READONLY READWRITE REPLCONF REPLICAOF RESET ROLE SAVE SELECT SLAVEOF SLOWLOG SUNSUBSCRIBE TIME UNSUBSCRIBE UNWATCH WAIT WAITAOF XGROUP XINFO CONFIG SCRIPT FUNCTION DEBUG',
  ],
];

const RULES: ReadonlyMap<string, string> = new Map(
  SPECIFICATIONS.flatMap(([rule, commands]) => commands.split(' ').map((name) => [name.replace('+', ' '), rule] as const)),
);

/** Commands whose second word says what they do. */
const CONTAINERS = new Set('ACL CLIENT CLUSTER COMMAND CONFIG FUNCTION LATENCY MEMORY MODULE OBJECT PUBSUB SCRIPT SLOWLOG XGROUP XINFO'.split(' '));

const WHOLE: Readonly<Record<string, Pick<Touch, 'kind' | 'access'>>> = {
  FLUSHALL: { kind: 'server', access: 'clear' },
  SWAPDB: { kind: 'server', access: 'clear' },
  SHUTDOWN: { kind: 'server', access: 'clear' },
  FLUSHDB: { kind: 'keyspace', access: 'clear' },
  DBSIZE: { kind: 'keyspace', access: 'read' },
  RANDOMKEY: { kind: 'keyspace', access: 'read' },
  'CLIENT KILL': { kind: 'server', access: 'write' },
  'CONFIG SET': { kind: 'server', access: 'write' },
  'CONFIG RESETSTAT': { kind: 'server', access: 'write' },
  'SCRIPT FLUSH': { kind: 'server', access: 'write' },
  'FUNCTION FLUSH': { kind: 'server', access: 'write' },
  'FUNCTION RESTORE': { kind: 'server', access: 'write' },
};

const BLOCKING = new Set('BLPOP BRPOP BRPOPLPUSH BLMOVE BZPOPMIN BZPOPMAX BLMPOP BZMPOP WAIT WAITAOF'.split(' '));

/** `SET`, `CONFIG SET`. */
export function redisOperation(words: readonly string[]): string {
  const verb = (words[0] ?? '').toUpperCase();
  return CONTAINERS.has(verb) && words[1] !== undefined ? `${verb} ${words[1].toUpperCase()}` : verb;
}

/** It may wait on the server until somebody else does something. */
export function redisWaits(operation: string, words: readonly string[]): boolean {
  return BLOCKING.has(operation) || ((operation === 'XREAD' || operation === 'XREADGROUP') && indexOfWord(words, 'BLOCK', 1) > 0);
}

export function redisTouches(operation: string, words: readonly string[]): Touch[] {
  const whole = WHOLE[operation];
  if (whole) return [{ ...whole, name: '' }];
  switch (operation) {
    case 'KEYS':
      return [pattern(words[1])];
    case 'SCAN': {
      const match = indexOfWord(words, 'MATCH', 2);
      return [pattern(match < 0 ? undefined : words[match + 1])];
    }
    case 'PUBLISH':
    case 'SPUBLISH':
      return words[1] === undefined ? [] : [{ kind: 'channel', name: words[1], access: 'write' }];
    case 'SUBSCRIBE':
    case 'PSUBSCRIBE':
    case 'SSUBSCRIBE':
      return words.slice(1).map((name) => ({ kind: 'channel', name, access: 'read' }));
    case 'XREAD':
    case 'XREADGROUP':
      return streams(words, operation === 'XREAD' ? 'read' : 'write');
    case 'SORT':
    case 'GEORADIUS':
    case 'GEORADIUSBYMEMBER':
      return [...keysBy('r1', words), ...stored(words)];
    case 'MIGRATE':
      return keysBy('c3', words).filter(({ name }) => name !== '');
    default:
      // Most of the commands that are not listed, those of modules too, write the key that comes first.
      return keysBy(RULES.get(operation) ?? RULES.get(operation.split(' ')[0]!) ?? 'w1', words);
  }
}

const pattern = (text: string | undefined): Touch => ({ kind: 'keyspace', name: text === undefined || text === '*' ? '' : text, access: 'read' });

const ACCESS: Readonly<Record<string, Access>> = { r: 'read', w: 'write', c: 'clear' };
const RULE = /^([rwc])(#)?(\d+)(?:\.\.(-?\d+))?(?:\/(\d+))?$/;

interface Rule {
  readonly access: Access;
  /** A number of keys stands there, and they follow. */
  readonly counted: boolean;
  readonly at: number;
  readonly to: number | undefined;
  readonly step: number;
}
/** Read once: every command asks for them. */
const read = new Map<string, readonly Rule[]>();

function rulesIn(text: string): readonly Rule[] {
  let rules = read.get(text);
  if (!rules) {
    rules = text.split(' ').flatMap((rule) => {
      const [, access, counted, at, to, step] = RULE.exec(rule) ?? [];
      return access === undefined
        ? []
        : [{ access: ACCESS[access]!, counted: counted !== undefined, at: Number(at), to: to === undefined ? undefined : Number(to), step: Number(step ?? 1) }];
    });
    read.set(text, rules);
  }
  return rules;
}

function keysBy(rules: string, words: readonly string[]): Touch[] {
  const out: Touch[] = [];
  for (const { access, counted, at, to, step } of rulesIn(rules)) {
    const first = at + (counted ? 1 : 0);
    const end = counted ? first + (Number(words[at]) || 0) : to === undefined ? first + 1 : to < 0 ? words.length + to + 1 : to + 1;
    for (let index = first; index < Math.min(end, words.length); index += step) out.push({ kind: 'key', name: words[index]!, access });
  }
  return out;
}

/** `STREAMS key key id id`. */
function streams(words: readonly string[], access: Access): Touch[] {
  const at = indexOfWord(words, 'STREAMS', 1);
  if (at < 0) return [];
  const names = words.slice(at + 1);
  return names.slice(0, Math.floor(names.length / 2)).map((name) => ({ kind: 'key', name, access }));
}

function stored(words: readonly string[]): Touch[] {
  return words.flatMap((word, index) =>
    index > 1 && /^STORE(DIST)?$/i.test(word) && words[index + 1] !== undefined
      ? [{ kind: 'key' as const, name: words[index + 1]!, access: 'write' as const }]
      : [],
  );
}

const indexOfWord = (words: readonly string[], word: string, from: number): number =>
  words.findIndex((each, index) => index >= from && each.toUpperCase() === word);
