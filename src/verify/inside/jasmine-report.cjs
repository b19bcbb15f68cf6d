'use strict';
// A Jasmine reporter: writes what became of each spec to a file.
const { writeFileSync } = require('node:fs');
const { fileURLToPath } = require('node:url');

module.exports = class Report {
  tests = [];
  broken = [];
  specDone({ fullName, filename, status, failedExpectations }) {
    const named = filename ?? process.env.ISOLATION_AUDIT_FILE;
    // An ES module is named by its address.
    const file = named.startsWith('file:') ? fileURLToPath(named) : named;
    const [first] = failedExpectations;
    const state = status === 'passed' || status === 'failed' ? status : 'skipped';
    this.tests.push({ file, name: fullName, state, ...(first ? { message: first.message } : {}) });
  }
  jasmineDone({ failedExpectations }) {
    for (const { message } of failedExpectations ?? []) this.broken.push({ file: process.env.ISOLATION_AUDIT_FILE, message });
    writeFileSync(process.env.ISOLATION_AUDIT_RESULTS, JSON.stringify({ tests: this.tests, broken: this.broken }));
  }
};
