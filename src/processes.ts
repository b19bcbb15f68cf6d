/** What this machine says of its processes: who lives, since when. It owns nothing and ends nobody. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A process that ended and waits to be collected by its parent runs nothing any more.
  return statOf(pid)?.[0] !== 'Z';
}

/** When a process began, as text without blanks that differs between two processes with one id; empty where the system does not tell. */
export function bornAt(pid: number): string {
  const stat = statOf(pid);
  if (stat) return stat[19] ?? '';
  const started = startedByPs(pid);
  return started === undefined ? '' : String(started);
}

/** Seconds since 1970, within a few seconds; nothing where the system does not tell. */
export function startedAt(pid: number): number | undefined {
  const stat = statOf(pid);
  if (!stat) return startedByPs(pid);
  const booted = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1];
  // The kernel counts in ticks of 1/100 s, whatever its own clock is.
  return booted === undefined ? undefined : Number(booted) + Number(stat[19]) / 100;
}

/** What a file of /proc says; nothing where the system has none, or it is not for us. */
export function systemText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Where a link of /proc leads. */
export function systemLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** The fields of /proc/PID/stat behind the command, which may hold blanks and brackets itself. */
const statOf = (pid: number): readonly string[] | undefined => systemText(`/proc/${pid}/stat`)?.split(') ').pop()?.split(' ');

function startedByPs(pid: number): number | undefined {
  if (process.platform === 'win32' || process.platform === 'linux') return undefined;
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
    return Math.round(Date.parse(text.trim()) / 1000);
  } catch {
    return undefined;
  }
}
