/** The process beside the workers: answers one request, or takes care of a run until its end. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digest } from '../digest.js';
import { reservePort } from '../ports.js';
import { serverOf } from '../urls.js';
import { endDeadRuns, endRun, isRunning } from './end.js';
import { takeRedis } from './redis.js';
import { SERVERS } from './servers.js';
import { copySqlite } from './sqlite.js';
import type { CreateDatabase, Request } from './requests.js';

async function answer(): Promise<void> {
  let said: { readonly value?: unknown; readonly error?: string };
  try {
    said = { value: (await done(JSON.parse(readFileSync(0, 'utf8')) as Request)) ?? null };
  } catch (error) {
    said = { error: error instanceof Error ? error.message : String(error) };
  }
  // A client that keeps a handle open must not keep the worker waiting.
  process.stdout.write(JSON.stringify(said), () => process.exit());
}

async function done(request: Request): Promise<unknown> {
  switch (request.do) {
    case 'create':
      return create(request);
    case 'redis':
      return takeRedis(request);
    case 'port':
      return reservePort(request.run, '127.0.0.1');
    case 'sqlite':
      return copySqlite(request);
    case 'end':
      return endRun(request.place);
  }
}

async function create(request: CreateDatabase): Promise<void> {
  const { make, sweep } = SERVERS[request.kind];
  await make(request);
  if (isFirst(request.place, serverOf(request.url))) await sweep(request.url, request.from);
}

/** One worker of a run sweeps a server for all. */
function isFirst(folder: string, server: string): boolean {
  try {
    writeFileSync(join(folder, `swept-${digest(server, 20)}`), '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** Nothing tells a process that another one, which it did not start, has ended: it has to look. */
async function care(folder: string): Promise<void> {
  const look = setInterval(() => {
    if (existsSync(folder) && isRunning(folder)) return;
    clearInterval(look);
    void endRun(folder);
  }, 100);
  await endDeadRuns();
}

const [task, place] = process.argv.slice(2);
if (task === 'care' && place !== undefined) void care(place);
else void answer();
