import type { FileFacts } from '../../model/facts.js';
import type { Shared } from '../../model/plan.js';
import { remembered } from '../../model/remembered.js';
import { refusal, type Refusal } from '../../model/remedy.js';
import { isTestSide } from '../../model/test-side.js';

/** Code that runs in the workers and belongs to the tests. */
export function isOurs(shared: Shared, path: string): boolean {
  const { audited, setupFiles, globalSetup, use } = shared;
  if (!/\.[cm]?[jt]sx?$/.test(path) || path === use.configPath || globalSetup.includes(path)) return false;
  if (setupFiles.includes(path) || audited.stories.some((story) => story.file === path)) return true;
  return isTestSide(path) && !importedByProduct(shared).has(path);
}

/** What code of the product loads belongs to it, whatever the name says: `src/http-server-mock.ts` of a library for mocks. */
const importedByProduct = remembered(({ audited: { stories, setup }, project }: Shared): ReadonlySet<string> => {
  const reached = new Set([...stories, ...setup].flatMap((story) => story.reached));
  return new Set(
    [...reached].flatMap((path) => {
      const facts = isTestSide(path) ? undefined : project.facts(path);
      return facts ? loadedBy(facts).flatMap((specifier) => project.resolve(path, specifier) ?? []) : [];
    }),
  );
});

/** What a file imports and exports from others, as it says it. */
export const loadedBy = ({ imports, exports }: FileFacts): readonly string[] => [
  ...imports.flatMap(({ from, typeOnly }) => (from.kind === 'const' && typeof from.value === 'string' && !typeOnly ? [from.value] : [])),
  ...exports.flatMap((each) => ('from' in each ? [each.from] : [])),
];

/** Runners whose workers `isolation-audit/worker` knows by itself. */
const KNOWN_RUNNERS = new Set(['jest', 'vitest', 'mocha', 'node-test', 'playwright']);

/** What calls of the library need in this suite, whatever is asked of them. */
export const LIBRARY_NEEDS: readonly string[] = ['`isolation-audit` is among the development dependencies: `npm install --save-dev isolation-audit`.'];

/** Why something stays that only the library does. */
export const needsLibrary = (call: string, since?: string): Refusal =>
  refusal(`it takes \`${call}\` of \`isolation-audit/worker\`, which \`--no-runtime\` leaves out${since === undefined ? '' : `: ${since}`}`);

/** The library would throw where nothing tells it which worker it is in. */
export function withoutSlot({ use, project }: Shared): Refusal | undefined {
  // Mocha is known by the program that runs: one of the project that calls its functions is another.
  const isProgram = use.runner === 'mocha' && use.commands.length === 0;
  if ((KNOWN_RUNNERS.has(use.runner) && !isProgram) || project.environment('ISOLATION_AUDIT_SLOT').length > 0) return undefined;
  const recipe = 'set `ISOLATION_AUDIT_SLOT=lease` where the tests are started, in a script of package.json, and repair again';
  return refusal(
    isProgram
      ? `no command is seen to start Mocha, and the library would not know the worker: ${recipe}`
      : `this runner gives its workers no numbers: ${recipe}`,
  );
}
