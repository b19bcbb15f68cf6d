/**
 * `import 'isolation-audit/setup/playwright'` at the top of playwright.config: the only file of a project that every worker loads before the tests. The main
 * process loads it too, where it does nothing. As `globalTeardown` it lets the run wait until everything is dropped.
 */
import { endRun, pointEnvironment } from '../worker/index.js';
import { isHere } from '../worker/slot.js';

if (isHere('playwright')) pointEnvironment();

export default endRun;
