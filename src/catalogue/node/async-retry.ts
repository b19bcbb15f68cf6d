import type { LibraryEntry } from '../../model/catalogue.js';

// All of them run a function until it succeeds, and give back what it gave.
export default {
  packages: ['async-retry', 'p-retry', 'promise-retry', 'retry-as-promised', 'ts-retry-promise', 'exponential-backoff'],
  language: 'typescript',
  versions: 'async-retry 1, p-retry 4-7, promise-retry 2, retry-as-promised 7, ts-retry-promise 0.8, exponential-backoff 3',
  source: 'read in the documentation of each',
  tokens: ['retry', 'backoff'],
  calls: [{ call: 'default|pRetry|retry|retryAsPromised|backOff', handsOn: 'arg0' }],
} satisfies LibraryEntry;
