import { describe, expect, test } from 'vitest';
import vitest from '../../src/runners/vitest.js';
import { layout, picks, schedule, useOf, type Given } from './use.js';

const with4 = (options: NonNullable<Given['options']>, commands: readonly string[] = []): Given => ({
  version: '4.1.12',
  options: { test: options },
  commands,
});
const with3 = (options: NonNullable<Given['options']>, commands: readonly string[] = []): Given => ({ version: '3.2.4', options: { test: options }, commands });

describe('whether files overlap', () => {
  test.each([
    ['vitest run', {}, '4.1.12', 'parallel', 'default'],
    ['vitest --no-file-parallelism', {}, '4.1.12', 'serial', 'command'],
    ['vitest --fileParallelism=false', {}, '4.1.12', 'serial', 'command'],
    ['vitest --file-parallelism false', {}, '4.1.12', 'serial', 'command'],
    ['vitest --maxWorkers=1', {}, '4.1.12', 'serial', 'command'],
    ['vitest run --maxWorkers 1', {}, '4.1.12', 'serial', 'command'],
    ['vitest --maxWorkers=50%', {}, '4.1.12', 'parallel', 'default'],
    ['VITEST_MAX_WORKERS=1 vitest', {}, '4.1.12', 'serial', 'command'],
    ['vitest --poolOptions.forks.singleFork', {}, '3.2.4', 'serial', 'command'],
    ['vitest --poolOptions.threads.singleThread=true', {}, '3.2.4', 'serial', 'command'],
    ['vitest', { fileParallelism: false }, '4.1.12', 'serial', 'config'],
    ['vitest --fileParallelism', { fileParallelism: false }, '4.1.12', 'parallel', 'command'],
    ['vitest', { maxWorkers: 1 }, '4.1.12', 'serial', 'config'],
    ['vitest', { maxWorkers: '1' }, '4.1.12', 'serial', 'config'],
    ['vitest', { maxWorkers: 4 }, '4.1.12', 'parallel', 'config'],
    ['vitest', { poolOptions: { forks: { singleFork: true } } }, '3.2.4', 'serial', 'config'],
    ['vitest', { poolOptions: { forks: { singleFork: true } } }, '4.1.12', 'parallel', 'default'],
    ['vitest', { poolOptions: { threads: { singleThread: true } } }, '3.2.4', 'parallel', 'default'],
    ['vitest', { pool: 'threads', poolOptions: { threads: { singleThread: true } } }, '3.2.4', 'serial', 'config'],
    ['vitest', { poolOptions: { forks: { maxForks: 1 } } }, '3.2.4', 'serial', 'config'],
    ['vitest', { singleThread: true }, '0.34.6', 'serial', 'config'],
  ] as const)('%s with %o in %s: %s by %s', (command, options, version, overlap, by) => {
    expect(schedule(vitest, { version, options: { test: options }, commands: [command] }).files).toMatchObject({ overlap, by });
  });

  test('the reason quotes option and file', () => {
    const at = { path: 'vitest.config.ts', span: [60, 65] } as const;
    const given = { ...with4({ fileParallelism: false }), configPath: 'vitest.config.ts', optionPlaces: { 'test.fileParallelism': at } };
    expect(schedule(vitest, given).files).toEqual({ overlap: 'serial', by: 'config', reason: '`test.fileParallelism: false` in vitest.config.ts', at });
  });
});

const FILE_ONLY = ['file'];
describe('what survives a file', () => {
  const kinds = (given: Given): string[] => [...schedule(vitest, given).crossFile];

  test.each([
    ['forks', with4({})],
    ['forks, one worker', with4({ fileParallelism: false })],
    ['threads', with4({ pool: 'threads' })],
    ['forks of version 3', with3({})],
  ])('%s: a fresh worker for each file', (_, given) => expect(kinds(given)).toEqual(FILE_ONLY));

  test.each([
    ['forks', with4({ isolate: false })],
    ['forks by command', with4({}, ['vitest --no-isolate'])],
    ['forks by pool option of version 3', with3({ poolOptions: { forks: { isolate: false } } })],
    ['vm pool with one worker in 4.1', with4({ pool: 'vmForks', maxWorkers: 1 })],
    ['vm pool without file parallelism in 4.1', with4({ pool: 'vmForks' }, ['vitest --no-file-parallelism'])],
  ])('%s: everything but module mocks', (_, given) => {
    expect(kinds(given)).toEqual(expect.arrayContaining(['module', 'global', 'intrinsic', 'env', 'cwd', 'timers', 'env-stub', 'handle', 'port']));
    expect(kinds(given)).not.toContain('module-mock');
  });

  test.each([
    ['two workers in 4.1', with4({ pool: 'vmForks', maxWorkers: 2 })],
    ['one worker in 3.2', with3({ pool: 'vmForks', fileParallelism: false })],
    ['one worker in 5.1', { ...with4({ pool: 'vmForks', maxWorkers: 1 }), version: '5.1.1' }],
    ['isolate: false, which vm pools ignore', with4({ pool: 'vmForks', isolate: false })],
  ])('a vm pool with %s: the process, not the context', (_, given) => {
    expect(kinds(given)).toEqual(['host-intrinsic', 'core-module', 'env', 'process', 'cwd', 'http-mock', 'handle', 'port', 'file']);
  });

  test('one fork for all files resets modules only', () => {
    const given = with3({ poolOptions: { forks: { singleFork: true } } });
    expect(kinds(given)).toEqual(expect.arrayContaining(['global', 'env', 'cwd', 'core-module']));
    expect(kinds(given)).not.toContain('module');
    expect(schedule(vitest, given).parallelSwitch).toBe('--poolOptions.forks.singleFork=false');
  });

  test.each([
    ['threads', true],
    ['vmThreads', true],
    ['forks', false],
    ['vmForks', false],
  ])('pool %s: chdir throws: %s', (pool, throws) => {
    const given = schedule(vitest, with4({ pool, isolate: false }));
    expect(given).toMatchObject({ chdirThrows: throws, unit: throws ? 'thread' : 'process' });
    expect(given.crossFile.includes('cwd')).toBe(!throws);
  });

  test.each([
    ['0.34.6', {}, 'threads'],
    ['0.34.6', { threads: false }, 'forks'],
    ['1.6.0', {}, 'threads'],
    ['2.0.0', {}, 'forks'],
    ['4.1.12', { pool: 'vmThreads' }, 'vmThreads'],
    [undefined, {}, 'forks'],
  ])('version %s with %o: pool %s', (version, options, pool) => {
    expect(schedule(vitest, { ...(version ? { version } : {}), options: { test: options } }).mode).toContain(`pool ${pool},`);
  });

  test('the pool of the command wins', () => {
    expect(schedule(vitest, with4({ pool: 'threads' }, ['vitest --pool=forks'])).mode).toBe('Vitest 4.1, pool forks, isolated');
  });
});

describe('what is put back after each test', () => {
  test.each([
    [{}, '4.1.12', []],
    [{ restoreMocks: true }, '4.1.12', ['mock']],
    [{ mockReset: true }, '4.1.12', ['mock']],
    [{ mockReset: true }, '2.1.0', []],
    [{ clearMocks: true }, '4.1.12', []],
    [{ unstubEnvs: true, unstubGlobals: true }, '4.1.12', ['env-stub', 'global-stub']],
  ])('%o in %s: %o', (options, version, states) => {
    const { restores } = schedule(vitest, { version, options: { test: options } });
    expect(restores.filter((each) => each.after === 'test').map((each) => each.state)).toEqual(states);
  });
});

test.each([
  [{ sequence: { concurrent: true } }, 'vitest', 'concurrent'],
  [{}, 'vitest --sequence.concurrent', 'concurrent'],
  [{}, 'vitest', 'sequential'],
] as const)('tests of a file with %o and %s: %s', (options, command, tests) => {
  expect(schedule(vitest, with4(options, [command])).tests).toBe(tests);
});

test.each([
  ['3.2.4', 1],
  ['4.1.12', 0],
  ['5.1.1', 1],
])('in %s the pool id is a slot, the worker id counts files from %i', (version, first) => {
  expect(schedule(vitest, { version }).workerIds).toMatchObject([
    { name: 'VITEST_POOL_ID', bounded: true, unique: true, first: 1, serial: '1' },
    { name: 'VITEST_WORKER_ID', bounded: false, unique: true, first },
  ]);
});

test('options that do nothing and options that cannot be read are told', () => {
  expect(schedule(vitest, with4({ poolOptions: { forks: { singleFork: true } }, minWorkers: 1 })).notes).toEqual([
    '`test.poolOptions` has no effect since Vitest 4.',
    '`test.minWorkers` has no effect since Vitest 4.',
  ]);
  expect(schedule(vitest, { computed: [{ key: 'test', why: 'a call' }] }).notes).toEqual(['Option `test` is computed: a call.']);
});

const TREE = [
  'src/orders.ts',
  'src/orders.test.ts',
  'src/orders.integration.test.ts',
  'dist/orders.test.js',
  'test/invoices.spec.tsx',
  'apps/shop/cart.test.ts',
  'node_modules/a/a.test.js',
];

describe('which files are tests', () => {
  test.each([
    [{}, '4.1.12', ['src/orders.test.ts', 'src/orders.integration.test.ts', 'dist/orders.test.js', 'test/invoices.spec.tsx', 'apps/shop/cart.test.ts']],
    [{}, '3.2.4', ['src/orders.test.ts', 'src/orders.integration.test.ts', 'test/invoices.spec.tsx', 'apps/shop/cart.test.ts']],
    [{ include: ['src/**/*.test.ts'], exclude: ['**/*.integration.test.ts'] }, '4.1.12', ['src/orders.test.ts']],
    [{ dir: './test' }, '4.1.12', ['test/invoices.spec.tsx']],
    [{ include: ['**/*.test.ts', '!**/orders*'] }, '4.1.12', ['apps/shop/cart.test.ts']],
  ])('%o in %s', (options, version, expected) => {
    expect(picks(layout(vitest, { version, options: { test: options } }), TREE)).toEqual(expected);
  });

  test('flags', () => {
    expect(picks(layout(vitest, { commands: ['vitest run --dir src --exclude **/*.integration.test.ts'] }), TREE)).toEqual(['src/orders.test.ts']);
    expect(layout(vitest, { dir: 'apps', commands: ['vitest --root shop'] }).dir).toBe('apps/shop');
  });

  test('inline projects together; what one leaves out may be of the other', () => {
    const options = {
      test: {
        exclude: ['**/node_modules/**'],
        setupFiles: ['./test/all.ts'],
        projects: [
          { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts'], exclude: ['**/*.integration.test.ts'], setupFiles: './test/unit.ts' } },
          { extends: true, test: { name: 'integration', include: ['src/**/*.integration.test.ts'] } },
          { test: { name: 'shop', root: './apps/shop', setupFiles: ['./setup.ts'] } },
          'packages/*',
        ],
      },
    };
    const given = layout(vitest, { version: '4.1.12', options });
    expect(picks(given, TREE)).toEqual(['src/orders.test.ts', 'src/orders.integration.test.ts', 'apps/shop/cart.test.ts']);
    expect(given.setupFiles).toEqual(['./test/all.ts', './test/unit.ts', './apps/shop/setup.ts']);
  });

  test('a workspace file', () => {
    expect(picks(layout(vitest, { options: { workspace: [{ test: { include: ['test/**'] } }] } }), TREE)).toEqual(['test/invoices.spec.tsx']);
  });
});

describe('projects under different rules', () => {
  const options = {
    test: {
      projects: [
        { test: { name: 'unit', include: ['src/**/*.test.ts'] } },
        { test: { name: 'integration', include: ['test/**'], fileParallelism: false } },
        { test: { name: 'e2e', include: ['e2e/**'], isolate: false } },
        { test: { name: 'types', include: ['types/**'] } },
      ],
    },
  };
  const parts = vitest.split!(useOf(vitest, { version: '4.1.12', options }));

  test('come apart, those alike together', () => {
    expect(parts.map((part) => vitest.layout(part).include)).toEqual([['src/**/*.test.ts', 'types/**'], ['test/**'], ['e2e/**']]);
    expect(parts.map((part) => vitest.schedule(part).files.overlap)).toEqual(['parallel', 'serial', 'parallel']);
    expect(parts.map((part) => vitest.schedule(part).crossFile.includes('module'))).toEqual([false, false, true]);
  });

  test('unless nothing differs', () => {
    const use = useOf(vitest, with4({ projects: [{ test: { name: 'a' } }, { test: { name: 'b' } }] }));
    expect(vitest.split!(use)).toEqual([use]);
  });

  test('and if kept together, the weakest isolation counts and the difference is told', () => {
    const given = schedule(vitest, { version: '4.1.12', options });
    expect(given.files.overlap).toBe('parallel');
    expect(given.crossFile).toContain('module');
    expect(given.notes).toEqual([
      'Projects differ in pool or isolation; the weakest isolation among them is assumed for all.',
      'Files of project integration run one at a time.',
    ]);
  });
});

test('variables of inline projects, unless two projects say different things', () => {
  const projects = [
    { test: { name: 'unit', env: { PORT: '4310' } } },
    { test: { name: 'api', env: { PORT: '4311', DATABASE_URL: 'postgres://h/orders' }, fileParallelism: false } },
  ];
  const at = { path: 'vitest.workspace.ts', span: [9, 12] } as const;
  const use = useOf(vitest, { ...with4({ projects }), optionPlaces: { 'test.projects.1.test.env.DATABASE_URL': at } });
  expect(vitest.layout(use).environment).toEqual([{ name: 'DATABASE_URL', value: 'postgres://h/orders', at }]);
  expect(vitest.layout(vitest.split!(use)[1]!).environment?.map(({ name, value }) => `${name}=${value}`)).toEqual([
    'PORT=4311',
    'DATABASE_URL=postgres://h/orders',
  ]);
});

test('aliases, of texts and of regular expressions', () => {
  const { aliases } = layout(vitest, {
    options: { resolve: { alias: { '@': './src', '~/': './src/' } }, test: { alias: [{ find: '/^shop$/', replacement: './apps/shop/index.ts' }] } },
  });
  const replaced = (specifier: string): string =>
    (aliases ?? []).reduce((text, { find, replacement }) => text.replace(new RegExp(find), replacement), specifier);
  expect(['@/orders', '@', '@types/node', '~/orders', 'shop', 'shop/x'].map(replaced)).toEqual([
    './src/orders',
    './src',
    '@types/node',
    './src/orders',
    './apps/shop/index.ts',
    'shop/x',
  ]);
});

test('of a project in a list only the computed options that matter are told', () => {
  const computed = ['test.projects.1.resolve.alias', 'test.projects.1.test.server.deps.inline.0', 'test.projects.1.test.pool'].map((key) => ({
    key,
    why: 'a call',
  }));
  expect(schedule(vitest, { computed }).notes).toEqual(['Option `test.projects.1.test.pool` is computed: a call.']);
});
