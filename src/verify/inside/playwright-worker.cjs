'use strict';
// Loaded first by Playwright's processes. A worker is told its number by one message, and what to run by others.
const { mark, onMessage } = require('./mark.cjs');

// The one worker of a second start is not the first of the run.
const before = Number(process.env.ISOLATION_AUDIT_WORKER ?? 1) - 1;

onMessage((message) => {
  const { method, params } = message ?? {};
  if (method === '__init__' && params?.runnerParams) {
    params.runnerParams.parallelIndex += before;
    params.runnerParams.workerIndex += before;
  }
  const file = method === '__dispatch__' && params?.method === 'runTestGroup' ? params.params?.file : undefined;
  if (typeof file === 'string') mark(file);
});
