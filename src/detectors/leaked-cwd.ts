import { detector } from '../model/detector.js';
import { leakFindings, leaks } from './leaks.js';

export default detector({
  id: 'leaked-cwd',
  axis: ['W', 'P'],
  summary: 'A test changes the working directory and does not change back.',
  wording: {
    what: 'The working directory is changed and not put back{more}.',
    why: '{reason}, so relative paths of {victim} lead elsewhere.',
    fix: 'Pass `cwd` to what needs it, or save `process.cwd()` and change back in an after-hook.',
  },
  variants: {
    beside: {
      what: 'The working directory is changed and put back while other tests of the file run{more}.',
      fix: 'Pass `cwd` to what needs it, or run these tests one after another.',
    },
    late: { what: 'The working directory is changed in a test and put back only when all tests are over{more}.', fix: 'Change back after each test.' },
    'normal-only': {
      what: 'The working directory is changed and put back only when nothing throws in between{more}.',
      fix: 'Move the restore into an after-hook or `finally`.',
    },
  },
  detect: (audited) =>
    leakFindings('leaked-cwd', leaks(audited, ['cwd']), { title: () => 'the working directory', keyOf: () => 'cwd', reason: audited.schedule.whyWithin }),
});
