import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['koa'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of koa',
  tokens: ['koa'],
  types: { default: 'App' },
  calls: [
    { call: 'default|new default', returns: 'App' },
    {
      call: 'App#listen',
      returns: 'Server',
      op: 'bind',
      opens: { kind: 'network-port', name: ['arg0.port', 'arg0'], privateNames: ['0'], randomByDefault: true },
      owes: 'server.close()',
    },
    { call: 'App#use|App#get|App#post|App#put|App#patch|App#delete|App#all|App#set|App#on|App#route', returns: 'receiver' },
    { call: 'Server#close|Server#[asyncDispose]|Server#closeAllConnections|Server#destroy|Server#stop|Server#shutdown', releases: 'receiver' },
    { call: 'Server#on|Server#once', returns: 'receiver' },
    { call: 'Server#unref|Server#ref|Server#setTimeout', returns: 'receiver' },
  ],
} satisfies LibraryEntry;
