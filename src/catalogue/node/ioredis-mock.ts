import type { LibraryEntry } from '../../model/catalogue.js';

// Instances with one host and port share data inside the process; nothing leaves it.
export default {
  packages: ['ioredis-mock', 'redis-mock', 'fakeredis'],
  language: 'typescript',
  versions: '8.x',
  source: 'measured with ioredis-mock 8.13',
  tokens: ['ioredis-mock', 'redis-mock', 'fakeredis'],
  typeOpening: { kind: 'redis', isolated: 'memory' },
  calls: [
    {
      call: 'new default|default|new Cluster|new default.Cluster|createClient|default.createClient|new Redis',
      returns: 'Redis',
      opens: { kind: 'redis', isolated: 'memory' },
      op: 'acquire',
    },
    { call: 'Redis#duplicate|Redis#on|Redis#connect|Redis#pipeline|Redis#multi', returns: 'receiver' },
    {
      call: 'Redis#set|Redis#setex|Redis#psetex|Redis#setnx|Redis#getset|Redis#getdel|Redis#getex|Redis#setrange|Redis#append|Redis#incr|Redis#incrby|Redis#incrbyfloat|Redis#decr|Redis#decrby|Redis#del|Redis#unlink|Redis#expire|Redis#pexpire|Redis#expireat|Redis#pexpireat|Redis#persist|Redis#rename|Redis#renamenx|Redis#restore|Redis#hset|Redis#hmset|Redis#hsetnx|Redis#hincrby|Redis#hincrbyfloat|Redis#hdel|Redis#lpush|Redis#rpush|Redis#lpushx|Redis#rpushx|Redis#lpop|Redis#rpop|Redis#lrem|Redis#lset|Redis#ltrim|Redis#linsert|Redis#blpop|Redis#brpop|Redis#lmove|Redis#rpoplpush|Redis#sadd|Redis#srem|Redis#spop|Redis#smove|Redis#zadd|Redis#zrem|Redis#zincrby|Redis#zpopmin|Redis#zpopmax|Redis#zremrangebyscore|Redis#zremrangebyrank|Redis#xadd|Redis#xdel|Redis#xtrim|Redis#xack|Redis#xgroup|Redis#xreadgroup|Redis#pfadd|Redis#pfmerge|Redis#geoadd|Redis#setbit|Redis#bitop|Redis#copy|Redis#move|Redis#sort',
      op: 'write',
      unit: ['arg0'],
    },
    { call: 'Redis#mset|Redis#msetnx', op: 'write' },
    { call: 'Redis#publish|Redis#spublish', op: 'write', unit: ['arg0'] },
    { call: 'Redis#subscribe|Redis#psubscribe|Redis#ssubscribe', op: 'read', unit: ['arg0'] },
    { call: 'Redis#eval|Redis#evalsha|Redis#fcall', op: 'write' },
    {
      call: 'Redis#get|Redis#getrange|Redis#strlen|Redis#mget|Redis#exists|Redis#ttl|Redis#pttl|Redis#type|Redis#hget|Redis#hmget|Redis#hgetall|Redis#hkeys|Redis#hvals|Redis#hlen|Redis#hexists|Redis#llen|Redis#lrange|Redis#lindex|Redis#scard|Redis#smembers|Redis#sismember|Redis#srandmember|Redis#sinter|Redis#sunion|Redis#sdiff|Redis#zrange|Redis#zrangebyscore|Redis#zrevrange|Redis#zscore|Redis#zrank|Redis#zcard|Redis#zcount|Redis#xlen|Redis#xrange|Redis#xread|Redis#pfcount|Redis#geopos|Redis#bitcount|Redis#getbit|Redis#object|Redis#dump|Redis#sscan|Redis#hscan|Redis#zscan',
      op: 'read',
      unit: ['arg0'],
    },
    { call: 'Redis#keys', when: ['arg0=*'], op: 'count' },
    { call: 'Redis#keys', otherwise: true, op: 'read', unit: ['arg0'] },
    { call: 'Redis#dbsize|Redis#randomkey', op: 'count' },
    { call: 'Redis#scan', op: 'read' },
    { call: 'Redis#flushall', op: 'wipe', wipes: 'server' },
    { call: 'Redis#flushdb', op: 'wipe', wipes: 'database' },
    { call: 'Redis#swapdb', op: 'wipe', wipes: 'server' },
    { call: 'Redis#select', narrows: { name: ['arg0'] }, returns: 'receiver' },
  ],
} satisfies LibraryEntry;
