'use strict';
// Loaded first by Playwright's processes. A worker is told its number by one message, and what to run by others.
const { createRequire } = require('node:module');
const { mark, onMessage, onSend } = require('./mark.cjs');

// The one worker of a second start is not the first of the run.
const before = Number(process.env.ISOLATION_AUDIT_WORKER ?? 1) - 1;

/** Which is run now. */
let file;

onMessage((message) => {
  const { method, params } = message ?? {};
  if (method === '__init__' && params?.runnerParams) {
    params.runnerParams.parallelIndex += before;
    params.runnerParams.workerIndex += before;
  }
  const told = method === '__dispatch__' && params?.method === 'runTestGroup' ? params.params?.file : undefined;
  if (typeof told === 'string') mark((file = told));
});

// A worker runs one test after another, and tells its parent when one begins, before its hooks, and ends; of what Playwright gives its tests, `test.info()` has the titles.
onSend((message) => {
  const event = message?.method === '__dispatch__' ? message.params?.method : undefined;
  if (event === 'testBegin') mark(file, titles());
  else if (event === 'testEnd') mark(file);
});

function titles() {
  try {
    return createRequire(file)('@playwright/test').test.info().titlePath.slice(1).join(' ');
  } catch {
    return undefined;
  }
}
