'use strict';
// Loaded first by Jest's processes: the one worker of this start is not the first of the run.
if (process.env.JEST_WORKER_ID !== undefined) process.env.JEST_WORKER_ID = process.env.ISOLATION_AUDIT_WORKER;
