/**
 * The hub: a process between tests and services. It records what is said and holds back what a schedule says; it must not know runners or findings.
 * It also outlives the laboratory by a moment: when that is gone, whatever ended it, the services and the commands of the run end too.
 */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { errorText } from '../../project/user-error.js';
import { endLeftovers } from '../place.js';
import { endProcess } from '../services/ending.js';
import { openHoldings, type Holdings } from '../services/holdings.js';
import type { ServiceKind } from '../recording.js';
import { Connection } from './connection.js';
import type { FromHub, HubService, ToHub } from './messages.js';
import { Run } from './run.js';

/** The laboratory's. */
const folder = process.argv[2]!;
let services: readonly HubService[] = [];
const holdings = new Map<ServiceKind, Holdings>();
let run: Run | undefined;
let connections = 0;
/** Process groups of the commands of this run. */
const groups = new Set<number>();

const say = (message: FromHub): void => void process.send?.(message);
const fail = (error: unknown): void => say({ did: 'fail', why: errorText(error) });

process.on('message', (message: ToHub) => {
  answer(message).catch(fail);
});
process.on('disconnect', endAll);
// The laboratory may be gone before this is reached.
if (!process.connected) endAll();

function endAll(): void {
  for (const group of groups) endProcess(-group);
  // It rejects where all is gone already.
  void endLeftovers(folder).finally(() => process.exit());
}

async function answer(message: ToHub): Promise<void> {
  switch (message.do) {
    case 'open':
      services = message.services;
      say({ did: 'open', ...(await open()) });
      return;
    case 'begin':
      connections = 0;
      groups.clear();
      await Promise.all([...holdings.values()].map((each) => each.empty()));
      run = new Run({
        schedule: message.schedule,
        patience: message.patience,
        locks: message.locks,
        blockers: async (service, sessions) => (await holdings.get(service)?.blockers?.(sessions)) ?? new Map(),
        prepare: async (service, needs) => holdings.get(service)?.prepare?.(needs),
        fail,
      });
      say({ did: 'begin' });
      return;
    case 'started':
      groups.add(message.pid);
      return;
    case 'ended':
      return run?.ended(message.role);
    case 'finish': {
      const seen = run!.finish();
      run = undefined;
      if (message.keep) for (const each of holdings.values()) await each.keep?.();
      say({ did: 'finish', seen });
      return;
    }
  }
}

async function open(): Promise<Pick<Extract<FromHub, { did: 'open' }>, 'ports' | 'versions'>> {
  const ports: Partial<Record<ServiceKind, number>> = {};
  const versions: Partial<Record<ServiceKind, string>> = {};
  for (const service of services) {
    for (const port of service.ports) await listen(service, port);
    ports[service.kind] = (await listen(service, 0, '127.0.0.1')).port;
    const held = await openHoldings(service);
    holdings.set(service.kind, held);
    versions[service.kind] = held.version;
  }
  return { ports, versions };
}

/** Without a host on all addresses, of IPv6 too. */
function listen(service: HubService, port: number, host?: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const server: Server = createServer((socket) => {
      // Between two runs nobody is expected.
      if (run) run.join(new Connection(connections++, service, socket, run));
      else socket.destroy();
    });
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}
