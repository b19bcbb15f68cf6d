import { allSteps, isIn, pathOf } from '../../model/code.js';
import type { FileFacts, Fn, FunctionId, Span, Value } from '../../model/facts.js';
import type { Place } from '../../model/place.js';
import type { Shared } from '../../model/plan.js';
import { reaches, type Block } from '../../model/suite.js';
import { allValues } from '../../model/values.js';
import { entryOf } from './code.js';
import { loadedBy } from './ours.js';
import { reachedBy } from './others.js';

/**
 * Whether code runs nowhere but in workers. Playwright loads files of tests in its main process too, to list the tests (1.65): there only what a test, a hook, a
 * fixture or a function that is not called while files load does may ask for the worker.
 */
export function runsInWorkers(shared: Shared, { path, span }: Place): boolean {
  if (shared.use.runner !== 'playwright') return true;
  const facts = shared.project.facts(path);
  if (!facts) return false;
  const fn = innermost(facts, span);
  if (fn === 0) return false;
  if (isInBlock(facts.functions[fn]!, ownBlocks(shared, path))) return true;
  const name = nameOf(facts, fn);
  return name !== undefined && !isCalledWhileLoading(shared, name);
}

/** Global set-up is a file of the path, or reaches it: it runs in no worker. */
export const isOfGlobalSetup = ({ audited }: Shared, path: string): boolean =>
  audited.setup.some((story) => story.role === 'global-setup' && reaches(story, path));

/** The configuration of the runner reaches it by its imports: it runs in the main process, whatever that starts. */
export function isOfConfiguration({ project, use }: Shared, path: string): boolean {
  const seen = new Set<string>();
  const reaches = (from: string): boolean => {
    if (from === path) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    const facts = project.facts(from);
    return facts !== undefined && loadedBy(facts).some((specifier) => reaches(project.resolve(from, specifier) ?? from));
  };
  return use.configPath !== undefined && reaches(use.configPath);
}

/** Tests, hooks and fixtures of a file: a suite's function runs while the file loads. */
const ownBlocks = ({ audited }: Shared, path: string): readonly Block[] =>
  audited.stories.flatMap(({ blocks }) => blocks.filter(({ role, at }) => role !== 'suite' && at.path === path));

const isInBlock = (fn: Fn, blocks: readonly Block[]): boolean => blocks.some(({ at }) => isIn(fn.at, at.span));

/** The function, class or module whose body holds the span; default values of parameters belong to their function. */
const innermost = ({ functions }: FileFacts, span: Span): FunctionId =>
  functions.reduce((best, fn, id) => (isIn(span, fn.at) && fn.at[1] - fn.at[0] <= functions[best]!.at[1] - functions[best]!.at[0] ? id : best), 0);

/** The name under which others call it: of a method that of its class, since nobody calls it without an object. */
function nameOf(facts: FileFacts, fn: FunctionId): string | undefined {
  const { owner, name, kind }: Fn = facts.functions[fn]!;
  if (kind === 'class') return undefined;
  return owner === undefined ? (name ?? givenName(facts, fn)) : facts.functions[owner]?.name;
}

/** `start` of `exports.start = () => {}` and of `{ start: () => {} }`. */
function givenName(facts: FileFacts, fn: FunctionId): string | undefined {
  const isIt = (value: Value): boolean => value.kind === 'fn' && value.fn === fn;
  for (const { step } of allSteps(facts))
    if (step.do === 'bind' && step.to.kind === 'member' && typeof step.to.key === 'string' && isIt(step.value)) return step.to.key;
  for (const value of allValues(facts)) if (isIt(value)) return entryOf(facts, value)?.key;
  return undefined;
}

/** By a module, by what describes a suite, by a function that nobody can tell from those, or by one that is itself called so. */
function isCalledWhileLoading(shared: Shared, name: string, seen = new Set<string>()): boolean {
  seen.add(name);
  const { project, use } = shared;
  const files = [...reachedBy(shared), ...(use.configPath === undefined ? [] : [use.configPath])];
  return files.some((path) => {
    const facts = project.facts(path);
    const calls = facts?.calls.filter(({ callee }) => (pathOf(callee, facts) ?? (callee.kind === 'member' ? [callee.key] : [])).includes(name)) ?? [];
    if (!facts || calls.length === 0) return false;
    const blocks = ownBlocks(shared, path);
    return calls.some((call) => {
      if (isInBlock(facts.functions[call.in]!, blocks)) return false;
      const caller = call.in === 0 ? undefined : nameOf(facts, call.in);
      return caller === undefined || (!seen.has(caller) && isCalledWhileLoading(shared, caller, seen));
    });
  });
}
