/** The parameters of a prepared MySQL statement, as people write them. Types as MySQL 8.4 numbers them, "Binary Protocol Value". */
import { lengthAt } from './mysql-packets.js';

export interface PreparedParameters {
  readonly count: number;
  /** Sent with the first execution only. */
  types: Buffer;
}

/** Command, number of the statement, flags, iterations. */
const FIXED = 10;
/** Parameters that are shown. */
const SHOWN = 8;
const WHOLE: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 4, 9: 4, 13: 2 };

/** Those of an execution that its bytes say. */
export function parametersIn(body: Buffer, prepared: PreparedParameters): readonly string[] {
  const { count } = prepared;
  const nulls = FIXED;
  let at = nulls + Math.ceil(count / 8) + 1;
  if (count === 0 || body.length < at) return [];
  if (body[at - 1] === 1) {
    prepared.types = Buffer.from(body.subarray(at, at + 2 * count));
    at += 2 * count;
  }
  const out: string[] = [];
  for (let index = 0; index < Math.min(count, SHOWN); index++) {
    if ((body[nulls + (index >> 3)]! >> (index & 7)) & 1) out.push('NULL');
    else {
      const type = prepared.types[2 * index] ?? 0;
      const read = valueAt(body, at, type);
      if (!read) break;
      out.push(read[0]);
      at = read[1];
    }
  }
  return out;
}

/** Nothing where the bytes end: a long value has been sent before. */
function valueAt(body: Buffer, at: number, type: number): readonly [string, number] | undefined {
  const whole = type === 8 ? 8 : (WHOLE[type] ?? (type === 4 ? 4 : type === 5 ? 8 : undefined));
  if (at + (whole ?? 1) > body.length) return undefined;
  if (type === 8) return [String(body.readBigInt64LE(at)), at + 8];
  if (type === 4) return [String(body.readFloatLE(at)), at + 4];
  if (type === 5) return [String(body.readDoubleLE(at)), at + 8];
  if (whole !== undefined) return [String(body.readIntLE(at, whole)), at + whole];
  if (type === 6) return ['NULL', at];
  // Dates and times: their length in a byte.
  if (type === 7 || (type >= 10 && type <= 12)) return ['a time', at + 1 + body[at]!];
  const [length, begin] = lengthAt(body, at);
  if (begin + length > body.length) return undefined;
  return [`'${body.toString('utf8', begin, begin + Math.min(length, 40))}'`, begin + length];
}
