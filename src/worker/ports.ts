/** TCP ports of this machine, each given to one run that is alive. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { home, textOf } from './place.js';
import { isOver } from './run.js';

/** A port that is free now and that no other run and no other worker of this one is given. */
export async function reservePort(run: string, host: string): Promise<number> {
  for (;;) {
    const server = createServer();
    await new Promise<void>((done, failed) => server.once('error', failed).listen(0, host, done));
    const { port } = server.address() as AddressInfo;
    const reserved = reserve(port, run);
    await new Promise((done) => server.close(done));
    if (reserved) return port;
  }
}

/** While the port is bound nobody else can reserve it, so the file needs no lock. */
function reserve(port: number, run: string): boolean {
  const folder = join(home(), 'ports');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, String(port));
  const holder = textOf(file);
  if (holder !== undefined && !isOver(holder)) return false;
  writeFileSync(file, run, { mode: 0o600 });
  return true;
}
