import type { StateChange } from '../model/claims.js';
import type { FileFacts, Target } from '../model/facts.js';
import { refusal, remedy, type Broken, type Repair } from '../model/remedy.js';
import { changesOf, groupsOf, lasting } from './support/changes.js';
import { isNamedIn, pathOf, rootOf, writingAt } from '../model/code.js';
import type { Home } from './support/homes.js';
import { hookEdits, type Undo } from './support/hooks.js';
import { freshName, savedName, styleOf } from '../model/style.js';
import { listed } from '../model/lists.js';

type Property = Extract<Target, { kind: 'member' }>;

export default remedy({
  id: 'put-property-back',
  rules: ['shared-global', 'shared-module-state'],
  summary: 'Saves the property before the tests and puts it back in an after-hook of the same suite.',
  repair(broken) {
    const { finding, story } = broken;
    if (finding.variant === 'alias') return refusal('what was saved is the object itself, and a copy may need more than its first level');
    const changes = changesOf(broken, ['global', 'intrinsic', 'host-intrinsic', 'core-module', 'console', 'process', 'module']);
    if ('kind' in changes) return changes;
    if (changes.some((each) => each.state === 'module' && story.blocks[each.by.block ?? -1]?.role !== 'hook' && !isMeantForOne(each, broken.facts)))
      return refusal('a later test may build on what an earlier one leaves in a module');
    return puts(broken, changes);
  },
});

/** The test puts it back itself where nothing throws, or replaces a function: no later test is meant to meet that. */
function isMeantForOne(change: StateChange, facts: FileFacts): boolean {
  if (change.undone?.paths === 'normal-only' && change.undone.value === 'saved') return true;
  const value = writingAt(facts, change.at)?.value;
  return value?.kind === 'fn' || (value?.kind === 'result' && /^(?:fn|stub|spy)$/.test(pathOf(facts.calls[value.call]!.callee, facts)?.at(-1) ?? ''));
}

function puts(broken: Broken, changes: readonly StateChange[]): Repair {
  const groups = groupsOf(broken, changes);
  if ('kind' in groups) return groups;
  const { text, facts } = broken;
  const { end, isTyped } = styleOf(text, facts.path);
  const undos: Undo[] = [];
  const taken = new Set<string>();
  const all = new Set<string>();
  for (const { home, changes: own } of groups) {
    const seen = new Set<string>();
    const before: string[] = [];
    const body: string[] = [];
    for (const change of own) {
      const why = lasting(broken, groups, (each) => each.state === change.state && each.cell === change.cell);
      if (why !== undefined) return refusal(why);
      const target = targetAt(facts, change);
      if (!target || typeof target.key !== 'string') return refusal('the property is not assigned by name in this file');
      if (!isNamedIn(target.of, home.fn, facts)) return refusal('what holds the property has no name outside the test');
      if (!isReady(target, home, facts)) return refusal('what holds the property may not be there yet where its value would be saved');
      const property = text.slice(target.at[0], target.at[1]);
      if (/[\r\n(]/.test(property.replace(/^\((\w+) as \w+\)/, '')) || rootOf(target.of, facts).kind === 'self')
        return refusal('the property is not a plain one');
      if (seen.has(property)) continue;
      seen.add(property);
      all.add(property);
      const saved = freshName(text, savedName(target.key), taken);
      taken.add(saved);
      before.push(`const ${saved} = ${property}${end}`);
      const guard = end === '' && property.startsWith('(') ? ';' : '';
      if (isThere(change, property)) body.push(`${guard}${property} = ${saved}${end}`);
      else if (isTyped && !property.startsWith('(')) return refusal('whether the property was there before is not known');
      else body.push(`if (${saved} === undefined) delete ${property}${end}`, `else ${property} = ${saved}${end}`);
    }
    undos.push({ home, before, body, isAfter: home.isHook });
  }
  const edits = hookEdits(broken, undos);
  if ('kind' in edits) return edits;
  return { kind: 'edits', says: `Save ${listed([...all])} and put ${all.size === 1 ? 'it' : 'them'} back in an after-hook.`, edits };
}

/** The value is saved while the suite is declared: a variable that a hook fills, or that is declared further below, has nothing to save then. */
function isReady(target: Property, { statement }: Home, facts: FileFacts): boolean {
  const root = rootOf(target.of, facts);
  if (root.kind !== 'ref') return root.kind === 'outer' && isOfHost(pathOf(target.of, facts) ?? []);
  const { form, at } = facts.bindings[root.binding]!;
  if (form === 'import' || form === 'function') return true;
  return form === 'const' && at[0] < statement.at[0];
}

/** The property that an assignment writes. */
function targetAt(facts: FileFacts, { at }: StateChange): Property | undefined {
  const written = writingAt(facts, at);
  return written?.op === undefined && written?.to.kind === 'member' ? written.to : undefined;
}

/** Names under which the global object is there. */
const WHOLE = /^(?:globalThis|global|window|self)$/;

/** Globals that every runtime has: putting their value back leaves no property behind that was not there. */
const GLOBALS = new Set(
  `Array ArrayBuffer Blob Boolean BroadcastChannel Buffer Date Error Event EventTarget FormData Function Headers Intl JSON Map Math MessageChannel Number Object
  Promise Proxy Reflect RegExp Request Response Set String Symbol TextDecoder TextEncoder URL URLSearchParams WeakMap WeakSet AbortController AbortSignal
  clearImmediate clearInterval clearTimeout console crypto fetch performance process queueMicrotask setImmediate setInterval setTimeout structuredClone`.split(
    /\s+/,
  ),
);
/** And those of every window, made up or not. */
const OF_WINDOWS = new Set(
  'document navigator location history screen localStorage sessionStorage innerWidth innerHeight outerWidth outerHeight devicePixelRatio alert confirm open scrollTo'.split(
    ' ',
  ),
);

/** Whether something is there before any hook runs: not what a set-up file of the suite, or a hook of it, puts among the globals. */
function isOfHost(path: readonly string[]): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return false;
  if (WHOLE.test(first)) return rest.length === 0 || isOfHost(rest);
  return (
    GLOBALS.has(first) || OF_WINDOWS.has(first) || /^(?:HTML|SVG|CSS|DOM)\w*$|^(?:Document|Element|Node|Window|XMLHttpRequest|jasmine|jest|vi)$/.test(first)
  );
}

function isThere({ state }: StateChange, property: string): boolean {
  if (state === 'console' || state === 'core-module' || state === 'module') return true;
  const [first, ...rest] = property.split('.');
  const path = WHOLE.test(first!) ? rest : [first!, ...rest];
  if (path.length === 1) return GLOBALS.has(path[0]!) || OF_WINDOWS.has(path[0]!);
  return OF_WINDOWS.has(path[0]!) || (GLOBALS.has(path[0]!) && isOfLanguage(path));
}

/** `Date.now`, `Array.prototype.map`, and not `Array.prototype.sum`. */
function isOfLanguage(path: readonly string[]): boolean {
  let at: unknown = globalThis;
  for (const key of path) {
    if ((typeof at !== 'object' && typeof at !== 'function') || at === null || !(key in at)) return false;
    at = (at as Readonly<Record<string, unknown>>)[key];
  }
  return true;
}
