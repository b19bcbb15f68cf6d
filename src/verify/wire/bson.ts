/** BSON 1.1, in which MongoDB writes documents: enough to ask for single fields, and to show a document to people. */
import { Unreadable } from './wire.js';

/** A field's value, which nobody has read yet. */
export interface Field {
  readonly type: number;
  readonly at: number;
}

const TEXT = 2;
const DOCUMENT = 3;
const LIST = 4;
const BOOLEAN = 8;
const INTEGER = 16;
const LONG = 18;
/** Bytes of values that always take the same. */
const SIZES: Readonly<Record<number, number>> = { 1: 8, 6: 0, 7: 12, 8: 1, 9: 8, 10: 0, 16: 4, 17: 8, 18: 8, 19: 16, 127: 0, 255: 0 };
/** Bytes beside those that the length before a value counts: itself, and what else stands there. */
const COUNTED: Readonly<Record<number, number>> = { 2: 4, 3: 0, 4: 0, 5: 5, 12: 16, 13: 4, 14: 4, 15: 0 };
const PATTERN = 11;
/** Parts of a document or a list that people are shown. */
const MOST_SHOWN = 8;

/** The fields of the document that begins there, in their order. */
export function fieldsOf(bytes: Buffer, from: number): Map<string, Field> {
  const fields = new Map<string, Field>();
  const end = from + sizeAt(bytes, from);
  for (let at = from + 4; at < end - 1;) {
    const type = bytes[at]!;
    const name = bytes.indexOf(0, at + 1);
    if (name < 0 || name >= end) throw new Unreadable('not MongoDB');
    const field = { type, at: name + 1 };
    fields.set(bytes.toString('utf8', at + 1, name), field);
    at = field.at + valueSize(bytes, field);
    if (at >= end) throw new Unreadable('not MongoDB');
  }
  return fields;
}

/** Bytes of the document that begins there. */
export function sizeAt(bytes: Buffer, at: number): number {
  const size = at + 5 <= bytes.length ? bytes.readInt32LE(at) : 0;
  if (size < 5 || at + size > bytes.length) throw new Unreadable('not MongoDB');
  return size;
}

function valueSize(bytes: Buffer, { type, at }: Field): number {
  const size = SIZES[type];
  if (size !== undefined) return size;
  const counted = COUNTED[type];
  if (counted !== undefined && at + 4 <= bytes.length) return Math.max(0, bytes.readInt32LE(at)) + counted;
  if (type === PATTERN) return bytes.indexOf(0, bytes.indexOf(0, at) + 1) + 1 - at;
  throw new Unreadable('not MongoDB');
}

export function textOf(bytes: Buffer, field: Field | undefined): string | undefined {
  return field?.type === TEXT ? bytes.toString('utf8', field.at + 4, field.at + 3 + bytes.readInt32LE(field.at)) : undefined;
}

/** Whole numbers, floating ones, and `true` as 1. */
export function numberOf(bytes: Buffer, field: Field | undefined): number | undefined {
  switch (field?.type) {
    case 1:
      return bytes.readDoubleLE(field.at);
    case BOOLEAN:
      return bytes[field.at];
    case INTEGER:
      return bytes.readInt32LE(field.at);
    case LONG:
      return Number(bytes.readBigInt64LE(field.at));
    default:
      return undefined;
  }
}

/** Where the documents of a list begin. */
export function documentsOf(bytes: Buffer, field: Field | undefined): number[] {
  if (field?.type !== LIST) return [];
  return [...fieldsOf(bytes, field.at).values()].filter(({ type }) => type === DOCUMENT).map(({ at }) => at);
}

export const isDocument = (field: Field | undefined): field is Field => field?.type === DOCUMENT;

/** For people: `{name: "Ada", seats: [1, 2]}`; what is long is left out. */
export function shownDocument(bytes: Buffer, from: number, isShown: (name: string) => boolean = () => true): string {
  const parts: string[] = [];
  for (const [name, field] of fieldsOf(bytes, from)) if (isShown(name)) parts.push(`${name}: ${shownValue(bytes, field)}`);
  return `{${short(parts)}}`;
}

function short(parts: readonly string[]): string {
  return [...parts.slice(0, MOST_SHOWN), ...(parts.length > MOST_SHOWN ? ['…'] : [])].join(', ');
}

function shownValue(bytes: Buffer, field: Field): string {
  const text = textOf(bytes, field);
  if (text !== undefined) return JSON.stringify(text.slice(0, 60));
  if (field.type === BOOLEAN) return String(bytes[field.at] === 1);
  if (field.type === DOCUMENT) return shownDocument(bytes, field.at);
  if (field.type === LIST) return `[${short([...fieldsOf(bytes, field.at).values()].slice(0, MOST_SHOWN + 1).map((each) => shownValue(bytes, each)))}]`;
  if (field.type === 7) return bytes.toString('hex', field.at, field.at + 12);
  if (field.type === 9) return new Date(Number(bytes.readBigInt64LE(field.at))).toISOString();
  return field.type === 10 ? 'null' : String(numberOf(bytes, field) ?? '…');
}

/** What can be written: enough for our own questions, and for tests. */
export type Written = string | number | boolean | null | readonly Written[] | { readonly [name: string]: Written };

/** A document, or a list with its numbers for names. Numbers are whole ones of 32 bits. */
export function document(value: { readonly [name: string]: Written } | readonly Written[]): Buffer {
  const fields = Object.entries(value).map(([name, each]: [string, Written]) => {
    const [type, bytes] = written(each);
    return Buffer.concat([Buffer.from([type]), Buffer.from(`${name}\0`), bytes]);
  });
  const body = Buffer.concat([...fields, Buffer.from([0])]);
  return Buffer.concat([whole(body.length + 4), body]);
}

function written(value: Written): readonly [number, Buffer] {
  if (typeof value === 'string') return [TEXT, Buffer.concat([whole(Buffer.byteLength(value) + 1), Buffer.from(`${value}\0`)])];
  if (typeof value === 'number') return [INTEGER, whole(value)];
  if (typeof value === 'boolean') return [BOOLEAN, Buffer.from([value ? 1 : 0])];
  if (value === null) return [10, Buffer.alloc(0)];
  return [Array.isArray(value) ? LIST : DOCUMENT, document(value)];
}

export function whole(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
