import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['zod'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of zod',
  tokens: ['zod'],
  calls: [{ call: 'z.setErrorMap|setErrorMap|z.config|config', when: ['arg0'], changes: { state: 'module', cell: ['=zod error map'] } }],
} satisfies LibraryEntry;
