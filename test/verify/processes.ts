import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { systemText } from '../../src/processes.js';

interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly words: readonly string[];
}

/** All processes of this machine: from /proc, since a bare Debian has no `ps`, and from `ps` where there is no /proc. */
export function processesHere(): readonly Listed[] {
  if (!existsSync('/proc/self/stat'))
    return execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([pid, parent, ...words]) => ({ pid: Number(pid), parent: Number(parent), words }));
  return readdirSync('/proc').flatMap((pid) => {
    const stat = /^\d+$/.test(pid) ? systemText(`/proc/${pid}/stat`) : undefined;
    if (!stat) return [];
    const words = (systemText(`/proc/${pid}/cmdline`) ?? '').split('\0').filter((word) => word !== '');
    return { pid: Number(pid), parent: Number(stat.split(') ').pop()!.split(' ')[1]), words };
  });
}
