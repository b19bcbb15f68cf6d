import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@temporalio/testing', '@temporalio/worker', '@temporalio/client'],
  language: 'typescript',
  versions: '1.x',
  source: 'read in the documentation of Temporal',
  tokens: ['@temporalio'],
  types: { TestWorkflowEnvironment: 'Environment' },
  calls: [
    {
      call: 'TestWorkflowEnvironment.createTimeSkipping|TestWorkflowEnvironment.createLocal|TestWorkflowEnvironment.create',
      returns: 'Environment',
      owes: 'environment.teardown()',
      owesKind: 'process',
    },
    { call: 'Environment#teardown|Environment#[asyncDispose]', releases: 'receiver' },
    { call: 'Runtime.install', changes: { state: 'module', cell: ['=Temporal runtime'] } },
  ],
} satisfies LibraryEntry;
