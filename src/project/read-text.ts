import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { Gap } from '../model/facts.js';
import { errorCode } from './user-error.js';

/** Larger files are generated or recorded data: parsing them costs more than they can tell. */
const LARGEST_TEXT = 2 * 1024 * 1024;

export type ReadText =
  | { readonly text: string }
  /** `why` is absent when the disk refused: the file is gone or may not be read. */
  | { readonly text?: undefined; readonly why?: Gap['why']; readonly detail: string };

/** The text of a file without its byte order mark, or the reason why there is none. Never throws. */
export function readText(path: string, largest = LARGEST_TEXT): ReadText {
  let bytes: Buffer;
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      if (size > largest) return { why: 'too-large', detail: `${megabytes(size)} MB, more than ${megabytes(largest)} MB` };
      bytes = readFileSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return { detail: refusal(errorCode(error)) };
  }
  return decode(bytes);
}

/** UTF-8, or UTF-16 where a byte order mark says so. A NUL byte in the first 8 kB of anything else means binary. */
export function decode(bytes: Buffer): ReadText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: bytes.toString('utf16le', 2) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = bytes.length - (bytes.length % 2);
    return { text: Buffer.from(bytes.subarray(2, even)).swap16().toString('utf16le') };
  }
  if (bytes.subarray(0, 8192).includes(0)) return { why: 'binary', detail: 'holds NUL bytes' };
  const text = bytes.toString('utf8');
  return { text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text };
}

function refusal(code: string | undefined): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'the file does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  if (code === 'EISDIR') return 'it is a folder';
  return code ? `the system says ${code}` : 'it cannot be read';
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0);
}
