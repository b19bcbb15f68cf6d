/** `mocha --require isolation-audit/setup/mocha`. The main process of a parallel run loads it too, and waits until everything is dropped. */
import { endRun, pointEnvironment } from '../worker/index.js';
import { setUpFor } from '../worker/slot.js';

setUpFor('mocha');
pointEnvironment();

export const mochaGlobalTeardown = endRun;
