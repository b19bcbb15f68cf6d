import { detector } from '../model/detector.js';
import { leakFindings, leaks, restoreFaults } from './leaks.js';

export default detector({
  id: 'shared-global',
  axis: ['W', 'P'],
  summary: 'A test changes a global, a prototype or a core module and does not put it back.',
  wording: {
    what: '{cell} is {done} and not put back{more}.',
    why: '{reason}, so {victim} meet the changed object.',
    fix: 'Save what was there and put it back in an after-hook, or use the spy of the runner.',
  },
  variants: {
    ...restoreFaults,
    constant: {
      what: '{cell} is {done} and put back to a constant, not to what stood there before{more}.',
      fix: 'Save what was there and put that back in an after-hook.',
    },
    alias: { what: '{cell} is {done}, and what is put back is the changed object itself{more}.', fix: 'Save a copy before changing it.' },
  },
  detect: (audited) =>
    leakFindings('shared-global', leaks(audited, ['global', 'intrinsic', 'host-intrinsic', 'core-module', 'console', 'process']), {
      title: (cell) =>
        cell === '*'
          ? 'A property of the global object'
          : cell === 'process listeners'
            ? 'The list of listeners of `process`'
            : `\`${cell.replace(/^node:/, '')}\``,
      keyOf: (leak) => leak.change.cell,
      reason: audited.schedule.whyWithin,
      isPossible: (leak) => (leak.change.by.role === 'module' && leak.exposure.to === 'next-file' ? 'another file expects what was there before' : undefined),
    }),
});
