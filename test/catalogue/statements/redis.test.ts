import { describe, expect, test } from 'vitest';
import { classifyRedis } from '../../../src/catalogue/statements/redis.js';

describe('Redis commands', () => {
  test.each([
    [['FLUSHALL'], [{ op: 'wipe', wipes: 'server' }]],
    [['flushall', ' ', 'ASYNC'], [{ op: 'wipe', wipes: 'server' }]],
    [['FLUSHDB'], [{ op: 'wipe', wipes: 'database' }]],
    [['KEYS *'], [{ op: 'count', note: 'all keys' }]],
    [['KEYS orders:*'], [{ op: 'read', unit: 'orders:*' }]],
    [['DBSIZE'], [{ op: 'count', note: 'all keys' }]],
    [['SCAN 0 MATCH orders:*'], [{ op: 'read' }]],
    [['SET', ' ', 'orders:1', ' ', null], [{ op: 'write', unit: 'orders:1' }]],
    [['SET', ' ', null, ' ', '1'], [{ op: 'write' }]],
    [['GET', ' ', 'orders:1'], [{ op: 'read', unit: 'orders:1' }]],
    [['CONFIG SET maxmemory 1'], [{ op: 'mutate', note: 'settings' }]],
    [['CONFIG GET maxmemory'], []],
    [['SELECT 3'], [{ op: 'acquire', names: 'database', unit: '3', note: 'select' }]],
    [['PING'], []],
    [[null], []],
  ])('%j', (parts, expected) => {
    expect(classifyRedis(parts)).toEqual(expected);
  });
});
