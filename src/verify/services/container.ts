/** Services as containers, by testcontainers: with the image that the project uses, data in memory, and no more of the machine than tests need. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type * as testcontainers from 'testcontainers';
import type { NeededService } from '../lab.js';
import type { ServiceKind } from '../recording.js';
import { PORTS } from './known.js';
import { OWN } from './postgres.js';
import type { StartedService } from './started.js';

type Testcontainers = typeof testcontainers;

interface Image {
  /** Where the project names none. */
  readonly usual: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  /** Where it keeps its data: `/data`. */
  readonly data: string;
}

const IMAGES: Readonly<Record<ServiceKind, Image>> = {
  redis: { usual: 'redis:7-alpine', environment: {}, data: '/data' },
  postgres: {
    usual: 'postgres:16-alpine',
    environment: { POSTGRES_USER: OWN, POSTGRES_DB: 'postgres', POSTGRES_HOST_AUTH_METHOD: 'trust' },
    command: ['postgres', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200'],
    data: '/var/lib/postgresql/data',
  },
  mysql: {
    usual: 'mariadb:11',
    environment: { MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: '1', MYSQL_ALLOW_EMPTY_PASSWORD: '1' },
    command: ['--performance-schema=ON', '--performance-schema-instrument=wait/lock/metadata/sql/mdl=ON', '--max-connections=200'],
    data: '/var/lib/mysql',
  },
  mongodb: { usual: 'mongo:8', environment: {}, data: '/data/db' },
  neo4j: {
    usual: 'neo4j:5-community',
    environment: { NEO4J_AUTH: 'none', NEO4J_server_memory_heap_max__size: '512m', NEO4J_server_memory_pagecache_size: '64m' },
    data: '/data',
  },
};

/** Testcontainers, where the project has it and Docker answers. */
let runtime: Promise<Testcontainers | undefined> | undefined;

export function containerRuntime(): Promise<Testcontainers | undefined> {
  return (runtime ??= answering());
}

async function answering(): Promise<Testcontainers | undefined> {
  if (!mayAnswer()) return undefined;
  try {
    const loaded = await import('testcontainers');
    await loaded.getContainerRuntimeClient();
    return loaded;
  } catch {
    return undefined;
  }
}

/** Whether there is a trace of Docker at all: loading testcontainers to hear that there is none takes longer than starting a server. */
function mayAnswer(): boolean {
  if (process.platform === 'win32' || process.env['DOCKER_HOST'] !== undefined) return true;
  const own = ['.docker/run/docker.sock', '.docker/desktop/docker.sock', '.colima/default/docker.sock', '.rd/docker.sock', '.testcontainers.properties'];
  const sockets = ['/var/run/docker.sock', ...own.map((path) => join(homedir(), path)), join(process.env['XDG_RUNTIME_DIR'] ?? '/run', 'docker.sock')];
  return sockets.some((path) => existsSync(path));
}

/** Rejects where the image cannot be had or does not start. */
export async function startContainer(
  { GenericContainer }: Testcontainers,
  { kind, image }: NeededService,
  started: (id: string) => void,
): Promise<StartedService> {
  const known = IMAGES[kind];
  const container = new GenericContainer(image ?? known.usual)
    .withExposedPorts(PORTS[kind])
    .withEnvironment({ ...known.environment })
    .withTmpFs({ [known.data]: 'rw' })
    .withResourcesQuota({ memory: 1, cpu: 1 })
    .withLabels({ 'isolation-audit.lab': String(process.pid) });
  if (known.command) container.withCommand([...known.command]);
  const running = await container.start();
  started(running.getId());
  return {
    kind,
    how: 'container',
    target: { host: running.getHost(), port: running.getMappedPort(PORTS[kind]) },
    async stop() {
      await running.stop();
    },
  };
}
