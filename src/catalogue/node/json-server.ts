import type { LibraryEntry } from '../../model/catalogue.js';
import { appListens, serverCalls } from '../families/server.js';

export default {
  packages: ['json-server'],
  language: 'typescript',
  versions: '0.x',
  source: 'read in the documentation of json-server',
  tokens: ['json-server'],
  calls: [{ call: 'create|default.create', returns: 'App' }, appListens, { call: 'App#use', returns: 'receiver' }, ...serverCalls],
} satisfies LibraryEntry;
