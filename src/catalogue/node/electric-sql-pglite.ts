import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['@electric-sql/pglite'],
  language: 'typescript',
  versions: '0.2-0.5',
  source: 'read in package types, @electric-sql/pglite 0.5',
  tokens: ['pglite'],
  types: { PGlite: 'PGlite', PGliteInterface: 'PGlite', Transaction: 'PGlite' },
  typeOpening: { kind: 'postgresql', isolated: 'memory' },
  calls: [
    { call: 'new PGlite|PGlite.create', when: ['!arg0', '!arg0.dataDir'], returns: 'PGlite', opens: { kind: 'postgresql', isolated: 'memory' }, op: 'acquire' },
    {
      call: 'new PGlite|PGlite.create',
      otherwise: true,
      returns: 'PGlite',
      opens: { kind: 'postgresql', server: ['=file'], name: ['arg0.dataDir', 'arg0'], privateNames: ['memory://', 'memory'], randomByDefault: true },
      op: 'acquire',
    },
    { call: on('PGlite', 'query exec sql'), op: 'write', statement: { language: 'sql', in: 'arg0' } },
    { call: 'PGlite#transaction', scoped: { callback: 'arg0', param: 0 }, returns: 'PGlite' },
    { call: 'PGlite#clone', returns: 'PGlite' },
    { call: 'PGlite#close|PGlite#[asyncDispose]', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
