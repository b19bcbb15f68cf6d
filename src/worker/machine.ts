/** What this machine says of itself. */
import { hostname } from 'node:os';
import { systemLink, systemText } from '../processes.js';
import { digest } from './digest.js';

/** A process table of its own: two containers of one host, or one host before and after a restart, are two. */
let host: string | undefined;
export function hostMark(): string {
  host ??= digest(`${hostname()}\n${systemText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}\n${systemLink('/proc/self/ns/pid') ?? ''}`, 5);
  return host;
}
