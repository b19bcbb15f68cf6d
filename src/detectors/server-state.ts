/**
 * What the server that all workers talk to keeps between requests: `let count = 0` beside a handler that counts. It knows the modules that
 * run there and the paths that tests write down, and nothing of what a request carries.
 */
import type { Surroundings } from '../model/detector.js';
import { allSteps, isIn } from '../model/code.js';
import type { BindingId, FileFacts, Span, Step, Target, Value } from '../model/facts.js';
import type { Finding } from '../model/finding.js';
import type { Place } from '../model/place.js';
import { isWithin, type Audited, type FileStory } from '../model/suite.js';
import { allValues } from '../model/values.js';
import { distinct, noted, plural } from './sharing.js';

/** A path that a test file asks the server for, and the tests that do. */
interface Visit {
  readonly parts: readonly string[];
  /** More follows that is not known. */
  readonly isOpen: boolean;
  readonly at: Place;
  /** File and number of each test. */
  readonly tests: readonly string[];
}

export function keptByServer(audited: Audited, { served }: Surroundings): Finding[] {
  const modules = served.filter(({ server }) => audited.schedule.servers?.includes(server));
  if (modules.length === 0) return [];
  const visits = audited.stories.flatMap((story) => visitsOf(story, audited.facts(story.file)));
  return modules.flatMap(({ path, routes, below }): Finding[] => {
    const facts = audited.facts(path);
    const kept = facts ? keptIn(facts) : [];
    if (kept.length === 0) return [];
    const coming = visits.filter((visit) => routes.some((route) => comesTo(visit, partsOf(route), below)));
    const tests = new Set(coming.flatMap((each) => each.tests));
    const files = [...new Set(coming.map((each) => each.at.path))].sort();
    // One after another, and each may begin by a request that puts it back.
    const isInTurn = files.length < 2 && audited.schedule.tests === 'sequential';
    const left = isInTurn ? kept.filter(({ isReset }) => !isReset) : kept;
    const [first] = left;
    if (!first || tests.size < 2) return [];
    return [
      {
        rule: 'shared-module-state',
        axis: files.length > 1 || audited.schedule.tests === 'workers' ? ['A', 'W'] : ['W'],
        confidence: 'likely',
        variant: 'server',
        files,
        places: distinct([
          ...left.map(({ at }, index) => noted({ path, span: at }, index === 0 ? 'kept here' : 'and here')),
          ...left.flatMap(({ writes }) => writes.slice(0, left.length > 1 ? 1 : 4).map((span) => noted({ path, span }, 'changed here'))),
          ...coming.slice(0, 8).map((each) => noted(each.at, 'a test comes to it from here')),
        ]),
        resource: { key: `shared-module-state|${path}`, title: `\`${first.name}\` of the server` },
        values: {
          cell: namesOf(left),
          are: left.length > 1 ? 'are' : 'is',
          count: `${plural(tests.size, 'test')} ${tests.size === 1 ? 'comes' : 'come'}`,
        },
      },
    ];
  });
}

const namesOf = (kept: readonly Kept[]): string => {
  const names = kept.slice(0, 3).map(({ name }) => `\`${name}\``);
  return kept.length > 3 ? `${names.join(', ')} and ${kept.length - 3} more` : names.join(' and ').replace(/ and (?=.* and )/, ', ');
};

interface Kept {
  readonly name: string;
  readonly at: Span;
  /** Where functions change it. */
  readonly writes: readonly Span[];
  /** A function gives it the value of the start again. */
  readonly isReset: boolean;
}

/** Variables of a module that have a value from the start, and get others or more in its functions. */
function keptIn(facts: FileFacts): Kept[] {
  const started = new Map<BindingId, { readonly at: Span; readonly value: Value }>();
  for (const step of facts.functions[0]?.body ?? [])
    if (step.do === 'bind' && step.declares && step.to.kind === 'binding' && isStart(step.value)) started.set(step.to.binding, step);
  if (started.size === 0) return [];
  const changes = new Map<BindingId, Change[]>();
  const change = (binding: BindingId | undefined, of: Change): void => {
    if (binding !== undefined && started.has(binding)) changes.set(binding, [...(changes.get(binding) ?? []), of]);
  };
  for (const { step, fn } of allSteps(facts)) if (step.do === 'bind' && !step.declares && fn !== 0) change(changed(step.to), step);
  for (const { callee, at, in: fn } of facts.calls)
    if (fn !== 0 && callee.kind === 'member' && ADDS.has(callee.key) && started.get(named(callee.of) ?? -1)?.value.kind === 'list')
      change(named(callee.of), { at });
  return [...started].flatMap(([binding, { at, value }]): Kept[] => {
    const writes = changes.get(binding) ?? [];
    const constants = new Set(writes.map(constantIn));
    // Only ever set to one value: it says that something has happened.
    if (writes.length === 0 || (constants.size === 1 && !constants.has(undefined))) return [];
    return [{ name: facts.bindings[binding]!.name, at, writes: writes.map((each) => each.at), isReset: writes.some((each) => resets(each, value)) }];
  });
}

/** An assignment, or a call that adds or takes away. */
type Change = { readonly at: Span } & Partial<Pick<Extract<Step, { readonly do: 'bind' }>, 'to' | 'value' | 'op'>>;

const isPlain = ({ op }: Change): boolean => op === undefined || op === '=';

/** `count = 0`, `todos = structuredClone(defaults)`, `seen.length = 0`. */
function resets(change: Change, start: Value): boolean {
  if (!isPlain(change) || !change.value || !change.to) return false;
  if (change.to.kind === 'member') return change.to.key === 'length';
  return start.kind === 'const' ? constantIn(change) === String(start.value) : change.value.kind === start.kind;
}

const ADDS: ReadonlySet<unknown> = new Set(['push', 'unshift', 'splice', 'pop', 'shift']);

/** What is filled when it is first asked for has no value before. */
const isStart = (value: Value): boolean =>
  value.kind === 'const' ? value.value !== null && value.as !== 'undefined' : ['text', 'record', 'list', 'result'].includes(value.kind);

const named = (value: Value): BindingId | undefined => (value.kind === 'ref' ? value.binding : undefined);

/** The variable, or the object of which a property with a name is set: what stands under a computed key belongs to whoever knows the key. */
const changed = (to: Target): BindingId | undefined =>
  to.kind === 'binding' ? to.binding : to.kind === 'member' && typeof to.key === 'string' ? named(to.of) : undefined;

const constantIn = (change: Change): string | undefined => (isPlain(change) && change.value?.kind === 'const' ? String(change.value.value) : undefined);

const partsOf = (path: string): readonly string[] => path.split('/').filter((each) => each !== '');

/** `/orders`, `http://localhost:3000/orders?page=2`. */
const PATH = /^(?:https?:\/\/[^/]+)?(\/[^?#\s]*)(?:[?#]|$)/;

function visitsOf(story: FileStory, facts: FileFacts | undefined): Visit[] {
  if (!facts) return [];
  const tests = story.blocks.flatMap((block, id) => (block.role === 'test' && block.seenAt.path === story.file ? [{ block, id }] : []));
  return writtenPaths(facts).flatMap(({ path, at, isOpen }): Visit[] => {
    const hook = story.blocks.find(({ role, seenAt }) => role === 'hook' && isIn(at, seenAt.span));
    const own = tests.filter(({ block }) => (hook ? isWithin(story.blocks, block.parent, hook.parent) : isIn(at, block.seenAt.span)));
    return own.length === 0 ? [] : [{ parts: partsOf(path), isOpen, at: { path: story.file, span: at }, tests: own.map(({ id }) => `${story.file}#${id}`) }];
  });
}

/** `'/orders'`, `${base}/orders`, and `/orders/${id}`, which goes on. */
function writtenPaths(facts: FileFacts): { readonly path: string; readonly at: Span; readonly isOpen: boolean }[] {
  const values = [...allValues(facts)];
  const parts = new Map(
    values.flatMap((value) => (value.kind === 'text' ? value.parts.map((part, index) => [part, { of: value.parts, index }] as const) : [])),
  );
  return values.flatMap((value) => {
    const path = value.kind === 'const' && typeof value.value === 'string' ? PATH.exec(value.value)?.[1] : undefined;
    const part = parts.get(value);
    if (path === undefined || (part && part.index > (part.of[0]!.kind === 'const' ? 0 : 1))) return [];
    return [{ path, at: value.at, isOpen: part !== undefined && part.index < part.of.length - 1 }];
  });
}

/** The app may lie in a folder of the server: `/shop/orders`. */
function comesTo({ parts, isOpen }: Visit, route: readonly string[], below: boolean): boolean {
  const is = (path: readonly string[]): boolean => route.every((each, index) => path[index] === each) && (below || (!isOpen && path.length === route.length));
  return is(parts) || (parts.length > 1 && route.length > 0 && is(parts.slice(1)));
}
