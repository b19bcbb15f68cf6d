/** Services as processes of servers that are installed here, or that apt can install. */
import { execFileSync, spawn } from 'node:child_process';
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchNeo4j, neo4jHome } from './neo4j.mjs';

const isRoot = process.getuid?.() === 0;

const servers = {
  redis: {
    package: 'redis-server',
    programs: ['redis-server'],
    brew: 'redis',
    signal: 'SIGTERM',
    prepare: () => {},
    command: (place, port) => [
      find('redis-server'),
      ['--port', port, '--bind', '127.0.0.1', '--dir', place, '--save', '', '--appendonly', 'no', '--daemonize', 'no'],
    ],
    isReady: isRedisReady,
    url: (port) => `redis://127.0.0.1:${port}`,
  },
  postgres: {
    package: 'postgresql',
    programs: ['postgres', 'initdb'],
    brew: 'postgresql',
    // Fast shutdown: sessions are ended. The default waits for them.
    signal: 'SIGINT',
    prepare(place) {
      const data = join(place, 'data');
      const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'];
      execFileSync(find('initdb'), args, { ...asServer(), cwd: place, stdio: ['ignore', 'ignore', 'pipe'] });
    },
    command: (place, port) => [
      find('postgres'),
      [
        '-D',
        join(place, 'data'),
        '-p',
        port,
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'unix_socket_directories=',
        '-c',
        'fsync=off',
        '-c',
        'synchronous_commit=off',
        '-c',
        'full_page_writes=off',
        '-c',
        'shared_buffers=32MB',
      ],
    ],
    isReady: isPostgresReady,
    url: (port) => `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
  },
  mariadb: {
    package: 'mariadb-server-core',
    programs: ['mariadbd'],
    brew: 'mariadb',
    signal: 'SIGTERM',
    // What mariadb-install-db does, without the client programs that it wants.
    prepare(place) {
      const shared = ['/usr/share/mysql', '/usr/share/mariadb', '/opt/homebrew/share/mysql', '/usr/local/share/mysql'].find((folder) =>
        existsSync(join(folder, 'mysql_system_tables.sql')),
      );
      if (!shared) throw new Error('mariadbd is there, and mysql_system_tables.sql, which its package brings, is not found.');
      const data = join(place, 'data');
      mkdirSync(data, { mode: 0o755 });
      const { uid, gid } = asServer();
      if (uid !== undefined) chownSync(data, uid, gid);
      const scripts = ['mysql_system_tables.sql', 'mysql_performance_tables.sql', 'mysql_system_tables_data.sql'];
      const input = ['CREATE DATABASE mysql;', 'USE mysql;', ...scripts.map((name) => readFileSync(join(shared, name), 'utf8'))].join('\n');
      const args = ['--no-defaults', '--bootstrap', `--datadir=${data}`, '--innodb-buffer-pool-size=8M', '--innodb-log-file-size=4M'];
      execFileSync(find('mariadbd'), args, { ...asServer(), cwd: place, input, stdio: ['pipe', 'ignore', 'pipe'] });
    },
    command: (place, port) => [
      find('mariadbd'),
      [
        '--no-defaults',
        `--datadir=${join(place, 'data')}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        `--socket=${join(place, 'socket')}`,
        `--pid-file=${join(place, 'mariadb.pid')}`,
        // Everybody may do everything: the server is alone with the tests.
        '--skip-grant-tables',
        '--skip-networking=0',
        '--max-connect-errors=1000000',
        '--innodb-buffer-pool-size=16M',
        '--innodb-flush-log-at-trx-commit=0',
      ],
    ],
    isReady: isMariadbReady,
    url: (port) => `mysql://root@127.0.0.1:${port}/mysql`,
  },
  neo4j: {
    package: 'openjdk-17-jre-headless',
    programs: ['java'],
    brew: 'openjdk@17',
    more() {
      if (neo4jHome()) return;
      installPackage('maven', ['mvn'], 'Install maven, or set NEO4J_HOME to the folder of a Neo4j 5.');
      fetchNeo4j(find('mvn'));
    },
    signal: 'SIGKILL',
    prepare: () => {},
    configure(place, port) {
      const settings = [
        `server.bolt.listen_address=127.0.0.1:${port}`,
        'dbms.security.auth_enabled=false',
        'server.http.enabled=false',
        'server.memory.pagecache.size=16m',
        // Else 512 MB of files.
        'db.tx_log.preallocate=false',
        'dbms.usage_report.enabled=false',
      ];
      mkdirSync(join(place, 'conf'), { recursive: true });
      writeFileSync(join(place, 'conf/neo4j.conf'), settings.join('\n'));
    },
    command: (place) => [
      find('java'),
      [
        // A server that lives for minutes: the second compiler would cost more than it gives.
        ...['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData', `-Djava.io.tmpdir=${place}`],
        ...['java.nio', 'java.io', 'sun.nio.ch'].map((each) => `--add-opens=java.base/${each}=ALL-UNNAMED`),
        ...['-cp', join(neo4jHome(), 'lib/*'), 'org.neo4j.server.CommunityEntryPoint', '--console-mode', `--home-dir=${place}`, `--config-dir=${place}/conf`],
      ],
    ],
    isReady: isNeo4jReady,
    url: (port) => `bolt://127.0.0.1:${port}`,
  },
};

export async function start(name, place, { detached }) {
  const server = servers[name];
  install(name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { mode: 0o755 });
  const { uid, gid } = asServer();
  if (uid !== undefined) chownSync(place, uid, gid);
  server.prepare(place);
  // Another process may take the port between asking for a free one and binding it.
  for (let attempt = 1; ; attempt++) {
    const port = String(await freePort());
    server.configure?.(place, port);
    const [file, args] = server.command(place, port);
    const log = openSync(join(place, 'log'), 'a');
    const child = spawn(file, args, { ...asServer(), cwd: place, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    if (child.pid !== undefined) writeFileSync(join(place, 'pid'), String(child.pid));
    let gone = false;
    child.once('exit', () => (gone = true));
    child.once('error', () => (gone = true));
    const limit = Date.now() + 90_000;
    while (!gone && Date.now() < limit && !(await server.isReady(Number(port)))) await sleep(15);
    if (!gone && Date.now() < limit) {
      child.unref();
      return { url: server.url(port), pid: child.pid, detached };
    }
    if (!gone) child.kill('SIGKILL');
    if (attempt === 4) throw new Error(`${name} did not start:\n${readFileSync(join(place, 'log'), 'utf8').split('\n').slice(-12).join('\n')}`);
  }
}

export async function stop(member) {
  const pid = pidOf(member);
  if (pid === undefined) return;
  signal(pid, servers[member.name].signal);
  for (let waited = 0; isAlive(pid); waited += 10) {
    if (waited === 5000) signal(pid, 'SIGKILL');
    if (waited > 8000) throw new Error(`${member.name} (pid ${pid}) does not end.`);
    await sleep(10);
  }
}

export function kill(member) {
  const pid = pidOf(member);
  // Postgres takes SIGQUIT as "stop at once" and takes its backends with it; SIGKILL would leave them.
  if (pid !== undefined) signal(pid, member.name === 'postgres' ? 'SIGQUIT' : 'SIGKILL');
}

export const isUp = async (member) => pidOf(member) !== undefined && servers[member.name].isReady(Number(new URL(member.url).port));

/** Only while that process still lives in the place: pids are given out again. */
function pidOf({ place }) {
  let pid;
  try {
    pid = Number.parseInt(readFileSync(join(place, 'pid'), 'utf8'), 10);
  } catch {
    return undefined;
  }
  if (!isAlive(pid)) return undefined;
  try {
    if (!readlinkSync(`/proc/${pid}/cwd`).startsWith(realpathSync(place))) return undefined;
  } catch {
    // No /proc on this system: trust the file.
  }
  return pid;
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  try {
    // A process that ended and waits to be collected by its parent is gone for us.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()[0] !== 'Z';
  } catch {
    return true;
  }
}

/** When a process began, as text that differs between two processes with one pid. */
export function bornAt(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ')[19];
  } catch {
    try {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    } catch {
      return '';
    }
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // Ended by itself.
  }
}

/** Postgres refuses to run as root, so root runs servers as a plain user. */
let server;
function asServer() {
  if (!isRoot) return {};
  server ??= ['postgres', 'nobody'].flatMap((user) => {
    try {
      const id = (flag) => Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return [{ uid: id('-u'), gid: id('-g') }];
    } catch {
      return [];
    }
  })[0];
  if (!server) throw new Error('There is neither a user "postgres" nor "nobody" to run servers as; root cannot run Postgres.');
  return server;
}

function find(file) {
  const versions = '/usr/lib/postgresql';
  const newest = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, 'bin'))
    : [];
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...newest, '/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/usr/sbin'];
  return folders.map((folder) => join(folder, file)).find(isExecutable);
}
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Does nothing where the server is there. */
export function install(name) {
  const { package: debian, programs, brew, more } = servers[name];
  installPackage(debian, programs, `Install it (Debian: ${debian}; macOS: brew install ${brew}), or set ISOLATION_AUDIT_SERVICES=containers.`);
  more?.();
}

function installPackage(debian, needed, hint) {
  if (needed.every(find)) return;
  if (!isRoot || !isExecutable('/usr/bin/apt-get')) throw new Error(`${needed[0]} is not on PATH. ${hint}`);
  // No default cluster and no daemon: only the programs are wanted.
  const common = '/etc/postgresql-common';
  if (debian === 'postgresql' && !existsSync(common)) {
    // Two workers may come here at once.
    mkdirSync(common, { recursive: true });
    // isolation-audit-ignore-next-line shared-path -- every worker writes the same text, and apt's own lock lets one install at a time
    writeFileSync(join(common, 'createcluster.conf'), 'create_main_cluster = false\n');
  }
  const apt = (...args) =>
    execFileSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  try {
    apt('install', '-y', '--no-install-recommends', debian);
  } catch {
    apt('update');
    apt('install', '-y', '--no-install-recommends', debian);
  }
  if (!needed.every(find)) throw new Error(`apt-get installed ${debian}, yet there is no ${needed[0]}. ${hint}`);
}

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Sends a few bytes and says whether the answer begins as it must. */
function answers(port, bytes, begins) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2000, () => done(false));
    socket.once('data', (data) => done(begins(data)));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
  });
}

export function isRedisReady(port) {
  return answers(port, 'PING\r\n', (data) => data.toString().startsWith('+PONG'));
}

/** A start-up message; a server that still starts answers with an error, a ready one asks for or grants the login. */
export function isPostgresReady(port) {
  const body = Buffer.from('user\0postgres\0database\0postgres\0\0');
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8, 0);
  head.writeInt32BE(196608, 4);
  return answers(port, Buffer.concat([head, body]), (data) => data.toString('latin1', 0, 1) === 'R');
}

/** It takes one of the versions that are offered. */
export function isNeo4jReady(port) {
  return answers(port, Buffer.from('6060b01700000404000000000000000000000000', 'hex'), (data) => data[3] === 4);
}

/** The server greets first: protocol 10, or an error packet while it starts. */
export function isMariadbReady(port) {
  return answers(port, '', (data) => data[4] === 10);
}
