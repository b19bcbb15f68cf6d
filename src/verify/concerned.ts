/** Which tests of two files their collisions are about, so that forced orders need not run the others. Pure. */
import type { Collision } from './collisions.js';
import { fitsStep } from './hub/gate.js';
import type { Command, Recording, Step } from './recording.js';
import type { Outcome } from './run.js';

/** Full names of the tests that are run of each role's file; all of them where none are named. */
export interface Chosen {
  readonly A?: readonly string[];
  readonly B?: readonly string[];
}

/** Milliseconds by which a run has to be shorter: both files have to be recorded anew for it. */
const WORTH = 2000;

/** The command of a recording that a step speaks of. */
export const commandOf = (step: Step, { commands }: Recording): Command | undefined =>
  commands.filter((each) => each.role === step.role && each.service === step.service && fitsStep(each, step))[step.nth];

/** One of the two files, as it runs by itself. */
interface ByItself {
  readonly alone: Outcome;
  readonly recording: Recording;
}

/** Nothing where the others take no time, or it is not known which test does what. */
export function testsConcerned(collisions: readonly Collision[], a: ByItself, b: ByItself): Chosen | undefined {
  const steps = collisions.flatMap(({ bad }) => bad);
  const namesOf = ({ recording }: ByItself): readonly string[] => [...new Set(steps.flatMap((step) => commandOf(step, recording)?.test ?? []))];
  const [A, B] = [namesOf(a), namesOf(b)];
  const isKnown = ({ alone }: ByItself, names: readonly string[]): boolean =>
    names.every((name) => alone.tests.some((test) => test.name === name && test.state === 'passed'));
  if (!isKnown(a, A) || !isKnown(b, B)) return undefined;
  const saved = Math.max(timeOf(a.alone, []), timeOf(b.alone, [])) - Math.max(timeOf(a.alone, A), timeOf(b.alone, B));
  return saved < WORTH ? undefined : { ...(A.length > 0 ? { A } : {}), ...(B.length > 0 ? { B } : {}) };
}

/** What the tests of these names take, or all. */
const timeOf = ({ tests }: Outcome, names: readonly string[]): number =>
  tests.filter(({ name }) => names.length === 0 || names.includes(name)).reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0);
