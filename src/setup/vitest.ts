/** `setupFiles: ['isolation-audit/setup/vitest']`. As `globalSetup` it lets the run wait until everything is dropped. */
import { endRun, pointEnvironment } from '../worker/index.js';
import { isHere } from '../worker/slot.js';

if (isHere('vitest')) pointEnvironment();

export const teardown = endRun;
