/** Services as processes of the servers that are installed here, each with a folder and socket of its own and no port. */
import { execFile, spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { bornAt } from '../../processes.js';
import type { Target } from '../hub/messages.js';
import type { ServiceKind } from '../recording.js';
import { OFFER } from './bolt-session.js';
import { OWN } from './postgres.js';
import { startup } from './postgres-session.js';
import { findJars, findProgram, serverUser } from './programs.js';
import type { StartedService } from './started.js';

interface Server {
  readonly programs: readonly string[];
  /** Whether what the programs take besides is here. */
  readonly isWhole?: () => boolean;
  /** What to install, for people. */
  readonly package: string;
  prepare(folder: string): Promise<void>;
  readonly command: (folder: string) => readonly string[];
  /** Its socket, below the folder. */
  readonly socket: string;
  /** How it ends at once and takes its own processes with it. */
  readonly signal: NodeJS.Signals;
}

const run = promisify(execFile);

const SERVERS: Partial<Record<ServiceKind, Server>> = {
  redis: {
    programs: ['redis-server'],
    package: 'redis-server',
    prepare: () => Promise.resolve(),
    command: (folder) => ['--port', '0', '--unixsocket', join(folder, 's'), '--unixsocketperm', '777', '--dir', folder, '--save', '', '--appendonly', 'no'],
    socket: 's',
    signal: 'SIGKILL',
  },
  postgres: {
    programs: ['postgres', 'initdb'],
    package: 'postgresql',
    async prepare(folder) {
      const args = ['-D', join(folder, 'data'), '-U', OWN, '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'];
      await run(findProgram('initdb')!, args, { ...serverUser(), cwd: folder });
    },
    command: (folder) => {
      const settings = [
        `unix_socket_directories=${folder}`,
        'listen_addresses=',
        'fsync=off',
        'synchronous_commit=off',
        'full_page_writes=off',
        'max_connections=200',
      ];
      return ['-D', join(folder, 'data'), ...settings.flatMap((each) => ['-c', each])];
    },
    socket: '.s.PGSQL.5432',
    signal: 'SIGQUIT',
  },
  mysql: {
    programs: ['mariadbd'],
    package: 'mariadb-server-core',
    // What mariadb-install-db does, without the client programs that it wants.
    async prepare(folder) {
      const shared = SHARED.find((each) => existsSync(join(each, SYSTEM_TABLES[0])));
      if (shared === undefined) throw new Error(`mariadbd is there, and ${SYSTEM_TABLES[0]}, which its package brings, is not found.`);
      const data = join(folder, 'data');
      const user = serverUser();
      mkdirSync(data, { mode: 0o755 });
      if (user.uid !== undefined) chownSync(data, user.uid, user.gid!);
      const bootstrap = run(findProgram('mariadbd')!, [...inFolder(folder), '--bootstrap', '--innodb-log-file-size=4M'], { ...user, cwd: folder });
      // Where it ends at once, its own words say more.
      bootstrap.child.stdin?.on('error', () => undefined);
      bootstrap.child.stdin?.end(['CREATE DATABASE mysql;', 'USE mysql;', ...SYSTEM_TABLES.map((name) => readFileSync(join(shared, name), 'utf8'))].join('\n'));
      await bootstrap;
    },
    command: (folder) => [
      ...inFolder(folder),
      `--socket=${join(folder, 's')}`,
      '--skip-networking',
      '--innodb-flush-log-at-trx-commit=0',
      '--max-connections=200',
      '--character-set-server=utf8mb4',
      // Who waits for whose lock on a table.
      '--performance-schema=ON',
      '--performance-schema-instrument=wait/lock/metadata/sql/mdl=ON',
    ],
    socket: 's',
    signal: 'SIGKILL',
  },
  // Not by its own launcher, a process that would be killed in its place. The main class, the settings and the socket are those of 5.26, read in its jars and tried on 5.26.30.
  neo4j: {
    programs: ['java'],
    isWhole: () => findJars() !== undefined,
    package: 'neo4j of debian.neo4j.com, version 5; else set NEO4J_HOME',
    prepare(folder) {
      const settings = [
        // What its own tools use; clients on it need no password.
        'internal.dbms.loopback_enabled=true',
        `internal.dbms.loopback_file=${join(folder, 's')}`,
        // Without a connector for the network there is none for the socket either.
        'server.bolt.listen_address=127.0.0.1:0',
        'server.http.enabled=false',
        'dbms.security.auth_enabled=false',
        'server.memory.pagecache.size=16m',
        // Else 512 MB of files.
        'db.tx_log.preallocate=false',
        'dbms.usage_report.enabled=false',
      ];
      mkdirSync(join(folder, 'conf'), { mode: 0o755 });
      writeFileSync(join(folder, 'conf', 'neo4j.conf'), settings.join('\n'));
      return Promise.resolve();
    },
    command: (folder) => [
      // The second compiler costs a server that lives for minutes more than it gives.
      ...['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData', `-Djava.io.tmpdir=${folder}`],
      ...['java.nio', 'java.io', 'sun.nio.ch'].map((each) => `--add-opens=java.base/${each}=ALL-UNNAMED`),
      ...['-cp', join(findJars()!, '*'), 'org.neo4j.server.CommunityEntryPoint'],
      ...['--console-mode', `--home-dir=${folder}`, `--config-dir=${join(folder, 'conf')}`],
    ],
    socket: 's',
    signal: 'SIGKILL',
  },
};

/** Where packages put what a database of MariaDB begins with. */
const SHARED = ['/usr/share/mysql', '/usr/share/mariadb', '/opt/homebrew/share/mysql', '/usr/local/share/mysql'];
const SYSTEM_TABLES = ['mysql_system_tables.sql', 'mysql_performance_tables.sql', 'mysql_system_tables_data.sql'] as const;

const inFolder = (folder: string): readonly string[] => [
  '--no-defaults',
  `--datadir=${join(folder, 'data')}`,
  '--innodb-buffer-pool-size=16M',
  '--innodb-flush-method=nosync',
];

/** Whether a server of this kind is installed. */
export function isInstalled(kind: ServiceKind): boolean {
  const server = SERVERS[kind];
  return server?.programs.every((name) => findProgram(name) !== undefined) === true && (server.isWhole?.() ?? true);
}

export const packageOf = (kind: ServiceKind): string | undefined => SERVERS[kind]?.package;

export async function startLocal(
  kind: ServiceKind,
  parent: string,
  started: (pid: number, born: string, signal: NodeJS.Signals) => void,
): Promise<StartedService> {
  const server = SERVERS[kind]!;
  const folder = join(parent, kind);
  mkdirSync(folder, { mode: 0o755 });
  const user = serverUser();
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid!);
  await server.prepare(folder);
  const log = openSync(join(folder, 'log'), 'a');
  const child = spawn(findProgram(server.programs[0]!)!, server.command(folder), { ...user, cwd: folder, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  let gone = false;
  child.once('exit', () => (gone = true));
  child.once('error', () => (gone = true));
  if (child.pid !== undefined) started(child.pid, bornAt(child.pid), server.signal);
  const path = join(folder, server.socket);
  const limit = Date.now() + 90_000;
  while (!gone && Date.now() < limit && !(await accepts(kind, { path }))) await sleep(10);
  const said = (): string => readFileSync(join(folder, 'log'), 'utf8').trim().split('\n').slice(-5).join('\n');
  if (gone || Date.now() >= limit) throw new Error(`${server.programs[0]} did not start: ${said()}`);
  child.unref();
  return {
    kind,
    how: 'process',
    target: { path },
    trouble: () => (gone ? `${server.programs[0]} has ended: ${said()}` : undefined),
    stop: () => end(child.pid!, server.signal, () => gone),
  };
}

async function end(pid: number, signal: NodeJS.Signals, isGone: () => boolean): Promise<void> {
  for (let waited = 0; !isGone(); waited += 10) {
    try {
      if (waited === 0) process.kill(pid, signal);
      if (waited === 5000) process.kill(pid, 'SIGKILL');
    } catch {
      return;
    }
    await sleep(10);
  }
}

/** What a client may send first, and what an answer of a server that is ready looks like. */
const GREETINGS: Partial<Record<ServiceKind, readonly [send: Buffer, isReady: (answer: Buffer) => boolean]>> = {
  redis: [Buffer.from('PING\r\n'), (answer) => answer[0] === 0x2b],
  postgres: [startup(OWN, 'postgres'), (answer) => answer[0] === 0x52],
  // It speaks first: version 10 of the protocol, or why not.
  mysql: [Buffer.alloc(0), (answer) => answer[4] === 10],
  // The version that it takes of those offered.
  neo4j: [OFFER, (answer) => answer[3] === 4],
};

/** Whether a server there is ready for clients; of one that knows no greeting, that it listens has to do. */
export function accepts(kind: ServiceKind, target: Target): Promise<boolean> {
  const [send, isReady] = GREETINGS[kind] ?? [];
  if (!send || !isReady) return Promise.resolve(true);
  return new Promise((resolve) => {
    const socket = connect(target);
    const done = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2000, () => done(false));
    socket.once('connect', () => socket.write(send));
    socket.once('data', (data) => done(isReady(data)));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
  });
}
