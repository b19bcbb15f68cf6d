import type { Progress } from '../project/scan-options.js';
import type { Output } from './world.js';

const AFTER = 500;
const EVERY = 80;

/** One line on a terminal, drawn only when the work is long enough to wonder about. */
export function progressLine(output: Output, now: () => number = Date.now): { show: (progress: Progress) => void; clear: () => void } {
  const begun = now();
  let last = 0;
  let drawn = false;
  return {
    show({ phase, done, total }) {
      const time = now();
      if (output.isTTY !== true || time - begun < AFTER || time - last < EVERY) return;
      last = time;
      drawn = true;
      const text = total > 0 ? `${phase}: ${done} of ${total}` : phase;
      output.write(`\r\u001b[K${text.slice(0, Math.max(10, (output.columns ?? 80) - 1))}`);
    },
    clear() {
      if (drawn) output.write('\r\u001b[K');
      drawn = false;
    },
  };
}
