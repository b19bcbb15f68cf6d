import type { LibraryEntry, Opening } from '../../model/catalogue.js';

const jobs: Opening = {
  kind: 'postgresql',
  same: ['arg0.pgPool'],
  server: ['arg0.connectionString@url.host', 'env.PGHOST'],
  port: ['arg0.connectionString@url.port', '=5432'],
  name: ['arg0.connectionString@url.path', 'env.PGDATABASE'],
  namespace: ['arg0.schema', '=graphile_worker'],
};

export default {
  packages: ['graphile-worker'],
  language: 'typescript',
  versions: '0.x',
  source: 'read in the documentation of graphile-worker',
  tokens: ['graphile-worker'],
  types: { Runner: 'Runner', WorkerUtils: 'Utils' },
  calls: [
    { call: 'run', returns: 'Runner', op: 'write', opens: jobs, owes: 'runner.stop()' },
    { call: 'makeWorkerUtils', returns: 'Utils', op: 'write', opens: jobs, owes: 'workerUtils.release()' },
    { call: 'runOnce', op: 'write', opens: jobs },
    { call: 'runMigrations', op: 'write', opens: jobs },
    { call: 'quickAddJob', op: 'write', opens: jobs },
    { call: 'Utils#addJob|Runner#addJob', op: 'write', unit: ['arg0'] },
    { call: 'Runner#stop', releases: 'receiver' },
    { call: 'Utils#release', releases: 'receiver' },
  ],
} satisfies LibraryEntry;
