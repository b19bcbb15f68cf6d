/** Ending processes and containers that are surely ours. */
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

/** Says of a container for which laboratory it was made: one that dies while Docker still makes it leaves no other trace. */
export const LABEL = 'isolation-audit.lab';

/** Removes the containers of a laboratory, by the way on which they were made. Rejects where Docker does not answer. */
export async function endContainers(lab: string): Promise<void> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { dockerode } = (await getContainerRuntimeClient()).container;
  const left = await dockerode.listContainers({ all: true, filters: { label: [`${LABEL}=${lab}`] } });
  // One that is being removed already, or is gone, is no trouble.
  await Promise.allSettled(left.map(({ Id }) => dockerode.getContainer(Id).remove({ force: true, v: true })));
}
