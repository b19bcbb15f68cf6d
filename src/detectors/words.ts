/** The words of the code that a test runs, as far as its own file and the files that it imports show them: names, members and modules. */
import { eachValue, GLOBAL_NAMES, isIn, originsOf, requiredBy } from '../model/code.js';
import type { Call, FileFacts, Span } from '../model/facts.js';
import type { Place } from '../model/place.js';
import { isWithin, type Audited, type Block, type FileStory } from '../model/suite.js';

interface Word {
  readonly text: string;
  readonly at: Span;
  readonly binding?: number;
}

/** The word for a name that no file declares, written alone or as a property of the global object. */
export const ofGlobal = (name: string): string => `globalThis.${name}`;

const known = new WeakMap<FileFacts, readonly Word[]>();

/** Every name and member of a file. */
function wordsOf(facts: FileFacts): readonly Word[] {
  const before = known.get(facts);
  if (before) return before;
  const out: Word[] = [];
  eachValue([facts.functions, facts.calls], (value) => {
    if (value.kind === 'outer') out.push({ text: value.name, at: value.at }, { text: ofGlobal(value.name), at: value.at });
    else if (value.kind === 'member' && typeof value.key === 'string') {
      out.push({ text: value.key, at: value.at });
      if (value.of.kind === 'outer' && GLOBAL_NAMES.has(value.of.name)) out.push({ text: ofGlobal(value.key), at: value.at });
    } else if (value.kind === 'ref') out.push({ text: facts.bindings[value.binding]!.name, at: value.at, binding: value.binding });
  });
  known.set(facts, out);
  return out;
}

/** Whether the test, a hook around it (but not one at `except`), a function of the file that they name, or a file of the project that they import says a word. */
export function says(audited: Audited, story: FileStory, test: Block, own: RegExp, imported: RegExp = own, except?: Place): boolean {
  const facts = audited.facts(story.file);
  if (!facts || test.seenAt.path !== story.file) return true;
  const hooks = story.blocks.filter(
    (each) =>
      each.role === 'hook' &&
      each.seenAt.path === story.file &&
      isWithin(story.blocks, test.parent, each.parent) &&
      !(except?.path === story.file && isIn(except.span, each.seenAt.span)),
  );
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

/** Where a function, class or variable of the file is written. */
const madeAt = (facts: FileFacts, binding: number): Span[] => {
  const { name, in: home } = facts.bindings[binding]!;
  return [
    ...facts.functions.flatMap((fn) => (fn.name === name && fn.in === home ? [fn.at] : [])),
    ...(facts.functions[home]?.body ?? []).flatMap((step) =>
      step.do === 'bind' && step.declares && step.to.kind === 'binding' && step.to.binding === binding ? [step.at] : [],
    ),
  ];
};

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
