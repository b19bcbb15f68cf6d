import { abandonWrites } from '../project/write-file.js';

const STATUS = { SIGINT: 130, SIGTERM: 143 } as const;

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
