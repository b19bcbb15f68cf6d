'use strict';
// Loaded first by the processes of node:test: the one worker of this start is not the first of the run.
if (process.env.NODE_TEST_WORKER_ID !== undefined) process.env.NODE_TEST_WORKER_ID = process.env.ISOLATION_AUDIT_WORKER;
