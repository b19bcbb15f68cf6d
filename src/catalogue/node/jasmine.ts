import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// Jasmine removes the spies of a spec by itself; the clock stays.
export default {
  packages: ['jasmine', 'global', 'jasmine-core'],
  language: 'typescript',
  versions: '3-7',
  source: 'read in the documentation of Jasmine',
  tokens: ['jasmine', 'jasmine-core'],
  calls: [
    { call: 'spyOn|spyOnProperty|spyOnAllFunctions', returns: 'Spy' },
    { call: on('Spy', 'and.returnValue and.callFake and.callThrough and.throwError and.stub and.resolveTo and.rejectWith'), returns: 'Spy' },
    { call: 'jasmine.clock', returns: 'Clock' },
    { call: 'Clock#install', returns: 'receiver', changes: { state: 'timers', cell: ['=fake timers'] } },
    { call: 'Clock#mockDate|Clock#tick', returns: 'receiver' },
    { call: 'Clock#uninstall', restores: { state: ['timers'], what: 'all' } },
    { call: 'jasmine.addCustomEqualityTester', returns: 'Spy' },
  ],
} satisfies LibraryEntry;
