import { describe, expect, test } from 'vitest';
import type { RunnerUse } from '../../src/model/runner.js';
import { runners } from '../../src/core.js';
import { readEnvironment, serviceKind, type Environment } from '../../src/project/environment.js';
import { findPackages } from '../../src/project/packages.js';
import { commandsOf } from '../../src/project/runner-commands.js';
import { walk } from '../../src/project/walk.js';
import { readCi } from '../../src/project/workflows.js';
import { tree } from './tree.js';

function environment(files: Readonly<Record<string, string>>, uses: readonly RunnerUse[] = []): Environment {
  const found = walk(tree(files));
  return readEnvironment(found, readCi(found), uses);
}

const text = (files: Readonly<Record<string, string>>, at: { path: string; span: readonly [number, number] } | undefined): string | undefined =>
  at && files[at.path]?.slice(...at.span);

describe('values', () => {
  test('come from scripts, env files, CI and compose files, the most telling first, with places', () => {
    const files = {
      '.env': 'DB=app_dev\n',
      '.env.test': '# tests\nexport DB="app_test" # shared\nPORT=5433\n',
      '.env.example': 'DB=your_db',
      'docker-compose.yml': 'services:\n  web:\n    image: node:20\n    environment:\n      - DB=app_compose\n',
      '.github/workflows/ci.yml': 'jobs:\n  test:\n    env:\n      DB: app_ci\n    steps: []\n',
      'package.json': '{"scripts":{"test":"DB=app_script jest"}}',
    };
    const at = { path: 'package.json', span: [19, 39] as const };
    const use = { runner: 'jest', dir: '', options: {}, computed: [], commands: [{ words: ['jest'], env: { DB: 'app_script' }, from: 'script test', at }] };
    const values = environment(files, [use]).values.get('DB') ?? [];
    expect(values.map(({ value }) => value)).toEqual(['app_script', 'app_test', 'app_ci', 'app_dev', 'app_compose', 'your_db']);
    expect(values.map(({ at }) => text(files, at))).toEqual(['"DB=app_script jest"', '"app_test"', 'app_ci', 'app_dev', 'DB=app_compose', 'your_db']);
    expect(values.map(({ from }) => from)).toEqual([
      'script test',
      '.env.test',
      'workflow ci.yml job test',
      '.env',
      'service web of docker-compose.yml',
      '.env.example',
    ]);
  });

  test('of a file that a command names come before those of other files, and of a make target from where it says them', () => {
    const files = {
      '.env.container': 'DB=app_container\n',
      'shop/.env.local': 'DB=app_local\n',
      'shop/.env.test': 'DB=app_test\nPORT=5433\n',
      Makefile: 'check:\n\tcd shop && REDIS_DB=7 npx dotenv -e .env.test -- jest\n',
      'package.json': '{"scripts":{"test":"make check"}}',
      'shop/package.json': '{"devDependencies":{"jest":"30.0.0"}}',
    };
    const found = walk(tree(files));
    const commands = commandsOf(found, findPackages(found), readCi(found), runners).map(({ command }) => command);
    const { values } = environment(files, [{ runner: 'jest', dir: 'shop', options: {}, computed: [], commands }]);
    const firstOf = (name: string): readonly unknown[] => [values.get(name)?.[0]?.value, values.get(name)?.[0]?.at.path];
    expect(firstOf('DB')).toEqual(['app_test', 'shop/.env.test']);
    expect(firstOf('PORT')).toEqual(['5433', 'shop/.env.test']);
    expect(firstOf('REDIS_DB')).toEqual(['7', 'Makefile']);
    expect(text(files, values.get('REDIS_DB')?.[0]?.at)).toBe('7');
  });

  test('that an expression of the workflow gives are not known', () => {
    const workflow = 'jobs:\n  test:\n    env:\n      DB: ${{ vars.DATABASE }}\n      PORT: 5433\n    steps: []\n';
    expect([...environment({ '.github/workflows/ci.yml': workflow }).values.keys()]).toEqual(['PORT']);
  });

  test('of services are not those of the tests', () => {
    const workflow = 'jobs:\n  t:\n    services:\n      db:\n        image: postgres:16\n        env:\n          POSTGRES_PASSWORD: secret\n    steps: []\n';
    expect(environment({ '.github/workflows/ci.yml': workflow }).values.size).toBe(0);
  });
});

describe('services', () => {
  test('of CI and compose files are known by their image', () => {
    const files = {
      '.github/workflows/ci.yml': 'jobs:\n  t:\n    services:\n      cache: { image: "redis:7" }\n      db: postgis/postgis:16-3.4\n',
      'deploy/compose.test.yaml': 'services:\n  graph:\n    image: "${REGISTRY:-docker.io}/neo4j:5"\n  app:\n    build: .\n',
    };
    expect(environment(files).services.map(({ kind, name, at }) => [kind, name, text(files, at)])).toEqual([
      ['neo4j', 'graph', '"${REGISTRY:-docker.io}/neo4j:5"'],
      ['redis', 'cache', '"redis:7"'],
      ['postgresql', 'db', 'postgis/postgis:16-3.4'],
    ]);
  });

  test.each([
    ['bitnami/postgresql:16@sha256:abc', 'postgresql'],
    ['registry.example:5000/team/mongo:7', 'mongodb'],
    ['quay.io/minio/minio', 's3'],
    ['confluentinc/cp-kafka:7.5', 'kafka'],
    ['acme/billing:1', 'billing'],
  ])('%s is %s', (image, kind) => {
    expect(serviceKind(image)).toBe(kind);
  });

  test('with fixed names and ports are listed, and ports the engine picks are not', () => {
    const files = {
      'docker-compose.yml': [
        'name: shop',
        'services:',
        '  db:',
        '    image: postgres:16',
        '    container_name: shop-db',
        '    ports: ["5433:5432", "9000", "127.0.0.1:${PORT:-6400}:6379/tcp", "0:80", "${ANY}:1"]',
        '  q:',
        '    image: rabbitmq',
        '    ports:',
        '      - { target: 5672, published: 5673 }',
        '      - { target: 15672 }',
      ].join('\n'),
    };
    const { containers } = environment(files);
    expect(containers.map(({ what, value }) => `${what} ${value}`)).toEqual([
      'project-name shop',
      'container-name shop-db',
      'host-port 5433',
      'host-port 6400',
      'host-port 5673',
    ]);
    expect(containers.map(({ at }) => text(files, at))[2]).toBe('"5433:5432"');
  });
});

test('files that are no YAML are gaps', () => {
  expect(environment({ 'compose.yml': 'a: [1', 'other.yml': 'a: [1' }).gaps).toEqual([{ path: 'compose.yml', why: expect.stringContaining('not valid YAML') }]);
});

test('anchors and merge keys are followed', () => {
  const files = { 'compose.yml': 'x-env: &env\n  DB: app\nservices:\n  a:\n    image: x\n    environment:\n      <<: *env\n      PORT: 1\n' };
  expect([...environment(files).values.keys()].sort()).toEqual(['DB', 'PORT']);
});
