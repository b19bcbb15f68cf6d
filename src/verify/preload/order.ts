/**
 * Holds calls to an order that spans processes. Each leaves word in a folder, for a call that blocks its thread can wait for nothing but the file system.
 * It keeps what it uses of Node before tests can replace it.
 */
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, fitsStep } from '../hub/gate.js';
import type { LocalUse } from '../hub/messages.js';
import { lockFilesOf, tellStep, waitsFor } from '../lock-files.js';
import { END, type ScheduleOutcome, type Step } from '../recording.js';
import type { Order } from './settings.js';

const [close, exists, open, write] = [closeSync, existsSync, openSync, writeFileSync];
const now = performance.now.bind(performance);
const { wait } = Atomics;
const nobody = new Int32Array(new SharedArrayBuffer(4));

/** Between two looks, in milliseconds. */
const LOOK = 2;

const DONE = 'done-';
const OVER = 'over-';
const FAILED = 'failed';

export interface Held {
  /** Waits until it is the call's turn, and gives the steps that it takes. */
  enter(use: LocalUse): readonly number[];
  /** The steps are done; waits until the others have done what comes between them and the next one of this role. */
  leave(steps: readonly number[]): void;
  /** A path is removed: whoever waits for it as for a lock file comes first, where an order says so. */
  gaveBack(path: string): void;
}

export function holdTo({ folder, steps, patience }: Order, role: string, locks: string): Held {
  /** Steps that need not be looked at any more: another call has taken them. */
  const taken = new Set<number>();
  const begun = new Set<number>();
  const locksNow = lockFilesOf(locks);
  /** Where it waits when it has given a lock file back. */
  let waitsAfter: { readonly path: string; readonly end: number } | undefined;
  const says = (name: string): boolean => exists(join(folder, name));
  /** Whether nobody has left this word before. */
  const say = (name: string, text = ''): boolean => {
    try {
      const file = open(join(folder, name), 'wx');
      write(file, text);
      close(file);
      return true;
    } catch {
      return false;
    }
  };
  const isDone = (index: number): boolean => says(steps[index]!.operation === END ? OVER + steps[index]!.role : `${DONE}${index}`);

  /** Waits until the steps before this one are done, or the next of them waits for a lock file that this role has. */
  function waitFor(end: number, locked: (path: string, step: Step) => void): void {
    const since = now();
    for (let next = 0; next < end && !says(FAILED);) {
      if (isDone(next)) {
        next++;
        continue;
      }
      const step = steps[next]!;
      const path = locksNow().between(step.role, role);
      if (path !== undefined) return locked(path, step);
      if (begun.has(next)) say(FAILED, `${role} begins the next call before ${describe(step)} has ended`);
      // A role says what it did before it is said to be over: only what is asked after that tells that it did not.
      else if (says(OVER + step.role)) {
        if (!isDone(next)) say(FAILED, `${step.role} ended before ${describe(step)}`);
      } else if (step.operation !== END && now() - since > patience) say(FAILED, `${describe(step)} did not come within ${patience / 1000} s`);
      else wait(nobody, 0, 0, LOOK);
    }
  }

  /** After a step: who has a lock file may still give it back before the next one. */
  function waitBetween(end: number): void {
    waitsAfter = undefined;
    waitFor(end, (path) => (waitsAfter = { path, end }));
  }

  return {
    enter(use) {
      const found = steps.flatMap((step, index) => {
        if (taken.has(index) || step.role !== role || step.service !== use.service || !fitsStep(use, step)) return [];
        // All processes of the role count together.
        let nth = 0;
        while (!say(`fit-${index}-${nth}`)) if (++nth > step.nth) break;
        if (nth >= step.nth) taken.add(index);
        return nth === step.nth ? [index] : [];
      });
      for (const index of found) tellStep(locks, role, index);
      if (found.length > 0) waitFor(found[0]!, (path, step) => say(FAILED, waitsFor(describe(step), path, role)));
      for (const index of found) begun.add(index);
      return found;
    },
    leave(found) {
      const last = found.at(-1);
      if (last === undefined) return;
      for (const index of found) {
        begun.delete(index);
        say(`${DONE}${index}`);
      }
      const next = steps.findIndex((step, index) => index > last && step.role === role);
      waitBetween(next < 0 ? steps.length : next);
    },
    gaveBack(path) {
      if (waitsAfter?.path === path) waitBetween(waitsAfter.end);
    },
  };
}

/** Says that all processes of a role have ended. */
export const endRole = (folder: string, role: string): void => writeFileSync(join(folder, OVER + role), '');

/** How far an order has come. */
export function outcomeOf({ folder, steps }: Order): ScheduleOutcome {
  const said = readdirSync(folder);
  const isDone = ({ operation, role }: Step, index: number): boolean => said.includes(operation === END ? OVER + role : `${DONE}${index}`);
  const undone = steps.findIndex((step, index) => !isDone(step, index));
  const reached = undone < 0 ? steps.length : undone;
  if (said.includes(FAILED)) return { outcome: 'not-reached', reached, why: readFileSync(join(folder, FAILED), 'utf8') };
  return undone < 0 ? { outcome: 'followed', reached } : { outcome: 'not-reached', reached, why: `the run ended before ${describe(steps[undone]!)}` };
}
