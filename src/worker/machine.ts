/** What this machine says of itself and of its processes: who lives, since when. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { digest } from './digest.js';

/** A process table of its own: two containers of one host, or one host before and after a restart, are two. */
let host: string | undefined;
export function hostMark(): string {
  host ??= digest(`${hostname()}\n${firstLine('/proc/sys/kernel/random/boot_id')}\n${linkOf('/proc/self/ns/pid')}`, 5);
  return host;
}

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

/** The fields of /proc/PID/stat behind the command, which may hold blanks and brackets itself. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ');
  } catch {
    return undefined;
  }
}

function startedByPs(pid: number): number | undefined {
  if (process.platform === 'win32' || process.platform === 'linux') return undefined;
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
    return Math.round(Date.parse(text.trim()) / 1000);
  } catch {
    return undefined;
  }
}

function firstLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
