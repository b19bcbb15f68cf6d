import { expect, test } from 'vitest';
import { meetingsOf, worstPair } from '../../src/verify/meetings.js';
import type { Access, Command, Recording, TouchKind } from '../../src/verify/recording.js';

type Said = readonly [file: string, kind: TouchKind, name: string, access: Access, more?: Partial<Command>];

function recording(all: readonly Said[]): Recording {
  return {
    dials: [],
    uses: [],
    unread: [],
    commands: all.map(([file, kind, name, access, more], seq) => ({
      seq,
      unit: seq,
      at: seq,
      role: 'A',
      connection: 0,
      process: { pid: 1, thread: 0 },
      file,
      service: 'redis',
      database: '0',
      operation: 'X',
      touches: [{ kind, name, access }],
      text: '',
      reply: 'ok',
      inTransaction: false,
      ...more,
    })),
  };
}

/** `redis 0: key cart a:write b:read`. */
function told(first: readonly Said[], second: readonly Said[] = first): readonly string[] {
  return meetingsOf([recording(first), recording(second)]).flatMap(({ service, database, things }) =>
    things.map(({ name, uses }) => `${service} ${database}: ${name} ${uses.map(({ file, does }) => `${file}:${does}`).join(' ')}`),
  );
}

test('files that only read, and keys of one file, meet nobody', () => {
  expect(
    told([
      ['a', 'key', 'rates', 'read'],
      ['b', 'key', 'rates', 'read'],
      ['a', 'key', 'cart', 'write'],
    ]),
  ).toEqual([]);
});

test('whoever empties a database meets all that others keep there, and nothing elsewhere', () => {
  expect(
    told([
      ['a', 'keyspace', '', 'clear'],
      ['b', 'key', 'cart', 'write'],
      ['b', 'key', 'other', 'write', { database: '1' }],
    ]),
  ).toEqual(['redis 0: key cart a:clear b:write']);
});

test('whoever empties a server meets all', () => {
  expect(
    told([
      ['a', 'server', '', 'clear'],
      ['b', 'key', 'other', 'write', { database: '1' }],
    ]),
  ).toEqual(['redis 1: key other a:clear b:write']);
});

test('a name that the second run does not have is made for a worker or a moment', () => {
  const named = (worker: number): Said[] => [
    ['a', 'key', `cart:${worker}`, 'write'],
    ['b', 'key', `cart:${worker}`, 'write'],
  ];
  expect(told(named(1), named(2))).toEqual([]);
  expect(told(named(1), named(1))).toHaveLength(1);
});

test('what runs for the whole run is nobody’s', () => {
  const { file: _, ...setUp } = recording([['', 'table', 'users', 'clear']]).commands[0]!;
  const tests = recording([['a', 'table', 'users', 'write']]);
  const both: Recording = { ...tests, commands: [setUp, ...tests.commands] };
  expect(meetingsOf([both, both])).toEqual([]);
});

test('the pair to try is who does most harm, and who has most in common with it', () => {
  const all: Said[] = [
    ['a', 'key', 'x', 'write'],
    ['b', 'key', 'x', 'write'],
    ['b', 'key', 'y', 'write'],
    ['c', 'keyspace', '', 'clear'],
  ];
  const [meeting] = meetingsOf([recording(all), recording(all)]);
  expect(worstPair(meeting!)).toEqual(['c', 'b']);
});
