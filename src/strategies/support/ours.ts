import type { Place } from '../../model/place.js';
import type { Shared } from '../../model/plan.js';
import { isTestSide } from '../../model/test-side.js';

/** Code that runs in the workers and belongs to the tests. */
export function isOurs({ audited, setupFiles, globalSetup, use }: Shared, { path }: Place): boolean {
  if (!/\.[cm]?[jt]sx?$/.test(path) || path === use.configPath || globalSetup.includes(path)) return false;
  return isTestSide(path) || setupFiles.includes(path) || audited.stories.some((story) => story.file === path);
}

/** Runners whose workers `isolation-audit/worker` knows by itself. */
const KNOWN_RUNNERS = new Set(['jest', 'vitest', 'mocha', 'node-test', 'playwright']);

/** What calls of the library need in this suite, whatever is asked of them. */
export const libraryNeeds = ({ use }: Shared): readonly string[] => [
  '`isolation-audit` is among the development dependencies: `npm install --save-dev isolation-audit`.',
  ...(KNOWN_RUNNERS.has(use.runner)
    ? []
    : [
        '`ISOLATION_AUDIT_SLOT=lease` is set where the tests are started: this runner gives its workers no numbers, and the library says so instead of guessing.',
      ]),
];
