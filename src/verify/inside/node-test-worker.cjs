'use strict';
// Loaded first by the processes of node:test, of which each runs one file.
const { mark } = require('./mark.cjs');

// The one worker of a second start is not the first of the run. Node 24 sets it, and where nobody does no suite asks for it.
const { ISOLATION_AUDIT_WORKER: worker, NODE_TEST_WORKER_ID, NODE_TEST_CONTEXT } = process.env;
if (worker !== undefined && NODE_TEST_WORKER_ID !== undefined) process.env.NODE_TEST_WORKER_ID = worker;

// What a test starts belongs to its file.
if (NODE_TEST_CONTEXT !== undefined) mark((process.env.ISOLATION_AUDIT_MARKED ??= process.argv[1]));
