import { detector } from '../model/detector.js';
import type { StateChange } from '../model/claims.js';
import type { Audited, FileStory } from '../model/suite.js';
import { concurrent } from './concurrent.js';
import { isHandedOver } from './filled-by-tests.js';
import { handedOn } from './handed-on.js';
import { keptByServer } from './server-state.js';
import { isTestSide } from '../model/test-side.js';
import { isByTests, leakFindings, leaks, restoreFaults, type Leak } from './leaks.js';
import { isFoundElsewhere, isKeyed, isObserved, isSetting, looksAt, namesIt, suiteOf } from './observed.js';

export default detector({
  id: 'shared-module-state',
  axis: ['A', 'W', 'P'],
  summary: 'A test changes state that a module keeps, and another test sees it.',
  wording: {
    what: '{cell} is {done} and not put back{more}.',
    why: '{reason}, so {victim} see the change.',
    fix: 'Put the earlier value back in an after-hook, or make the object anew for each test.',
  },
  variants: {
    ...restoreFaults,
    constant: {
      what: '{cell} is {done} and put back to a constant, not to what stood there before{more}.',
      fix: 'Save the value before the test and put that back in an after-hook.',
    },
    alias: { what: '{cell} is {done}, and what is put back is the changed object itself{more}.', fix: 'Save a copy before changing it.' },
    concurrent: {
      what: '{cell} is written by tests that run at the same time.',
      why: 'Each of them reads what another has written last.',
      fix: 'Make the variable in each test.',
    },
    server: {
      what: '{cell} {are} kept by the server that all tests talk to and changed by requests, and {count} to it.',
      why: 'One server answers them all, so a test sees what others have done before it or do at the same time.',
      fix: 'Keep it for each session, by a cookie or header that the test sends, or under a key that each test makes up.',
    },
    'concurrent-hook': {
      what: '{cell} is written before each test, and the tests run at the same time.',
      why: 'Each of them reads what the hook has written last.',
      fix: 'Make it in each test, or hand it on through the context of the test.',
    },
  },
  detect: (audited, surroundings) => [
    ...keptByServer(audited, surroundings),
    ...leakFindings(
      'shared-module-state',
      leaks(audited, ['module'], (story, change, block) =>
        isSetting(audited, story, change) ? isCalledByTests(story, change) && looksAt(audited, story, change, block) : namesIt(audited, story, change, block),
      ).filter((leak) => leak.change.by.role !== 'module' && tells(audited, leak)),
      {
        title: (cell) => `\`${cell.replace(/^.*#(this\.)?/, '')}\``,
        keyOf: (leak) => objectOf(leak.change.cell),
        reason: audited.schedule.whyWithin,
        isPossible: (leak) => (isHandedOver(audited, leak) ? 'a later test is meant to find the object as the file has made it' : undefined),
        atCell: true,
        byCall: ({ story, change }) => isSetting(audited, story, change),
      },
    ),
    ...audited.stories.flatMap((story) => concurrent(story, audited)),
  ],
});

/** The object in front of the property: one finding for all that a file changes of it. */
const objectOf = (cell: string): string => {
  const [object, property] = cell.slice(cell.indexOf('#') + 1).split('.');
  return `${cell.slice(0, cell.indexOf('#') + 1)}${object}${property === 'prototype' ? '.prototype' : ''}`;
};

/** What another file keeps counts where tests change it on purpose or look at it; caches of product code are its own affair. */
function tells(audited: Audited, leak: Leak): boolean {
  const { change, story } = leak;
  if (change.assumed.length > 0 && !leak.named) return false;
  // Each file that calls the function has a variable of its own.
  if (leak.exposure.to === 'next-file' && suiteOf(audited, story, change)) return false;
  // A test that reads it first needs the one before: that is told as such.
  if (change.at.path === story.file) return !handedOn(story).some(({ read }) => `${change.cell}.`.startsWith(`${read.file}#${read.name}.`));
  if (isSetting(audited, story, change)) {
    const isMet = leak.exposure.to !== 'next-file' || (leak.fault === 'none' && isFoundElsewhere(audited, story, change));
    return isMet && isCalledByTests(story, change);
  }
  const isCollection = !change.cell.slice(change.cell.indexOf('#')).includes('.');
  if (isKeyed(audited, change)) return isObserved(audited, story, change.cell.slice(0, change.cell.lastIndexOf('.')));
  return isCollection ? isObserved(audited, story, change.cell) : isByTests(leak) && !/#this\.|\.\*$/.test(change.cell);
}

/** The call that sets it stands in a file of the tests. */
function isCalledByTests(story: FileStory, change: StateChange): boolean {
  const caller = change.via.at(-1)?.path;
  return caller !== undefined && (caller === story.file || isTestSide(caller));
}
