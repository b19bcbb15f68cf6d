import { detector } from '../model/detector.js';
import { isByTests, leakFindings, leaks } from './leaks.js';

export default detector({
  id: 'shared-module-state',
  axis: ['W', 'P'],
  summary: 'A test changes state that a module keeps, and another test sees it.',
  wording: {
    what: '{cell} is {done} and not put back{more}.',
    why: '{reason}, so {victim} see the change.',
    fix: 'Put the earlier value back in an after-hook, or make the object anew for each test.',
  },
  variants: {
    'normal-only': { what: '{cell} is {done} and put back only when nothing throws in between{more}.', fix: 'Move the restore into an after-hook or `finally`.' },
    alias: { what: '{cell} is {done}, and what is put back is the changed object itself{more}.', fix: 'Save a copy before changing it.' },
  },
  detect: (audited) =>
    leakFindings('shared-module-state', leaks(audited, ['module']).filter((leak) => leak.change.by.role !== 'module' && isByTests(leak)), {
      title: (cell) => `\`${cell.replace(/^.*#/, '')}\``, keyOf: (leak) => leak.change.cell, reason: audited.schedule.whyWithin,
    }),
});
