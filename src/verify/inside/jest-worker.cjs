'use strict';
// Loaded first by Jest's processes.
const { mark, onMessage } = require('./mark.cjs');

// The one worker of a second start is not the first of the run.
const { ISOLATION_AUDIT_WORKER: worker, JEST_WORKER_ID } = process.env;
if (worker !== undefined && JEST_WORKER_ID !== undefined) process.env.JEST_WORKER_ID = worker;

// A worker is handed one file after another: jest-worker of Jest 29 and 30, CHILD_MESSAGE_CALL.
onMessage((message) => {
  const path = message?.[0] === 1 ? message[3]?.[0]?.path : undefined;
  if (typeof path === 'string') mark(path);
});
