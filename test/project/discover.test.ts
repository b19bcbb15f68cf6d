import { describe, expect, test } from 'vitest';
import type { ReadConfig } from '../../src/project/read-config.js';
import { discover } from '../../src/project/discover.js';
import { openProject } from '../../src/project/project.js';
import { walk } from '../../src/project/walk.js';
import { runners } from '../../src/runners/index.js';
import { tree } from './tree.js';

type Configs = Readonly<Record<string, ReturnType<ReadConfig>['options']>>;

/** Suites as `runner in folder: files`, by a reader that knows these JavaScript configurations. */
function suites(files: Parameters<typeof tree>[0], configs: Configs = {}): Record<string, readonly string[]> {
  const { suites: found } = find(files, configs);
  return Object.fromEntries(found.map(({ use, testFiles }) => [`${use.runner} in ${use.dir || 'root'}`, testFiles]));
}

function find(files: Parameters<typeof tree>[0], configs: Configs = {}): ReturnType<typeof discover> {
  const written = Object.fromEntries(Object.keys(configs).map((path) => [path, 'export default {};']));
  const read: ReadConfig = (path) => ({ options: configs[path] ?? {}, computed: [] });
  return discover(openProject(walk(tree({ ...written, ...files }))), runners, read);
}

/** Commands of the only suite, as `from: words`. */
function commands(files: Parameters<typeof tree>[0], configs: Configs = {}): string[] {
  return find(files, configs).suites.flatMap(({ use }) =>
    use.commands.map(({ from, env, words }) => [`${from}:`, ...Object.entries(env).map((each) => each.join('=')), ...words].join(' ')),
  );
}

const vitest = { devDependencies: { vitest: '^3.2.0' } };
const one = { 'src/orders.test.ts': "import { test } from 'vitest';" };

describe('commands', () => {
  test('are found behind wrappers, with their variables', () => {
    const scripts = {
      test: 'cross-env NODE_ENV=test REDIS_DB=3 c8 --reporter lcov node --inspect node_modules/.bin/vitest run',
      'test:ci': 'npm test -- --no-file-parallelism',
    };
    expect(commands({ 'package.json': { ...vitest, scripts }, ...one })).toEqual([
      'script test: NODE_ENV=test REDIS_DB=3 vitest run',
      'script test:ci: NODE_ENV=test REDIS_DB=3 vitest run --no-file-parallelism',
    ]);
  });

  test('are found behind a program of the project that starts what it is given', () => {
    const scripts = { test: "node bin/with-certificates.js cross-env TZ=UTC mocha 'src/**/*.test.ts' --exit", start: 'node bin/serve.js mocha-orders' };
    expect(commands({ 'package.json': { devDependencies: { mocha: '^10.3.0' }, scripts }, ...one })).toEqual([
      'script test: TZ=UTC mocha src/**/*.test.ts --exit',
    ]);
  });

  test('of two scripts that hold the same words, the one that is meant by the tests', () => {
    const scripts = { 'test:cover': 'c8 vitest run --no-file-parallelism', test: 'vitest run --no-file-parallelism' };
    expect(commands({ 'package.json': { ...vitest, scripts }, ...one })).toEqual(['script test: vitest run --no-file-parallelism']);
  });

  test.each([
    ['>=6.0.0', undefined],
    ['>=20.4', '20.4.0'],
  ])('of a package that runs on Node %s', (node, version) => {
    const json = { engines: { node }, scripts: { test: 'node --test' } };
    expect(find({ 'package.json': json, 'test/orders.test.js': '' }).suites[0]?.use.version).toBe(version);
  });

  test.each([
    ['npm run unit'],
    ['yarn unit'],
    ['pnpm run unit'],
    ['run-s lint unit'],
    ['npm-run-all -p lint "unit"'],
    ['concurrently "npm:unit"'],
    ['npm --prefix . run unit'],
    ['./scripts/test.sh'],
    ['bash ./scripts/test.sh'],
    ['make test'],
    ['dotenv -e .env.test -- npm run unit'],
    ['start-server-and-test serve http://localhost:3000 unit'],
    ['docker compose run --rm app npm run unit'],
    ['cd . && npm run unit'],
    ['FOO=1 CALLED=1 npx vitest run --bail'],
    ['sh -c "CALLED=1 vitest run --bail"'],
  ])('are found behind `%s`', (script) => {
    const files = {
      'package.json': { ...vitest, scripts: { all: script, unit: 'CALLED=1 vitest run --bail' } },
      'scripts/test.sh': '#!/bin/sh\nset -e\nexport PGPORT=5433\nnpm run unit\n',
      Makefile: 'test: build\n\t@npm run unit\nbuild:\n\techo\n',
      ...one,
    };
    // Read from CI, where nothing else starts the runner.
    const workflow = `jobs:\n  j:\n    steps:\n      - run: ${JSON.stringify(script)}\n        env: { CI_DB: ci }\n`;
    const fromCi = commands({ ...files, '.github/workflows/ci.yml': workflow }).filter((each) => each.includes('CI_DB'));
    expect(fromCi).toEqual([expect.stringMatching(/^workflow ci\.yml job j: CI_DB=ci .*CALLED=1 vitest run --bail$/)]);
  });

  test('of a program of the project that is named after the runner it hands test files to', () => {
    const found = (script: string): string[] =>
      commands({
        'package.json': { devDependencies: { mocha: '^11.0.0' }, scripts: { test: script } },
        'scripts/mocha-in-parallel.js': '',
        'scripts/mocha-report.js': '',
        'test/orders.spec.js': "describe('orders', () => {});",
      });
    expect(found("node scripts/mocha-in-parallel.js --timeout 9000 -- 'test/**/*.spec.js'")).toEqual(['script test: mocha --timeout 9000 test/**/*.spec.js']);
    expect(found('node scripts/mocha-report.js out.xml')).toEqual([]);
  });

  test('of a shell script carry what it exports, also to the words it is given', () => {
    const files = {
      'package.json': { ...vitest, scripts: { test: './with-db.sh vitest run' } },
      'with-db.sh': 'export PGPORT=5433\ntrap cleanup EXIT\n"$@"\n',
      ...one,
    };
    expect(commands(files)).toEqual(['script test: PGPORT=5433 vitest run']);
  });

  test.each([
    [{ test: 'npm run a && npm run b', a: 'mocha test/a.spec.js', b: 'mocha test/b.spec.js' }, 2],
    [{ test: 'mocha ./test/a.spec.js; mocha test/b.spec.js' }, 2],
    [{ test: 'mocha test', a: 'mocha test/a.spec.js', b: 'mocha test/b.spec.js' }, 1],
    [{ test: 'mocha test/a.spec.js test/b.spec.js', b: 'mocha test/b.spec.js' }, 1],
    [{ test: 'mocha test/a.spec.js && mocha test/b.spec.js test/c.spec.js' }, 2],
    [{ test: 'mocha test/a.spec.js && mocha test/[bc].spec.js' }, 2],
    [{ test: 'mocha test/a.spec.js && mocha test/b.spec.js' }, 2],
    [{ test: 'mocha test/a.spec.js && mocha $FILES' }, 1],
    [{ test: 'run-p a b', a: 'mocha test/a.spec.js', b: 'mocha test/b.spec.js' }, 1],
    [{ test: 'mocha test/a.spec.js & mocha test/b.spec.js' }, 1],
  ])('that run one file each keep the files apart: %o', (scripts, count) => {
    const spec = "describe('orders', () => {});";
    const files = { 'package.json': { devDependencies: { mocha: '^11.0.0' }, scripts }, 'test/a.spec.js': spec, 'test/b.spec.js': spec };
    const found = find(files).suites.map(({ use, testFiles }) => [testFiles, use.commands.length]);
    expect(found).toHaveLength(count);
    if (count === 2)
      expect(found).toEqual([
        [['test/a.spec.js'], 1],
        [['test/b.spec.js'], 1],
      ]);
  });

  test('of Jest that run one file each keep the files apart', () => {
    const scripts = { test: 'jest test/a.test.js && jest test/b.test.js' };
    const files = { 'package.json': { devDependencies: { jest: '^30.0.0' }, scripts }, 'test/a.test.js': '', 'test/b.test.js': '' };
    expect(find(files).suites.map(({ testFiles }) => testFiles)).toEqual([['test/a.test.js'], ['test/b.test.js']]);
  });

  test('of a shell script that runs the text it is given', () => {
    const files = {
      'package.json': { ...vitest, scripts: { test: "./with-db.sh 'npx vitest run --bail 1'" } },
      'with-db.sh': 'testCommand="$1"\neval "${testCommand}"\n',
      ...one,
    };
    expect(commands(files)).toEqual(['script test: vitest run --bail 1']);
  });

  test('of CI files carry the variables of workflow, job and step and stand at their line', () => {
    const workflow = [
      'env:',
      '  A: 1',
      'jobs:',
      '  db:',
      '    env: { B: "2" }',
      '    steps:',
      '      - run: |',
      '          npm ci',
      '          npm test -- --shard=${{ matrix.shard }}',
      '        env:',
      '          C: 3',
      '',
    ].join('\n');
    const files = { 'package.json': { ...vitest, scripts: { test: 'vitest run' } }, '.github/workflows/ci.yml': workflow, ...one };
    expect(commands(files)).toEqual(['script test: vitest run', 'workflow ci.yml job db: A=1 B=2 C=3 vitest run --shard=${{ matrix.shard }}']);
    const at = find(files).suites[0]?.use.commands[1]?.at;
    expect(at && workflow.slice(...at.span)).toBe('npm test -- --shard=${{ matrix.shard }}');
  });

  test('of one script stand at its text in package.json', () => {
    const text = '{ "scripts": { "lint": "eslint .", "test": "vitest run" }, "devDependencies": { "vitest": "3.0.0" } }';
    const at = find({ 'package.json': text, ...one }).suites[0]?.use.commands[0]?.at;
    expect(at).toEqual({ path: 'package.json', span: [text.indexOf('"vitest run"'), text.indexOf('"vitest run"') + 12] });
  });

  test('that call each other in a circle end', () => {
    expect(commands({ 'package.json': { ...vitest, scripts: { a: 'npm run b', b: 'npm run a && vitest run' } }, ...one })).toContain('script b: vitest run');
  });
});

describe('uses', () => {
  test('of several runners in one package share the files by configuration and imports', () => {
    const files = {
      'package.json': { devDependencies: { vitest: '^3.0.0', '@playwright/test': '^1.50.0' }, scripts: { test: 'vitest run', e2e: 'playwright test' } },
      'src/a.test.ts': "import { test } from 'vitest';",
      'e2e/login.spec.ts': "import { test } from '@playwright/test';",
    };
    expect(suites(files)).toEqual({ 'playwright in root': ['e2e/login.spec.ts'], 'vitest in root': ['src/a.test.ts'] });
  });

  test('of one configuration that run under other rules come apart', () => {
    const projects = [
      { test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      { test: { name: 'database', include: ['test/**/*.test.ts'], fileParallelism: false } },
    ];
    const found = find({ 'package.json': vitest, 'src/a.test.ts': '', 'test/b.test.ts': '' }, { 'vitest.config.ts': { test: { projects } } }).suites;
    expect(found.map(({ runner, use, testFiles }) => [runner.schedule(use).files.overlap, testFiles])).toEqual([
      ['parallel', ['src/a.test.ts']],
      ['serial', ['test/b.test.ts']],
    ]);
  });

  test('of packages of a workspace own their files, with the commands of the root where it runs them as projects', () => {
    const files = {
      'package.json': { workspaces: ['packages/*'], devDependencies: { jest: '^29.7.0' }, scripts: { test: 'jest --runInBand' } },
      'packages/a/package.json': { name: 'a', scripts: { test: 'jest' } },
      'packages/a/a.test.js': '',
      'packages/b/package.json': { name: 'b' },
      'packages/b/b.test.js': '',
      'fixtures/app/package.json': { name: 'app', scripts: { test: 'jest' } },
    };
    const configs = { 'jest.config.js': { projects: ['<rootDir>/packages/*'] }, 'packages/a/jest.config.js': {}, 'packages/b/jest.config.js': {} };
    expect(suites(files, configs)).toEqual({ 'jest in packages/a': ['packages/a/a.test.js'], 'jest in packages/b': ['packages/b/b.test.js'] });
    expect(commands(files, configs)).toEqual(['script test: jest', 'script test: jest --runInBand', 'script test: jest --runInBand']);
  });

  test('of a preset that names files beside itself find them there', () => {
    const files = {
      'package.json': { workspaces: ['packages/*', 'tools/*'] },
      'tools/jest/package.json': { name: '@x/jest' },
      'tools/jest/db/jest-preset.js': '',
      'tools/jest/db/start.js': '',
      'tools/jest/db/each.js': '',
      'packages/a/package.json': { name: '@x/a', devDependencies: { jest: '^30.0.0' }, scripts: { test: 'jest' }, jest: { preset: '@x/jest/db' } },
      'packages/a/each.js': '',
      'packages/a/a.test.js': '',
    };
    const [suite] = find(files, { 'tools/jest/db/jest-preset.js': { globalSetup: './start.js', setupFiles: ['./each.js'] } }).suites;
    expect(suite?.globalSetup).toEqual(['tools/jest/db/start.js']);
    expect(suite?.setupFiles).toEqual(['packages/a/each.js']);
  });

  test('of projects that have no script, no configuration and no dependency of their own are found by the list', () => {
    const files = {
      'package.json': { devDependencies: { vitest: '^3.2.0', jest: '^29.0.0' }, scripts: { test: 'vitest run --no-file-parallelism', old: 'jest -i' } },
      'libs/a/a.test.ts': '',
      'libs/b/b.test.ts': '',
      'libs/skipped/c.test.ts': '',
      'legacy/d.test.ts': '',
      'legacy/jest.unit.js': 'module.exports = {};',
      'own.test.js': '',
    };
    const configs = {
      'vitest.config.ts': {},
      'vitest.workspace.ts': { projects: ['libs/*', '!libs/skipped'] },
      'jest.config.js': { projects: ['<rootDir>', '<rootDir>/legacy/jest.unit.js'] },
    };
    expect(suites(files, configs)).toMatchObject({
      'vitest in libs/a': ['libs/a/a.test.ts'],
      'vitest in libs/b': ['libs/b/b.test.ts'],
      'jest in legacy': ['legacy/d.test.ts'],
    });
    expect(
      find(files, configs)
        .suites.find(({ use }) => use.dir === 'libs/a')
        ?.use.commands.map(({ words }) => words.join(' ')),
    ).toEqual(['vitest run --no-file-parallelism']);
    expect(suites(files, configs)['jest in root']).toContain('own.test.js');
  });

  test('of a recursive script reach every package that has it', () => {
    const files = {
      'package.json': { devDependencies: { mocha: '^11.0.0' }, scripts: { test: 'DB=app pnpm -r test' } },
      'pnpm-workspace.yaml': 'packages: [packages/*]',
      'packages/a/package.json': { name: 'a', scripts: { test: 'mocha spec/*.js' } },
      'packages/a/spec/a.js': '',
    };
    expect(commands(files)).toEqual(['script test: DB=app mocha spec/*.js', 'script test: mocha spec/*.js']);
  });

  test.each([
    ['yarn workspace @x/a test'],
    ['pnpm --filter ./packages/a test'],
    ['npm run test -w @x/a'],
    ['turbo run test --filter=@x/a'],
    ['nx run-many -t test -p a'],
    ['lerna run test --scope @x/a'],
    ['npm --prefix packages/a test'],
    ['cd packages/a && npm test'],
    ['yarn workspaces foreach --include @x/a run test'],
  ])('are reached from the root by `%s`', (script) => {
    const files = {
      'package.json': { workspaces: ['packages/*'], scripts: { all: script } },
      'packages/a/package.json': { name: '@x/a', scripts: { test: 'ava --serial' }, devDependencies: { ava: '^6.0.0' } },
      'packages/a/test.js': "import test from 'ava';",
      'packages/b/package.json': { name: '@x/b', scripts: { test: 'ava' }, devDependencies: { ava: '^6.0.0' } },
      'packages/b/test.js': "import test from 'ava';",
      '.github/workflows/ci.yml': 'jobs:\n  all:\n    steps:\n      - run: npm run all\n        env: { CI_DB: ci }\n',
    };
    expect(commands(files).filter((each) => each.includes('CI_DB'))).toEqual(['workflow ci.yml job all: CI_DB=ci ava --serial']);
  });

  test('with a configuration of their own are told apart, the special one owning its files', () => {
    const files = {
      'package.json': { ...vitest, scripts: { test: 'vitest run', 'test:int': 'vitest run --config vitest.integration.config.ts' } },
      'test/a.test.ts': '',
      'test/b.test.ts': '',
      'test/integration/c.test.ts': '',
    };
    const found = find(files, { 'vitest.config.ts': {}, 'vitest.integration.config.ts': { test: { include: ['test/integration/**/*.test.ts'] } } }).suites;
    expect(found.map(({ use, testFiles }) => [use.configPath, testFiles])).toEqual([
      ['vitest.config.ts', ['test/a.test.ts', 'test/b.test.ts']],
      ['vitest.integration.config.ts', ['test/integration/c.test.ts']],
    ]);
  });

  test('with a configuration that is a variant of the standard one leave the files to that', () => {
    const scripts = { test: 'vitest run', 'test:other': 'vitest run -c vitest.other-driver.config.ts' };
    const files = { 'package.json': { ...vitest, scripts }, 'test/a.test.ts': '', 'test/b.test.ts': '', 'test/c.test.ts': '' };
    const found = find(files, { 'vitest.config.ts': {}, 'vitest.other-driver.config.ts': { test: { exclude: ['test/c.test.ts'] } } }).suites;
    expect(found.map(({ use, testFiles }) => [use.configPath, testFiles.length])).toEqual([['vitest.config.ts', 3]]);
  });

  test('with a configuration whose commands name their files own those', () => {
    const scripts = { test: 'jest', 'test:unit': 'jest src -c jest.fast.config.js --coverage' };
    const files = { 'package.json': { devDependencies: { jest: '^29.0.0' }, scripts }, 'src/a.test.ts': '', 'src/b.test.ts': '', 'tests/c.test.ts': '' };
    const found = find(files, { 'jest.config.js': {}, 'jest.fast.config.js': {} }).suites;
    expect(found.map(({ use, testFiles }) => [use.configPath, testFiles])).toEqual([
      ['jest.config.js', ['tests/c.test.ts']],
      ['jest.fast.config.js', ['src/a.test.ts', 'src/b.test.ts']],
    ]);
  });

  test('say so when a command names a configuration that is not there', () => {
    const use = find({ 'package.json': { ...vitest, scripts: { test: 'vitest run -c gone.config.ts' } }, ...one }).suites[0]?.use;
    expect(use?.computed[0]?.why).toContain('gone.config.ts');
  });

  test('read JSON, YAML and package.json themselves, with places', () => {
    const text = '{ "jest": { "testMatch": ["**/*.check.js"] }, "devDependencies": { "jest": "29.0.0" } }';
    const found = find({ 'package.json': text, 'a.check.js': '' }).suites[0];
    expect(found?.testFiles).toEqual(['a.check.js']);
    const span = found?.use.optionPlaces?.['testMatch']?.span;
    expect(span && text.slice(...span)).toBe('["**/*.check.js"]');
    expect(suites({ 'package.json': { devDependencies: { mocha: '^11.0.0' } }, '.mocharc.yml': 'spec: checks/*.js\n', 'checks/a.js': '' })).toEqual({
      'mocha in root': ['checks/a.js'],
    });
  });

  test('mocha.opts counts up to version 7 only', () => {
    const files = (version: string): Parameters<typeof tree>[0] => ({
      'package.json': { devDependencies: { mocha: version }, scripts: { test: 'mocha' } },
      'test/mocha.opts': 'checks/*.js\n',
      'checks/a.js': '',
      'test/b.js': '',
    });
    expect(suites(files('^7.0.0'))['mocha in root']).toContain('checks/a.js');
    expect(suites(files('^11.0.0'))).toEqual({ 'mocha in root': ['test/b.js'] });
  });

  test('over built files are uses over their sources', () => {
    const files = {
      'package.json': { devDependencies: { mocha: '^11.0.0' }, scripts: { test: 'tsc && mocha build/test/*.test.js' } },
      'test/a.test.ts': '',
      'src/b.ts': '',
    };
    expect(suites(files)).toEqual({ 'mocha in root': ['test/a.test.ts'] });
  });

  test('over a folder of built files are uses over the folder that it is built from, with what they load first', () => {
    const [suite] = find({
      'package.json': {
        devDependencies: { mocha: '^10.2.0' },
        scripts: { test: 'tsc && mocha --file ./build/compiled/test/support/clock.js --recursive ./build/compiled/test' },
      },
      'test/orders/orders.test.ts': "import { Order } from './order';\ndescribe('orders', () => {});",
      'test/support/clock.ts': 'export {};',
    }).suites;
    expect(suite?.testFiles).toEqual(['test/orders/orders.test.ts']);
    expect(suite?.setupFiles).toEqual(['test/support/clock.ts']);
    expect(suite?.missing).toEqual([]);
  });

  test('of Mocha are searched deeper where its folder holds helpers alone', () => {
    const tests = "describe('orders', () => {});";
    const files = (script: string, own: string): Parameters<typeof tree>[0] => ({
      'package.json': { devDependencies: { mocha: '^5.0.0' }, scripts: { test: script } },
      'test/_helper.js': own,
      'test/core/orders.js': tests,
      'test/core/rows.js': 'module.exports = [];',
    });
    expect(suites(files('mocha', 'exports.connect = () => {};'))).toEqual({ 'mocha in root': ['test/_helper.js', 'test/core/orders.js'] });
    expect(suites(files('mocha', tests))).toEqual({ 'mocha in root': ['test/_helper.js'] });
    expect(suites(files('mocha test/*.js', 'exports.connect = () => {};'))).toEqual({ 'mocha in root': ['test/_helper.js'] });
  });

  test('by programs of the project are found by imports, as a last resort', () => {
    const files = {
      'package.json': { scripts: { test: 'node ./scripts/test.js' } },
      'test/a.test.js': "import { test } from 'node:test';\ntest('x', () => {});",
      'test/helper.js': 'export const x = 1;',
    };
    expect(suites(files)).toEqual({ 'node-test in root': ['test/a.test.js'] });
    const gulp = {
      'package.json': { devDependencies: { gulp: '^5.0.0', mocha: '^11.0.0' }, scripts: { test: 'gulp test' } },
      'lib/test/a-test.js': "describe('a', () => {});",
    };
    expect(suites(gulp)).toEqual({ 'mocha in root': ['lib/test/a-test.js'] });
  });

  test('of a second runner that nothing visible starts take the files that the first leaves over', () => {
    const files = { 'lib/orders.test.js': "describe('orders', () => {});", 'smoke/checkout.tests.js': "describe('checkout', () => {});" };
    const found = (devDependencies: Record<string, string>): Record<string, readonly string[]> =>
      suites({
        'package.json': { devDependencies, scripts: { test: 'node bin/test', smoke: 'jest smoke' }, jest: { testRegex: 'tests\\.js$' } },
        ...files,
      });
    expect(found({ jest: '^29.0.0', mocha: '^11.0.0' })).toEqual({ 'jest in root': ['smoke/checkout.tests.js'], 'mocha in root': ['lib/orders.test.js'] });
    expect(found({ jest: '^29.0.0' })).toEqual({ 'jest in root': ['smoke/checkout.tests.js'] });
  });

  test('are none where nothing tests anything, and nothing is made up', () => {
    expect(find({ 'package.json': { name: 'lib', scripts: { build: 'tsc' } }, 'index.ts': '' })).toEqual({ suites: [], gaps: [] });
    expect(find({ 'README.md': '' })).toEqual({ suites: [], gaps: [] });
  });

  test('that find no file are reported', () => {
    expect(find({ 'package.json': { ...vitest, scripts: { test: 'vitest run' } } }).gaps).toEqual([
      { path: 'package.json', why: 'Vitest is used here, yet no file fits its patterns' },
    ]);
  });

  test('that Jest is told by their whole path are those, whatever stands in rootDir', () => {
    const files = {
      'setup.js': '',
      'packages/api/package.json': { devDependencies: { jest: '^29.0.0' } },
      'packages/api/jest.config.js': 'module.exports = {};',
      'packages/api/setup.js': '',
      'packages/api/orders.test.js': '',
    };
    const project = openProject(walk(tree(files)));
    const { root } = project.walk;
    const { suites: found } = discover(project, runners, () => ({
      options: { rootDir: root, roots: ['<rootDir>/packages/api'], globalSetup: `${root}/packages/api/setup.js` },
      computed: [],
    }));
    expect(found.map((each) => each.globalSetup)).toEqual([['packages/api/setup.js']]);
  });

  test('have their setup files found, in the package, by alias of the root and without extension', () => {
    const files = { 'package.json': { ...vitest, scripts: { test: 'vitest run' } }, 'test/setup.ts': '', 'test/global.ts': '', ...one };
    const found = find(files, { 'vitest.config.ts': { test: { setupFiles: ['./test/setup', './gone.ts'], globalSetup: 'test/global.ts' } } }).suites[0];
    expect(found).toMatchObject({ setupFiles: ['test/setup.ts'], globalSetup: ['test/global.ts'], missing: ['./gone.ts'] });
  });
});

describe('tests that a script of the project starts', () => {
  const tests = { 'test/run.js': '', 'test/common.js': '', 'test/unit/test-orders.js': '', 'test/unit/test-carts.js': '', 'test/fixtures/test-data.js': '' };

  test.each([
    ['a program in the folder of tests', 'node ./test/run.js && COMPRESS=1 node ./test/run.js', ['test/unit/test-carts.js', 'test/unit/test-orders.js']],
    ['the folder', 'tape -v test', ['test/unit/test-carts.js', 'test/unit/test-orders.js']],
    ['a pattern', "tape 'test/unit/*.js'", ['test/unit/test-carts.js', 'test/unit/test-orders.js']],
  ])('are found behind %s', (_, script, files) => {
    expect(suites({ 'package.json': { scripts: { test: script } }, ...tests })).toEqual({ 'node-scripts in root': files });
  });

  test('are left to a runner that has files in the package', () => {
    const scripts = { test: 'node ./test/run.js', 'test:unit': 'vitest run' };
    const found = suites({ 'package.json': { ...vitest, scripts }, ...one, ...tests });
    expect(Object.keys(found)).toEqual(['vitest in root']);
  });

  test('are none where the script only checks', () => {
    expect(suites({ 'package.json': { scripts: { test: 'eslint . && tsc --noEmit' } }, ...tests })).toEqual({});
  });
});
