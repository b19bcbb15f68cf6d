import type { LibraryEntry } from '../../model/catalogue.js';

// An iterator and promises: nothing to clear.
export default {
  packages: ['node:timers/promises'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['timers/promises'],
  calls: [{ call: 'setInterval|setTimeout|setImmediate|scheduler.wait', returns: 'Waiting' }],
} satisfies LibraryEntry;
