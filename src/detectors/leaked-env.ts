import { detector } from '../model/detector.js';
import { leakFindings, leaks, restoreFaults } from './leaks.js';

export default detector({
  id: 'leaked-env',
  axis: ['W', 'P'],
  summary: 'A test changes an environment variable and does not put it back.',
  wording: {
    what: '{cell} is {done} and not put back{more}.',
    why: '{reason}, so {victim} run with the changed value.',
    fix: 'Save the value before the test and put it back in an after-hook, deleting it where it was not set.',
  },
  variants: {
    ...restoreFaults,
    alias: { what: '{cell} is {done}, and what is put back is the changed object itself{more}.', fix: 'Save a copy: `{ ...process.env }`.' },
    'maybe-undefined': {
      what: '{cell} is put back from a value that can be undefined, which sets the text "undefined"{more}.',
      fix: 'Delete the variable when the saved value is undefined.',
    },
  },
  detect: (audited) =>
    leakFindings('leaked-env', leaks(audited, ['env', 'env-stub']), {
      title: (cell) => (cell === '?' || cell.endsWith('.*') ? 'The environment' : `\`${cell.startsWith('process.env') ? cell : `process.env.${cell}`}\``),
      keyOf: () => 'process.env',
      reason: audited.schedule.whyWithin,
      isPossible: (leak) => (leak.change.by.role === 'module' && leak.exposure.to === 'next-file' ? 'another file expects the earlier value' : undefined),
    }),
});
