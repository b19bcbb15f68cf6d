/** `setupFiles: ['isolation-audit/setup/jest']`. As `globalTeardown` it lets the run wait until everything is dropped. */
import { endRun, pointEnvironment } from '../worker/index.js';
import { isHere } from '../worker/slot.js';

if (isHere('jest')) pointEnvironment();

export default endRun;
