import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['nock'],
  language: 'typescript',
  versions: '11-15',
  source: 'measured with nock 13.5.6 and 15.0.2',
  tokens: ['nock'],
  types: { Scope: 'Scope', Interceptor: 'Interceptor' },
  calls: [
    { call: 'default', returns: 'Scope', changes: { state: 'http-mock', cell: ['arg0'] } },
    { call: on('Scope', 'get post put patch delete head options intercept'), returns: 'Interceptor' },
    { call: 'Interceptor#*', returns: 'receiver' },
    { call: on('Interceptor', 'reply replyWithError replyWithFile'), returns: 'Scope' },
    { call: 'Scope#*', returns: 'receiver' },
    { call: 'Scope#persist|Interceptor#persist', returns: 'receiver', changes: { state: 'http-mock', cell: ['=persistent interceptors'] } },
    { call: 'disableNetConnect|default.disableNetConnect', changes: { state: 'http-mock', cell: ['=net connect'] } },
    { call: 'enableNetConnect|default.enableNetConnect', restores: { state: ['http-mock'], what: '=net connect' } },
    { call: 'cleanAll|default.cleanAll|restore|default.restore|abortPendingRequests', restores: { state: ['http-mock'], what: 'all' } },
    { call: 'removeInterceptor|default.removeInterceptor', restores: { state: ['http-mock'], what: 'arg0' } },
    { call: 'activate|default.activate', returns: 'Scope' },
    { call: 'recorder.rec|default.recorder.rec', changes: { state: 'http-mock', cell: ['=recorder'] } },
    { call: 'recorder.clear|default.recorder.clear', restores: { state: ['http-mock'], what: '=recorder' } },
    { call: 'back', op: 'write', opens: { kind: 'filesystem', name: ['arg0'] } },
  ],
} satisfies LibraryEntry;
