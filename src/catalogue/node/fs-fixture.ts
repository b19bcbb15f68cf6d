import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['fs-fixture', 'tempdir', 'tmp-dir', 'fixturify-project', 'broccoli-test-helper', '@isaacs/mkdtemp'],
  language: 'typescript',
  versions: 'any',
  source: 'read in the documentation of fs-fixture',
  tokens: ['fixtur', 'tempdir', 'tmp-dir', 'broccoli', 'mkdtemp'],
  calls: [
    { call: 'createFixture|createTempDir', returns: 'Fixture', owes: 'fixture.rm()', owesKind: 'temp-directory' },
    { call: 'new Project', returns: 'Fixture' },
    { call: on('Fixture', 'write writeFile writeJson'), returns: 'receiver' },
    { call: on('Fixture', 'rm dispose [asyncDispose]'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;
