/**
 * A run is one start of the test command. Its id says by itself when it began, on which machine and under which process, so that whoever meets the
 * id in a name later, on any server, can tell whether the run is over.
 */
import { digest } from './digest.js';
import { isAlive, startedAt } from '../processes.js';
import { hostMark } from './machine.js';

/** Seconds (6), machine (5), process (5), check (3): lower-case letters and digits, a letter first. */
const RUN = /^([a-z][0-9a-z]{5})([0-9a-z]{5})([0-9a-z]{5})([0-9a-z]{3})$/;

/** A clock may be set back a little, and process times are rounded. */
const SLACK = 60;
/** Nobody can tell from here whether a process of another machine lives: a day later its run is taken for dead. */
const FOREIGN = 24 * 3600;

const seconds = (): number => Math.floor(Date.now() / 1000);
const digits = (value: number, length: number): string => value.toString(36).padStart(length, '0');

/** The id of a run that begins now under the process `root`. */
export function mintRun(root: number, host = hostMark(), now = seconds()): string {
  const text = `${digits(now, 6)}${host}${digits(root, 5)}`;
  return text + digest(text, 3);
}

export function isRun(text: string): boolean {
  return partsOf(text) !== undefined;
}

/** Whether the run is surely over. In doubt it is not. */
export function isOver(run: string): boolean {
  const parts = partsOf(run);
  if (!parts) return false;
  if (parts.host !== hostMark()) return seconds() - parts.began > FOREIGN;
  if (!isAlive(parts.root)) return true;
  const started = startedAt(parts.root);
  return started !== undefined && started > parts.began + SLACK;
}

function partsOf(run: string): { readonly began: number; readonly host: string; readonly root: number } | undefined {
  const [, time, host, root, check] = RUN.exec(run) ?? [];
  if (time === undefined || host === undefined || root === undefined) return undefined;
  if (digest(`${time}${host}${root}`, 3) !== check) return undefined;
  return { began: Number.parseInt(time, 36), host, root: Number.parseInt(root, 36) };
}
