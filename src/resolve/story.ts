/**
 * Puts together what one test file does: its blocks, what they claim, change and leave open, and how that is undone.
 * It knows the order of blocks and the paths inside them, but not which findings follow.
 */
import type { Abstract, FunctionValue, RunnerKnowledge, WordValue } from '../model/abstract.js';
import { constantOf, nameOf } from '../model/abstract.js';
import type { Holder, Obligation, Undoing, VariableUse } from '../model/claims.js';
import { callAt, isIn, rootName } from '../model/code.js';
import type { FunctionId } from '../model/facts.js';
import type { Place } from '../model/place.js';
import type { Modifier } from '../model/runner.js';
import { isInItself, type Block, type FileStory, type StoryGap } from '../model/suite.js';
import { returned } from './calls.js';
import { items } from './evaluate.js';
import { missingImport } from './missing-imports.js';
import { ClaimsTold } from './claims-told.js';
import { isOfReplaced, packageOf, replacedModules } from './mocked-modules.js';
import { withoutIntercepted } from './intercepted-servers.js';
import { withoutOwnServers } from './own-servers.js';
import { handedOf } from './handed.js';
import { exportOf, loadedFrom } from './modules.js';
import { lifted, type Event } from './events.js';
import { isClosedUnseen, overwritten, neverStarts, staysLocal } from './local.js';
import { place } from './resolver.js';
import { settleChanges, settleObligations, type Raw, type RawMutation, type RawOpen, type RawRelease, type RawRestore, type RawRisk } from './settle.js';
import { standIns } from './stand-ins.js';
import { leftOpen, madeObjects, onlyLastEnded, type LeftOpen } from './peers.js';
import { restoredUnseen } from './unseen.js';
import { eventsOf, moduleEvents } from './walk.js';
import { begin, type Walker } from './walker.js';

interface Body {
  readonly block: number;
  readonly fn: FunctionValue;
  readonly args: readonly Abstract[];
  readonly fixtures: readonly Abstract[];
}

interface Telling {
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
interface Spot {
  readonly holder: Holder;
  readonly suite: number | undefined;
  /** Registered to run after the test, whatever happens in it. */
  readonly cleanup: boolean;
  readonly modifiers: readonly Modifier[];
}

export interface StoryOptions {
  readonly role: FileStory['role'];
  /** What hooks of setup files put back after every test. */
  readonly setupRestores: readonly RawRestore[];
  /** Whether loading a file is told along with the test file that imports it. */
  readonly tellsImport: (path: string) => boolean;
}

export function tellStory(w: Walker, file: string, options: StoryOptions): { readonly story: FileStory; readonly restores: readonly RawRestore[] } {
  begin(w, file);
  const t: Telling = {
    w,
    file,
    blocks: [],
    bodies: [],
    claims: new ClaimsTold(),
    mutations: [],
    restores: [],
    opens: [],
    releases: [],
    escapes: new Set(),
    uses: new Set(),
    variables: [],
    risks: [],
    gaps: [],
    loaded: new Set(),
    fixtures: new Set(),
    fileModifiers: [],
    order: 0,
  };
  const index = w.r.index(file);
  if (!index) {
    const gap: StoryGap = { why: 'the file cannot be read', at: { path: file, span: [0, 0] }, hides: true };
    return { story: { file, role: options.role, blocks: [], claims: [], changes: [], obligations: [], variables: [], gaps: [gap], reached: [] }, restores: [] };
  }
  const role = options.role === 'test' ? 'module' : options.role;
  const spot: Spot = { holder: { file, role, scope: options.role === 'global-setup' ? 'run' : 'file' }, suite: undefined, cleanup: false, modifiers: [] };
  load(t, file, spot, [], options.tellsImport);
  if (options.role === 'global-setup') globalSetup(t, file, spot);
  if (options.role === 'setup') rootHooks(t, file);
  // Bodies can declare further blocks (subtests), so the list grows while it is read.
  for (const body of t.bodies) tellBody(t, body);
  for (const { fn, block } of t.bodies) {
    const test = { fn, block, suite: t.blocks[block]?.parent };
    t.restores.push(...restoredUnseen(w, test, t.mutations).map((each) => ({ ...each, order: t.order++ })));
  }
  const context = { blocks: t.blocks, risks: t.risks, restores: [...t.restores, ...options.setupRestores] };
  const replaced = replacedModules(w.r, file, t.mutations);
  const isHidden = standIns(w.r, t.mutations, context.restores, t.blocks);
  const claims = t.claims.settled(isHidden).filter((each) => !isOfReplaced(w.r, replaced, each, each));
  const settled = settleObligations(
    t.opens.filter((each) => (!each.isLazy || t.uses.has(each.handle)) && !neverStarts(w.r.index(each.at.path), each.at) && !isHidden(each)),
    t.releases,
    t.escapes,
    context,
  );
  const obligations = [...settled, ...unlikePeers(t, settled)].filter((each) => !isOfReplaced(w.r, replaced, each, { client: packageOf(each) }));
  const story: FileStory = {
    file,
    role: options.role,
    blocks: t.blocks,
    claims: withoutIntercepted(withoutOwnServers(claims, ownNames(w)), t.mutations),
    changes: settleChanges(t.mutations, context),
    obligations: obligations.map((each) => (each.released || !isClosedUnseenIn(t, each.at) ? each : { ...each, escapes: true })),
    variables: t.variables,
    gaps: t.gaps,
    reached: [...new Set([...w.reached, ...claims.flatMap(({ decidedAt }) => (decidedAt ? [decidedAt.path] : []))])],
    ...(replaced.files.size > 0 ? { replaced: [...replaced.files] } : {}),
    ...(options.role === 'test' ? { ...handedOf(w.r, file, (path) => w.isTestSide(path)), made: madeObjects(w.r, index) } : {}),
  };
  return {
    story,
    restores: [
      ...t.restores,
      ...t.mutations.filter((each) => putsBack(each, t.blocks)).map(({ state, ...raw }): RawRestore => ({ ...raw, state: [state], what: 'cell' })),
    ],
  };
}

/** Libraries that the project itself is. */
const ownNames = ({ r }: Walker): ReadonlySet<string> => new Set([...r.own.values()].flatMap((all) => [...all.values()].map((each) => each.package)));

/** What one test leaves open and the others of the file end, and what hooks make before each test and end once. What is known by its library is told already. */
function unlikePeers(t: Telling, known: readonly Obligation[]): Obligation[] {
  const index = t.w.r.index(t.file);
  if (!index) return [];
  const bodies = new Map(t.bodies.flatMap(({ block, fn }) => (fn.file === t.file ? [[fn.fn, block] as const] : [])));
  const blockOf = (fn: FunctionId): Block => t.blocks[bodies.get(fn)!]!;
  const owed = ({ fn, at, name, maker, end }: LeftOpen, assumed: string, released?: Undoing): Obligation => ({
    what: `${name} of ${maker}`,
    kind: 'handle',
    by: { file: t.file, block: bodies.get(fn)!, role: blockOf(fn).role === 'test' ? 'test' : 'hook', scope: 'test' },
    at: place(t.file, at),
    via: [],
    escapes: false,
    owes: `${name}.${end}()`,
    assumed: [assumed],
    ...(released ? { released } : {}),
  });
  const tests = new Set([...bodies.keys()].filter((fn) => blockOf(fn).role === 'test'));
  const blocks = new Map([...bodies.keys()].map((fn) => [fn, blockOf(fn)]));
  // What opens it is the call that makes it, or one of its own methods.
  const isKnown = ({ at, name }: LeftOpen): boolean =>
    known.some(({ escapes, released, via, at: own }) => {
      const call = escapes ? undefined : callAt(index.facts, via[0] ?? own);
      return call !== undefined && (isIn(call.at, at) || (released?.paths === 'last-only' && rootName(call.callee, index.facts) === name));
    });
  return [
    ...leftOpen(index, tests).map((each) => owed(each, 'the other tests of the file end theirs')),
    ...onlyLastEnded(t.w.r, index, blocks, t.blocks).flatMap((each) =>
      isKnown(each)
        ? []
        : [
            owed(each, 'it is to be ended, as the last one is', {
              at: place(t.file, each.endedAt),
              paths: 'last-only',
              by: 'hook',
              value: 'saved',
              inFinally: false,
            }),
          ],
    ),
  ];
}

/** A hook's write that stands again after, or before, every test. */
function putsBack(each: RawMutation, blocks: readonly Block[]): boolean {
  const block = each.block === undefined ? undefined : blocks[each.block];
  return block?.role === 'hook' && (block.when === 'after' || (block.when === 'before' && block.scope === 'test' && each.value !== 'unknown'));
}

/** What an import can lead to that runs: data, styles and components tell nothing. */
const CODE = /\.[cm]?[jt]sx?$/;

/** Loading a module loads what it imports first. */
function load(t: Telling, file: string, spot: Spot, via: readonly Place[], tells: (path: string) => boolean): void {
  if (t.loaded.has(file) || t.loaded.size > 60) return;
  t.loaded.add(file);
  const facts = t.w.r.index(file)?.facts;
  if (!facts) {
    t.gaps.push({ why: `${file} cannot be read`, at: via[0] ?? { path: file, span: [0, 0] }, hides: true });
    return;
  }
  for (const each of facts.imports) {
    const specifier = loadedFrom(each);
    if (specifier === undefined) continue;
    const at = place(file, each.at);
    const target = t.w.r.sources.resolveImport(file, specifier);
    if ('file' in target) {
      if (!CODE.test(target.file)) continue;
      if (tells(target.file)) load(t, target.file, spot, [...via, at], tells);
      else listening(t, target.file, spot, [...via, at]);
    } else if ('missing' in target) {
      const gap = missingImport(facts, each, specifier);
      if (gap) t.gaps.push(gap);
    }
  }
  let events = moduleEvents(t.w, file);
  for (const call of via.slice().reverse()) events = events.map((event) => lifted(event, call)).filter((event) => event !== undefined);
  tell(t, events, spot);
}

/** `const server = app.listen(3000)` at the top of the product: whoever imports the module binds the port. What stands under a condition may not run. */
function listening(t: Telling, file: string, spot: Spot, via: readonly Place[]): void {
  if (t.loaded.has(file) || spot.holder.role !== 'module' || !t.w.mayAct(file)) return;
  t.loaded.add(file);
  // Which connection stands behind `mongoose` is for those to say whose story is told.
  const standing = [...t.w.ambient];
  const events = moduleEvents(t.w, file);
  t.w.ambient.clear();
  for (const [name, handle] of standing) t.w.ambient.set(name, handle);
  let conditions = 0;
  for (const event of events) {
    if (event.e === 'branch') conditions++;
    else if (event.e === 'end-branch') conditions--;
    else if (conditions === 0 && event.e === 'react' && event.reaction.kind === 'claim' && event.reaction.resource.kind === 'network-port')
      tell(t, [{ ...event, via: [...via, ...event.via] }], spot);
  }
}

/** The default export of a global setup file, and what it returns, run once. */
function globalSetup(t: Telling, file: string, spot: Spot): void {
  const index = t.w.r.index(file);
  for (const name of ['default', 'module.exports', 'setup', 'teardown', 'globalSetup', 'globalTeardown', 'mochaGlobalSetup', 'mochaGlobalTeardown']) {
    const exported = index?.exports.get(name);
    if (!exported || !('value' in exported)) continue;
    const value = t.w.r.value(exported.value, file, undefined);
    if (value.kind !== 'fn') continue;
    tell(t, eventsOf(t.w, value, [], 1), spot);
    for (const returned of index?.returns.get(value.fn) ?? []) {
      const inner = value.file === file ? t.w.r.value(returned, file, undefined) : undefined;
      if (inner?.kind === 'fn') tell(t, eventsOf(t.w, inner, [], 1), { ...spot, cleanup: true });
    }
  }
}

/** `export const mochaHooks = { beforeEach() { ... } }`: hooks around every test, a list of functions each. */
function rootHooks(t: Telling, file: string): void {
  const { rootHooks: known } = t.w.r.runner.vocabulary;
  const exported = known ? exportOf(t.w.r, file, known.export, { path: file, span: [0, 0] }) : undefined;
  const hooks = exported?.kind === 'fn' ? returned(t.w.r, exported, [], undefined, { path: file, span: [0, 0] }) : exported;
  if (!known || hooks?.kind !== 'record') return;
  for (const [name, word] of Object.entries(known.members)) {
    const value = hooks.get(name);
    for (const each of value?.kind === 'list' ? value.items : value ? [value] : []) {
      if (each.kind !== 'fn') continue;
      const at = place(each.file, t.w.r.index(each.file)?.facts.functions[each.fn]?.at ?? [0, 0]);
      const id = t.blocks.length;
      t.blocks.push({ role: 'hook', when: word.when ?? 'before', scope: word.scope ?? 'test', modifiers: [], needs: [], at, seenAt: at });
      t.bodies.push({ block: id, fn: each, args: [], fixtures: [] });
    }
  }
}

function tellBody(t: Telling, body: Body): void {
  const block = t.blocks[body.block]!;
  const holder: Holder = { file: t.file, block: body.block, role: block.role === 'suite' ? 'module' : block.role, scope: block.scope };
  const spot: Spot = { holder, suite: block.parent, cleanup: false, modifiers: block.modifiers };
  if (t.blocks.length > 4000) return;
  tell(t, eventsOf(t.w, body.fn, body.args, 1), spot);
}

function tell(t: Telling, events: readonly Event[], spot: Spot): void {
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

/** The source says where it is closed, and no walk came there: it was not seen to stay open. */
const isClosedUnseenIn = (t: Telling, at: Place): boolean =>
  isClosedUnseen(t.w.r.index(at.path), at, (span) => t.releases.some((each) => each.at.path === at.path && each.at.span[0] === span[0]));

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
