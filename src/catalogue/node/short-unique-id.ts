import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: [
    'short-unique-id',
    'shortid',
    'short-uuid',
    'hyperid',
    'ksuid',
    'bson-objectid',
    'xid-js',
    'crypto-random-string',
    'randomstring',
    'unique-string',
    'random-string',
    'randomatic',
    'unique-names-generator',
    'human-id',
  ],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['id', 'uuid', 'random', 'unique'],
  calls: [
    {
      call: 'default|generate|default.generate|default.generateAlphanumeric|cryptoRandomString|cryptoRandomStringAsync|uniqueNamesGenerator|humanId|randomSync',
      gives: { varies: 'call', source: 'random id' },
    },
    { call: 'new default', returns: 'Generator' },
    { call: on('Generator', 'rnd randomUUID seq stamp generate new uuid toString toHexString'), gives: { varies: 'call', source: 'random id' } },
  ],
} satisfies LibraryEntry;
