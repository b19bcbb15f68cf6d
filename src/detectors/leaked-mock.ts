import { isIn } from '../model/code.js';
import { detector } from '../model/detector.js';
import type { Place } from '../model/place.js';
import { isBeforeEach, preparesFor, type Audited, type Block, type FileStory } from '../model/suite.js';
import { leakFindings, leaks, type Leak } from './leaks.js';
import { noted } from './sharing.js';
import { says } from './words.js';

export default detector({
  id: 'leaked-mock',
  axis: ['W', 'P'],
  summary: 'A spy, stub or interceptor stays on after the test.',
  wording: {
    what: '{cell} is replaced and not restored{more}.',
    why: '{reason}, so {victim} run against the replacement.',
    fix: 'Restore it in an after-hook, or switch on the option of the runner that restores mocks.',
  },
  variants: {
    beside: {
      what: '{cell} is replaced and restored while other tests of the file run{more}.',
      fix: 'Run these tests one after another, or hand the value to what needs it.',
    },
    watched: { what: '{cell} is spied on and not restored{more}.', why: '{reason}, so calls that one test makes count in the next.' },
    early: {
      what: '{cell} is replaced while a suite is declared, before the first test of the file runs{more}.',
      fix: 'Replace it in a before-hook of the suite.',
    },
    late: { what: '{cell} is replaced in a test and restored only when all tests are over{more}.', fix: 'Restore it after each test.' },
    'normal-only': {
      what: '{cell} is replaced and restored only when nothing throws in between{more}.',
      fix: 'Move the restore into an after-hook or `finally`.',
    },
  },
  detect: (audited) =>
    leakFindings('leaked-mock', leaks(audited, ['mock', 'http-mock', 'global-stub']).map(seenByCount(audited)), {
      title,
      keyOf: () => 'mocks',
      reason: audited.schedule.whyWithin,
      insteadOf: ({ story }) => forgetting(audited, story).map((place) => noted(place, 'this forgets calls, and restores nothing')),
      isPossible: (leak) =>
        leak.change.state === 'http-mock' && !staysOn(leak)
          ? leak.change.cell === 'net connect'
            ? 'a later test uses the network'
            : 'a later test makes a request that the interceptor answers'
          : leak.change.onlyWatches && !isCounted(audited, leak, isPutOnForEach(leak))
            ? 'another test counts the calls of the same method'
            : isOutput(leak) && !isCounted(audited, leak)
              ? 'another test looks at what is written'
              : undefined,
      variantOf: (leak) => (leak.change.onlyWatches && leak.fault === 'none' ? 'watched' : undefined),
    }),
});

/** A test that puts its own spy over one that stays sees the calls that this one has counted. */
const seenByCount =
  (audited: Audited) =>
  (leak: Leak): Leak =>
    (leak.change.onlyWatches || isOutput(leak)) && isCounted(audited, leak) ? { ...leak, unseen: false } : leak;

/** What one test sees of the calls of another: it puts a spy on the same method and asks for its calls, and nothing forgets them in between. */
function isCounted(audited: Audited, { story, change }: Leak, isAlone = false): boolean {
  if (audited.schedule.forgetsCalls || forgets(audited, story)) return false;
  const { blocks } = story;
  const spied = new Set(story.changes.flatMap(({ cell, by: { block } }) => (cell === change.cell && block !== change.by.block ? [block] : [])));
  const spies = (test: Block, id: number): boolean =>
    [...spied].some((by) => by === undefined || by === id || (blocks[by]!.role === 'hook' && preparesFor(blocks, blocks[by], test)));
  return blocks.some(
    (block, id) => block.role === 'test' && (isAlone || (id !== change.by.block && spies(block, id))) && says(audited, story, block, ASKS_FOR_CALLS),
  );
}

const ASKS_FOR_CALLS =
  /^(to(Have)?Be(en)?(Last|Nth)?Called\w*|(last|nth)(Called|Returned)With|toHave(Last|Nth)?Returned\w*|toReturn\w*|mock|calls|getCalls?|(first|second|third|last)Call|call(ed|Count|Args)\w*|notCalled|neverCalled\w*|alwaysCalled\w*|args|results)$/;

const isPutOnForEach = ({ story, change: { by } }: Leak): boolean => isBeforeEach(by.block === undefined ? undefined : story.blocks[by.block]);

/** Silenced, and read by nobody. */
const isOutput = ({ change }: Leak): boolean => /^(console|process\.std(out|err))\./.test(change.cell);

const FORGETS = /^(clearAllMocks|resetAllMocks|mockClear|mockReset|resetHistory)$/;

/** A hook around each test, of the file or of a setup file, forgets the calls that spies have counted. */
const forgets = (audited: Audited, story: FileStory): boolean => [story, ...audited.setup].some((each) => forgetting(audited, each).length > 0);

/** Where hooks around each test do so. */
const forgetting = (audited: Audited, { file, blocks }: FileStory): readonly Place[] =>
  (audited.facts(file)?.calls ?? []).flatMap(({ callee, at }) => {
    if (callee.kind !== 'member' || typeof callee.key !== 'string' || !FORGETS.test(callee.key)) return [];
    const isInHook = blocks.some(({ role, scope, seenAt: { path, span } }) => role === 'hook' && scope === 'test' && path === file && isIn(at, span));
    return isInHook ? [{ path: file, span: at }] : [];
  });

/**
 * Answers every request from now on, where other interceptors go with the request that they answer; or is what one test lays over the
 * handlers of all, or forbids them. What a hook or the head of a file forbids is a guard that the whole run is glad of.
 */
const staysOn = ({ change, exposure }: Leak): boolean =>
  change.cell === 'persistent interceptors' ||
  (change.cell === 'net connect' && change.by.role === 'test') ||
  (change.cell === 'msw handlers' && change.by.role === 'test' && exposure.to === 'next-test');

/** `Orders.prototype.total` of a class of the project, `node:fs.readFile`; of an object without a name only the method is known. */
function title(cell: string): string {
  const named = /\.[cm]?[jt]sx?\.([\w$.]+)$/.exec(cell)?.[1] ?? (/[?@#]|^at:/.test(cell) ? undefined : cell.replace(/^node:/, ''));
  if (named !== undefined) return `\`${named}\``;
  const method = /\.([\w$]+)$/.exec(cell)?.[1];
  return method === undefined ? 'A method' : `The method \`${method}\``;
}
