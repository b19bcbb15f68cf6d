/** Ending processes that are surely ours. */
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
