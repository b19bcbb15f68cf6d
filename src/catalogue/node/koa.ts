import type { LibraryEntry } from '../../model/catalogue.js';
import { appCalls } from '../families/server.js';

export default {
  packages: ['koa'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of koa',
  tokens: ['koa'],
  types: { default: 'App' },
  calls: [{ call: 'default|new default', returns: 'App' }, ...appCalls],
} satisfies LibraryEntry;
