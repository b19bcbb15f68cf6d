import type { Statement } from '../../model/catalogue.js';
import { HOLE, joinParts } from './text.js';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const READS = set(
  'GET GETRANGE STRLEN EXISTS TTL PTTL TYPE HGET HMGET HGETALL HKEYS HVALS HLEN HEXISTS HSCAN LLEN LRANGE LINDEX LPOS SCARD SMEMBERS SISMEMBER SMISMEMBER SRANDMEMBER SSCAN ZRANGE ZRANGEBYSCORE ZREVRANGE ZSCORE ZRANK ZCARD ZCOUNT ZSCAN XLEN XRANGE XREVRANGE XREAD BITCOUNT GETBIT BITPOS PFCOUNT GEOPOS GEODIST OBJECT DUMP SUBSCRIBE PSUBSCRIBE SSUBSCRIBE SUBSTR',
);
const NONE = set(
  'PING ECHO AUTH HELLO INFO TIME COMMAND CLIENT LATENCY MEMORY WAIT ROLE MONITOR QUIT RESET MULTI EXEC DISCARD WATCH UNWATCH READONLY UNSUBSCRIBE PUNSUBSCRIBE',
);
const NO_KEY = set('MSET MSETNX EVAL EVALSHA FCALL MGET');

/** What one Redis command does: `FLUSHALL`, `SET key value`. */
export function classifyRedis(parts: readonly (string | null)[]): Statement[] {
  const words = joinParts(parts)
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const command = words[0];
  if (command === undefined || command.includes(HOLE)) return [];
  const verb = command.toUpperCase();
  const second = words[1]?.toUpperCase();
  const key = words[1] !== undefined && !words[1].includes(HOLE) ? { unit: words[1].replace(/^(['"])(.*)\1$/, '$2') } : {};
  if (NONE.has(verb) && !(verb === 'CLIENT' && second === 'KILL')) return [];
  switch (verb) {
    case 'FLUSHALL':
    case 'SWAPDB':
    case 'SHUTDOWN':
    case 'DEBUG':
    case 'CLIENT':
      return [{ op: 'wipe', wipes: 'server' }];
    case 'FLUSHDB':
      return [{ op: 'wipe', wipes: 'database' }];
    case 'SCRIPT':
    case 'FUNCTION':
      return second === 'FLUSH' ? [{ op: 'mutate', note: 'scripts' }] : [];
    case 'CONFIG':
      return second === 'SET' || second === 'RESETSTAT' ? [{ op: 'mutate', note: 'settings' }] : [];
    case 'ACL':
      return second === 'SETUSER' || second === 'DELUSER' ? [{ op: 'mutate', note: 'users' }] : [];
    case 'KEYS':
      return [words[1] === '*' ? { op: 'count', note: 'all keys' } : { op: 'read', ...key }];
    case 'DBSIZE':
    case 'RANDOMKEY':
      return [{ op: 'count', note: 'all keys' }];
    case 'SCAN':
      return [words.some((word) => word.toUpperCase() === 'MATCH') ? { op: 'read' } : { op: 'count', note: 'all keys' }];
    case 'SELECT':
      return [{ op: 'acquire', names: 'database', ...key, note: 'select' }];
    default:
      return [{ op: READS.has(verb) || verb === 'MGET' ? 'read' : 'write', ...(NO_KEY.has(verb) ? {} : key) }];
  }
}
