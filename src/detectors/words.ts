/** The words of the code that a test runs, as far as its own file and the files that it imports show them: names, members and modules. */
import { eachValue, everyStep, GLOBAL_NAMES, isIn, originsOf, requiredBy } from '../model/code.js';
import type { Call, FileFacts, Span, Value } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { isWithin, type Audited, type Block, type FileStory } from '../model/suite.js';

interface Word {
  readonly text: string;
  readonly at: Span;
  readonly binding?: number;
  /** The property of the name that is meant: `open` for `shop` in `shop.open`. */
  readonly part?: string;
  /** It is only written. */
  readonly isSet?: true;
}

/** The word for a name that no file declares, written alone or as a property of the global object. */
export const ofGlobal = (name: string): string => `globalThis.${name}`;

const known = new WeakMap<FileFacts, readonly Word[]>();

/** Every name and member of a file. */
function wordsOf(facts: FileFacts): readonly Word[] {
  const before = known.get(facts);
  if (before) return before;
  const out: Word[] = [];
  const parts = new Map<Value, string>();
  const set = new Set<unknown>(facts.functions.flatMap(({ body }) => everyStep(body).flatMap((step) => (step.do === 'bind' && !step.op ? [step.to] : []))));
  eachValue([facts.functions, facts.calls], (value) => {
    if (value.kind === 'outer') out.push({ text: value.name, at: value.at }, { text: ofGlobal(value.name), at: value.at });
    else if (value.kind === 'member' && typeof value.key === 'string') {
      out.push({ text: value.key, at: value.at, ...(set.has(value) ? { isSet: true } : {}) });
      parts.set(value.of, value.key);
      if (value.of.kind === 'outer' && GLOBAL_NAMES.has(value.of.name)) out.push({ text: ofGlobal(value.key), at: value.at });
    } else if (value.kind === 'ref') {
      const part = parts.get(value);
      out.push({ text: facts.bindings[value.binding]!.name, at: value.at, binding: value.binding, ...(part === undefined ? {} : { part }) });
    }
  });
  known.set(facts, out);
  return out;
}

/** Whether the test, a hook around it (but not one at `except`), a function of the file that they name, or a file of the project that they import says a word. */
export function says(audited: Audited, story: FileStory, test: Block, own: RegExp, imported: RegExp = own, except?: Place): boolean {
  const facts = audited.facts(story.file);
  if (!facts || test.seenAt.path !== story.file) return true;
  const hooks = hooksAround(story, test).filter((each) => !(except?.path === story.file && isIn(except.span, each.seenAt.span)));
  const spans = [test, ...hooks].map((each) => each.seenAt.span);
  const seen = new Set<number>();
  // Grows while it is walked.
  for (const span of spans) {
    for (const word of wordsOf(facts)) {
      if (!isIn(word.at, span)) continue;
      if (own.test(word.text)) return true;
      if (word.binding === undefined || seen.has(word.binding)) continue;
      seen.add(word.binding);
      spans.push(...madeAt(facts, word.binding));
      const origin = originsOf(facts).get(word.binding);
      if (origin && importedSays(audited, story, origin.from, imported)) return true;
    }
  }
  return false;
}

const hooksAround = (story: FileStory, test: Block): readonly Block[] =>
  story.blocks.filter((each) => each.role === 'hook' && each.seenAt.path === story.file && isWithin(story.blocks, test.parent, each.parent));

/** What is found out of a story, once in an audit. */
function once<T>(find: (audited: Audited, story: FileStory) => T): (audited: Audited, story: FileStory) => T {
  const found = new WeakMap<Audited, Map<FileStory, T>>();
  return (audited, story) => {
    const own = found.get(audited) ?? new Map<FileStory, T>();
    found.set(audited, own);
    if (!own.has(story)) own.set(story, find(audited, story));
    return own.get(story)!;
  };
}

/** Whether a test file says a word anywhere, or a file of the project that it imports. */
export function saysAnywhere(audited: Audited, story: FileStory, word: string): boolean {
  return textsOf(audited, story)?.has(word) ?? true;
}

const textsOf = once((audited, story): ReadonlySet<string> | undefined => {
  const facts = audited.facts(story.file);
  const all = facts && [facts, ...facts.imports.flatMap(({ from }) => (from.kind === 'const' ? (importedFrom(audited, story, String(from.value)) ?? []) : []))];
  return all && new Set(all.flatMap((each) => wordsOf(each).map(({ text }) => text)));
});

function importedSays(audited: Audited, story: FileStory, from: string, word: RegExp): boolean {
  const file = importedFrom(audited, story, from);
  return file !== undefined && wordsOf(file).some((each) => word.test(each.text));
}

const importedFrom = (audited: Audited, story: FileStory, from: string): FileFacts | undefined =>
  from.startsWith('node:') ? undefined : fileOf(audited, story, from);

/** Whether a test and another one, or any test of another file, name one file of the project: what the first sets for it, the second meets there. */
export function sharesSubject(
  audited: Audited,
  [story, test]: readonly [FileStory, Block],
  [other, meeting]: readonly [FileStory, (Block | undefined)?],
): boolean {
  const mine = subjectsOf(audited, story, test);
  const theirs = subjectsOf(audited, other, meeting);
  return !mine || !theirs || [...mine].some((each) => theirs.has(each));
}

/** `./../lib/orders` of `require(path.join(__dirname, '..', 'lib', 'orders'))`. */
function requiredFrom({ calls }: FileFacts, { callee, args }: Call): string | undefined {
  const path = args[0]?.value;
  if (callee.kind !== 'outer' || callee.name !== 'require' || path?.kind !== 'result') return undefined;
  const [from, ...steps] = calls[path.call]!.args.map((each) => each.value);
  if (from?.kind !== 'outer' || from.name !== '__dirname') return undefined;
  return ['.', ...steps.map((each) => (each.kind === 'const' ? String(each.value) : ''))].join('/');
}

const OF_THE_PROJECT = /^([.@~#]?\/|\.\.?($|\/))/;

type Subjects = ReadonlySet<string> | undefined;

const subjectsByTest = once(() => new Map<Block | undefined, Subjects>());

/** The files of the project that a test, or its whole file, takes something from; nothing where the test stands elsewhere. */
function subjectsOf(audited: Audited, story: FileStory, test: Block | undefined): Subjects {
  const known = subjectsByTest(audited, story);
  if (!known.has(test)) known.set(test, findSubjects(audited, story, test));
  return known.get(test);
}

function findSubjects(audited: Audited, story: FileStory, test: Block | undefined): Subjects {
  const facts = audited.facts(story.file);
  if (!facts || (test && test.seenAt.path !== story.file)) return undefined;
  // A hook works for the tests of its suite.
  const around = test?.role === 'hook' ? (test.parent === undefined ? undefined : story.blocks[test.parent]) : test;
  const named = around && new Set(wordsOf(facts).flatMap((each) => (each.binding !== undefined && isIn(each.at, around.seenAt.span) ? [each.binding] : [])));
  const imported = facts.imports.flatMap(({ binding, from }) =>
    from.kind === 'const' && (!named || (binding !== undefined && named.has(binding))) ? [String(from.value)] : [],
  );
  // Any test of a file may use what the file requires.
  const required = facts.calls.flatMap((call) => requiredBy(call) ?? requiredFrom(facts, call) ?? []);
  return new Set([...imported, ...required].filter((each) => OF_THE_PROJECT.test(each)).map((each) => fileOf(audited, story, each)?.path ?? each));
}

const vocabularies = new WeakMap<FileFacts, ReadonlySet<string>>();

/** All words of a file; none of one that is data, or does not parse. */
function vocabularyOf(audited: Audited, path: string): ReadonlySet<string> {
  const facts = audited.facts(path);
  if (!facts) return NO_WORDS;
  const known = vocabularies.get(facts) ?? new Set(wordsOf(facts).map(({ text }) => text));
  vocabularies.set(facts, known);
  return known;
}

const NO_WORDS: ReadonlySet<string> = new Set();

/** Whether a test could come to code of another file of the project that says a word, each function by itself; whole files where that cannot be told. */
export function comesTo(audited: Audited, story: FileStory, test: Block, word: string): boolean {
  const mine = followed(audited, story, test);
  if (!mine || mine.words.has(word)) return true;
  // What its file was seen to come to in a way that is not followed here.
  const all = followed(audited, story, undefined);
  return !all || story.reached.some((path) => !all.paths.has(path) && vocabularyOf(audited, path).has(word));
}

/** Whether a test is known to come to code of another file of the project that reads what a word names, or calls it. */
export const surelyComesTo = (audited: Audited, story: FileStory, test: Block, word: string): boolean =>
  followed(audited, story, test)?.read.has(word) === true;

interface Followed {
  readonly words: ReadonlySet<string>;
  /** Those that are not only written. */
  readonly read: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
}

const followedByTest = once(() => new Map<Block | undefined, Followed | undefined>());

function followed(audited: Audited, story: FileStory, test: Block | undefined): Followed | undefined {
  const known = followedByTest(audited, story);
  if (!known.has(test)) known.set(test, follow(audited, story, test));
  return known.get(test);
}

function follow(audited: Audited, story: FileStory, test: Block | undefined): Followed | undefined {
  const facts = audited.facts(story.file);
  if (!facts || (test && test.seenAt.path !== story.file)) return undefined;
  const words = new Set<string>();
  const read = new Set<string>();
  const seen = new Set<string>();
  // Grows while it is walked. A part without a span is a whole file.
  const parts: { readonly facts: FileFacts; readonly span?: Span }[] = [];
  const add = (of: FileFacts, span?: Span): void => {
    const key = `${of.path}#${span?.join() ?? ''}`;
    if (seen.has(key) || seen.has(`${of.path}#`)) return;
    seen.add(key);
    parts.push({ facts: of, ...(span ? { span } : {}) });
  };
  for (const span of test ? [test, ...hooksAround(story, test)].map((each) => each.seenAt.span) : [undefined]) add(facts, span);
  for (const { facts: own, span } of parts) {
    if (parts.length > MANY_PARTS) return undefined;
    const isHere = (at: Span): boolean => span === undefined || isIn(at, span);
    const from = { ...story, file: own.path };
    for (const { at, binding, isSet, part, text } of wordsOf(own)) {
      if (!isHere(at)) continue;
      if (own !== facts) words.add(text);
      if (own !== facts && !isSet) read.add(text);
      if (binding === undefined) continue;
      const origin = originsOf(own).get(binding);
      if (origin) {
        const file = importedFrom(audited, from, origin.from);
        const name = origin.name === '*' || origin.name === 'module.exports' ? part : origin.name;
        if (file) add(file, name === undefined ? undefined : functionAt(file, name));
        else if (OF_THE_PROJECT.test(origin.from)) return undefined;
      } else if (own !== facts && own.bindings[binding]!.in === 0 && !own.functions.some((fn) => fn.name === text && fn.in === 0)) add(own);
      else for (const made of madeAt(own, binding)) add(own, made);
    }
    // What is loaded on the way: `require('./orders')`, `proxyquire('./orders', {})`.
    for (const call of own.calls) {
      const loaded = isHere(call.at) ? (requiredFrom(own, call) ?? call.args[0]?.value) : undefined;
      const path = typeof loaded === 'string' ? loaded : loaded?.kind === 'const' && typeof loaded.value === 'string' ? loaded.value : undefined;
      if (path === undefined || !/^\.{1,2}\//.test(path)) continue;
      const file = importedFrom(audited, from, path);
      if (file) add(file);
    }
    for (const each of own.imports) {
      const isRun = each.form === 'static' || each.form === 'side-effect' ? span === undefined && each.binding === undefined : isHere(each.at);
      const file = isRun && each.from.kind === 'const' ? importedFrom(audited, from, String(each.from.value)) : undefined;
      if (file) add(file);
    }
    for (const each of span === undefined ? own.exports : []) {
      const file = 'from' in each ? importedFrom(audited, from, each.from) : undefined;
      if (file) add(file);
    }
  }
  return { words, read, paths: new Set(parts.map((each) => each.facts.path)) };
}

/** More than these are followed for no test. */
const MANY_PARTS = 400;

/** Where a function or class stands that a file exports; nothing where it exports something else, or hands it on. */
function functionAt(facts: FileFacts, name: string): Span | undefined {
  const found = facts.exports.find((each) => each.name === name);
  if (!found || !('value' in found)) return undefined;
  const { value } = found;
  if (value.kind === 'fn') return facts.functions[value.fn]?.at;
  if (value.kind !== 'ref') return undefined;
  const bound = facts.bindings[value.binding]!;
  return facts.functions.find((fn) => fn.name === bound.name && fn.in === bound.in)?.at;
}

const making = new WeakMap<FileFacts, Map<number, readonly Span[]>>();

/** Where a function, class or variable of the file is written. */
function madeAt(facts: FileFacts, binding: number): readonly Span[] {
  const known = making.get(facts) ?? new Map<number, readonly Span[]>();
  making.set(facts, known);
  const spans = known.get(binding) ?? findMaking(facts, binding);
  known.set(binding, spans);
  return spans;
}

function findMaking(facts: FileFacts, binding: number): readonly Span[] {
  const { name, in: home } = facts.bindings[binding]!;
  return [
    ...facts.functions.flatMap((fn) => (fn.name === name && fn.in === home ? [fn.at] : [])),
    ...(facts.functions[home]?.body ?? []).flatMap((step) =>
      step.do === 'bind' && step.declares && step.to.kind === 'binding' && step.to.binding === binding ? [step.at] : [],
    ),
  ];
}

const ENDINGS = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs', '.cjs', '/index.ts', '/index.tsx', '/index.js'];

/** The file of the project that a specifier leads to: a relative one, or one from a folder above, as aliases go: `@/orders`, `~/orders`, `src/orders`. */
function fileOf(audited: Audited, { file }: FileStory, specifier: string): FileFacts | undefined {
  const bare = specifier.replace(/\.[cm]?[jt]sx?$/, '');
  const folder = file.split('/').slice(0, -1);
  const at = (steps: readonly string[]): FileFacts | undefined => {
    for (const ending of ENDINGS) {
      const facts = audited.facts([...steps].join('/') + ending);
      // A file that is not there says nothing.
      if (facts && facts.exports.length > 0) return facts;
    }
    return undefined;
  };
  const words = bare.split('/');
  if (bare.startsWith('.')) {
    const steps = folder;
    for (const word of words) {
      if (word === '..') steps.pop();
      else if (word !== '.') steps.push(word);
    }
    return at(steps);
  }
  const rest = /^[@~#]?$/.test(words[0]!) ? words.slice(1) : words;
  for (let up = folder.length; up >= 0; up--) {
    const found = at([...folder.slice(0, up), 'src', ...rest]) ?? at([...folder.slice(0, up), ...rest]);
    if (found) return found;
  }
  return undefined;
}
