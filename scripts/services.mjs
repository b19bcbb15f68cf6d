#!/usr/bin/env node
/**
 * Real services for tests, started from nothing: processes of installed servers, or containers.
 * It owns their life (start, stop, sweep what a dead run left); it must not know what tests do with them.
 *
 *   node scripts/services.mjs start [redis] [postgres] [mariadb] [neo4j]    prints their URLs as JSON; they live until `stop`
 *   node scripts/services.mjs stop
 *   node scripts/services.mjs status
 *
 * ISOLATION_AUDIT_SERVICES=containers takes Docker instead of processes; --containers does the same.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as containers from './services/containers.mjs';
import * as processes from './services/processes.mjs';

const home = join(tmpdir(), `isolation-audit-services-${process.getuid?.() ?? 'user'}`);
const names = ['redis', 'postgres'];
/** Started only where it is asked for by name. */
const more = ['mariadb', 'neo4j'];
const live = new Set();

/** Starts services for this process: they end with it at the latest. */
export async function startServices(wanted = names, options = {}) {
  sweep();
  const state = open(randomBytes(6).toString('hex'), { pid: process.pid, born: processes.bornAt(process.pid) });
  live.add(state);
  guard();
  try {
    for (const name of wanted) await add(state, name, options.mode);
  } catch (error) {
    await close(state);
    throw error;
  }
  return { ...described(state), stop: () => close(state) };
}

/** Drops and creates Postgres databases: each holds what `schema`, a text of SQL, makes and nothing else. */
export async function recreateDatabases(services, databases, schema) {
  const { Client } = (await import('pg')).default;
  // isolation-audit-ignore-next-line hardcoded-database-name -- every test file starts a server of its own on a free port
  const client = new Client({ connectionString: services.urls.postgres });
  const runIn = async (name, text) => {
    const inside = new Client({ connectionString: services.urls.postgres.replace(/[^/]+$/, name) });
    await inside.connect();
    await inside.query(text).finally(() => inside.end());
  };
  await client.connect();
  try {
    for (const name of databases) {
      await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await client.query(`CREATE DATABASE "${name}"`);
      if (schema) await runIn(name, schema);
    }
  } finally {
    await client.end();
  }
}

/** Installs the servers that are missing, where apt can; the others are told with what to do. Servers in containers need none. */
export function installServers() {
  if (chosen() === 'containers') return;
  for (const name of [...names, ...more]) {
    try {
      processes.install(name);
    } catch (error) {
      console.warn(`Tests that need ${name} will fail. ${error.message}`);
    }
  }
}

/** An image that this machine has or can get, for tests that start containers by themselves. */
export const containerImage = containers.imageOf;

/** Where the jars of Neo4j lie, as NEO4J_HOME. */
export { neo4jHome } from './services/neo4j.mjs';

/** Ends what runs that are gone have left. */
export function sweep() {
  for (const state of states()) if (state.owner && !isOwnerAlive(state.owner)) endNow(state);
}

const backend = (mode) => (mode === 'containers' ? containers : processes);
const chosen = (mode) => mode ?? (process.env.ISOLATION_AUDIT_SERVICES === 'containers' ? 'containers' : 'processes');

async function add(state, name, mode) {
  if (![...names, ...more].includes(name)) throw new Error(`Unknown service "${name}"; there are: ${[...names, ...more].join(', ')}.`);
  const member = { name, mode: containers.names.includes(name) ? chosen(mode) : 'processes', place: join(state.path, name) };
  // Recorded before it starts, so that a run killed half-way is swept as well.
  state.members.push(member);
  save(state);
  Object.assign(member, await backend(member.mode).start(name, member.place, { detached: state.owner === null, run: state.id }));
  save(state);
}

async function close(state) {
  live.delete(state);
  await Promise.all(state.members.map((member) => backend(member.mode).stop(member, state.id)));
  await remove(state.path);
}

/** Without waiting: for signals, exits and leftovers. */
function endNow(state) {
  live.delete(state);
  for (const member of state.members) backend(member.mode).kill(member, state.id);
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      rmSync(state.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      return;
    } catch {
      // The server still writes its last files.
    }
  }
}

async function remove(path) {
  for (let attempt = 0; ; attempt++) {
    try {
      return rmSync(path, { recursive: true, force: true });
    } catch (error) {
      if (attempt === 50) throw error;
      await sleep(20);
    }
  }
}

let guarded = false;
function guard() {
  if (guarded) return;
  guarded = true;
  const endAll = () => [...live].forEach(endNow);
  // isolation-audit-ignore-next-line shared-global -- the listeners end what this process has started, whichever test started it
  process.on('exit', endAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      endAll();
      process.kill(process.pid, signal);
    });
  }
}

function open(id, owner) {
  const path = join(home, id);
  // Readable by all: Postgres refuses root and runs as another user inside.
  mkdirSync(path, { recursive: true, mode: 0o755 });
  const state = { id, path, owner, members: [] };
  save(state);
  return state;
}

function save(state) {
  const path = join(state.path, 'state.json');
  writeFileSync(`${path}.new`, JSON.stringify(state));
  renameSync(`${path}.new`, path);
}

function states() {
  if (!existsSync(home)) return [];
  return readdirSync(home).flatMap((id) => {
    try {
      return [JSON.parse(readFileSync(join(home, id, 'state.json'), 'utf8'))];
    } catch {
      const age = Date.now() - (statSync(join(home, id), { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > 60_000) rmSync(join(home, id), { recursive: true, force: true });
      return [];
    }
  });
}

const isOwnerAlive = (owner) => processes.isAlive(owner.pid) && processes.bornAt(owner.pid) === owner.born;

/** URLs, and the variables that clients read by themselves. */
function described(state) {
  const urls = Object.fromEntries(state.members.map((member) => [member.name, member.url]));
  const env = {};
  if (urls.redis) {
    const { hostname, port } = new URL(urls.redis);
    Object.assign(env, { REDIS_URL: urls.redis, REDIS_HOST: hostname, REDIS_PORT: port });
  }
  if (urls.postgres) {
    const { hostname, port, username, password } = new URL(urls.postgres);
    Object.assign(env, { PGHOST: hostname, PGPORT: port, PGUSER: username, PGPASSWORD: password, DATABASE_URL: urls.postgres });
  }
  if (urls.mariadb) {
    const { hostname, port, username } = new URL(urls.mariadb);
    Object.assign(env, { MYSQL_HOST: hostname, MYSQL_PORT: port, MYSQL_USER: username });
  }
  if (urls.neo4j) Object.assign(env, { NEO4J_URI: urls.neo4j });
  return { urls, env };
}

async function main([command, ...rest]) {
  const mode = rest.includes('--containers') ? 'containers' : undefined;
  const wanted = rest.filter((word) => !word.startsWith('--'));
  const kept = states().find((state) => state.id === 'kept');
  if (command === 'start') {
    sweep();
    const state = kept ?? open('kept', null);
    for (const name of wanted.length > 0 ? wanted : names) {
      const there = state.members.find((member) => member.name === name);
      if (there && (await backend(there.mode).isUp(there, state.id))) continue;
      state.members = state.members.filter((member) => member.name !== name);
      await add(state, name, mode);
    }
    console.log(JSON.stringify(described(state), null, 2));
  } else if (command === 'stop') {
    sweep();
    if (kept) await close(kept);
  } else if (command === 'status') {
    console.log(
      JSON.stringify(
        states().map((state) => ({ id: state.id, owner: state.owner?.pid ?? null, ...described(state) })),
        null,
        2,
      ),
    );
  } else {
    console.error('usage: node scripts/services.mjs start|stop|status [redis] [postgres] [mariadb] [neo4j] [--containers]');
    process.exitCode = 2;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
