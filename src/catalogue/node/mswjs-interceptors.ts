import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@mswjs/interceptors', 'pretender', 'xhr-mock', 'moxios', 'mitm', '@miragejs/server', 'miragejs'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['@mswjs/interceptors', 'pretender', 'xhr-mock', 'moxios', 'mitm', 'mirage'],
  calls: [
    { call: 'new BatchInterceptor|new ClientRequestInterceptor|new FetchInterceptor', returns: 'Interceptor' },
    { call: 'Interceptor#apply', changes: { state: 'http-mock', cell: ['=interceptors'] } },
    { call: 'Interceptor#dispose', restores: { state: ['http-mock'], what: 'receiver' } },
    { call: 'setup|install|default.setup|default.install|default', changes: { state: 'http-mock', cell: ['=http interception'] } },
    { call: 'teardown|uninstall|default.teardown|default.uninstall', restores: { state: ['http-mock'], what: '=http interception' } },
    { call: 'new default|createServer|new Server', returns: 'Server', changes: { state: 'http-mock', cell: ['=http interception'] } },
    { call: 'Server#shutdown', restores: { state: ['http-mock'], what: 'all' } },
  ],
} satisfies LibraryEntry;
