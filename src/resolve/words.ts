import type { Abstract, LibraryValue, WordValue } from '../model/abstract.js';
import { originOf, pathOf, rootOf } from '../model/code.js';
import type { Call, FileFacts, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import type { Vocabulary } from '../model/runner.js';
import type { FileIndex } from './file-index.js';

const has = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);

/** The word that an exported or global name stands for. */
export function wordNamed(vocabulary: Vocabulary, name: string, at: Place): Abstract | undefined {
  if (vocabulary.cleanups.includes(name))
    return { kind: 'word', word: { role: 'hook', when: 'after', scope: 'test' }, modifiers: [], fixtures: [], cleanup: true, at };
  const word = has(vocabulary.words, name);
  return word ? { kind: 'word', word, modifiers: word.modifier ? [word.modifier] : [], fixtures: [], at } : undefined;
}

/** `require('node:test')` is the word `test` where the runner's module is one; its members are the other words. */
export function runnerModule(vocabulary: Vocabulary, value: Abstract): WordValue | undefined {
  if (value.kind !== 'library' || value.path.length > 0 || !vocabulary.modules.includes(value.package)) return undefined;
  const word = wordNamed(vocabulary, 'default', value.at);
  return word?.kind === 'word' ? word : undefined;
}

/** `const { test } = require('node:test')`, `const test = require('ava'); test.serial(...)`. */
export function runnerMember(vocabulary: Vocabulary, of: Abstract, key: string, at: Place): Abstract | undefined {
  if (of.kind !== 'library' || of.path.length > 0 || !vocabulary.modules.includes(of.package)) return undefined;
  const itself = runnerModule(vocabulary, of);
  return wordNamed(vocabulary, key, at) ?? (itself ? wordMember(vocabulary, itself, key) : undefined);
}

/** What `Lab.script()` gives: the words are its members, as they are those of the module itself elsewhere. */
export const wordsMade = (vocabulary: Vocabulary, of: LibraryValue): LibraryValue | undefined =>
  vocabulary.maker !== undefined && vocabulary.modules.includes(of.package) && of.path.join('.') === vocabulary.maker ? { ...of, path: [] } : undefined;

/** `test.only`, `test.describe`, `test.beforeEach`. */
export function wordMember(vocabulary: Vocabulary, of: WordValue, key: string): Abstract | undefined {
  const modifier = has(vocabulary.modifiers, key);
  if (modifier) return { ...of, modifiers: [...of.modifiers, modifier] };
  const word = has(vocabulary.members, key);
  if (key === 'configure' && of.word.role === 'suite') return { ...of, configures: true };
  if (word) return { ...of, word, modifiers: word.modifier ? [word.modifier] : [] };
  return undefined;
}

/** `t.test`, `t.after`: members of the first parameter. */
export function contextMember(vocabulary: Vocabulary, key: string, at: Place): Abstract | undefined {
  const word = has(vocabulary.context, key);
  if (!word) return undefined;
  if (word === 'cleanup') return { kind: 'word', word: { role: 'hook', when: 'after', scope: 'test' }, modifiers: [], fixtures: [], cleanup: true, at };
  return { kind: 'word', word, modifiers: [], fixtures: [], at };
}

/** Calls of a word that give a word back instead of declaring a block: `test.each(table)`, `test.extend(fixtures)`, `test.skipIf(x)`. */
export function wordCalled(of: WordValue, args: readonly Abstract[], hasBody: boolean): WordValue | undefined {
  const last = of.modifiers.at(-1);
  if (last === 'extend') return { ...of, modifiers: of.modifiers.slice(0, -1), fixtures: [...of.fixtures, ...args.slice(0, 1)] };
  if (last === 'each' && of.table === undefined) return { ...of, table: args[0] ?? { kind: 'unknown', why: 'a table that is not known' } };
  if (last === 'if') return { ...of, modifiers: of.modifiers.slice(0, -1) };
  if ((last === 'skip' || last === 'only') && !hasBody && args.length === 1 && args[0]!.kind !== 'text') return of;
  return undefined;
}

/** `page.evaluate(() => { window.config = ... })`: the function runs in the browser, not here. */
export const IN_BROWSER =
  /^(addInitScript|evaluate|evaluateHandle|evaluateAll|evaluateOnNewDocument|\$eval|\$\$eval|waitForFunction|executeScript|executeAsyncScript)$/;

const PATHS = new Set([
  'join',
  'resolve',
  'normalize',
  'dirname',
  'basename',
  'extname',
  'relative',
  'tmpdir',
  'homedir',
  'cwd',
  'fileURLToPath',
  'pathToFileURL',
]);

const COPIES = new Set(['assign', 'create', 'freeze', 'fromEntries']);

/** `join(folder, 'orders.csv')` or `Object.assign({}, order)` between opening and `try` throws nothing. */
export function makesOnly(index: FileIndex, call: Call): boolean {
  const { callee } = call;
  const name = callee.kind === 'member' ? callee.key : callee.kind === 'ref' ? index.facts.bindings[callee.binding]?.name : undefined;
  if (callee.kind === 'member' && callee.of.kind === 'outer' && callee.of.name === 'Object') return typeof name === 'string' && COPIES.has(name);
  return (typeof name === 'string' && PATHS.has(name)) || isDouble(index, call);
}

/** `vi.fn()`, `jest.spyOn(console, 'log')`, `sinon.stub().returns(1)` */
function isDouble(index: FileIndex, call: Call): boolean {
  let callee: Value | undefined = call.callee;
  while (callee?.kind === 'member' || callee?.kind === 'result') callee = callee.kind === 'member' ? callee.of : index.facts.calls[callee.call]?.callee;
  const name = callee?.kind === 'outer' ? callee.name : callee?.kind === 'ref' ? index.facts.bindings[callee.binding]?.name : undefined;
  return name !== undefined && /^(vi|vitest|jest|sinon)(\.|$)/.test(name);
}

/** Whether a file declares hooks while it is loaded: then it belongs to the tests, wherever it lies. */
export const declaresHooks = (facts: FileFacts, vocabulary: Vocabulary): boolean =>
  facts.calls.some((call) => call.in === 0 && isHook(call, facts, vocabulary));

function isHook({ callee }: Call, facts: FileFacts, { words, members, modules, globals }: Vocabulary): boolean {
  const path = pathOf(callee, facts);
  const root = rootOf(callee, facts);
  const origin = root.kind === 'ref' ? originOf(root.binding, facts) : undefined;
  if (!path || !(origin ? modules.includes(origin.from) : globals && root.kind === 'outer')) return false;
  const [first, second] = [origin?.name ?? path[0]!, path[1]];
  const word = second === undefined ? has(words, first) : has(members, second);
  return word?.role === 'hook';
}
