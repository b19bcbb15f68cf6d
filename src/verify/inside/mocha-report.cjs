'use strict';
// A Mocha reporter: writes what became of each test to a file, and tells the laboratory which test runs.
const { writeFileSync } = require('node:fs');
const { mark } = require('./mark.cjs');

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
