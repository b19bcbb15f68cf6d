/**
 * Turns what a walk has seen, in the order in which it happens, into blocks and raw claims, changes, obligations and restores of one test file.
 * Blocks declare blocks, whose bodies come last. It settles nothing: which change is put back is asked when all is told.
 */
import type { Abstract, FunctionValue, RunnerKnowledge, WordValue } from '../model/abstract.js';
import { constantOf, nameOf } from '../model/abstract.js';
import type { Holder, VariableUse } from '../model/claims.js';
import type { Place } from '../model/place.js';
import type { Modifier } from '../model/runner.js';
import { isInItself, type Block, type StoryGap } from '../model/suite.js';
import type { ClaimsTold } from './claims-told.js';
import { items } from './evaluate.js';
import { lifted, type Event } from './events.js';
import { overwritten, staysLocal } from './local.js';
import { place } from './resolver.js';
import type { Raw, RawMutation, RawOpen, RawRelease, RawRestore, RawRisk } from './settle.js';
import { eventsOf } from './walk.js';
import type { Walker } from './walker.js';

export interface Body {
  readonly block: number;
  readonly fn: FunctionValue;
  readonly args: readonly Abstract[];
  readonly fixtures: readonly Abstract[];
}

export interface Telling {
  readonly w: Walker;
  readonly file: string;
  readonly blocks: Block[];
  readonly bodies: Body[];
  readonly claims: ClaimsTold;
  readonly mutations: RawMutation[];
  readonly restores: RawRestore[];
  readonly opens: RawOpen[];
  readonly releases: RawRelease[];
  readonly escapes: Set<string>;
  /** Clients that connect when they are used, and are. */
  readonly uses: Set<string>;
  readonly variables: VariableUse[];
  readonly risks: RawRisk[];
  readonly gaps: StoryGap[];
  /** Files whose loading was told already. */
  readonly loaded: Set<string>;
  /** Fixture functions that have their block already, by place and name. */
  readonly fixtures: Set<string>;
  /** Set for the whole file by `describe.configure`. */
  readonly fileModifiers: Modifier[];
  order: number;
}

/** Where events happen: in which block, below which suite. */
export interface Spot {
  readonly holder: Holder;
  readonly suite: number | undefined;
  /** Registered to run after the test, whatever happens in it. */
  readonly cleanup: boolean;
  readonly modifiers: readonly Modifier[];
}

export function tellBody(t: Telling, body: Body): void {
  const block = t.blocks[body.block]!;
  const holder: Holder = { file: t.file, block: body.block, role: block.role === 'suite' ? 'module' : block.role, scope: block.scope };
  const spot: Spot = { holder, suite: block.parent, cleanup: false, modifiers: block.modifiers };
  if (t.blocks.length > 4000) return;
  tell(t, eventsOf(t.w, body.fn, body.args, 1), spot);
}

export function tell(t: Telling, events: readonly Event[], spot: Spot): void {
  const open: { kind: 'try' | 'finally' | 'branch' | 'callback'; start: number }[] = [];
  for (const event of events) {
    const order = t.order++;
    const lastFinally = open.findLast((each) => each.kind === 'finally');
    const raw: Raw = {
      order,
      block: spot.holder.block,
      suite: spot.suite,
      cleanup: spot.cleanup,
      holder: spot.holder,
      at: 'at' in event ? event.at : { path: t.file, span: [0, 0] },
      via: 'via' in event ? event.via : [],
      ...(lastFinally ? { finallyOf: lastFinally.start } : {}),
      callbacks: open.flatMap((each) => (each.kind === 'callback' ? [each.start] : [])),
      conditional: open.some((each) => each.kind === 'branch'),
    };
    switch (event.e) {
      case 'try':
      case 'branch':
      case 'callback':
        open.push({ kind: event.e, start: order });
        break;
      case 'finally': {
        const begun = open.findLast((each) => each.kind === 'try');
        if (begun) begun.kind = 'finally';
        break;
      }
      case 'end-try':
      case 'end-branch':
      case 'end-callback':
        open.pop();
        break;
      case 'risk':
        t.risks.push({ ...raw, about: event.about ?? [], isSlight: event.isSlight === true });
        break;
      case 'escape':
        t.escapes.add(event.handle);
        break;
      case 'set':
        t.mutations.push({
          ...raw,
          state: event.state,
          cell: event.cell,
          value: event.value,
          removes: event.removes,
          assumed: event.assumed === undefined ? [] : [event.assumed],
          ...(event.given ? { given: true as const } : {}),
          ...(event.resets ? { resets: true } : {}),
          ...(event.through === undefined ? {} : { through: event.through }),
          ...(event.text === undefined ? {} : { text: event.text }),
          ...(event.wrote ? { wrote: event.wrote } : {}),
          ...(event.isOther ? { isOther: true } : {}),
          ...(event.isNamesake ? { isNamesake: true } : {}),
          ...(event.originals ? { originals: event.originals } : {}),
        });
        break;
      case 'variable': {
        const name = event.name ?? t.w.r.index(event.file)?.facts.bindings[event.binding]?.name;
        if (name !== undefined && !isOfOneTest(t, event.file, event.binding))
          t.variables.push({
            file: event.file,
            name,
            key: `${event.file}#${event.name ?? event.binding}`,
            op: event.op,
            ...(event.part === undefined ? {} : { part: event.part }),
            ...(event.removes ? { removes: true as const } : {}),
            by: spot.holder,
            at: event.at,
            via: event.via,
          });
        break;
      }
      case 'word':
        word(t, event.word, event.args, event.at, event.via, spot);
        break;
      case 'gap':
        t.gaps.push({ why: event.why, at: event.at, hides: event.hides });
        break;
      case 'react':
        reaction(t, event, raw);
        break;
    }
  }
}

/** A variable declared inside a test or hook: only subtests of that test can share it. */
function isOfOneTest(t: Telling, file: string, binding: number): boolean {
  const facts = t.w.r.index(file)?.facts;
  for (let fn = facts?.bindings[binding]?.in; facts && fn !== undefined && fn !== 0; fn = facts.functions[fn]?.in) {
    const declared = fn;
    if (t.bodies.some((body) => body.fn.fn === declared && body.fn.file === file)) return true;
  }
  return false;
}

function reaction(t: Telling, event: Extract<Event, { e: 'react' }>, raw: Raw): void {
  const { reaction: done } = event;
  switch (done.kind) {
    case 'claim':
      t.claims.add(done, event, raw);
      return;
    case 'open':
      t.opens.push({
        ...raw,
        what: done.what,
        kind: done.of,
        owes: done.owes,
        handle: done.handle,
        inside: done.inside,
        isLazy: done.isLazy === true,
        assumed: event.assumed,
        isLocal: staysLocal(t.w.r.index(event.at.path), event.at),
        heldBy: [event.via[0] ?? event.at, event.at].map((at) => (at.path === t.file ? overwritten(t.w.r, at) : undefined)).find((each) => each !== undefined),
      });
      return;
    case 'use':
      t.uses.add(done.handle);
      return;
    case 'release':
      t.releases.push({ ...raw, handle: done.handle });
      return;
    case 'change':
      // A change back to where it was is told by its argument; spies and clocks are put back through the object they gave.
      t.mutations.push({
        ...raw,
        state: done.state,
        cell: done.cell,
        value: done.isSaved ? 'saved' : 'unknown',
        removes: false,
        assumed: event.assumed,
        ...(done.onlyWatches ? { onlyWatches: true as const } : {}),
        ...(done.originals ? { originals: done.originals } : {}),
        ...(done.state === 'cwd' || done.state === 'process' ? {} : { handle: done.handle }),
      });
      return;
    case 'restore':
      t.restores.push({
        ...raw,
        state: done.state,
        what: done.what,
        ...(done.handle ? { handle: done.handle } : {}),
        ...(done.cell ? { cell: done.cell } : {}),
      });
      return;
    default:
  }
}

function word(t: Telling, value: WordValue, args: readonly Abstract[], at: Place, via: readonly Place[], spot: Spot): void {
  const fn = args.findLast((each): each is FunctionValue => each.kind === 'fn');
  const seenAt = via[0] ?? at;
  if (value.cleanup) {
    if (fn)
      tell(
        t,
        eventsOf(t.w, fn, [], 1)
          .map((event) => lifted(event, at))
          .filter((event) => event !== undefined),
        { ...spot, cleanup: true },
      );
    return;
  }
  if (value.configures) {
    const options = args[0];
    const mode = options?.kind === 'record' ? constantOf(options.get('mode')) : undefined;
    if (mode === 'serial' || mode === 'parallel') {
      if (spot.suite === undefined) t.fileModifiers.push(mode);
      else t.blocks[spot.suite] = { ...t.blocks[spot.suite]!, modifiers: [...t.blocks[spot.suite]!.modifiers, mode] };
    }
    return;
  }
  const inherited = [...spot.modifiers, ...t.fileModifiers, ...(spot.suite === undefined ? [] : t.blocks[spot.suite]!.modifiers)].filter(
    (each) => each === 'concurrent' || each === 'serial' || each === 'skip' || each === 'parallel',
  );
  const modifiers = [...new Set([...inherited, ...value.modifiers])];
  const title = args[0] && args[0].kind !== 'fn' ? nameOf(args[0]) : undefined;
  const block: Block = {
    role: value.word.role,
    scope: value.word.scope ?? (value.word.role === 'test' ? 'test' : 'suite'),
    modifiers,
    needs: [],
    at,
    seenAt,
    ...(value.word.when ? { when: value.word.when } : {}),
    ...(spot.suite === undefined ? {} : { parent: spot.suite }),
    ...(title ? { title } : {}),
  };
  if (value.word.role === 'suite' && (!fn || isInItself(t.blocks, block))) return;
  const id = t.blocks.length;
  t.blocks.push(block);
  if (!fn) return;
  const rows = value.table ? rowArguments(value.table, at) : [];
  if (value.word.role === 'suite') {
    tell(
      t,
      eventsOf(t.w, fn, rows.length > 0 || !hasContext(t.w.r.runner) ? rows : [{ kind: 'context', file: t.file, path: [], fixtures: [] }], 1)
        .map((event) => (event.e === 'word' ? event : lifted(event, at)))
        .filter((event) => event !== undefined),
      { ...spot, suite: id, modifiers },
    );
    return;
  }
  if (modifiers.includes('skip')) return;
  const context: Abstract = { kind: 'context', file: t.file, path: [], fixtures: value.fixtures };
  if (value.fixtures.length > 0) needed(t, fn, value.fixtures, spot);
  t.bodies.push({ block: id, fn, args: rows.length > 0 ? rows : [context], fixtures: value.fixtures });
}

/** `test.group('orders', (group) => { group.setup(open); })` */
const hasContext = ({ vocabulary }: RunnerKnowledge): boolean => Object.keys(vocabulary.context).length > 0;

/** `each([[1, 'a'], [2, 'b']])` calls with the columns, `each(['a', 'b'])` with the items. */
function rowArguments(table: Abstract, at: Place): Abstract[] {
  if (table.kind !== 'list') return [{ kind: 'unknown', why: 'a row of a table that is not known', at }];
  const first = table.items[0];
  if (first?.kind !== 'list') return [items(table)];
  return first.items.map((_, column) =>
    items({ kind: 'list', open: table.open, at, items: table.items.flatMap((row) => (row.kind === 'list' && row.items[column] ? [row.items[column]] : [])) }),
  );
}

/** Fixtures that the first parameter asks for, and those that every test gets, become blocks of their own, once a file. */
function needed(t: Telling, fn: FunctionValue, fixtures: readonly Abstract[], spot: Spot): void {
  const index = t.w.r.index(fn.file);
  const names = [...(index?.params ?? [])].flatMap(([binding, param]) =>
    param.index === 0 && param.path.length === 1 && index?.facts.bindings[binding]?.in === fn.fn ? [String(param.path[0])] : [],
  );
  const given = t.w.r.runner.vocabulary.given ?? [];
  for (const record of fixtures) {
    if (record.kind !== 'record') continue;
    for (const name of record.keys() ?? []) {
      const made = record.get(name);
      const setup = made?.kind === 'list' ? made.items[0] : made;
      const options = made?.kind === 'list' ? made.items[1] : undefined;
      const flag = (key: string): Abstract | undefined => (options?.kind === 'record' ? options.get(key) : undefined);
      const auto = flag('auto');
      const isAuto = auto !== undefined && !(auto.kind === 'const' && auto.value === false);
      if (setup?.kind !== 'fn' || !(names.includes(name) || isAuto || given.includes(name))) continue;
      const key = `${setup.file}#${setup.fn}`;
      if (t.fixtures.has(key)) continue;
      t.fixtures.add(key);
      const facts = t.w.r.index(setup.file)?.facts.functions[setup.fn];
      const at = place(setup.file, facts?.at ?? [0, 0]);
      const scopeOption = flag('scope');
      const scope =
        scopeOption?.kind === 'text' && scopeOption.parts[0] === 'worker'
          ? 'worker'
          : scopeOption?.kind === 'text' && scopeOption.parts[0] === 'file'
            ? 'file'
            : 'test';
      const id = t.blocks.length;
      t.blocks.push({ role: 'fixture', when: 'around', scope, modifiers: [], needs: [], at, seenAt: at, title: { kind: 'parts', parts: [name] } });
      needed(t, setup, fixtures, spot);
      t.bodies.push({ block: id, fn: setup, args: [{ kind: 'context', file: t.file, path: [], fixtures }], fixtures });
    }
  }
}
