import { createHash } from 'node:crypto';

/** A hash in the letters and digits that every kind of name allows. */
export function digest(text: string, length: number): string {
  const value = BigInt(`0x${createHash('sha256').update(text).digest('hex')}`);
  return value.toString(36).padStart(50, '0').slice(-length);
}
