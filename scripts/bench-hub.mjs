// Measures what recording costs: the same load on the same kinds of servers directly, through Docker's published port, and through the hub of a
// laboratory, in interleaved rounds; prints medians and ratios. Starts and ends all that it needs. Knows of the laboratory only how to open one.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, withSource } from './load-source.mjs';
import { startServices } from './services.mjs';
import { freePort } from './services/processes.mjs';

const USAGE = `npm run build && npm run bench:hub -- [options]

  --runs N       interleaved rounds (default 9; medians are printed)
  --tests N      tests of a load, each of ten commands (default 200)
  --load LIST    of redis,postgres,mysql (default: all)
`;

/** Each is a connection and a test: ten commands as a test sends them, one after the other. */
const LOADS = {
  redis: {
    port: 6379,
    open: "const redis = new (require('ioredis'))(PORT, '127.0.0.1');",
    test: 'for (let each = 0; each < 5; each++) { await redis.set(`cart:${at}:${each}`, JSON.stringify({ at, each })); await redis.get(`cart:${at}:${each}`); }',
    close: 'redis.disconnect();',
  },
  postgres: {
    port: 5432,
    open: "const db = new (require('pg').Client)({ host: '127.0.0.1', port: PORT, user: 'postgres', database: 'postgres' }); await db.connect(); await db.query('CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, at int, name text)');",
    test: "await db.query('DELETE FROM orders'); for (let each = 0; each < 4; each++) await db.query('INSERT INTO orders (at, name) VALUES ($1, $2)', [at, `order ${each}`]); for (let each = 0; each < 4; each++) await db.query('SELECT id, name FROM orders WHERE at = $1 ORDER BY id', [at]); await db.query('SELECT count(*) FROM orders');",
    close: 'await db.end();',
  },
  mysql: {
    port: 3306,
    open: "const db = await require('mysql2/promise').createConnection({ host: '127.0.0.1', port: PORT, user: 'root' }); await db.query('CREATE DATABASE IF NOT EXISTS shop'); await db.query('USE shop'); await db.query('CREATE TABLE IF NOT EXISTS orders (id INT AUTO_INCREMENT PRIMARY KEY, at INT, name VARCHAR(80))');",
    test: "await db.query('DELETE FROM orders'); for (let each = 0; each < 4; each++) await db.execute('INSERT INTO orders (at, name) VALUES (?, ?)', [at, `order ${each}`]); for (let each = 0; each < 4; each++) await db.query('SELECT id, name FROM orders WHERE at = ? ORDER BY id', [at]); await db.query('SELECT COUNT(*) FROM orders');",
    close: 'await db.end();',
  },
};
const DOCKER_PROXY = ['docker-proxy', '/usr/bin/docker-proxy', '/usr/sbin/docker-proxy', '/usr/libexec/docker/docker-proxy'];

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '9' }, tests: { type: 'string', default: '200' }, load: { type: 'string', default: Object.keys(LOADS).join() } },
});
const names = values.load.split(',');
if (names.some((name) => !(name in LOADS))) {
  console.error(USAGE);
  process.exit(2);
}

const folder = mkdtempSync(join(root, 'node_modules/.cache/isolation-audit-bench-'));
const proxies = [];
/** @type {import('./services.mjs').ServiceName[]} */
const servers = names.map((name) => (name === 'mysql' ? 'mariadb' : /** @type {'redis' | 'postgres'} */ (name)));
const services = await startServices(servers);
try {
  await withSource(['model', 'project', 'verify', 'processes.ts'], async (load) => {
    const { openLab } = await load('verify/lab.ts');
    const lab = await openLab({ needs: names.map((kind) => ({ kind })), programs: join(root, 'dist/verify') });
    try {
      for (const name of names) await measure(name, lab);
    } finally {
      await lab.close();
    }
  });
} finally {
  for (const proxy of proxies) proxy.kill();
  await services.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(name, lab) {
  const direct = Number(new URL(services.urls[name === 'mysql' ? 'mariadb' : name]).port);
  const published = await publish(direct);
  const ways = {
    direct: () => run(script(name, direct)),
    ...(published === undefined ? {} : { published: () => run(script(name, published)) }),
    hub: () => runInLab(lab, script(name, LOADS[name].port)),
  };
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let round = 0; round <= Number(values.runs); round++) {
    // The first round warms up; afterwards nobody is always first.
    const order = round % 2 ? Object.keys(ways) : Object.keys(ways).reverse();
    for (const way of order) {
      const milliseconds = await ways[way]();
      if (round > 0) times[way].push(milliseconds);
    }
  }
  const medians = Object.fromEntries(Object.entries(times).map(([way, all]) => [way, median(all)]));
  const ratio = (to) => (medians[to] === undefined ? '-' : (medians.hub / medians[to]).toFixed(2));
  const shown = Object.entries(medians).map(([way, milliseconds]) => `${way} ${milliseconds.toFixed(0)} ms`);
  console.log(`${name}: ${shown.join(', ')}; hub / direct ${ratio('direct')}, hub / published ${ratio('published')}`);
}

/** Prints the milliseconds that the tests took, without those of connecting. */
function script(name, port) {
  const { open, test, close } = LOADS[name];
  const path = join(folder, `${name}-${port}.cjs`);
  const body = [
    `const PORT = ${port}; const mark = process[Symbol.for('isolation-audit.lab')]?.mark ?? (() => {});`,
    `(async () => { ${open}`,
    `const test = async (at) => { mark(__filename, String(at)); ${test} };`,
    'for (let at = 0; at < 20; at++) await test(at);',
    `const begun = performance.now(); for (let at = 0; at < ${Number(values.tests)}; at++) await test(at);`,
    `console.log(performance.now() - begun); ${close} })();`,
  ];
  writeFileSync(path, body.join('\n'));
  return path;
}

async function run(path) {
  return read(spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'] }));
}

async function runInLab(lab, path) {
  const labRun = await lab.run({});
  const milliseconds = await read(labRun.start('A', [process.execPath, path], { cwd: folder }));
  await labRun.finish();
  return milliseconds;
}

async function read(child) {
  let said = '';
  child.stdout.on('data', (data) => (said += data));
  await once(child, 'close');
  if (!(Number(said) > 0)) throw new Error(`A load has not run: ${said}`);
  return Number(said);
}

/** The port at which Docker's own proxy leads to another, or nothing where Docker is not installed. */
async function publish(port) {
  const program = DOCKER_PROXY.find((each) => spawnSync(each, ['--help'], { stdio: 'ignore' }).error === undefined);
  if (program === undefined) return undefined;
  const own = Number(await freePort());
  const words = ['-proto', 'tcp', '-host-ip', '127.0.0.1', '-host-port', String(own), '-container-ip', '127.0.0.1', '-container-port', String(port)];
  const proxy = spawn(program, words, { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  proxies.push(proxy);
  // It says on this pipe that it listens.
  await once(proxy.stdio[3], 'data');
  return own;
}

function median(all) {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
}
