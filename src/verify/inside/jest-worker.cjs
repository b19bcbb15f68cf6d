'use strict';
// Loaded first by Jest's processes.
const { readFileSync } = require('node:fs');
const { mark, onMessage, onSend } = require('./mark.cjs');

// The one worker of a second start is not the first of the run.
const { ISOLATION_AUDIT_WORKER: worker, JEST_WORKER_ID } = process.env;
if (worker !== undefined && JEST_WORKER_ID !== undefined) process.env.JEST_WORKER_ID = worker;

/** Jest does not say of a test whether it is concurrent, and starts the bodies of those that are before it tells of them. */
function runsSomeAtOnce(path) {
  try {
    return readFileSync(path, 'utf8').includes('.concurrent');
  } catch {
    return true;
  }
}
let byTest = false;

// A worker is handed one file after another: jest-worker of Jest 29 and 30, CHILD_MESSAGE_CALL.
onMessage((message) => {
  const path = message?.[0] === 1 ? message[3]?.[0]?.path : undefined;
  if (typeof path !== 'string') return;
  byTest = !runsSomeAtOnce(path);
  mark(path);
});

// It tells its parent of each test, before the first hook and after the last: jest-circus of Jest 29.7 and 30, PARENT_MESSAGE_CUSTOM. Earlier ones are told by file.
onSend((message) => {
  const [event, told] = message?.[0] === 3 && Array.isArray(message[1]) ? message[1] : [];
  if (event === 'test-case-start' && byTest) mark(told[0], told[1].fullName);
  else if (event === 'test-case-result') mark(told[0]);
});
