/**
 * `node --import isolation-audit/setup/node-test --test`. Where the process that starts those of the files loads it too, as with NODE_OPTIONS, it waits
 * until everything is dropped.
 */
import { endRun, pointEnvironment } from '../worker/index.js';
import { isLeading, setUpFor } from '../worker/slot.js';

if (isLeading()) process.on('exit', endRun);
setUpFor('node-test');
pointEnvironment();
