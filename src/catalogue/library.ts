/**
 * Turns the library data into the `Library` that resolve asks. It knows how the data is read, and nothing of suites,
 * runners or rules.
 */
import type { Library } from '../model/abstract.js';
import type { LibraryEntry } from '../model/catalogue.js';
import { createLookup } from './lookup.js';
import { matchingSpecs } from './matching.js';
import { react } from './react.js';
import { readsArgument } from './reads.js';
import { readSource } from './sources.js';

export function createLibrary(entries: readonly LibraryEntry[]): Library {
  const lookup = createLookup(entries);
  return { ...lookup, matching: matchingSpecs, read: readSource, readsArgument, react };
}
