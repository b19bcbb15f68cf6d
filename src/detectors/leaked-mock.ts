import { detector } from '../model/detector.js';
import { leakFindings, leaks, type Leak } from './leaks.js';

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
    late: { what: '{cell} is replaced in a test and restored only when all tests are over{more}.', fix: 'Restore it after each test.' },
    'normal-only': {
      what: '{cell} is replaced and restored only when nothing throws in between{more}.',
      fix: 'Move the restore into an after-hook or `finally`.',
    },
  },
  detect: (audited) =>
    leakFindings('leaked-mock', leaks(audited, ['mock', 'http-mock', 'global-stub']), {
      title,
      keyOf: () => 'mocks',
      reason: audited.schedule.whyWithin,
      isPossible: (leak) =>
        leak.change.state === 'http-mock' && !staysOn(leak)
          ? 'a later test makes a request that the interceptor answers'
          : leak.change.onlyWatches && !isWatchedAgain(leak)
            ? 'another test counts the calls of the same method'
            : undefined,
    }),
});

/** Two tests of the file count the calls of one method: the spy of the first still counts. */
const isWatchedAgain = ({ story, change }: Leak): boolean =>
  story.changes.some((each) => each !== change && each.cell === change.cell && each.by.block !== change.by.block);

/** Answers every request from now on, where other interceptors go with the request that they answer; or is what one test lays over the handlers of all. */
const staysOn = ({ change, exposure }: Leak): boolean =>
  /^(persistent interceptors|net connect)$/.test(change.cell) || (change.cell === 'msw handlers' && change.by.role === 'test' && exposure.to === 'next-test');

/** `Orders.prototype.total` of a class of the project, `node:fs.readFile`; of an object without a name only the method is known. */
function title(cell: string): string {
  const named = /\.[cm]?[jt]sx?\.([\w$.]+)$/.exec(cell)?.[1] ?? (/[?@#]|^at:/.test(cell) ? undefined : cell.replace(/^node:/, ''));
  if (named !== undefined) return `\`${named}\``;
  const method = /\.([\w$]+)$/.exec(cell)?.[1];
  return method === undefined ? 'A method' : `The method \`${method}\``;
}
