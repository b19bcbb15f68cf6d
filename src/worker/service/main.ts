/** The process beside the workers: answers one request, or takes care of a run until its end. */
import { existsSync, readFileSync } from 'node:fs';
import { endDeadRuns, endRun, isRunning } from './end.js';
import type { Request } from './requests.js';

const [task, place] = process.argv.slice(2);
if (task === 'care' && place !== undefined) care(place);
else answer();

function answer(): void {
  let said: { readonly value?: unknown; readonly error?: string };
  try {
    said = { value: done(JSON.parse(readFileSync(0, 'utf8')) as Request) };
  } catch (error) {
    said = { error: error instanceof Error ? error.message : String(error) };
  }
  process.stdout.write(JSON.stringify(said));
}

function done(request: Request): unknown {
  endRun(request.place);
  return null;
}

/** Nothing tells a process that another one, which it did not start, has ended: it has to look. */
function care(place: string): void {
  endDeadRuns();
  const look = setInterval(() => {
    if (existsSync(place) && isRunning(place)) return;
    clearInterval(look);
    endRun(place);
  }, 100);
}
