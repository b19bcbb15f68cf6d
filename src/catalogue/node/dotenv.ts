import type { LibraryEntry } from '../../model/catalogue.js';

// Without `override` it only fills in what is missing, so it is not a change that leaks.
export default {
  packages: ['dotenv', 'dotenv-flow', '@next/env', 'dotenv-expand', 'dotenv-safe'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of dotenv 16 and 17',
  tokens: ['dotenv', '@next/env'],
  calls: [{ call: 'config|default.config', when: ['arg0.override=true'], changes: { state: 'env', cell: ['=process.env'] } }],
} satisfies LibraryEntry;
