import { detector } from '../model/detector.js';
import { callAt, pathOf } from '../model/code.js';
import { preparesFor, type Audited } from '../model/suite.js';
import { leakFindings, leaks, type Leak } from './leaks.js';
import { says } from './words.js';

export default detector({
  id: 'leaked-timers',
  axis: ['W', 'P'],
  summary: 'A fake clock stays on after the test.',
  wording: {
    what: 'Fake timers are switched on and not switched off{more}.',
    why: '{reason}, so timers and dates of {victim} stand still.',
    fix: 'Switch real timers on again in an after-hook.',
  },
  variants: {
    beside: {
      what: 'Fake timers are switched on and off while other tests of the file run{more}.',
      fix: 'Run these tests one after another, or hand the time to what needs it.',
    },
    early: {
      what: 'Fake timers are switched on while a suite is declared, before the first test of the file runs{more}.',
      fix: 'Switch them on in a before-hook of the suite.',
    },
    late: { what: 'Fake timers are switched on in a test and off only when all tests are over{more}.', fix: 'Switch real timers on again after each test.' },
    'normal-only': {
      what: 'Fake timers are switched off only when nothing throws in between{more}.',
      fix: 'Switch real timers on again in an after-hook or `finally`.',
    },
  },
  detect: (audited) =>
    leakFindings(
      'leaked-timers',
      // Only a test that fails leaves the clock on: it harms those that wait.
      leaks(
        audited,
        ['timers'],
        (story, { undone }, block) => undone?.paths !== 'normal-only' || says(audited, story, block, WAITS, { imported: STARTS_TIMERS }),
      ).filter((leak) => !isUnderClock(audited, leak)),
      { title: () => 'the clock', keyOf: () => 'timers', reason: audited.schedule.whyWithin },
    ),
});

/** A test sets the time of a clock that its suite has switched on for all its tests. */
function isUnderClock(audited: Audited, { story: { blocks, changes }, change: { by, at } }: Leak): boolean {
  const facts = audited.facts(at.path);
  const call = facts && callAt(facts, at);
  if (by.role !== 'test' || !call || !/^set(?:System)?Time$/.test(pathOf(call.callee, facts)?.at(-1) ?? '')) return false;
  return changes.some((each) => {
    const hook = each.state === 'timers' && each.by.block !== undefined ? blocks[each.by.block] : undefined;
    return preparesFor(blocks, hook, blocks[by.block!]);
  });
}

const STARTS_TIMERS = /^(setTimeout|setInterval|setImmediate|requestAnimationFrame|debounce|throttle)$/;
const WAITS =
  /^(set(Timeout|Interval|Immediate|SystemTime)|requestAnimationFrame|now|performance|hrtime|debounce\w*|throttle\w*|sleep\w*|delay\w*|wait\w*|poll\w*|eventually|retry\w*|find(All)?By\w+|advance\w+|run(All|OnlyPending)\w+|tick\w*)$/;
