import type { LibraryEntry } from '../../model/catalogue.js';
import { appCalls } from '../families/server.js';

export default {
  packages: ['polka', 'restana', '0http', 'sirv'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of polka',
  tokens: ['polka', 'restana', '0http', 'sirv'],
  calls: [{ call: 'default', returns: 'App' }, ...appCalls, { call: 'App#server.close', releases: 'receiver' }],
} satisfies LibraryEntry;
