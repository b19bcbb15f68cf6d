/** The end of a run: what it has made is removed, and its folder with it. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bornAt, isAlive } from '../machine.js';
import { home, idIn, textOf } from '../place.js';

/** `{process}-{when it began}`, and behind that who has begun to end the run. */
const PLACE = /^(\d+)-([^.]*)(?:\.ends-(\d+))?$/;

/** Ends a run once, however many try. */
export function endRun(place: string): void {
  const mine = `${place.replace(/\.ends-\d+$/, '')}.ends-${process.pid}`;
  try {
    renameSync(place, mine);
  } catch {
    return;
  }
  const run = idIn(mine);
  if (run !== undefined) freePorts(run);
  rmSync(mine, { recursive: true, force: true, maxRetries: 3 });
}

function freePorts(run: string): void {
  const folder = join(home(), 'ports');
  if (!existsSync(folder)) return;
  for (const port of readdirSync(folder)) if (textOf(join(folder, port)) === run) rmSync(join(folder, port), { force: true });
}

/** Ends the runs of this user that nobody has ended. */
export function endDeadRuns(): void {
  const folder = home();
  for (const name of readdirSync(folder)) if (isLeft(name)) endRun(join(folder, name));
}

function isLeft(name: string): boolean {
  const [, root, , ender] = PLACE.exec(name) ?? [];
  return root !== undefined && (ender === undefined ? !isRunning(name) : !isAlive(Number(ender)));
}

/** Whether the main process of a run lives. */
export function isRunning(place: string): boolean {
  const [, root, born] = PLACE.exec(basename(place)) ?? [];
  return isAlive(Number(root)) && bornAt(Number(root)) === born;
}
