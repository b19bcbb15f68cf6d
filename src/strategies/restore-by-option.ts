import type { StateChange } from '../model/claims.js';
import { callAt } from '../model/code.js';
import type { Finding } from '../model/finding.js';
import { grouped } from '../model/grouped.js';
import { listed, listText } from '../model/lists.js';
import { samePlace } from '../model/place.js';
import { suiteStrategy, type Left, type SuiteView } from '../model/plan.js';
import { refusal, type Refusal } from '../model/remedy.js';
import type { Json } from '../model/runner.js';
import type { StateKind } from '../model/state.js';
import { optionEdit } from './support/configuration.js';
import { isCall, lastingFor, type RunnerOption } from './support/lasting.js';

/** So many test files, and half of those that do the same, have to leave it behind: else what the suite is used to are hooks in its files. */
const MANY = 3;

/** Measured: Jest 26 to 30 and Vitest 0.34 to 4 take back before each test, its before-hooks included, what these calls have changed, wherever it was. */
const OPTIONS: Readonly<Record<string, readonly RunnerOption[]>> = {
  jest: [{ key: 'restoreMocks', state: 'mock', calls: /^(?:spyOn|replaceProperty)$/, who: 'put spies on' }],
  vitest: [
    { key: 'restoreMocks', state: 'mock', calls: /^spyOn$/, who: 'put spies on', emptiesBefore: 4 },
    { key: 'unstubEnvs', state: 'env-stub', calls: /^stubEnv$/, who: 'stub variables' },
    { key: 'unstubGlobals', state: 'global-stub', calls: /^stubGlobal$/, who: 'stub globals' },
  ],
};

const STATES: Readonly<Record<string, readonly StateKind[]>> = {
  'leaked-mock': ['mock', 'http-mock', 'global-stub'],
  'leaked-env': ['env', 'env-stub'],
};

/** One line of configuration in the place of a hook in each of many test files. */
export default suiteStrategy({
  id: 'restore-by-option',
  rules: Object.keys(STATES),
  summary: 'The option of Jest or Vitest that restores spies and stubs before each test, where many test files leave them behind.',
  plan(left) {
    const asked = (OPTIONS[left.use.runner] ?? []).filter((option) => isUsual(left, option));
    if (asked.length === 0) return undefined;
    const path = configurationOf(left);
    const refused = (why: string): Refused =>
      refusedFor(
        left,
        asked.map((option) => ({ option, why })),
      );
    if (typeof path !== 'string') return refused(path.why);
    const weighed = asked.map((option) => ({ option, why: saidAlready(left, option, path) ?? lastingFor(left, option) }));
    const free = weighed.flatMap(({ option, why }) => (why === undefined ? [option] : []));
    const findings = takenBackBy(left, free);
    const chosen = free.filter((option) => findings.some((finding) => optionsOf(left, finding).includes(option)));
    const hindered = weighed.flatMap(({ option, why }) => (why === undefined ? [] : [{ option, why }]));
    if (chosen.length === 0) return hindered.length > 0 ? refusedFor(left, hindered) : undefined;
    const set = chosen.map(({ key }) => ({ key, value: 'true' }));
    const edit = optionEdit(left, path, set, left.use.runner === 'vitest' ? 'test' : undefined);
    if ('kind' in edit) return refused(edit.why);
    return {
      kind: 'plan',
      says: `Set ${listText(chosen.map(({ key }) => `\`${key}: true\``))} in \`${path}\`, in the place of hooks in ${filesOf(findings).size} test files.`,
      why: chosen.map((option) => countsOf(left, option)).join(' '),
      needs: ['A test that leans on what an earlier one has replaced fails from now on: run the suite once.'],
      edits: new Map([[path, [edit]]]),
      creates: new Map(),
      findings,
    };
  },
});

/** An option that is not set, and why. */
interface Hindered {
  readonly option: RunnerOption;
  readonly why: string;
}
type Refused = Refusal & { readonly findings: readonly Finding[] };

/** Each option with its own reason. */
function refusedFor(left: Left, hindered: readonly Hindered[]): Refused {
  const reasons = [...grouped(hindered, ({ why }) => why)].map(([why, all]) => `no ${listText(all.map(({ option }) => `\`${option.key}\``))}, since ${why}`);
  const findings = takenBackBy(
    left,
    hindered.map(({ option }) => option),
  );
  return { ...refusal(reasons.join('; ')), findings };
}

/** Findings of which these options take back all. */
function takenBackBy(left: Left, options: readonly RunnerOption[]): readonly Finding[] {
  return left.findings.filter((finding) => {
    const states = optionsOf(left, finding);
    return states.length > 0 && states.every((each) => each && options.includes(each));
  });
}

const countsOf = (left: Left, option: RunnerOption): string =>
  `${leaversOf(left, option).size} of the ${usersOf(left, option).size} test files that ${option.who} leave that to the next test.`;

const filesOf = (findings: readonly Finding[]): ReadonlySet<string> => new Set(findings.flatMap(({ files }) => files));

/** Test files that leave behind what the option takes back. */
const leaversOf = (left: Left, option: RunnerOption): ReadonlySet<string> => filesOf(left.findings.filter((each) => optionsOf(left, each).includes(option)));

/** Test files whose tests, or hooks before each of them, change what the option takes back. */
const usersOf = ({ audited }: SuiteView, { state }: RunnerOption): ReadonlySet<string> =>
  new Set(audited.stories.flatMap(({ file, changes }) => (changes.some((each) => each.state === state && each.by.scope === 'test') ? [file] : [])));

function isUsual(left: Left, option: RunnerOption): boolean {
  const { size } = leaversOf(left, option);
  return size >= MANY && size * 2 >= usersOf(left, option).size;
}

/** The options that take back what a finding speaks of; nothing stands for a change that none of them does. */
function optionsOf({ audited, use }: SuiteView, { rule, files, places }: Finding): readonly (RunnerOption | undefined)[] {
  const changes = audited.stories.flatMap((story) =>
    files.includes(story.file)
      ? story.changes.filter(({ at, via: [seen = at] }) => places.some((place) => samePlace(place, at) || samePlace(place, seen)))
      : [],
  );
  const own = changes.filter(({ state }) => STATES[rule]?.includes(state));
  const optionFor = ({ state, at }: StateChange): RunnerOption | undefined => {
    const facts = audited.facts(at.path);
    const call = facts && callAt(facts, at);
    return OPTIONS[use.runner]?.find((option) => state === option.state && call !== undefined && isCall(call, option.calls));
  };
  return [...new Set(own.map(optionFor))];
}

/** Keys that decide which files run, and with what around them. */
const DECIDING =
  /^(?:(?:test|(?:test\.)?(?:projects|workspace|include|exclude|dir|root|setupFiles|runner)|roots|rootDir|testMatch|testRegex|testRunner|setupFilesAfterEnv|preset)(?:\.\d+)?)?$/;

/** The options that the runner reads: Vitest has them under `test`. */
function optionsFor({ runner, options }: Left['use']): Left['use']['options'] {
  const isRecord = (value: Json | undefined): value is Left['use']['options'] => typeof value === 'object' && value !== null && !Array.isArray(value);
  return runner === 'vitest' && isRecord(options['test']) ? { ...options, ...options['test'] } : options;
}

/** The file that configures this suite and no other, and is all that does. */
function configurationOf({ use, others, audited }: Left): string | Refusal {
  const { configPath: path } = use;
  const options = optionsFor(use);
  if (path === undefined) return refusal('no file configures the runner');
  if (use.computed.some(({ key }) => DECIDING.test(key))) return refusal(`the configuration is computed: \`${path}\``);
  const isShared = ({ configPath, optionPlaces = {} }: Left['use']): boolean =>
    configPath === path || Object.values(optionPlaces).some((each) => each.path === path);
  if (use.together !== undefined || options['projects'] !== undefined || /\.(?:workspace|projects)\./.test(path) || others.some(isShared))
    return refusal(`\`${path}\` serves other suites too`);
  const foreign = ['preset', 'runner', 'testRunner'].find(
    (key) => typeof options[key] === 'string' && !/^(?:\.|<rootDir>|ts-jest(?:\/|$)|jest-(?:circus|jasmine2|runner)(?:\/|$))/.test(options[key]),
  );
  if (foreign !== undefined) return refusal(`what \`${foreign}\` of \`${path}\` brings along is not read`);
  const unread = audited.stories.find(({ file }) => audited.facts(file)?.gaps.some(({ why }) => why === 'syntax') ?? true);
  return unread ? refusal(`\`${unread.file}\` cannot be read`) : path;
}

function saidAlready({ use }: Left, { key }: RunnerOption, path: string): string | undefined {
  const outer = use.runner === 'vitest' ? use.options['test'] : use.options;
  const isSaid = typeof outer === 'object' && outer !== null && key in outer;
  return isSaid || use.computed.some((each) => each.key.endsWith(key)) ? `${listed([path])} sets it to something else` : undefined;
}
