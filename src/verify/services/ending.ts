/** Ending processes and containers that are surely ours. */
import { spawnSync } from 'node:child_process';
import { bornAt, isAlive } from '../../processes.js';

/** Ends a process that began then, or a whole group (a negative number), at once. */
export function endProcess(pid: number, born?: string, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (born !== undefined && (!isAlive(pid) || bornAt(pid) !== born)) return;
  try {
    process.kill(pid, signal);
  } catch {
    // Ended by itself.
  }
}

/** Without testcontainers, which may be what has just ended. */
export function endContainers(ids: readonly string[]): void {
  if (ids.length > 0) spawnSync('docker', ['rm', '--force', '--volumes', ...ids], { stdio: 'ignore', timeout: 30_000 });
}
