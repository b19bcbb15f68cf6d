// The first set-up file of every test file.
import { createRequire } from 'node:module';

const { mark } = createRequire(import.meta.url)('./mark.cjs');
const { ISOLATION_AUDIT_WORKER: worker } = process.env;
// The one worker of a second start is not the first of the run.
if (worker !== '1') {
  process.env.VITEST_POOL_ID = worker;
  process.env.VITEST_WORKER_ID = worker;
}

// Vitest 2 to 5 note the task that runs now; tests that run at once are told by their file alone.
const state = globalThis.__vitest_worker__;
const titles = (task) => (task.suite ? [...titles(task.suite), task.name] : task === task.file ? [] : [task.name]);
const tell = (task) => {
  const isTest = task?.type === 'test' && !task.concurrent;
  mark(state.filepath, isTest ? titles(task).join(' ') : undefined);
};
if (state) {
  let { current } = state;
  Object.defineProperty(state, 'current', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set(task) {
      current = task;
      tell(task);
    },
  });
  tell(current);
}
