/**
 * Puts together what one test file does: its blocks, what they claim, change and leave open, and how that is undone.
 * It knows the order of blocks and the paths inside them, but not which findings follow.
 */
import type { Undoing, Obligation } from '../model/claims.js';
import { callAt, isIn, rootName } from '../model/code.js';
import type { FunctionId } from '../model/facts.js';
import type { Place } from '../model/place.js';
import type { Block, FileStory, StoryGap } from '../model/suite.js';
import { ClaimsTold } from './claims-told.js';
import { handedOf } from './handed.js';
import { withoutIntercepted } from './intercepted-servers.js';
import { globalSetup, load, rootHooks } from './loading.js';
import { isClosedUnseen, neverStarts } from './local.js';
import { isOfReplaced, packageOf, replacedModules } from './mocked-modules.js';
import { withoutOwnServers } from './own-servers.js';
import { leftOpen, madeObjects, onlyLastEnded, type LeftOpen } from './peers.js';
import { place } from './resolver.js';
import { settleChanges, settleObligations, type RawMutation, type RawRestore } from './settle.js';
import { standIns } from './stand-ins.js';
import { tellBody, type Spot, type Telling } from './telling.js';
import { restoredUnseen } from './unseen.js';
import { begin, type Walker } from './walker.js';

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
    obligations: obligations.map((each) =>
      each.released || each.escapes || !isClosedUnseenIn(t, each.at) ? each : { ...each, escapes: true, endsUnseen: true },
    ),
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

/** The source says where it is closed, and no walk came there: it was not seen to stay open. */
const isClosedUnseenIn = (t: Telling, at: Place): boolean =>
  isClosedUnseen(t.w.r.index(at.path), at, (span) => t.releases.some((each) => each.at.path === at.path && each.at.span[0] === span[0]));
