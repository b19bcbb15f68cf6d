import type { LibraryEntry } from '../../model/catalogue.js';
import { serverCalls, serverListens } from '../families/server.js';

export default {
  packages: ['smtp-server', 'aedes', 'mosca'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['smtp-server', 'aedes', 'mosca'],
  calls: [{ call: 'new SMTPServer', returns: 'Server' }, serverListens, ...serverCalls],
} satisfies LibraryEntry;
