import type { Abstract } from '../model/abstract.js';
import { text, unknown } from '../model/abstract.js';
import type { Place } from '../model/place.js';
import type { Resolver } from './resolver.js';
import { isAlways } from './branches.js';
import { enclosing } from './cells.js';
import { property } from './evaluate.js';
import type { MemberWrite } from './file-index.js';
import { exportOf } from './modules.js';
import { isOfEnvironment, type EarlyWrite } from './early-writes.js';
import { oneOf } from './text.js';
import { pointedAt } from './worker-library.js';

/**
 * `process.env.NAME`. The runner's worker ids vary by worker. Else the values that setup files and the reading file itself write,
 * then those that `.env` files, compose files, workflows and scripts give, stand for it; else it comes from outside.
 */
export function environment(r: Resolver, name: string, at: Place): Abstract {
  const id = r.runner.workerIds.find((each) => each.form === 'env' && each.name === name);
  // The main process has no worker id: what it computes from one is the same for all workers.
  const isUnset =
    id?.unsetIn.includes('global-setup') === true && (r.runner.globalSetup?.includes(at.path) === true || r.runner.computedEnvironment?.path === at.path);
  if (id) return { kind: 'text', parts: [{ varies: isUnset ? 'environment' : 'worker', source: `env:${name}`, at }], at };
  const given = writtenOr(r, name, whatIsWritten(r, name, at), at);
  // The main process, where global setup runs, points nothing.
  const kind = r.runner.globalSetup?.includes(at.path) === true ? undefined : r.runner.pointed?.get(name);
  if (kind === undefined) return given;
  const set = isSet(given) ? given : fallbackOf(r, name);
  return set ? pointedAt(kind, set, at) : given;
}

/** What set-up, the tests that run and the file that asks write to the variable before it is read there. */
function whatIsWritten(r: Resolver, name: string, at: Place): readonly Abstract[] {
  const setUp = new Set([...(r.runner.globalSetup ?? []), ...r.runner.setupFiles]);
  const asking = r.index(at.path);
  const asks = asking && enclosing(asking.facts, at.span[0]);
  const isBeside = ({ file, write }: EarlyWrite): boolean => file === at.path && write.fn === asks;
  const own = writesOf(r, at.path, name).filter((each) => each.write.fn === 0 || isBeside(each));
  const early = r.early.variables.get(name) ?? [];
  const all = [...[...setUp].filter((file) => file !== at.path).flatMap((file) => writesOf(r, file, name)), ...own];
  const written: Abstract[] = [];
  let last: { readonly file: string; readonly begins: number } | undefined;
  for (const each of [...all.filter(({ write }) => !early.some((other) => other.write === write)), ...early]) {
    const { file, write, frame } = each;
    if (isFallback(write)) continue;
    // `const base = process.env.URL; process.env.URL = `${base}_${worker}`` reads what was there before.
    if (isBeside(each) && at.span[0] < write.at[1]) continue;
    if (file !== last?.file) last = { file, begins: written.length };
    const value = r.value(write.value, file, frame);
    const isSurely = write.op === undefined && isAlways(r.index(file)!, write.fn, write.at);
    // What set-up starts it starts for all workers.
    const parts = value.kind === 'oneOf' ? value.of : [value];
    const isKnown = parts.some(({ kind }) => kind === 'text' || kind === 'const');
    if (!isKnown && isSurely && !setUp.has(file)) return [unknown('an environment variable that is set to what is not known', at)];
    // What stands at the head of a file, in no branch of it, is what it has written in the end.
    if (write.fn === 0 && value.kind === 'text' && isSurely) written.length = last.begins;
    for (const part of parts) {
      if (part.kind === 'text') written.push(part);
      else if (part.kind === 'const' && part.value !== undefined) written.push({ kind: 'text', parts: [String(part.value)], at: part.at ?? at });
    }
  }
  return written;
}

const writesOf = (r: Resolver, file: string, name: string): readonly EarlyWrite[] =>
  (r.index(file)?.memberWrites.get(name) ?? []).filter(isOfEnvironment).map((write) => ({ file, write, frame: undefined }));

/** Where what a file gives a variable holds for others than those who run the tests: in containers, and in files that are there to be copied. */
const OF_OTHERS = /^service |(?:example|sample|template|dist)$/;

/** It is what a container gets, or what a file says that is there to be copied. */
export const isOfOthers = (value: Abstract): boolean => value.kind === 'text' && value.from?.[0] === 'env' && value.from.some((each) => OF_OTHERS.test(each));

/** Whether files of the project give the variable to whoever runs the tests. */
export const isGiven = (r: Resolver, name: string): boolean => r.sources.environment(name).some(({ from }) => !OF_OTHERS.test(from));

const isFallback = ({ op }: MemberWrite): boolean => op === '??=' || op === '||=';

/** `process.env.DATABASE_URL ??= 'postgres://localhost/shop_test'` in a setup file. */
function fallbackOf(r: Resolver, name: string): Abstract | undefined {
  for (const file of r.runner.setupFiles) {
    const write = r
      .index(file)
      ?.memberWrites.get(name)
      ?.find((each) => isOfEnvironment(each) && isFallback(each));
    if (write) return r.value(write.value, file, undefined);
  }
  return undefined;
}

/** What nobody sets cannot be pointed at anything. */
const isSet = (value: Abstract): boolean => value.kind !== 'text' || !value.from?.includes('env') || value.parts.some((part) => typeof part === 'string');

function writtenOr(r: Resolver, name: string, written: readonly Abstract[], at: Place): Abstract {
  if (written.length > 0) return oneOf(written);
  const configured = fromConfiguration(r, name, at);
  if (configured) return configured;
  const all = r.sources.environment(name);
  const own = r.runner.vocabulary.sets?.[name];
  // The runner comes before `.env` files, and after what starts it.
  const given = own === undefined ? all : all.filter((each) => /^(script|workflow)\b/.test(each.from));
  if (own !== undefined && given.length === 0) return text(own, at);
  if (given.length > 0) return oneOf(given.slice(0, 4).map((each) => ({ kind: 'text', parts: [each.value], at: each.at, from: ['env', each.from] })));
  return { kind: 'text', parts: [{ varies: 'environment', source: `env:${name}`, at }], at, from: ['env'] };
}

/** `test: { env: { DATABASE: `app_${process.env.RUN}` } }` */
function fromConfiguration(r: Resolver, name: string, at: Place): Abstract | undefined {
  const of = r.runner.computedEnvironment;
  if (!of?.names.includes(name) || at.path === of.path) return undefined;
  const whole = exportOf(r, of.path, 'default', at) ?? exportOf(r, of.path, 'module.exports', at);
  const value = whole && [...of.keys, name].reduce<Abstract | undefined>((value, key) => value && property(r, value, key, at), whole);
  return value && (value.kind === 'text' || (value.kind === 'oneOf' && value.of.every((each) => each.kind === 'text'))) ? value : undefined;
}
