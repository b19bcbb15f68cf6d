import { detector } from '../model/detector.js';
import { leakFindings, leaks } from './leaks.js';

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
    'normal-only': {
      what: '{cell} is replaced and restored only when nothing throws in between{more}.',
      fix: 'Move the restore into an after-hook or `finally`.',
    },
  },
  detect: (audited) =>
    leakFindings('leaked-mock', leaks(audited, ['mock', 'http-mock', 'global-stub']), {
      title: (cell) =>
        cell.includes('?') || cell.includes('@') || cell.includes('#') || cell.startsWith('at:') ? 'A method' : `\`${cell.replace(/^node:/, '')}\``,
      keyOf: () => 'mocks',
      reason: audited.schedule.whyWithin,
      isPossible: (leak) =>
        leak.change.state === 'http-mock' && !/^(persistent interceptors|net connect)$/.test(leak.change.cell)
          ? 'a later test makes a request that the interceptor answers'
          : undefined,
    }),
});
