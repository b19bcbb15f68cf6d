import type { CallSpec } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// The commands, spelled as node-redis spells them.
const WRITES = [
  'set setEx pSetEx setNX getSet getDel getEx setRange append incr incrBy incrByFloat decr decrBy',
  'del unlink expire pExpire expireAt pExpireAt persist rename renameNX restore',
  'hSet hmset hSetNX hIncrBy hIncrByFloat hDel',
  'lPush rPush lPushX rPushX lPop rPop lRem lSet lTrim lInsert blPop brPop lMove rPopLPush',
  'sAdd sRem sPop sMove',
  'zAdd zRem zIncrBy zPopMin zPopMax zRemRangeByScore zRemRangeByRank',
  'xAdd xDel xTrim xAck xGroup xReadGroup',
  'pfAdd pfMerge geoAdd setBit bitOp copy move sort',
].join(' ');
const READS = [
  'get getRange strLen mGet exists ttl pTTL type',
  'hGet hmGet hGetAll hKeys hVals hLen hExists',
  'lLen lRange lIndex',
  'sCard sMembers sIsMember sRandMember sInter sUnion sDiff',
  'zRange zRangeByScore zrevrange zScore zRank zCard zCount',
  'xLen xRange xRead pfCount geoPos bitCount getBit object dump',
  'sScan hScan zScan',
].join(' ');

/** Commands as ioredis spells them: `setEx` is `setex`. */
export const inSmallLetters = (commands: string): string => commands.toLowerCase();

/** The commands of Redis as methods of a handle type; `spelled` turns the commands into the names that the client gives them. */
export function redisCommands(type: string, spelled: (commands: string) => string): readonly CallSpec[] {
  const command = (commands: string): string => on(type, spelled(commands));
  return [
    { call: command(WRITES), op: 'write', unit: ['arg0'] },
    { call: command('mSet mSetNX'), op: 'write' },
    { call: command('publish sPublish'), op: 'write', unit: ['arg0'] },
    { call: command('subscribe pSubscribe sSubscribe'), op: 'read', unit: ['arg0'] },
    { call: command('eval evalSha fCall'), op: 'write' },
    { call: command(READS), op: 'read', unit: ['arg0'] },
    { call: command('keys'), when: ['arg0=*'], op: 'count' },
    { call: command('keys'), otherwise: true, op: 'read', unit: ['arg0'] },
    { call: command('dbSize randomKey'), op: 'count' },
    { call: command('scan'), op: 'read' },
    { call: command('flushAll'), op: 'wipe', wipes: 'server' },
    { call: command('flushDb'), op: 'wipe', wipes: 'database' },
    { call: command('swapDb'), op: 'wipe', wipes: 'server' },
    { call: command('select'), narrows: { name: ['arg0'] }, returns: 'receiver' },
  ];
}

/** The same for a pipeline, where each command gives the pipeline back. */
export const pipelinedCommands = (type: string, spelled: (commands: string) => string): readonly CallSpec[] =>
  redisCommands(type, spelled).map((spec) => ({ ...spec, returns: 'receiver' }));
