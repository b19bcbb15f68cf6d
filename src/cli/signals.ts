import { abandonWrites } from '../project/write-file.js';

const STATUS = { SIGINT: 130, SIGTERM: 143 } as const;

/** Work that cleans up after itself when a signal comes, and then the process ends. A second signal ends it at once. */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let status: number | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (status !== undefined) process.exit(status);
    status = signal === 'SIGINT' ? STATUS.SIGINT : STATUS.SIGTERM;
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    if (status !== undefined) process.exit(status);
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/**
 * Lets a write end before a signal ends the process. While scanning nothing handles signals: a handler would wait for the event loop,
 * and a Ctrl-C that waits is no Ctrl-C. There is nothing to clean up then, since nothing of a report is on the disk before this.
 */
export async function whileWriting<T>(work: () => Promise<T>): Promise<T> {
  const stop = (signal: NodeJS.Signals): void => {
    abandonWrites();
    process.exit(signal === 'SIGINT' ? STATUS.SIGINT : STATUS.SIGTERM);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await work();
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
