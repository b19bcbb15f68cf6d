import { describe, expect, test } from 'vitest';
import { createBolt } from '../../../src/verify/wire/bolt.js';
import { createMongodb } from '../../../src/verify/wire/mongodb.js';
import { whyUnreadable, type Wire } from '../../../src/verify/wire/wire.js';
import { recorded } from './conversation.js';

const ALL = [...recorded('neo4j').map((each) => ({ ...each, create: createBolt })), ...recorded('mongodb').map((each) => ({ ...each, create: createMongodb }))];

/** Bytes that are damaged, one at a time: all would take a minute. */
const STEP = 7;

/** What has gone on, and what a hub would let go on after the bytes could not be read. */
function passed(wire: Wire, bytes: Buffer): Buffer {
  const out: Buffer[] = [];
  try {
    for (const frame of wire.fromClient(bytes)) out.push(frame.bytes);
  } catch (error) {
    expect(whyUnreadable(error)).not.toBe('');
  }
  return Buffer.concat([...out, wire.rest()]);
}

describe.each(ALL)('$client', ({ create, conversation }) => {
  const client = Buffer.concat(conversation.flatMap(([from, bytes]) => (from === 'client' ? [bytes] : [])));
  const server = Buffer.concat(conversation.flatMap(([from, bytes]) => (from === 'server' ? [bytes] : [])));

  test('bytes that are damaged or missing go on as they are, and nothing else breaks', () => {
    for (let at = 0; at < client.length; at += STEP) {
      const damaged = Buffer.from(client);
      damaged[at] = damaged[at]! ^ (1 << (at % 8));
      expect(passed(create(), damaged).equals(damaged)).toBe(true);
      expect(passed(create(), client.subarray(0, at)).equals(client.subarray(0, at))).toBe(true);
    }
  }, 30_000);

  test('damaged answers are told from a fault of ours', () => {
    for (let at = 0; at < server.length; at += STEP) {
      const damaged = Buffer.from(server);
      damaged[at] = damaged[at]! ^ (1 << (at % 8));
      const wire = create();
      try {
        for (const _ of wire.fromClient(client));
        for (const _ of wire.fromServer(damaged));
      } catch (error) {
        expect(whyUnreadable(error)).not.toBe('');
      }
    }
  }, 30_000);
});
