/**
 * PackStream, in which Bolt writes values: version 1, as Neo4j 5 documents it. Structures are read as lists of their fields, and bytes as how many there are: nothing else of them
 * matters here.
 */
import { Unreadable } from './wire.js';

export type Packed = null | boolean | number | string | readonly Packed[] | { readonly [key: string]: Packed };

/** The values that stand one behind the other. */
export function unpack(bytes: Buffer, from: number): Packed[] {
  const out: Packed[] = [];
  for (let at = from; at < bytes.length;) {
    const [value, next] = valueAt(bytes, at);
    out.push(value);
    at = next;
  }
  return out;
}

type Read = readonly [Packed, number];
/** Of what is written with its size behind the marker: 1, 2 or 4 bytes. */
const SIZED: Readonly<Record<number, readonly ['bytes' | 'text' | 'list' | 'map', number]>> = {
  0xcc: ['bytes', 1],
  0xcd: ['bytes', 2],
  0xce: ['bytes', 4],
  0xd0: ['text', 1],
  0xd1: ['text', 2],
  0xd2: ['text', 4],
  0xd4: ['list', 1],
  0xd5: ['list', 2],
  0xd6: ['list', 4],
  0xd8: ['map', 1],
  0xd9: ['map', 2],
  0xda: ['map', 4],
};
const INTEGERS: Readonly<Record<number, number>> = { 0xc8: 1, 0xc9: 2, 0xca: 4 };

function valueAt(bytes: Buffer, at: number): Read {
  const marker = bytes[at]!;
  const next = at + 1;
  if (marker < 0x80) return [marker, next];
  if (marker >= 0xf0) return [marker - 0x100, next];
  const small = marker & 0x0f;
  switch (marker >> 4) {
    case 8:
      return sizedAt(bytes, next, 'text', small);
    case 9:
      return sizedAt(bytes, next, 'list', small);
    case 10:
      return sizedAt(bytes, next, 'map', small);
    case 11:
      // Its kind stands in the next byte.
      return sizedAt(bytes, next + 1, 'list', small);
  }
  const sized = SIZED[marker];
  if (sized) return sizedAt(bytes, next + sized[1], sized[0], whole(bytes, next, sized[1]));
  const integer = INTEGERS[marker];
  if (integer !== undefined && next + integer <= bytes.length) return [bytes.readIntBE(next, integer), next + integer];
  if ((marker === 0xcb || marker === 0xc1) && next + 8 <= bytes.length)
    return [marker === 0xcb ? Number(bytes.readBigInt64BE(next)) : bytes.readDoubleBE(next), next + 8];
  if (marker === 0xc0) return [null, next];
  if (marker === 0xc2 || marker === 0xc3) return [marker === 0xc3, next];
  throw new Unreadable('not Bolt');
}

function sizedAt(bytes: Buffer, from: number, kind: 'bytes' | 'text' | 'list' | 'map', size: number): Read {
  if (kind === 'bytes' || kind === 'text') {
    if (from + size > bytes.length) throw new Unreadable('not Bolt');
    return [kind === 'text' ? bytes.toString('utf8', from, from + size) : `${size} bytes`, from + size];
  }
  const parts: Packed[] = [];
  let at = from;
  for (let left = kind === 'map' ? 2 * size : size; left > 0; left--) {
    if (at >= bytes.length) throw new Unreadable('not Bolt');
    const [value, next] = valueAt(bytes, at);
    parts.push(value);
    at = next;
  }
  if (kind === 'list') return [parts, at];
  const map: Record<string, Packed> = Object.create(null) as Record<string, Packed>;
  for (let index = 0; index < parts.length; index += 2) map[textOf(parts[index])] = parts[index + 1]!;
  return [map, at];
}

function whole(bytes: Buffer, at: number, size: number): number {
  if (at + size > bytes.length) throw new Unreadable('not Bolt');
  return bytes.readUIntBE(at, size);
}

/** Empty where it is something else. */
export const textOf = (value: Packed | undefined): string => (typeof value === 'string' ? value : '');
/** An entry of a map. */
export const entry = (map: Packed | undefined, name: string): Packed | undefined =>
  map !== null && typeof map === 'object' && !Array.isArray(map) ? (map as Readonly<Record<string, Packed>>)[name] : undefined;

/** Texts, whole numbers, and maps of them: what our own session says. */
export function pack(value: string | number | { readonly [key: string]: string | number }): Buffer {
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9, 0xcb);
    bytes.writeBigInt64BE(BigInt(value), 1);
    return bytes;
  }
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    const head = Buffer.alloc(5, 0xd2);
    head.writeUInt32BE(text.length, 1);
    return Buffer.concat([head, text]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([Buffer.from([0xa0 + entries.length]), ...entries.flatMap(([key, each]) => [pack(key), pack(each)])]);
}
