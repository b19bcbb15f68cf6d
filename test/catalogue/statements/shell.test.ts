import { describe, expect, test } from 'vitest';
import { classifyShell } from '../../../src/catalogue/statements/shell.js';

const project = { kind: 'container', names: 'project', unit: 'compose project of the directory' };

describe('shell commands', () => {
  test.each([
    ['docker compose up -d --wait', [{ op: 'bind', ...project, note: 'docker compose up' }]],
    ['docker-compose -f test.yml -p orders down -v', [{ op: 'wipe', wipes: 'database', ...project, unit: 'orders', note: 'docker compose down' }]],
    [
      'docker run -d --rm --name test-pg -p 5433:5432 -e POSTGRES_DB=app postgres:15',
      [
        { op: 'bind', kind: 'container', names: 'container', unit: 'test-pg' },
        { op: 'bind', kind: 'network-port', names: 'port', unit: '5433' },
      ],
    ],
    ['docker run -P redis', []],
    ['docker run -p 5432 postgres', []],
    ['docker run -p 127.0.0.1:6380:6379/tcp redis', [{ op: 'bind', kind: 'network-port', names: 'port', unit: '6380' }]],
    ['docker rm -f test-pg || true', [{ op: 'wipe', wipes: 'unit', kind: 'container', names: 'container', unit: 'test-pg' }]],
    ['docker rm -f $(docker ps -aq)', [{ op: 'wipe', wipes: 'server', kind: 'container', note: 'docker rm of all containers' }]],
    ['docker system prune -af', [{ op: 'wipe', wipes: 'server', kind: 'container', note: 'docker system prune' }]],
    ['createdb -h localhost app_test', [{ op: 'create', kind: 'postgresql', names: 'database', unit: 'app_test' }]],
    ['dropdb --if-exists app_test', [{ op: 'drop', wipes: 'database', kind: 'postgresql', names: 'database', unit: 'app_test' }]],
    ['PGPASSWORD=x psql -h localhost -d app -c "TRUNCATE orders"', [{ op: 'wipe', wipes: 'unit', kind: 'postgresql', names: 'database', unit: 'app' }]],
    ["psql postgres -c 'CREATE DATABASE app_test'", [{ op: 'create', kind: 'postgresql', names: 'database', unit: 'app_test' }]],
    ['redis-cli flushall', [{ op: 'wipe', wipes: 'server', kind: 'redis', names: 'database', unit: '0' }]],
    ['redis-cli -n 3 FLUSHDB', [{ op: 'wipe', wipes: 'database', kind: 'redis', names: 'database', unit: '3' }]],
    ["mongosh app --eval 'db.dropDatabase()'", [{ op: 'wipe', wipes: 'database', kind: 'mongodb', names: 'database', unit: 'app' }]],
    ['rm -rf ./tmp/out', [{ op: 'wipe', wipes: 'path', kind: 'filesystem', names: 'path', unit: './tmp/out' }]],
    [
      'mkdir -p tmp && echo hi > tmp/a.txt',
      [
        { op: 'create', kind: 'filesystem', names: 'path', unit: 'tmp' },
        { op: 'write', kind: 'filesystem', names: 'path', unit: 'tmp/a.txt' },
      ],
    ],
    ['npx vite build --mode test', [{ op: 'write', kind: 'filesystem', names: 'path', unit: 'dist' }]],
    ['pnpm exec vite build app --outDir=out', [{ op: 'write', kind: 'filesystem', names: 'path', unit: 'app/out' }]],
    ['vite build --help', []],
    ['vite', []],
    ['next build shop', [{ op: 'write', kind: 'filesystem', names: 'path', unit: 'shop/.next' }]],
    ['webpack --output-path $OUT', [{ op: 'write', kind: 'filesystem', names: 'path' }]],
    ['jest --runInBand', []],
    ['jest --coverage', [{ op: 'write', kind: 'filesystem', names: 'path', unit: 'coverage' }]],
    ['npx prisma migrate reset --force', [{ op: 'wipe', wipes: 'database', kind: 'database', names: 'database', note: 'prisma migrate reset' }]],
    [
      'DATABASE_URL=x pnpm prisma db push --force-reset --skip-generate',
      [{ op: 'wipe', wipes: 'database', kind: 'database', names: 'database', note: 'prisma db push --force-reset' }],
    ],
    ['yarn prisma migrate deploy', [{ op: 'create', kind: 'database', names: 'database', note: 'prisma migrate deploy' }]],
    ['npx knex migrate:latest --env test', [{ op: 'create', kind: 'database', names: 'database', note: 'knex migrate:latest' }]],
    ['npx sequelize-cli db:drop', [{ op: 'wipe', wipes: 'database', kind: 'database', names: 'database', note: 'sequelize db:drop' }]],
    ['kill-port 3000', [{ op: 'wipe', wipes: 'unit', kind: 'network-port', names: 'port', unit: '3000' }]],
    ['npx playwright test', []],
    ['npx http-server dist -p 8080', [{ op: 'bind', kind: 'network-port', names: 'port', unit: '8080' }]],
    ['node cli.js --help', []],
    ['git status', []],
    ['echo "rm -rf /"', []],
    ['node x.js > /dev/null 2>&1', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(classifyShell([text])).toEqual(expected);
  });

  test.each([
    [['rm -rf ', null], [{ op: 'wipe', wipes: 'path', kind: 'filesystem', names: 'path' }]],
    [['rm', ' ', '-rf', ' ', null], [{ op: 'wipe', wipes: 'path', kind: 'filesystem', names: 'path' }]],
    [['createdb app_', null], [{ op: 'create', kind: 'postgresql', names: 'database' }]],
    [['docker run --name db-', null, ' postgres'], [{ op: 'bind', kind: 'container', names: 'container' }]],
    [[null], []],
  ])('holes: %j', (parts, expected) => {
    expect(classifyShell(parts)).toEqual(expected);
  });
});
