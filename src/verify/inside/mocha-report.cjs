'use strict';
// A Mocha reporter: writes what became of each test to a file, tells the laboratory which test runs, and gives tests the time that being held back takes.
const { writeFileSync } = require('node:fs');
const { mark } = require('./mark.cjs');

const patient = new WeakSet();
const patience = Number(process.env.ISOLATION_AUDIT_PATIENCE ?? 0);

/** A test that is held back while another goes on is not late: `this.timeout(2000)` of its own, before it runs or within it, is too short then. */
function bePatient(runnable) {
  // Mocha tells of one hook before each test.
  if (patient.has(runnable)) return;
  patient.add(runnable);
  const { timeout } = runnable;
  const raised = () => {
    const own = timeout.call(runnable);
    if (own > 0 && own < patience) timeout.call(runnable, patience);
  };
  raised();
  runnable.timeout = (...given) => {
    const answer = timeout.apply(runnable, given);
    if (given.length > 0) raised();
    return answer;
  };
}

module.exports = class Report {
  constructor(runner) {
    const tests = [];
    const broken = [];
    const add = (test, state, error) =>
      tests.push({
        file: test.file ?? '',
        name: test.titlePath().join(' '),
        state,
        milliseconds: test.duration,
        ...(error ? { message: String(error.message ?? error) } : {}),
      });
    runner.on('suite', ({ file }) => mark(file));
    if (patience > 0) runner.on('hook', bePatient).on('test', bePatient);
    runner.on('test', (test) => mark(test.file, test.titlePath().join(' ')));
    runner.on('test end', ({ file }) => mark(file));
    runner.on('pass', (test) => add(test, 'passed'));
    runner.on('pending', (test) => add(test, 'skipped'));
    runner.on('fail', (test, error) => {
      if (test.type !== 'hook') return add(test, 'failed', error);
      // A hook that fails takes its test with it; one for a whole suite takes all.
      const victim = test.ctx?.currentTest;
      if (victim) return add(victim, 'failed', error);
      return test.parent.eachTest((each) => add(each, 'failed', error));
    });
    const write = () => writeFileSync(process.env.ISOLATION_AUDIT_RESULTS, JSON.stringify({ tests, broken }));
    runner.on('end', write);
  }
};
