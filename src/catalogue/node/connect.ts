import type { LibraryEntry } from '../../model/catalogue.js';
import { appCalls } from '../families/server.js';

export default {
  packages: ['connect'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of connect',
  tokens: ['connect'],
  calls: [{ call: 'default|new default', returns: 'App' }, ...appCalls],
} satisfies LibraryEntry;
