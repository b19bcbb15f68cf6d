import { describe, expect, test } from 'vitest';
import { databaseOf, kindOfUrl, serverOf, withDatabase, withoutPassword } from '../../src/worker/urls.js';

describe('connection strings', () => {
  test.each([
    ['postgres://clerk:pa%23ss@db:5432/orders?sslmode=disable', 'orders', 'postgres://clerk:pa%23ss@db:5432/mine?sslmode=disable'],
    ['postgresql://%2Fvar%2Frun%2Fpostgresql/orders', 'orders', 'postgresql://%2Fvar%2Frun%2Fpostgresql/mine'],
    ['postgres:///orders?host=/tmp', 'orders', 'postgres:///mine?host=/tmp'],
    ['postgres://a:1,b:2/orders%20old', 'orders old', 'postgres://a:1,b:2/mine'],
    ['redis://cache:6379', undefined, 'redis://cache:6379/mine'],
    ['redis://cache:6379/', undefined, 'redis://cache:6379/mine'],
    ['rediss://:secret@cache/4?family=6', '4', 'rediss://:secret@cache/mine?family=6'],
  ])('%s', (url, database, changed) => {
    expect([databaseOf(url), withDatabase(url, 'mine')]).toEqual([database, changed]);
    expect(serverOf(url)).toBe(serverOf(changed));
  });

  test('are told by their scheme, and what is none is left alone', () => {
    expect(['postgres://h/a', 'POSTGRESQL://h/a', 'redis://h', 'valkey://h', 'prisma+postgres://h', 'https://h/a', 'orders', ''].map(kindOfUrl)).toEqual([
      'postgres',
      'postgres',
      'redis',
      'redis',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('are shown without their password', () => {
    expect(withoutPassword('postgres://clerk:se:cr@et@db/orders')).not.toMatch(/se:cr/);
    expect(withoutPassword('redis://:secret@cache/4')).toBe('redis://:***@cache/4');
    expect(withoutPassword('redis://cache/4')).toBe('redis://cache/4');
  });
});
