import { readFileSync } from 'node:fs';
import type { Answer, Frame, Wire } from '../../../src/verify/wire/wire.js';

/** What two sides say to each other, in turns. */
export type Conversation = readonly (readonly ['client' | 'server', Buffer])[];

export interface Heard {
  readonly frames: readonly Omit<Frame, 'bytes' | 'start'>[];
  readonly answers: readonly Answer[];
  /** What comes out at the other end. */
  readonly toServer: string;
  readonly toClient: string;
}

/** All of it, cut into pieces of at most so many bytes. */
export function hear(wire: Wire, conversation: Conversation, size = Infinity): Heard {
  const frames: Heard['frames'][number][] = [];
  const answers: Answer[] = [];
  const sent = { server: [] as Buffer[], client: [] as Buffer[] };
  for (const [from, bytes] of conversation) {
    for (let at = 0; at < bytes.length; at += size) {
      const piece = bytes.subarray(at, Math.min(bytes.length, at + size));
      if (from === 'client') {
        for (const { bytes: passed, start: _, reply, ...frame } of wire.fromClient(piece)) {
          sent[reply ? 'client' : 'server'].push(reply ?? passed);
          frames.push(frame);
        }
      } else {
        sent.client.push(wire.toClient?.(piece) ?? piece);
        answers.push(...wire.fromServer(piece));
      }
    }
  }
  return { frames, answers, toServer: Buffer.concat(sent.server).toString('latin1'), toClient: Buffer.concat(sent.client).toString('latin1') };
}

/** Sizes of the pieces that are tried: a property of every parser is that they make no difference. */
export const SIZES = [1, 2, 3, 4, 5, 7, 11, 16, 33, 100, 1000];

export const commandsOf = ({ frames }: Heard) => frames.flatMap(({ commands }) => commands);

/** What a proxy between real clients and a server has written down, one connection each. */
export function recorded(name: string): readonly { readonly client: string; readonly server: string; readonly conversation: Conversation }[] {
  const all = JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as {
    client: string;
    server: string;
    conversation: ['client' | 'server', string][];
  }[];
  return all.map((each) => ({ ...each, conversation: each.conversation.map(([from, text]) => [from, Buffer.from(text, 'base64')] as const) }));
}
