import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['typeorm-transactional', 'typeorm-transactional-tests', 'typeorm-test-transactions'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['typeorm-transactional', 'typeorm-transactional-tests', 'typeorm-test-transactions'],
  calls: [
    { call: 'initializeTransactionalContext', changes: { state: 'module', cell: ['=transactional context'] } },
    { call: 'new TransactionalTestContext|new default', returns: 'Context' },
    { call: 'Context#start', returns: 'receiver', owes: 'context.finish()', owesKind: 'handle' },
    { call: 'Context#finish', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
