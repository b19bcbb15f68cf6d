import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['execa', 'cross-spawn', 'nano-spawn', 'tinyexec'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['execa', 'cross-spawn', 'nano-spawn', 'tinyexec'],
  calls: [
    {
      call: 'execa|default|sync|execaSync|spawn|exec|x|execaNode|default.sync|default.spawn',
      statement: { language: 'shell', in: 'arg*' },
      returns: 'ChildProcess',
    },
    { call: 'execaCommand|execaCommandSync|command|commandSync|default.command|$', statement: { language: 'shell', in: 'arg0' }, returns: 'ChildProcess' },
    { call: 'ChildProcess#on|ChildProcess#once', returns: 'receiver' },
    { call: 'ChildProcess#kill|ChildProcess#cancel', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
