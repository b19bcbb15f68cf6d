// The first set-up file of a start that is not the first worker of the run.
const worker = process.env.ISOLATION_AUDIT_WORKER;
process.env.VITEST_POOL_ID = worker;
process.env.VITEST_WORKER_ID = worker;
