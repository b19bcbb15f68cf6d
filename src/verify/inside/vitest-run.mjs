// Starts Vitest for chosen files and tests, in one worker and in order. Everything else is as the project's configuration says.
const { vitest, options, files, names, workers, workerFile, outputFile, patience } = JSON.parse(process.env.ISOLATION_AUDIT_RUN);
const { writeFileSync } = await import('node:fs');
const { parseCLI, startVitest } = await import(vitest);

/** Files are specifications since Vitest 2.1, pairs of project and path before. */
const pathOf = (file) => (Array.isArray(file) ? file[1] : file.moduleId);

class Order {
  shard(all) {
    return all;
  }
  sort(all) {
    return [...all].sort((a, b) => files.indexOf(pathOf(a)) - files.indexOf(pathOf(b)));
  }
}

const titlesOf = (test) => (test.type === 'module' || test === test.file ? [] : [...titlesOf(test.parent ?? test.suite ?? test.file), test.name]);
const stateOf = (state) => (state === 'passed' || state === 'pass' ? 'passed' : state === 'failed' || state === 'fail' ? 'failed' : 'skipped');
const told = (error) => (error === undefined ? {} : { message: String(error.message ?? error) });
const write = (tests, broken) => writeFileSync(outputFile, JSON.stringify({ tests, broken }));

/** What went wrong in the hooks of the suites around a test that was left out because of it. */
const faultAround = (test, errorsOf) => {
  for (let each = test.parent ?? test.suite; each && each.type === 'suite'; each = each.parent ?? each.suite) {
    const [error] = errorsOf(each) ?? [];
    if (error) return error;
  }
  return undefined;
};
const outcome = (file, test, state, milliseconds, error, fault) => ({
  file,
  name: titlesOf(test).join(' '),
  milliseconds,
  state: state === 'skipped' && fault ? 'failed' : state,
  ...told(error ?? (state === 'skipped' ? fault : undefined)),
});

/** Vitest 3 and later tell by modules, Vitest 2 by files of tasks. */
const reporter = {
  onTestRunEnd(modules, errors) {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => {
        const { state, errors: own } = test.result();
        return outcome(
          module.moduleId,
          test,
          stateOf(state),
          test.diagnostic()?.duration,
          own?.[0],
          faultAround(test, (suite) => suite.errors()),
        );
      }),
    );
    const broken = modules.flatMap((module) =>
      module
        .errors()
        .slice(0, 1)
        .map((error) => ({ file: module.moduleId, ...told(error) })),
    );
    write(tests, [...broken, ...(broken.length === 0 && tests.length === 0 ? errors.slice(0, 1).map((error) => ({ file: files[0], ...told(error) })) : [])]);
  },
  onFinished(all) {
    if (all === undefined || all.some((file) => file.tasks === undefined)) return;
    const leaves = (task) => (task.tasks ? task.tasks.flatMap(leaves) : [task]);
    write(
      all.flatMap((file) =>
        leaves(file).map((test) => {
          const fault = faultAround(test, (suite) => suite.result?.errors);
          return outcome(file.filepath, test, stateOf(test.result?.state), test.result?.duration, test.result?.errors?.[0], fault);
        }),
      ),
      all.filter((file) => file.tasks.length === 0 || file.result?.errors?.length).map((file) => ({ file: file.filepath, ...told(file.result?.errors?.[0]) })),
    );
  },
};

/** Before the project's own set-up files, which may make names from the worker's number. */
const first = {
  name: 'isolation-audit',
  enforce: 'pre',
  config(config) {
    config.test ??= {};
    config.test.setupFiles = [workerFile, ...[config.test.setupFiles ?? []].flat()];
  },
};

const context = await startVitest(
  'test',
  files,
  {
    ...(parseCLI?.(['vitest', 'run', ...options]).options ?? {}),
    run: true,
    watch: false,
    ui: false,
    ...(workers > 1 ? { fileParallelism: true, minWorkers: 1, maxWorkers: workers } : { fileParallelism: false }),
    retry: 0,
    bail: 0,
    coverage: { enabled: false },
    reporters: [reporter],
    sequence: { sequencer: Order, shuffle: false },
    ...(names === undefined ? {} : { testNamePattern: names }),
    ...(patience === undefined ? {} : { testTimeout: patience, hookTimeout: patience }),
  },
  { plugins: [first] },
);
await context?.close();
process.exit();
