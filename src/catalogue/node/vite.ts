import type { LibraryEntry } from '../../model/catalogue.js';

// A taken port falls back to the next one unless `strictPort`.
export default {
  packages: ['vite'],
  language: 'typescript',
  versions: '2-8',
  source: 'read in the documentation of vite',
  tokens: ['vite'],
  types: { ViteDevServer: 'Server', PreviewServer: 'Server' },
  calls: [
    { call: 'createServer', returns: 'Server', owes: 'server.close()', owesKind: 'handle' },
    { call: 'Server#listen', returns: 'receiver', op: 'read' },
    { call: 'preview', returns: 'Server', owes: 'server.close()', owesKind: 'handle' },
    { call: 'build', op: 'write', opens: { kind: 'filesystem', name: ['arg0.build.outDir'] } },
    { call: 'Server#close', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
