'use strict';
// Loaded first by the processes of node:test, of which each runs one file.
const { mark } = require('./mark.cjs');

// The one worker of a second start is not the first of the run. Node 24 sets it, and where nobody does no suite asks for it.
const { ISOLATION_AUDIT_WORKER: worker, NODE_TEST_WORKER_ID } = process.env;
if (worker !== undefined && NODE_TEST_WORKER_ID !== undefined) process.env.NODE_TEST_WORKER_ID = worker;

const { NODE_TEST_CONTEXT: context, ISOLATION_AUDIT_MARKED: marked } = process.env;
// What a test starts belongs to its file.
if (context !== undefined) mark((process.env.ISOLATION_AUDIT_MARKED ??= process.argv[1]));
if (context !== undefined && marked === undefined) markTests(process.argv[1]);

/** The first hook before each test and the last after it, of subtests too. Tests that run at once are told by their file alone. */
function markTests(file) {
  const { afterEach, beforeEach } = require('node:test');
  const running = [];
  const tell = () => {
    // Titles from the outermost on: a test within a test, or one beside it.
    const inner = [...running].sort((a, b) => b.length - a.length)[0];
    const isOne = running.every((each) => each === inner || inner.startsWith(`${each} > `));
    mark(file, inner !== undefined && isOne ? inner.replaceAll(' > ', ' ') : undefined);
  };
  // Node 20.15 and earlier does not know its full name.
  beforeEach(({ fullName }) => {
    if (fullName === undefined) return;
    running.push(fullName);
    tell();
  });
  afterEach(({ fullName }) => {
    const at = running.lastIndexOf(fullName);
    if (at >= 0) running.splice(at, 1);
    tell();
  });
}
