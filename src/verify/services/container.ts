/** Services as containers, by testcontainers: with the image that the project uses, data in memory, and no more of the machine than tests need. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as testcontainers from 'testcontainers';
import { errorCode, errorText, UserError } from '../../project/user-error.js';
import type { NeededService } from '../lab.js';
import type { ServiceKind } from '../recording.js';
import { endContainers, LABEL } from './ending.js';
import { PORTS } from './known.js';
import { accepts } from './local.js';
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
    // Where its data lies has changed with version 18, which refuses to start with a mount at the old place.
    environment: { POSTGRES_USER: OWN, POSTGRES_DB: 'postgres', POSTGRES_HOST_AUTH_METHOD: 'trust', PGDATA: '/isolation-audit/data' },
    command: ['postgres', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200'],
    data: '/isolation-audit',
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

/** Testcontainers, where the project has it and Docker answers; else why not. */
let runtime: Promise<Testcontainers | string> | undefined;

export function containerRuntime(): Promise<Testcontainers | string> {
  return (runtime ??= answering());
}

async function answering(): Promise<Testcontainers | string> {
  if (!mayAnswer()) return 'there is no Docker';
  let loaded: Testcontainers;
  try {
    loaded = await import('testcontainers');
  } catch (error) {
    return errorCode(error) === 'ERR_MODULE_NOT_FOUND' ? 'the project has no `testcontainers`' : `\`testcontainers\` cannot be loaded: ${errorText(error)}`;
  }
  if (!('withAutoCleanup' in loaded.GenericContainer.prototype)) return "the project's `testcontainers` is too old";
  try {
    await loaded.getContainerRuntimeClient();
    return loaded;
  } catch {
    const at = process.env['DOCKER_HOST'];
    return `Docker does not answer${at === undefined ? '' : ` at ${at}`}`;
  }
}

/** Whether there is a trace of Docker at all: loading testcontainers to hear that there is none takes longer than starting a server. */
function mayAnswer(): boolean {
  if (process.platform === 'win32' || process.env['DOCKER_HOST'] !== undefined) return true;
  const own = ['.docker/run/docker.sock', '.docker/desktop/docker.sock', '.colima/default/docker.sock', '.rd/docker.sock', '.testcontainers.properties'];
  const sockets = ['/var/run/docker.sock', ...own.map((path) => join(homedir(), path)), join(process.env['XDG_RUNTIME_DIR'] ?? '/run', 'docker.sock')];
  return sockets.some((path) => existsSync(path));
}

/** Milliseconds that a server gets between listening and answering. */
const PATIENCE = 30_000;

/** Rejects with a reason for people where the image cannot be had or does not start. */
export async function startContainer(loaded: Testcontainers, { kind, image: named }: NeededService, lab: string): Promise<StartedService> {
  const known = IMAGES[kind];
  const image = named ?? known.usual;
  const { container: client, image: images } = await loaded.getContainerRuntimeClient();
  const prepared = new loaded.GenericContainer(image)
    .withExposedPorts(PORTS[kind])
    .withEnvironment({ ...known.environment })
    .withTmpFs({ [known.data]: 'rw' })
    .withResourcesQuota({ memory: 1, cpu: 1 })
    .withLabels({ [LABEL]: lab })
    // The hub does it, without an image of testcontainers' own that would have to be pulled.
    .withAutoCleanup(false);
  if (known.command) prepared.withCommand([...known.command]);
  let running: testcontainers.StartedTestContainer;
  try {
    running = await prepared.start();
  } catch (error) {
    const isHere = await images.exists(loaded.ImageName.fromString(image)).catch(() => false);
    const [why] = errorText(error).split('\n');
    throw new UserError(
      isHere
        ? `The container of ${image} did not start: ${why}`
        : `The image ${image} is not on this machine and cannot be pulled: ${why}. Pull or build it, or name one that is here in the compose file or workflow.`,
    );
  }
  const container = client.getById(running.getId());
  const trouble = async (): Promise<string | undefined> => {
    try {
      const { State: state } = await container.inspect();
      return state.Running ? undefined : `the container of ${image} has ended (status ${state.ExitCode})`;
    } catch (error) {
      return `the container of ${image} is gone: ${errorText(error)}`;
    }
  };
  const target = { host: running.getHost(), port: running.getMappedPort(PORTS[kind]) };
  const limit = Date.now() + PATIENCE;
  while (!(await accepts(kind, target))) {
    const gone = Date.now() > limit ? 'it does not answer' : await trouble();
    if (gone !== undefined) throw new UserError(`The container of ${image} did not start: ${gone}.`);
    await sleep(20);
  }
  return {
    kind,
    how: 'container',
    image,
    target,
    trouble,
    async stop() {
      // Where Docker has gone, nothing runs in it.
      await endContainers(lab).catch(() => undefined);
    },
  };
}
