/** The words of the code that a test runs, as far as its own file and the files that it imports show them: names, members and modules. */
import { baseOf, eachValue, everyStep, GLOBAL_NAMES, isIn, originsOf, requiredBy } from '../model/code.js';
import type { Call, FileFacts, Span, Target, Value } from '../model/facts.js';
import { grouped } from '../model/grouped.js';
import type { Place } from '../model/place.js';
import { remembered, rememberedPart } from '../model/remembered.js';
import { isWithin, type Audited, type Block, type FileStory } from '../model/suite.js';
import { handedOut } from './observed.js';

interface Word {
  readonly text: string;
  readonly at: Span;
  readonly binding?: number;
  /** The property of the name that is meant: `open` for `shop` in `shop.open`. */
  readonly part?: string;
  /** It, or that property of it, is only written. */
  readonly isSet?: true;
  readonly isPartSet?: true;
}

/** The word for a name that no file declares, written alone or as a property of the global object. */
export const ofGlobal = (name: string): string => `globalThis.${name}`;

/** The word for a property: a variable of the same name is something else. */
export const ofProperty = (name: string): string => `.${name}`;

/** Every name and member of a file, in the order of the text. */
const wordsOf = remembered((facts: FileFacts): readonly Word[] => {
  const out: Word[] = [];
  const parts = new Map<Value, string>();
  const taken = (to: Target): void => {
    if (to.kind !== 'pattern') return;
    for (const { path, to: inner } of to.parts) {
      for (const key of path) if (typeof key === 'string') out.push({ text: ofProperty(key), at: to.at });
      taken(inner);
    }
  };
  for (const { body, params } of facts.functions) {
    for (const step of everyStep(body)) if (step.do === 'bind') taken(step.to);
    for (const { target } of params) taken(target);
  }
  const set = new Set<unknown>(facts.functions.flatMap(({ body }) => everyStep(body).flatMap((step) => (step.do === 'bind' && !step.op ? [step.to] : []))));
  const setOf = new Set<Value>();
  eachValue([facts.functions, facts.calls], (value) => {
    if (value.kind === 'outer') out.push({ text: value.name, at: value.at }, { text: ofGlobal(value.name), at: value.at });
    else if (value.kind === 'member' && typeof value.key === 'string') {
      const isSet = set.has(value) ? { isSet: true as const } : {};
      if (set.has(value)) setOf.add(value.of);
      out.push({ text: value.key, at: value.at, ...isSet }, { text: ofProperty(value.key), at: value.at, ...isSet });
      parts.set(value.of, value.key);
      if (value.of.kind === 'outer' && GLOBAL_NAMES.has(value.of.name)) out.push({ text: ofGlobal(value.key), at: value.at });
    } else if (value.kind === 'ref') {
      const part = parts.get(value);
      const isPartSet = setOf.has(value) ? { isPartSet: true as const } : {};
      out.push({ text: facts.bindings[value.binding]!.name, at: value.at, binding: value.binding, ...(part === undefined ? {} : { part }), ...isPartSet });
    }
  });
  return out.sort((a, b) => a.at[0] - b.at[0]);
});

/** Those within a span. */
function wordsIn(facts: FileFacts, span: Span): readonly Word[] {
  const all = wordsOf(facts);
  let [from, to] = [0, all.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (all[middle]!.at[0] < span[0]) from = middle + 1;
    else to = middle;
  }
  const found: Word[] = [];
  for (let at = from; at < all.length && all[at]!.at[0] <= span[1]; at++) if (isIn(all[at]!.at, span)) found.push(all[at]!);
  return found;
}

const textsIn = remembered((facts: FileFacts): ReadonlySet<string> => new Set(wordsOf(facts).map(({ text }) => text)));

/** A word, or a pattern for words. */
type Asked = string | RegExp;

const isAmong = (words: ReadonlySet<string>, asked: Asked): boolean =>
  typeof asked === 'string' ? words.has(asked) : [...words].some((each) => asked.test(each));

interface Where {
  /** What a file of the project may say that the test imports. */
  readonly imported?: Asked | undefined;
  /** A hook there does not count. */
  readonly except?: Place | undefined;
}

/** Whether the test, a hook around it, or a function of the file that they name says a word. */
export function says(audited: Audited, story: FileStory, test: Block, own: Asked, { imported, except }: Where = {}): boolean {
  if (!audited.facts(test.seenAt.path)) return true;
  const isLeftOut = ({ seenAt }: Block): boolean => except?.path === seenAt.path && isIn(except.span, seenAt.span);
  return [test, ...hooksAround(audited, story, test).filter((each) => !isLeftOut(each))].some((block) => {
    const said = saidIn(audited, story, block);
    return isAmong(said.words, own) || (imported !== undefined && said.from.some((from) => importedSays(audited, block.seenAt.path, from, imported)));
  });
}

/** What is found out of a story, once in an audit. */
function once<T>(find: (audited: Audited, story: FileStory) => T): (audited: Audited, story: FileStory) => T {
  const of = remembered((audited: Audited) => remembered((story: FileStory) => find(audited, story)));
  return (audited, story) => of(audited)(story);
}

/** What is found out of a test, or of its whole file, once in an audit. */
function onceForTest<T>(
  find: (audited: Audited, story: FileStory, test: Block | undefined) => T,
): (audited: Audited, story: FileStory, test: Block | undefined) => T {
  const of = remembered((audited: Audited) => rememberedPart((story: FileStory, test: Block | undefined) => find(audited, story, test)));
  return (audited, story, test) => of(audited)(story, test);
}

/** What is found out of a file and a word, once in an audit. */
function onceForWord<T>(find: (audited: Audited, story: FileStory, word: string) => T): (audited: Audited, story: FileStory, word: string) => T {
  const of = remembered((audited: Audited) => rememberedPart((story: FileStory, word: string) => find(audited, story, word)));
  return (audited, story, word) => of(audited)(story, word);
}

const hooksAround = onceForTest((audited, story, test): readonly Block[] =>
  story.blocks.filter((each) => each.role === 'hook' && audited.facts(each.seenAt.path) && isWithin(story.blocks, test?.parent, each.parent)),
);

/** What a block and the functions of its file that it names say, and where from they take what they name. A test file may load the files that its tests stand in. */
const saidIn = onceForTest((audited, _, block) => {
  const facts = audited.facts(block!.seenAt.path)!;
  const [words, from, seen] = [new Set<string>(), new Set<string>(), new Set<number>()];
  // Grows while it is walked.
  const spans = [block!.seenAt.span];
  for (const span of spans) {
    for (const { text, binding } of wordsIn(facts, span)) {
      words.add(text);
      if (binding === undefined || seen.has(binding)) continue;
      seen.add(binding);
      spans.push(...madeAt(facts, binding));
      const origin = originsOf(facts).get(binding);
      if (origin) from.add(origin.from);
    }
  }
  return { words, from: [...from] };
});

/** Whether any test of a file says a word, or the files do that it imports: asked of a file once, however many changes it could meet. */
export const isSaidByAny = onceForWord((audited, story, word) => story.blocks.some((test) => says(audited, story, test, word, { imported: word })));

/** Whether a test file says a word anywhere, or a file of the project that it imports. */
export function saysAnywhere(audited: Audited, story: FileStory, word: string): boolean {
  return textsOf(audited, story)?.has(word) ?? true;
}

const textsOf = once((audited, story): ReadonlySet<string> | undefined => {
  const facts = audited.facts(story.file);
  const all = facts && [
    facts,
    ...facts.imports.flatMap(({ from }) => (from.kind === 'const' ? (importedFrom(audited, story.file, String(from.value)) ?? []) : [])),
  ];
  return all && new Set(all.flatMap((each) => [...textsIn(each)]));
});

function importedSays(audited: Audited, path: string, from: string, asked: Asked): boolean {
  const file = importedFrom(audited, path, from);
  return file !== undefined && isAmong(textsIn(file), asked);
}

const importedFrom = (audited: Audited, path: string, from: string): FileFacts | undefined =>
  from.startsWith('node:') ? undefined : fileOf(audited, path, from);

/** Whether a test and another one, or any test of another file, name one file of the project: what the first sets for it, the second meets there. */
export function sharesSubject(
  audited: Audited,
  [story, test]: readonly [FileStory, Block],
  [other, meeting]: readonly [FileStory, (Block | undefined)?],
): boolean {
  const mine = subjectsOf(audited, story, test);
  const theirs = subjectsOf(audited, other, meeting);
  return !mine || !theirs || !areApart(mine, theirs);
}

function areApart(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const each of some) if (others.has(each)) return false;
  return true;
}

/** `./../lib/orders` of `require(path.join(__dirname, '..', 'lib', 'orders'))`. */
function requiredFrom({ calls }: FileFacts, { callee, args }: Call): string | undefined {
  const path = args[0]?.value;
  if (callee.kind !== 'outer' || callee.name !== 'require' || path?.kind !== 'result') return undefined;
  const [from, ...steps] = calls[path.call]!.args.map((each) => each.value);
  if (from?.kind !== 'outer' || from.name !== '__dirname') return undefined;
  return ['.', ...steps.map((each) => (each.kind === 'const' ? String(each.value) : ''))].join('/');
}

/** Any test of a file may use what the file requires. */
const requiredIn = remembered((facts: FileFacts): readonly string[] => facts.calls.flatMap((call) => requiredBy(call) ?? requiredFrom(facts, call) ?? []));

const OF_THE_PROJECT = /^([.@~#]?\/|\.\.?($|\/))/;

type Subjects = ReadonlySet<string> | undefined;

/** The file that a test is written in, or that of the story. */
const homeOf = ({ file }: FileStory, test: Block | undefined): string => test?.seenAt.path ?? file;

/** The files of the project that a test, or its whole file, takes something from; nothing where that cannot be told. */
const subjectsOf = onceForTest((audited, story, test): Subjects => {
  const facts = audited.facts(homeOf(story, test));
  if (!facts) return undefined;
  // A hook works for the tests of its suite.
  const around = test?.role === 'hook' ? (test.parent === undefined ? undefined : story.blocks[test.parent]) : test;
  const named = around && new Set(wordsIn(facts, around.seenAt.span).flatMap((each) => each.binding ?? []));
  const imported = facts.imports.flatMap(({ binding, from }) =>
    from.kind === 'const' && (!named || (binding !== undefined && named.has(binding))) ? [String(from.value)] : [],
  );
  return new Set(
    [...imported, ...requiredIn(facts)].filter((each) => OF_THE_PROJECT.test(each)).map((each) => fileOf(audited, facts.path, each)?.path ?? each),
  );
});

/** Whether a test could come to code of another file of the project that says a word, each function by itself; whole files where that cannot be told. */
export function comesTo(audited: Audited, story: FileStory, test: Block | undefined, word: string): boolean {
  const mine = followed(audited, story, test);
  if (!mine || mine.steps.some((each) => each.words.has(word))) return true;
  // What its file was seen to come to in a way that is not followed here.
  const all = followed(audited, story, undefined);
  return !all || story.reached.some((path) => !all.paths.has(path) && isSaidIn(audited.facts(path), word));
}

/** Whether any test of a file could come there: asked of a file once, however many changes it could meet. */
export const isComeToByAny = onceForWord(
  (audited, story, word) => story.blocks.some(({ seenAt }) => seenAt.path !== story.file) || comesTo(audited, story, undefined, word),
);

/** A file that is data, or does not parse, says nothing. */
const isSaidIn = (facts: FileFacts | undefined, word: string): boolean => facts !== undefined && textsIn(facts).has(word);

/** Whether a test is known to come to code of another file of the project that reads what a word names, or calls it. */
export const surelyComesTo = (audited: Audited, story: FileStory, test: Block, word: string): boolean =>
  followed(audited, story, test)?.steps.some((each) => each.read.has(word)) === true;

interface Followed {
  /** Those outside the test file. */
  readonly steps: readonly Step[];
  readonly paths: ReadonlySet<string>;
}

/** A function, class or variable of a file, or the whole file. */
interface Part {
  readonly facts: FileFacts;
  readonly span: Span | undefined;
}

/** One object for each part, so that it can be looked up by itself. */
const partOf = rememberedPart(
  (facts: FileFacts, span: Span | undefined): Part => ({ facts, span }),
  (span) => span?.join() ?? '',
);

const followed = onceForTest((audited, story, test): Followed | undefined => {
  const facts = audited.facts(homeOf(story, test));
  if (!facts) return undefined;
  // Grows while it is walked.
  const parts = new Set<Part>();
  const add = (part: Part): void => {
    if (part.span === undefined || !parts.has(partOf(part.facts, undefined))) parts.add(part);
  };
  if (!test) add(partOf(facts, undefined));
  else for (const { seenAt } of [test, ...hooksAround(audited, story, test)]) add(partOf(audited.facts(seenAt.path)!, seenAt.span));
  // What the test itself replaces, it does not come to: `shop.open = () => 0`.
  const replaced = new Set(
    (test ? wordsIn(facts, test.seenAt.span) : []).flatMap(({ binding, part, isPartSet }) => {
      const origin = isPartSet && binding !== undefined ? originsOf(facts).get(binding) : undefined;
      const file = origin && importedFrom(audited, facts.path, origin.from);
      return file ? [`${file.path}#${part}`] : [];
    }),
  );
  const steps: Step[] = [];
  for (const part of parts) {
    if (parts.size > MANY_PARTS) return undefined;
    const isOwn = part.facts === facts;
    const step = isOwn ? stepInside(audited)(part) : stepFrom(audited)(part);
    if (!step) return undefined;
    if (!isOwn) steps.push(step);
    for (const { part: next, called } of step.to) if (called === undefined || !replaced.has(`${next.facts.path}#${called}`)) add(next);
  }
  return { steps, paths: new Set([...parts].map((each) => each.facts.path)) };
});

/** What a part says, and what it leads to. */
interface Step {
  readonly words: ReadonlySet<string>;
  /** Those that are not only written. */
  readonly read: ReadonlySet<string>;
  /** With the property by which an object is asked for it. */
  readonly to: readonly { readonly part: Part; readonly called?: string }[];
}

/** Many tests come through the same functions: each is looked at once. Nothing where it leads to a file of the project that is not known. */
const stepFrom = remembered((audited: Audited) => remembered((part: Part) => findStep(audited, part, false)));

/** The same of a part of the test file itself. */
const stepInside = remembered((audited: Audited) => remembered((part: Part) => findStep(audited, part, true)));

function findStep(audited: Audited, { facts, span }: Part, isOwn: boolean): Step | undefined {
  const isHere = (at: Span): boolean => span === undefined || isIn(at, span);
  const from = (specifier: string): FileFacts | undefined => importedFrom(audited, facts.path, specifier);
  const here = span === undefined ? wordsOf(facts) : wordsIn(facts, span);
  const to: { part: Part; called?: string }[] = [];
  for (const { binding, part: called, text } of here) {
    if (binding === undefined) continue;
    const lead = (part: Part): unknown => to.push(called === undefined ? { part } : { part, called });
    const origin = originsOf(facts).get(binding);
    const entry = called === undefined ? undefined : entryAt(facts, binding, called);
    if (origin) {
      const file = from(origin.from);
      const asked = isWhole(origin.name) ? called : undefined;
      if (file) lead(partOf(file, (asked === undefined ? undefined : functionAt(file, asked)) ?? functionAt(file, origin.name)));
      else if (OF_THE_PROJECT.test(origin.from)) return undefined;
    } else if (entry) lead(partOf(facts, entry));
    else if (!isOwn && facts.bindings[binding]!.in === 0 && !facts.functions.some((fn) => fn.name === text && fn.in === 0) && !isLeftAlone(facts, binding))
      lead(partOf(facts, undefined));
    else for (const made of madeAt(facts, binding)) lead(partOf(facts, made));
  }
  const whole = [
    // What is loaded on the way: `require('./orders')`, `proxyquire('./orders', {})`.
    ...facts.calls.flatMap((call) => (isHere(call.at) ? (loadedBy(facts, call) ?? []) : [])),
    ...facts.imports.flatMap((each) => {
      const isRun = each.form === 'static' || each.form === 'side-effect' ? span === undefined && each.binding === undefined : isHere(each.at);
      return isRun && each.from.kind === 'const' ? [String(each.from.value)] : [];
    }),
    ...(span === undefined ? facts.exports.flatMap((each) => ('from' in each ? [each.from] : [])) : []),
  ];
  to.push(...whole.flatMap((each) => from(each) ?? []).map((file) => ({ part: partOf(file, undefined) })));
  return { words: new Set(here.map(({ text }) => text)), read: new Set(here.flatMap(({ isSet, text }) => (isSet ? [] : [text]))), to };
}

/** The relative path of a file that a call loads, or is given. */
function loadedBy(facts: FileFacts, call: Call): string | undefined {
  const given = call.args[0]?.value;
  const path = requiredFrom(facts, call) ?? (given?.kind === 'const' && typeof given.value === 'string' ? given.value : undefined);
  return path !== undefined && /^\.{1,2}\//.test(path) ? path : undefined;
}

/** More than these are followed for no test. */
const MANY_PARTS = 400;

const isWhole = (name: string): boolean => name === '*' || name === 'module.exports' || name === 'default';

/** Where a function or class stands that a file exports, or has in the object that it exports; nothing where it exports something else, or hands it on. */
function functionAt(facts: FileFacts, name: string): Span | undefined {
  const exported = handedOut(facts);
  const value = exported.find((each) => each.name === name)?.value;
  const object = value ? undefined : exported.find((each) => isWhole(each.name))?.value;
  if (object?.kind === 'ref') return entryAt(facts, object.binding, name);
  if (value?.kind === 'fn') return facts.functions[value.fn]?.at;
  if (value?.kind !== 'ref') return undefined;
  const bound = facts.bindings[value.binding]!;
  return facts.functions.find((fn) => fn.name === bound.name && fn.in === bound.in)?.at;
}

/** Where a function, class or variable of the file is written. */
function madeAt(facts: FileFacts, binding: number): readonly Span[] {
  const { name, in: home } = facts.bindings[binding]!;
  const functions = functionsByName(facts).get(`${home} ${name}`) ?? [];
  return [...functions.map(({ at }) => at), ...(declarationsOf(facts).get(binding) ?? []).map(({ at }) => at)];
}

const functionsByName = remembered((facts: FileFacts) => grouped(facts.functions, (fn) => `${fn.in} ${fn.name}`));

/** The steps that declare a variable of its own, by variable. */
const declarationsOf = remembered((facts: FileFacts) =>
  grouped(
    facts.functions.flatMap(({ body }) =>
      body.flatMap((step) =>
        step.do === 'bind' && step.declares && step.to.kind === 'binding' ? [{ binding: step.to.binding, at: step.at, value: step.value }] : [],
      ),
    ),
    ({ binding }) => binding,
  ),
);

/** What a variable is given where it is declared. */
const givenTo = (facts: FileFacts, binding: number): Value | undefined => declarationsOf(facts).get(binding)?.[0].value;

/** Where a property stands of the object that a variable is given, and that the file writes nowhere else. */
function entryAt(facts: FileFacts, binding: number, name: string): Span | undefined {
  const object = givenTo(facts, binding);
  const entry = object?.kind === 'record' ? object.entries.find((each) => 'key' in each && each.key === name) : undefined;
  if (!entry || !('key' in entry) || wordsOf(facts).some(({ isSet, text }) => isSet && text === ofProperty(name))) return undefined;
  return entry.value.kind === 'fn' ? facts.functions[entry.value.fn]!.at : entry.value.at;
}

/** `const log = logger('shop')`: a constant to which the module, while it loads, gives nothing more. */
function isLeftAlone(facts: FileFacts, binding: number): boolean {
  const value = givenTo(facts, binding);
  const isMeant = (each: Value): boolean => each.kind === 'ref' && each.binding === binding;
  return (
    facts.bindings[binding]!.form === 'const' &&
    (value?.kind === 'const' || value?.kind === 'text' || value?.kind === 'result') &&
    !facts.calls.some(({ args, callee, in: fn }) => fn === 0 && (isMeant(baseOf(callee)) || args.some((each) => isMeant(each.value))))
  );
}

const ENDINGS = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs', '.cjs', '/index.ts', '/index.tsx', '/index.js'];

/** The file of the project that a specifier leads to: a relative one, or one from a folder above, as aliases go: `@/orders`, `~/orders`, `src/orders`. */
const fileOf = (audited: Audited, path: string, specifier: string): FileFacts | undefined =>
  fileFrom(audited, { folder: path.slice(0, Math.max(0, path.lastIndexOf('/'))), specifier });

interface Asking {
  readonly folder: string;
  readonly specifier: string;
}

/** Asked for each change, test and import, and looked up once. */
const fileFrom = rememberedPart(findFile, ({ folder, specifier }: Asking) => `${folder}\0${specifier}`);

function findFile(audited: Audited, { folder: from, specifier }: Asking): FileFacts | undefined {
  const bare = specifier.replace(/\.[cm]?[jt]sx?$/, '');
  const folder = from === '' ? [] : from.split('/');
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
