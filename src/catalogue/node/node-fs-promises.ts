import type { LibraryEntry } from '../../model/catalogue.js';
import { fileHandle, fileHandleCalls, opensByFlags, pathCalls } from '../families/node-fs.js';

export default {
  packages: ['node:fs/promises'],
  language: 'typescript',
  versions: 'Node 20-26',
  source: 'read in @types/node 26.6.6',
  tokens: ['fs/promises'],
  types: { FileHandle: 'FileHandle' },
  calls: [...pathCalls(['*'], { streams: false }), ...opensByFlags('open', fileHandle), ...fileHandleCalls],
} satisfies LibraryEntry;
