import type { Abstract, Frame } from '../model/abstract.js';
import { constantOf } from '../model/abstract.js';
import { everyStep, pathOf } from '../model/code.js';
import type { FunctionId, Target, Value } from '../model/facts.js';
import { allValues } from '../model/values.js';
import { settingOf } from './cells.js';
import { isMapped } from './configuration.js';
import { property } from './evaluate.js';
import { place, type Resolver } from './resolver.js';
import { FILLS } from './shared-variables.js';

/**
 * Whether a constant written to a property is known not to be what stands there by itself: the product sets it to another one or fills it
 * while it loads, or it is a setting that the environment can give. Objects of the tests' own have whatever start their tests give them.
 */
export function writesOther(
  r: Resolver,
  to: Extract<Target, { kind: 'member' }>,
  written: Abstract,
  file: string,
  frame: Frame | undefined,
  isTestSide: (path: string) => boolean,
): boolean {
  const { key, of } = to;
  if (typeof key !== 'string') return false;
  const holder = r.value(of, file, frame);
  if (holder.kind !== 'record') return false;
  const at = place(file, to.at);
  const setting = settingOf(r, of, key, file, frame);
  if (setting?.package === 'config' ? isMapped(r, setting.keys, at) : setting === undefined && isTestSide(holder.at.path)) return setting !== undefined;
  if (isFilledOnLoad(r, holder.at.path, key)) return true;
  const [stands, now] = [text(property(r, holder, key, at)), text(written)];
  return stands !== undefined && now !== undefined && stands !== now;
}

const text = (value: Abstract | undefined): string | undefined =>
  value?.kind === 'const' ? String(value.value) : value?.kind === 'text' ? constantOf(value) : undefined;

/** `handlers: {}`, and the module registers its own as it loads: who empties that takes them away from everybody. */
function isFilledOnLoad(r: Resolver, path: string, key: string): boolean {
  const facts = r.index(path)?.facts;
  if (!facts) return false;
  const isIt = (value: Value): boolean => value.kind === 'member' && value.key === key;
  const fills = new Set<FunctionId>(
    facts.functions.flatMap(({ body }, fn) =>
      everyStep(body).some((step) => step.do === 'bind' && step.to.kind === 'member' && isIt(step.to.of)) ? [fn] : [],
    ),
  );
  for (const { callee, in: fn } of facts.calls)
    if (callee.kind === 'member' && typeof callee.key === 'string' && FILLS.has(callee.key) && isIt(callee.of)) fills.add(fn);
  if (fills.size === 0) return false;
  const names = new Set<string>();
  for (const value of allValues(facts))
    if (value.kind === 'record')
      for (const entry of value.entries)
        if ('key' in entry && typeof entry.key === 'string' && entry.value.kind === 'fn' && fills.has(entry.value.fn)) names.add(entry.key);
  for (const fn of fills) names.add(facts.functions[fn]!.name ?? '');
  const isFiller = (value: Value): boolean => (value.kind === 'fn' && fills.has(value.fn)) || names.has(pathOf(value, facts)?.at(-1) ?? '-');
  return fills.has(0) || facts.calls.some(({ callee, args, in: fn }) => fn === 0 && (isFiller(callee) || args.some(({ value }) => isFiller(value))));
}
