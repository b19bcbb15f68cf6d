import type { LibraryEntry } from '../../model/catalogue.js';
import { appCalls } from '../families/server.js';

export default {
  packages: ['express'],
  language: 'typescript',
  versions: '4-5',
  source: 'read in the documentation of express',
  tokens: ['express'],
  types: { Application: 'App', Express: 'App' },
  calls: [{ call: 'default|default.application', returns: 'App' }, ...appCalls],
} satisfies LibraryEntry;
