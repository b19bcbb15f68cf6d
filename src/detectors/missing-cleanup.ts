import { allSteps, callAt, isIn, pathOf } from '../model/code.js';
import { detector } from '../model/detector.js';
import type { Claim, Obligation } from '../model/claims.js';
import type { Finding } from '../model/finding.js';
import type { Audited, FileStory } from '../model/suite.js';
import type { Place } from '../model/place.js';
import { decisionOf, leftPaths } from '../model/left-paths.js';
import { distinct, noted, seenAt } from './sharing.js';
import { endedByOthers, leftByOne } from './ended-by-others.js';
import { opened } from './opened.js';
import { leftByOwner, ownedBy } from './own-lifecycle.js';
import { unlikeOthers } from './unlike-others.js';
import { grouped } from '../model/grouped.js';

export default detector({
  id: 'missing-cleanup',
  axis: ['A', 'W'],
  summary: 'A connection, server, container, worker or temporary directory is not released.',
  wording: {
    what: '{what} is opened and never released{more}.',
    why: 'What stays open holds connections, ports and disk space for the files that follow, and can keep the process alive.',
    fix: 'Call `{owes}` in an after-hook or `finally`.',
  },
  variants: {
    'normal-only': { what: '{what} is released only when nothing throws in between{more}.' },
    'last-only': {
      what: '{what} is opened before each test, and only the last one is released{more}.',
      fix: 'Call `{owes}` after each test, or open it once before them all.',
    },
    'others-only': {
      what: '{what} is opened before each test, and a test puts another in its place without releasing it{more}.',
      fix: 'Call `{owes}` before the variable is given another.',
    },
    unawaited: {
      what: '{what} is told to close in an `async` hook, and nobody waits until it is{more}.',
      why: 'The hook ends before the connections do, so they meet the files that follow, and an error of the end belongs to no test.',
      fix: 'Write `await` before `{owes}`.',
    },
    left: { what: '{what} is made and never removed{more}.', why: 'Each run leaves it on the disk.' },
  },
  detect(audited) {
    const unlike = unlikeOthers(audited);
    const isTold = (at: Place): boolean => unlike.some(({ places }) => places.some(({ path, span }) => path === at.path && isIn(at.span, span)));
    const others = endedByOthers(audited);
    const out: Finding[] = [];
    for (const story of [...audited.setup, ...audited.stories]) {
      const owned = ownedBy(story, audited);
      const byOthers = new Map([...others.of(story)].filter(([each]) => !owned.has(each) && !isTold(seenAt(each))));
      const left = story.obligations.filter(
        (each) =>
          !each.escapes &&
          isOpen(each, story) &&
          !isForOthers(each, story, audited) &&
          !isLeftToTeardown(each, story, audited) &&
          !owned.has(each) &&
          !byOthers.has(each) &&
          !isTold(seenAt(each)),
      );
      out.push(...leftByOwner(story, owned), ...leftByOne(story, byOthers), ...unawaited(story, audited));
      const groups = grouped(left, ({ what, released }) => `${what}|${released ? KEYS[released.paths] : ''}`);
      for (const [key, group] of groups) {
        if (group[0].kind === 'subscription' && !isHeardByOthers(group, story)) continue;
        const first = group[0];
        // Between the directory and its `try` stand the files that are put into it.
        const early = first.kind === 'temp-directory' && first.released?.paths === 'normal-only';
        const isGiven = first.kind === 'temp-directory' && group.every((each) => isGivenToAll(each, story));
        const outside = first.via.length > 0 && !isPartly(first) && !group.some((each) => each.via.length === 0 || isOwnDirectory(each, story));
        out.push({
          rule: 'missing-cleanup',
          axis: ['W'],
          confidence: outside || early || isGiven ? 'possible' : first.released || first.assumed.length > 0 ? 'likely' : 'certain',
          ...(outside
            ? { condition: 'nothing that was not followed releases it' }
            : early
              ? { condition: 'what stands before the `try` throws' }
              : isGiven
                ? { condition: 'nothing that knows the variable removes it' }
                : {}),
          files: story.role === 'test' ? [story.file] : [],
          places: distinct([
            noted(seenAt(first), 'opened here'),
            ...(first.via.length > 0 ? [noted(first.at, 'the call that opens it')] : []),
            ...(first.released ? [noted(first.released.at, first.released.paths === 'others-only' ? 'replaced here' : 'released here')] : []),
            ...group.slice(1, 10).map((each) => noted(seenAt(each), 'and here')),
          ]),
          resource: { key: `missing-cleanup|${key}`, title: `${first.what} left open` },
          values: { what: opened(first), owes: first.owes, more: group.length > 1 ? ` (${group.length} times in this file)` : '' },
          ...(first.released ? { variant: first.released.paths } : {}),
        });
      }
    }
    return [...out, ...audited.stories.flatMap((story) => leftBehind(story, audited)), ...unlike];
  },
});

/** Ends that give a promise. */
const PROMISED = /^(app\.close|dataSource\.destroy|knex\.destroy|mongoose\.disconnect|pool\.end|prisma\.\$disconnect|queue\.close|sequelize\.close)\(\)$/;

/** `afterAll(async () => { app.close(); })` */
function unawaited(story: FileStory, audited: Audited): Finding[] {
  const floats = ({ released, owes }: Obligation): boolean => {
    const facts = released?.by === 'hook' && released.paths === 'every' && PROMISED.test(owes) ? audited.facts(released.at.path) : undefined;
    const call = facts && callAt(facts, released!.at);
    return call?.waited === 'floating' && facts!.functions[call.in]!.async;
  };
  const [first, ...others] = story.role === 'test' ? story.obligations.filter((each) => !each.escapes && floats(each)) : [];
  if (!first) return [];
  return [
    {
      rule: 'missing-cleanup',
      axis: ['W'],
      confidence: 'likely',
      files: [story.file],
      places: distinct([
        noted(first.released!.at, 'nobody waits for this'),
        noted(seenAt(first), 'opened here'),
        ...others.map((each) => noted(each.released!.at, 'nor for this')),
      ]),
      resource: { key: `missing-cleanup|unawaited ${first.what}`, title: `${first.what} that nobody waits for` },
      values: { what: opened(first), owes: first.owes, more: others.length > 0 ? ` (${others.length + 1} times in this file)` : '' },
      variant: 'unawaited',
    },
  ];
}

/** A helper that the runner takes for a test file, since it lies beside them: what it opens at its head is for those that load it. */
const isForOthers = ({ by }: Obligation, { file, blocks }: FileStory, audited: Audited): boolean =>
  by.role === 'module' && !blocks.some(({ role }) => role === 'test') && (audited.facts(file)?.exports.length ?? 0) > 0;

/** A file of its own, run when all tests are over, removes something, for it may have been handed the directory, or takes the client from the file and closes it. */
const isLeftToTeardown = ({ kind, owes }: Obligation, story: FileStory, audited: Audited): boolean =>
  story.role === 'global-setup' &&
  audited.setup.some((other) => {
    if (other === story || other.role !== 'global-setup') return false;
    if (kind === 'temp-directory') return other.claims.some((claim) => claim.resource.kind === 'filesystem' && claim.op === 'wipe');
    const method = /\.(\w+)\(/.exec(owes)?.[1];
    return method !== undefined && other.reached.includes(story.file) && isCalledIn(audited, other, method);
  });

/** Of what one line opens for several tests, some is released and some is not. */
const isPartly = ({ released }: Obligation): boolean => released?.paths === 'last-only' || released?.paths === 'others-only';

const KEYS = { every: 'n', 'normal-only': 'n', 'last-only': 'l', 'others-only': 'o' } as const;

const isCalledIn = (audited: Audited, { file }: FileStory, method: string): boolean =>
  audited.facts(file)?.calls.some(({ callee }) => callee.kind === 'member' && callee.key === method) === true;

/** A helper of the file itself makes it: all that could remove it has been read. */
const isOwnDirectory = ({ at, kind }: Obligation, story: FileStory): boolean => kind === 'temp-directory' && at.path === story.file;

/** `process.env.DATA_DIR = await mkdtemp(...)` outside the tests: a place for the whole process, which whatever reads the variable may remove. */
const isGivenToAll = ({ at, by }: Obligation, story: FileStory): boolean =>
  by.role !== 'test' &&
  story.changes.some((change) => change.state === 'env' && change.by.role !== 'test' && change.at.path === at.path && isIn(at.span, change.at.span));

/** Put on an emitter by several tests, or before each of them: the events of one test reach the listeners of the others. What a suite listens to is meant for all. */
function isHeardByOthers(group: readonly Obligation[], story: FileStory): boolean {
  const blocks = new Set(group.flatMap(({ by: { block } }) => (block !== undefined && story.blocks[block]?.scope === 'test' ? [block] : [])));
  return blocks.size > 1 || [...blocks].some((block) => story.blocks[block]?.role === 'hook');
}

/** Temporary paths with names of their own: one finding for each file. */
function leftBehind(story: FileStory, audited: Audited): Finding[] {
  const left = leftPaths(story).filter(({ claim }) => claim.at.path === story.file || !isRemovedWithin(claim, story, audited));
  const [first] = left;
  if (!first) return [];
  const what = left.some((each) => each.isDirectory) ? 'temporary directory' : 'temporary file';
  const places = left.map(({ claim }) => decisionOf(claim, story.file) ?? seenAt(claim));
  return [
    {
      rule: 'missing-cleanup',
      axis: ['W'],
      confidence: 'likely',
      files: [story.file],
      places: distinct(places.slice(0, 12).map((place, index) => noted(place, index === 0 ? 'this path is used and never removed' : 'and this one'))),
      resource: { key: `missing-cleanup|own ${what}`, title: `${what} left behind` },
      values: { what: `A ${what}`, owes: 'rm(path, { recursive: true, force: true })', more: left.length > 1 ? ` (${left.length} times in this file)` : '' },
      variant: 'left',
    },
  ];
}

const REMOVES_PATH = /^(?:unlink|rm|rmdir|remove|rimraf|del)(?:Sync)?$/;

/** `db.close = () => { close(); unlinkSync(path); }` in the helper that makes up the path, where the test calls `close()`. */
function isRemovedWithin({ at }: Claim, story: FileStory, audited: Audited): boolean {
  const facts = audited.facts(at.path);
  if (!facts) return false;
  const paths = new Set((callAt(facts, at)?.args ?? []).flatMap(({ value }) => (value.kind === 'ref' ? [value.binding] : [])));
  const removing = facts.calls.flatMap(({ callee, args: [first], in: fn }) =>
    REMOVES_PATH.test(pathOf(callee, facts)?.at(-1) ?? '') && first?.value.kind === 'ref' && paths.has(first.value.binding) ? [fn] : [],
  );
  return [...allSteps(facts)].some(
    ({ step }) =>
      step.do === 'bind' &&
      step.to.kind === 'member' &&
      typeof step.to.key === 'string' &&
      step.value.kind === 'fn' &&
      removing.includes(step.value.fn) &&
      isCalledIn(audited, story, step.to.key),
  );
}

/** Never released, or acquired before the `try` whose `finally` releases it. Plain release at the end of a test is left alone: a failing test ends there anyway. */
function isOpen(each: Obligation, story: FileStory): boolean {
  if (each.released) return isPartly(each) || (each.released.paths === 'normal-only' && each.released.inFinally);
  // A module-level client of a helper lives as long as the worker.
  return each.by.role !== 'module' || each.at.path === story.file;
}
