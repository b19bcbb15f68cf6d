import { describe, expect, test } from 'vitest';
import { databaseOf, fileOf, kindOfUrl, serverOf, withDatabase, withMongoDatabase, withoutPassword } from '../../src/worker/urls.js';

describe('connection strings', () => {
  test.each([
    ['postgres://clerk:pa%23ss@db:5432/orders?sslmode=disable', 'orders', 'postgres://clerk:pa%23ss@db:5432/mine?sslmode=disable'],
    ['postgresql://%2Fvar%2Frun%2Fpostgresql/orders', 'orders', 'postgresql://%2Fvar%2Frun%2Fpostgresql/mine'],
    ['postgres:///orders?host=/tmp', 'orders', 'postgres:///mine?host=/tmp'],
    ['postgres://a:1,b:2/orders%20old', 'orders old', 'postgres://a:1,b:2/mine'],
    ['mysql://root@db/orders?charset=utf8mb4', 'orders', 'mysql://root@db/mine?charset=utf8mb4'],
    ['redis://cache:6379', undefined, 'redis://cache:6379/mine'],
    ['redis://cache:6379/', undefined, 'redis://cache:6379/mine'],
    ['rediss://:secret@cache/4?family=6', '4', 'rediss://:secret@cache/mine?family=6'],
  ])('%s', (url, database, changed) => {
    expect([databaseOf(url), withDatabase(url, 'mine')]).toEqual([database, changed]);
    expect(serverOf(url)).toBe(serverOf(changed));
  });

  test('are told by their scheme, and what is none is left alone', () => {
    expect(
      [
        'postgres://h/a',
        'POSTGRESQL://h/a',
        'redis://h',
        'valkey://h',
        'mysql://h/a',
        'mariadb://h/a',
        'file:./a.db',
        'sqlite:a.db',
        'prisma+postgres://h',
        'https://h/a',
        'orders',
        '',
      ].map(kindOfUrl),
    ).toEqual(['postgres', 'postgres', 'redis', 'redis', 'mysql', 'mysql', 'sqlite', 'sqlite', undefined, undefined, undefined, undefined]);
  });

  test('of MongoDB keep saying where the user is known', () => {
    expect(
      ['mongodb://a:b@h/shop', 'mongodb://a:b@h,i/shop?replicaSet=r', 'mongodb://a:b@h', 'mongodb://h/shop', 'mongodb+srv://a:b@h/shop?authSource=users'].map(
        (url) => withMongoDatabase(url, 'mine'),
      ),
    ).toEqual([
      'mongodb://a:b@h/mine?authSource=shop',
      'mongodb://a:b@h,i/mine?replicaSet=r&authSource=shop',
      'mongodb://a:b@h/mine?authSource=admin',
      'mongodb://h/mine',
      'mongodb+srv://a:b@h/mine?authSource=users',
    ]);
  });

  test('of files tell the path from what stands around it', () => {
    expect(['file:./dev.db?mode=rwc', 'sqlite:dev.db', 'sqlite://./dev.db', 'sqlite:///var/dev.db', 'file:/var/dev.db', 'postgres://h/a'].map(fileOf)).toEqual([
      { scheme: 'file:', path: './dev.db', query: '?mode=rwc' },
      { scheme: 'sqlite:', path: 'dev.db', query: '' },
      { scheme: 'sqlite://', path: './dev.db', query: '' },
      { scheme: 'sqlite://', path: '/var/dev.db', query: '' },
      { scheme: 'file:', path: '/var/dev.db', query: '' },
      undefined,
    ]);
  });

  test('are shown without their password', () => {
    expect(withoutPassword('postgres://clerk:se:cr@et@db/orders')).not.toMatch(/se:cr/);
    expect(withoutPassword('redis://:secret@cache/4')).toBe('redis://:***@cache/4');
    expect(withoutPassword('redis://cache/4')).toBe('redis://cache/4');
  });
});
