/** Imports of a project's own code that lead nowhere: what is called of them was not followed, and may do anything. */
import { baseOf } from '../model/code.js';
import type { FileFacts, Import } from '../model/facts.js';
import type { StoryGap } from '../model/suite.js';
import { place } from './resolver.js';

/** `./orders`, `#lib/orders`, `@/orders`, `~/orders`. What else is not found, bundlers and frameworks make. */
const OWN = /^(?:[./#]|[@~]\/)/;

const NO_CODE = /\.(css|scss|less|svg|png|graphql|sql|wasm|node|txt|html|md|vue|svelte)(\?.*)?$/;

/** What is to be said of an import that is not found. */
export function missingImport(facts: FileFacts, each: Import, specifier: string): StoryGap | undefined {
  if (!OWN.test(specifier) || NO_CODE.test(specifier)) return undefined;
  return { why: `the import \`${specifier}\` is not found`, at: place(facts.path, each.at), hides: isCalled(facts, each) && !isReplaced(facts, specifier) };
}

const isCalled = ({ calls }: FileFacts, { binding }: Import): boolean =>
  calls.some(({ callee }) => {
    const base = baseOf(callee);
    return base.kind === 'ref' && base.binding === binding;
  });

/** `jest.mock('./orders', () => ({}), { virtual: true })` */
const isReplaced = ({ calls }: FileFacts, specifier: string): boolean =>
  calls.some(({ callee, args: [first] }) => callee.kind === 'member' && first?.value.kind === 'const' && first.value.value === specifier);
