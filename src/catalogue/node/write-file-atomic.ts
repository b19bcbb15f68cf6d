import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['write-file-atomic', 'write-json-file', 'jsonfile', 'write-yaml-file', 'write-pkg'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of the packages',
  tokens: ['write-file-atomic', 'write-json-file', 'jsonfile', 'write-yaml-file', 'write-pkg'],
  calls: [
    {
      call: 'default|sync|default.sync|writeFile|writeFileSync|writeJsonFile|writeJsonFileSync|writeYamlFile|writeYamlFileSync',
      op: 'write',
      opens: { kind: 'filesystem', name: ['arg0'] },
    },
  ],
} satisfies LibraryEntry;
