import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['undici'],
  language: 'typescript',
  versions: '5-8',
  source: 'read in package types, undici 7',
  tokens: ['undici'],
  types: { MockAgent: 'MockAgent' },
  calls: [
    { call: 'setGlobalDispatcher', changes: { state: 'global', cell: ['=undici global dispatcher'] } },
    { call: 'new MockAgent', returns: 'MockAgent' },
    { call: 'new Agent|new Pool|new Client', returns: 'Agent' },
    { call: 'MockAgent#close|MockAgent#deactivate', restores: { state: ['http-mock'], what: 'receiver' } },
    { call: 'MockAgent#get', returns: 'MockPool', changes: { state: 'http-mock', cell: ['arg0'] } },
    { call: 'MockAgent#disableNetConnect', returns: 'receiver' },
    { call: 'setGlobalOrigin', changes: { state: 'global', cell: ['=undici global origin'] } },
    { call: 'Agent#close|Agent#destroy', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
