import type { StateChange } from '../model/claims.js';
import { eachValue, isIn, originsOf } from '../model/code.js';
import type { Binding, FileFacts, Span, Step, Value } from '../model/facts.js';
import { placeKey } from '../model/place.js';
import { remembered, rememberedPart } from '../model/remembered.js';
import type { Audited, Block, FileStory } from '../model/suite.js';
import { isTestSide } from '../model/test-side.js';
import { readersOfProperty } from './setters.js';

/**
 * Whether a test file looks at a collection that another module keeps: the module exports it, or a function that gives it or its
 * size back, and the file asks for that. A cache or a list for cleanup that no test looks at does no harm.
 */
export function isObserved(audited: Audited, story: FileStory, cell: string): boolean {
  const hash = cell.indexOf('#');
  const path = cell.slice(0, hash);
  const facts = audited.facts(path);
  const own = audited.facts(story.file);
  const binding = facts?.bindings.findIndex((each) => each.in === 0 && each.name === cell.slice(hash + 1)) ?? -1;
  if (!facts || !own || binding < 0) return false;
  const base = path.replace(/^.*\//, '').replace(/\.[^.]+$/, '');
  if (!own.imports.some((each) => each.from.kind === 'const' && String(each.from.value).includes(base))) return false;
  const names = handedOut(facts).flatMap((each) => (shows(facts, each.value, binding) ? [each.name] : []));
  return names.some((name) => own.bindings.some((each) => each.name === name && (each.form === 'import' || each.form === 'const')));
}

/** What a module exports, each with its name; of an object that it exports whole, every property. */
export const handedOut = ({ exports }: FileFacts): readonly { readonly name: string; readonly value: Value }[] =>
  exports.flatMap((each) => {
    if (!('value' in each)) return [];
    const parts = WHOLE.has(each.name) && each.value.kind === 'record' ? each.value.entries : [];
    return [each, ...parts.flatMap((part) => ('key' in part && typeof part.key === 'string' ? [{ name: part.key, value: part.value }] : []))];
  });

const WHOLE = new Set(['module.exports', 'default']);

function shows(facts: FileFacts, value: Value, binding: number): boolean {
  switch (value.kind) {
    case 'ref': {
      if (value.binding === binding) return true;
      for (const step of facts.functions[0]?.body ?? []) {
        if (step.do === 'bind' && step.to.kind === 'binding' && step.to.binding === value.binding && step.value.kind === 'fn')
          return shows(facts, step.value, binding);
      }
      const fn = facts.functions.findIndex((each) => each.kind === 'function' && each.in === 0 && each.name === facts.bindings[value.binding]?.name);
      return fn > 0 && gives(facts.functions[fn]!.body, binding);
    }
    case 'fn':
      return gives(facts.functions[value.fn]?.body ?? [], binding);
    default:
      return false;
  }
}

const gives = (steps: readonly Step[], binding: number): boolean =>
  steps.some(
    (step) =>
      (step.do === 'exit' && step.how === 'return' && step.value !== undefined && holds(step.value, binding)) ||
      (step.do === 'branch' && (gives(step.then, binding) || gives(step.else, binding))),
  );

function holds(value: Value, binding: number): boolean {
  switch (value.kind) {
    case 'ref':
      return value.binding === binding;
    case 'member':
      return (value.key === 'size' || value.key === 'length') && holds(value.of, binding);
    case 'list':
      return value.items.some((each) => each.kind === 'spread' && holds(each.of, binding));
    default:
      return false;
  }
}

/** Whether a block names what the file keeps that it is written in, or a function or class of that file that does. What other files keep may be seen in ways that no source shows. */
export function namesIt(audited: Audited, story: FileStory, change: StateChange, block: Block): boolean {
  const hash = change.cell.indexOf('#');
  const { path } = block.seenAt;
  const facts = audited.facts(path);
  const suite = suiteOf(audited, story, change);
  if (suite && !(block.at.path === change.at.path && isIn(block.at.span, suite))) return false;
  if (change.cell.slice(0, hash) !== path) return path !== story.file || !facts || isMarkSeen(facts, story, change, block);
  const spans = facts && namedFor(facts, change);
  return !spans || spans.some((each) => isIn(each, block.seenAt.span));
}

/**
 * The function around a test that declares what the test changes: `const tests = (store) => { const order = {}; it('pays', () => { order.paid = true; }); }`.
 * The tests that stand in it know the variable, and no others.
 */
export function suiteOf(audited: Audited, { blocks }: FileStory, change: StateChange): Span | undefined {
  const { block } = change.by;
  const facts = audited.facts(change.at.path);
  const own = block === undefined ? undefined : blocks[block]?.at;
  const span = facts && own?.path === facts.path ? declaredWithin(facts, change) : undefined;
  return span && isIn(own!.span, span) ? span : undefined;
}

/** The function that declares what a change is about; nothing for the variables of the module. Asked for each test, and looked up once. */
const declaredWithin = rememberedPart(
  (facts: FileFacts, { cell, at }: StateChange): Span | undefined => {
    if (!cell.startsWith(`${facts.path}#`)) return undefined;
    const [binding, ...others] = visibleAs(facts, cell.slice(facts.path.length + 1).split('.')[0]!, at.span);
    const home = binding === undefined || others.length > 0 ? 0 : facts.bindings[binding]!.in;
    return home === 0 ? undefined : facts.functions[home]!.at;
  },
  ({ cell, at }) => `${cell}@${placeKey(at)}`,
);

/** Where the file names what it keeps and a change is about; nothing where no variable has that name. Asked for each test, and looked up once. */
const namedFor = rememberedPart(
  (facts: FileFacts, { cell, at }: StateChange): readonly Span[] | undefined => {
    const hash = cell.indexOf('#');
    const name = cell.slice(hash + 1).split('.')[0]!;
    const wanted = new Set(visibleAs(facts, name, at.path === facts.path ? at.span : undefined));
    if (wanted.size === 0) return undefined;
    // A list that tests only add to, and a hook works off, is no state that they share.
    const filled = new Set(
      facts.calls.flatMap(({ callee }) => (callee.kind === 'member' && typeof callee.key === 'string' && FILLS.has(callee.key) ? [callee.of.at] : [])),
    );
    return namedAt(
      facts,
      wanted,
      mentions(facts).filter((each) => cell.includes('.', hash) || !filled.has(each.at)),
    );
  },
  ({ cell, at }) => `${cell}@${placeKey(at)}`,
);

/** `shape[marks.seen] = true`: what has no name of its own is seen through the object alone. */
function isMarkSeen(facts: FileFacts, { file }: FileStory, { cell, at }: StateChange, block: Block): boolean {
  if (!cell.endsWith('.*') || at.path !== file) return true;
  const all = mentions(facts);
  const [marked] = all.filter((each) => isIn(each.at, at.span)).sort((a, b) => a.at[0] - b.at[0]);
  return !marked || namedAt(facts, new Set([marked.binding]), all).some((each) => isIn(each, block.seenAt.span));
}

/** The variables of that name; at a place that is known, the one of the innermost function around it. */
export function visibleAs({ bindings, functions }: FileFacts, name: string, at: Span | undefined, isMeant = (_: Binding) => true): readonly number[] {
  const named = bindings.flatMap((each, id) => (each.name === name && isMeant(each) ? [id] : []));
  const start = (id: number): number => functions[bindings[id]!.in]!.at[0];
  const around = at ? named.filter((id) => bindings[id]!.in === 0 || isIn(at, functions[bindings[id]!.in]!.at)) : [];
  return around.length === 0 ? named : [around.reduce((best, each) => (start(each) > start(best) ? each : best))];
}

/** Where the variables are named; functions and classes that name them are as good as the variables themselves. */
function namedAt(facts: FileFacts, wanted: Set<number>, all: readonly Mention[]): Span[] {
  const held = holders(facts);
  for (let size = -1; size !== wanted.size;) {
    size = wanted.size;
    for (const { binding, span } of held) if (!wanted.has(binding) && all.some((each) => wanted.has(each.binding) && isIn(each.at, span))) wanted.add(binding);
  }
  return all.flatMap((each) => (wanted.has(each.binding) ? [each.at] : []));
}

/** What is set in a module of another file by functions of that module: the names under which the module lets others see it. */
function settingBehind(audited: Audited, story: FileStory, change: StateChange): ReadonlySet<string> | undefined {
  const hash = change.cell.indexOf('#');
  const path = change.cell.slice(0, hash);
  if (hash < 0 || path === story.file || change.at.path !== path) return undefined;
  const facts = audited.facts(path);
  if (!facts) return undefined;
  const known = settings.get(facts) ?? new Map<string, ReadonlySet<string> | undefined>();
  settings.set(facts, known);
  const key = `${change.cell}@${change.at.span[0]}`;
  if (!known.has(key)) known.set(key, readersBehind(facts, path, change));
  return known.get(key);
}

const settings = new WeakMap<FileFacts, Map<string, ReadonlySet<string> | undefined>>();

function readersBehind(facts: FileFacts, path: string, change: StateChange): ReadonlySet<string> | undefined {
  const name = change.cell.slice(path.length + 1);
  const binding = facts.bindings.findIndex((each) => each.in === 0 && each.form === 'let' && each.name === name);
  if (binding >= 0) return readersOf(facts, binding);
  // What a helper of the tests keeps is told by its name.
  return isTestSide(path) ? undefined : readersOfProperty(facts, change);
}

export const isSetting = (audited: Audited, story: FileStory, change: StateChange): boolean => settingBehind(audited, story, change) !== undefined;

/** Whether a block uses what looks at the setting: an import of the module that reads the variable and does not set it. */
export function looksAt(audited: Audited, story: FileStory, change: StateChange, block: Block): boolean {
  const own = audited.facts(story.file);
  if (!own || block.seenAt.path !== story.file) return false;
  const known = looks.get(own) ?? new Map<string, readonly Span[]>();
  looks.set(own, known);
  let spans = known.get(change.cell);
  if (!spans) known.set(change.cell, (spans = looksOf(own, settingBehind(audited, story, change), change.cell)));
  return spans.some((each) => isIn(each, block.seenAt.span));
}

const looks = new WeakMap<FileFacts, Map<string, readonly Span[]>>();

/**
 * Whether a test of another file looks at the setting as it finds it: nothing else that the module hands out is used by the test, by a hook
 * or at the head of the file, so nobody has set it before.
 */
export const isFoundElsewhere = (audited: Audited, story: FileStory, change: StateChange): boolean =>
  audited.stories.some((other) => {
    const own = audited.facts(other.file);
    if (!own || other.file === story.file || other.changes.some((each) => each.state === 'module-mock' && namesFile(each.cell, baseOf(change.cell))))
      return false;
    const tests = other.blocks.filter((each) => each.role === 'test' && each.seenAt.path === other.file);
    const looking = tests.filter((test) => looksAt(audited, other, change, test));
    if (looking.length === 0) return false;
    const readers = settingBehind(audited, other, change)!;
    const touching = usesOf(own, change.cell, (name, key) => !asks(readers, name, key));
    const isEverywhere = touching.some((at) => !tests.some((test) => isIn(at, test.seenAt.span)));
    return !isEverywhere && looking.some((test) => !touching.some((at) => isIn(at, test.seenAt.span)));
  });

const looksOf = (own: FileFacts, readers: ReadonlySet<string> | undefined, cell: string): readonly Span[] =>
  readers ? usesOf(own, cell, (name, key) => asks(readers, name, key)) : [];

/** `locale()`, and `settings.locale()` of the whole module or of an object that it keeps. */
const asks = (readers: ReadonlySet<string>, name: string, key: string | undefined): boolean => readers.has(name) || (key !== undefined && readers.has(key));

/** Where a file uses what the module of the cell hands out, by the name of the import and the member that is asked of it. */
function usesOf(own: FileFacts, cell: string, isUse: (name: string, key: string | undefined) => boolean): readonly Span[] {
  const base = baseOf(cell);
  const imported = new Map([...originsOf(own)].flatMap(([binding, { from, name }]) => (namesFile(from, base) ? [[binding, name] as const] : [])));
  if (imported.size === 0) return [];
  const all = mentions(own);
  const uses = all.flatMap((each): Mention[] => {
    const name = imported.get(each.binding);
    return name !== undefined && isUse(name, each.key) ? [{ binding: -1 - each.binding, at: each.at }] : [];
  });
  return namedAt(own, new Set(uses.map((each) => each.binding)), [...all, ...uses]);
}

/** `settings` of `src/settings.ts#locale`. */
const baseOf = (cell: string): string =>
  cell
    .slice(0, cell.indexOf('#'))
    .replace(/^.*\//, '')
    .replace(/\.[^.]+$/, '');

const namesFile = (specifier: string, base: string): boolean => {
  const last = specifier.replace(/^.*\//, '').replace(/\.[cm]?[jt]sx?$/, '');
  return last === base || (base === 'index' && /(^|\/)\.{0,2}$/.test(specifier));
};

/** Names under which a module hands out functions that read a variable of its own and never set it. */
function readersOf(facts: FileFacts, binding: number): ReadonlySet<string> {
  const spans = facts.functions.flatMap((fn) => (fn.body.some((step) => sets(step, binding)) ? [fn.at] : []));
  const reads = new Set([binding]);
  const all = mentions(facts).filter((each) => !spans.some((span) => isIn(each.at, span)));
  const places = namedAt(facts, reads, all);
  reads.delete(binding);
  const isRead = (span: Span): boolean => places.some((each) => isIn(each, span));
  return new Set(
    handedOut(facts).flatMap(({ name, value }) =>
      (value.kind === 'ref' && reads.has(value.binding)) || (value.kind === 'fn' && isRead(facts.functions[value.fn]!.at)) ? [name] : [],
    ),
  );
}

function sets(step: Step, binding: number): boolean {
  switch (step.do) {
    case 'bind':
      return !step.declares && step.to.kind === 'binding' && step.to.binding === binding;
    case 'branch':
      return [...step.then, ...step.else].some((each) => sets(each, binding));
    case 'try':
      return [...step.body, ...(step.catch ?? []), ...(step.finally ?? [])].some((each) => sets(each, binding));
    case 'loop':
    case 'scope':
      return step.body.some((each) => sets(each, binding));
    default:
      return false;
  }
}

const FILLS = new Set(['push', 'unshift', 'add', 'set']);

interface Mention {
  readonly binding: number;
  readonly at: Span;
  /** The member of it that is asked for: `settings.locale`. */
  readonly key?: string;
}

/** Every place of a file that names a variable. */
const mentions = remembered((facts: FileFacts): readonly Mention[] => {
  const out: Mention[] = [];
  /** Told with the member that is asked of them. */
  const told = new Set<Value>();
  eachValue([facts.functions, facts.calls], (value) => {
    if (value.kind === 'member' && value.of.kind === 'ref' && typeof value.key === 'string') {
      told.add(value.of);
      out.push({ binding: value.of.binding, at: value.of.at, key: value.key });
    } else if (value.kind === 'ref' && !told.has(value)) out.push({ binding: value.binding, at: value.at });
  });
  return out;
});

/** Named functions and classes of a file with their range, and variables with what they are made from. */
function holders(facts: FileFacts): { readonly binding: number; readonly span: Span }[] {
  const named = facts.functions.flatMap((fn) => {
    const binding = fn.name === undefined ? -1 : facts.bindings.findIndex((each) => each.name === fn.name && each.in === fn.in);
    return binding < 0 ? [] : [{ binding, span: fn.at }];
  });
  const made = facts.functions.flatMap((fn) =>
    fn.body.flatMap((step) => (step.do === 'bind' && step.declares && step.to.kind === 'binding' ? [{ binding: step.to.binding, span: step.at }] : [])),
  );
  return [...named, ...made];
}

/** `snapshots[name] = made`: the key is computed, so the object is a collection. */
export function isKeyed(audited: Audited, change: StateChange): boolean {
  const { path, span } = change.at;
  const facts = audited.facts(path);
  let found = false;
  const visit = (steps: readonly Step[]): void => {
    for (const step of steps) {
      if (step.do === 'bind' && step.to.kind === 'member' && typeof step.to.key !== 'string' && step.at[0] === span[0] && step.at[1] === span[1]) found = true;
      else if (step.do === 'branch') [step.then, step.else].forEach(visit);
      else if (step.do === 'loop' || step.do === 'scope') visit(step.body);
      else if (step.do === 'try') [step.body, step.catch ?? [], step.finally ?? []].forEach(visit);
    }
  };
  facts?.functions.forEach((fn) => visit(fn.body));
  return found;
}
