import { expect, test } from 'vitest';
import { read } from './tree.js';

test('the package can be installed beside any version of what it can do without', () => {
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(read('package.json')) as Record<string, Record<string, unknown>>;
  // npm refuses to install where an optional peer is there in another version: `ERESOLVE`.
  expect(new Set(Object.values(peerDependencies!))).toEqual(new Set(['*']));
  expect(Object.keys(peerDependenciesMeta!)).toEqual(Object.keys(peerDependencies!));
});
