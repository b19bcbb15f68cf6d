/** What this machine says of itself. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { digest } from './digest.js';

/** A process table of its own: two containers of one host, or one host before and after a restart, are two. */
let host: string | undefined;
export function hostMark(): string {
  host ??= digest(`${hostname()}\n${firstLine('/proc/sys/kernel/random/boot_id')}\n${linkOf('/proc/self/ns/pid')}`, 5);
  return host;
}

function firstLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
