/** What there is to know of a call before it is followed. */
import type { Abstract, Frame, LibraryCall } from '../model/abstract.js';
import type { Call, Value } from '../model/facts.js';
import type { Resolver } from './resolver.js';
import type { Walker } from './walker.js';

/** Nothing waits for it, or it is no more than a pause: `await new Promise((done) => setTimeout(done, 100))`. */
export const slight = ({ callee, form, waited }: Call): { readonly isSlight?: true } =>
  waited === 'sync' || waited === 'floating' || (form === 'new' && callee.kind === 'outer' && callee.name === 'Promise') ? { isSlight: true } : {};

/** Asks for what an object is, and writes nothing through it. */
export const LOOKS = /^Object\.(getPrototypeOf|getOwnProperty\w+|keys|is|isFrozen|hasOwn)$/;

/** `t.equal(total, 3)` of a runner that only notes what fails. */
export const isCheck = ({ r }: Walker, { callee, waited }: Call, file: string, frame: Frame | undefined): boolean =>
  r.runner.vocabulary.checksGoOn === true && waited !== 'awaited' && callee.kind === 'member' && isTestContext(r.value(callee.of, file, frame));

const isTestContext = (value: Abstract): boolean => value.kind === 'context' && value.path.length === 0;

/** `response.end()`: what a callback is given ends by itself. */
export const isParameter = (r: Resolver, of: Value, file: string): boolean => of.kind === 'ref' && r.index(file)?.facts.bindings[of.binding]?.form === 'param';

export const assumedOf = (receiver: Abstract): readonly string[] => (receiver.kind === 'oneOf' ? ['one of several values that the receiver may have'] : []);

/** An object is handed to a spy for one of its methods to be replaced, and not for the others to be called. */
export const notChanged = (args: readonly Abstract[], calls: readonly LibraryCall[]): readonly Abstract[] =>
  args.filter((arg, index) => arg.kind !== 'record' || !calls.some(({ specs }) => specs.some(({ changes }) => changes?.cell.includes(`arg${index}`))));
