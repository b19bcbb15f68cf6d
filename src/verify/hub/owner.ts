/**
 * Whose a connection is that nobody has greeted for: native clients know nothing of the preload. Linux only, and only where hub and tests share a
 * network of their own. Fields as proc(5) of Linux 6 describes them.
 */
import { readdirSync } from 'node:fs';
import type { Socket } from 'node:net';
import { systemLink, systemText } from '../../processes.js';
import { SETTINGS, type Settings } from '../preload/settings.js';

export interface Owner {
  readonly pid: number;
  readonly role: string;
}

export function ownerOf(socket: Socket): Owner | undefined {
  const { remotePort } = socket;
  const inode = remotePort === undefined ? undefined : inodeOf(remotePort, socket.localPort);
  if (inode === undefined) return undefined;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || !holds(name, `socket:[${inode}]`)) continue;
    const role = roleOf(name);
    if (role !== undefined) return { pid: Number(name), role };
  }
  return undefined;
}

/** The number of the socket at the other end, which is here too. */
function inodeOf(local: number, remote: number | undefined): string | undefined {
  const port = (value: number): string => `:${value.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const table of ['tcp', 'tcp6']) {
    for (const line of systemText(`/proc/self/net/${table}`)?.split('\n') ?? []) {
      const [, from, to, , , , , , , inode] = line.trim().split(/\s+/);
      if (from?.endsWith(port(local)) && remote !== undefined && to?.endsWith(port(remote))) return inode;
    }
  }
  return undefined;
}

function holds(pid: string, socket: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((file) => systemLink(`/proc/${pid}/fd/${file}`) === socket);
  } catch {
    // It has ended, or is somebody else's.
    return false;
  }
}

/** Children inherit what their command was told. */
function roleOf(pid: string): string | undefined {
  const line = systemText(`/proc/${pid}/environ`)
    ?.split('\0')
    .find((each) => each.startsWith(`${SETTINGS}=`));
  return line === undefined ? undefined : (JSON.parse(line.slice(SETTINGS.length + 1)) as Settings).role;
}
