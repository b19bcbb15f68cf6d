import { expect, test } from 'vitest';
import { attribute } from '../../src/verify/attribute.js';
import type { Note, RawCommand, Seen } from '../../src/verify/hub/messages.js';

const command = (seq: number, from: string, start: number): RawCommand => ({
  seq,
  unit: seq,
  at: seq,
  connection: 0,
  service: 'redis',
  database: '0',
  operation: 'GET',
  touches: [],
  text: `get ${seq}`,
  reply: 'ok',
  inTransaction: false,
  from,
  start,
});
const seen = (...commands: RawCommand[]): Seen => ({
  commands,
  unread: [{ from: '7.0.1', connection: 0, service: 'redis', why: 'MONITOR' }],
  connections: { '7.0.1': { id: '7.0.1', role: 'A', pid: 7, thread: 2, worker: '3', address: 'cache:6379' } },
});
const mark = (at: number, file?: string, test?: string): Note => ({ says: 'mark', from: '7.0.1', at, ...(file ? { file } : {}), ...(test ? { test } : {}) });

test('a command belongs to the last mark at or before its first byte', () => {
  const { commands } = attribute(seen(command(0, '7.0.1', 0), command(1, '7.0.1', 20), command(2, '7.0.1', 30), command(3, '7.0.1', 40)), [
    mark(20, 'a.test.ts'),
    mark(30, 'a.test.ts', 'one'),
    mark(40),
  ]);
  expect(commands.map(({ file, test }) => [file, test])).toEqual([
    [undefined, undefined],
    ['a.test.ts', undefined],
    ['a.test.ts', 'one'],
    [undefined, undefined],
  ]);
  expect(commands[0]).toMatchObject({ role: 'A', process: { pid: 7, thread: 2 }, worker: '3' });
});

test('of two marks at one byte the later counts', () => {
  const { commands } = attribute(seen(command(0, '7.0.1', 5)), [mark(5, 'a.test.ts', 'one'), mark(5, 'a.test.ts', 'two')]);
  expect(commands[0]?.test).toBe('two');
});

test('what nobody has greeted for belongs to nobody', () => {
  const { commands, unread } = attribute(seen(command(0, 'connection 4', 0)), []);
  expect(commands[0]).toMatchObject({ role: '', process: { pid: 0, thread: 0 } });
  expect(unread).toEqual([{ connection: 0, service: 'redis', why: 'MONITOR', role: 'A', process: { pid: 7, thread: 2 }, worker: '3' }]);
});

test('dials and uses keep whose they are, and uses of all processes come in the order of time', () => {
  const whose = { role: 'B', pid: 9, thread: 0, file: 'b.test.ts' };
  const use = (at: number, operation: string): Note => ({ says: 'use', service: 'files', operation, touches: [], text: operation, at, reply: 'ok', ...whose });
  const recording = attribute(seen(), [{ says: 'dial', address: 'db.example:5432', refused: true, ...whose }, use(20, 'readFile'), use(10, 'writeFile')]);
  const origin = { role: 'B', process: { pid: 9, thread: 0 }, file: 'b.test.ts' };
  expect(recording.dials).toEqual([{ address: 'db.example:5432', refused: true, ...origin }]);
  expect(recording.uses).toMatchObject([
    { seq: 0, unit: 0, operation: 'writeFile', ...origin },
    { seq: 1, unit: 1, operation: 'readFile', ...origin },
  ]);
});
