import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** `.ci/run` reads the totals from here; nobody else needs them. */
const results = process.env['TEST_RESULTS_FILE'];

export default defineConfig({
  test: {
    reporters: results ? ['default', 'json'] : ['default'],
    ...(results ? { outputFile: { json: results } } : {}),
    // Files and tests run in another order each time, so that a test which needs its neighbour is found out.
    sequence: { shuffle: { files: true, tests: true } },
    // Three for two processors: most of what the tests do is to start programs and to wait for them. Left to itself, Vitest keeps a processor free.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Once, before any test: no test's own time goes into it, and none depends on which one needed a server first.
    globalSetup: 'test/servers.ts',
    // Compilers, databases and whole runners are started on machines that do other work too: this only ends what hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Servers of a laboratory are processes, whether or not Docker answers.
    env: { ISOLATION_AUDIT_SERVICES: 'processes' },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/{truth,e2e,containers}/**'] },
      },
      {
        extends: true,
        // The built command as a user starts it: `npm run build` comes first.
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'truth', include: ['test/truth/**/*.test.ts'] },
      },
      {
        extends: true,
        // What uses a service once more with that in a container, and what starts containers by itself: scripts/test-containers.mjs makes them ready.
        test: { name: 'containers', include: ['test/containers/**/*.test.ts'], env: { ISOLATION_AUDIT_SERVICES: 'containers' } },
      },
    ],
  },
});
