/**
 * Members that are written several at once, or by a call, each as if it were written by itself: `Object.assign(config, { port: 0 })`,
 * `process.env = { ...process.env, PORT: '0' }`, `vi.stubEnv('PORT', '0')`.
 */
import type { Call, FunctionId, Span, Target, Value } from '../model/facts.js';
import { keyedEntries } from '../model/code.js';
import { chain } from './chain.js';
import type { MemberWrite } from './file-index.js';
import { assigns } from './filled.js';

const NOWHERE: Span = [0, 0];
const ENVIRONMENT: Value = { kind: 'member', of: { kind: 'outer', name: 'process', at: NOWHERE }, key: 'env', at: NOWHERE };

/** The whole environment is replaced by a copy in which some variables differ. */
export const replacesEnvironment = (to: Extract<Target, { kind: 'member' }>): boolean => to.key === 'env' && chain(to.of) === 'process';

export const ofEnvironment = (value: Value, fn: FunctionId, at: Span): readonly MemberWrite[] => entries(ENVIRONMENT, value, fn, at);

export function writtenBy(call: Call, textOf: (value: Value) => string | undefined): readonly MemberWrite[] {
  const [first, second] = call.args;
  if (!first || !second) return [];
  if (assigns(call)) return call.args.slice(1).flatMap(({ value }) => entries(first.value, value, call.in, call.at));
  const name = call.callee.kind === 'member' && call.callee.key === 'stubEnv' ? textOf(first.value) : undefined;
  return name !== undefined ? [{ of: ENVIRONMENT, key: name, value: second.value, fn: call.in, at: call.at }] : [];
}

const entries = (of: Value, value: Value, fn: FunctionId, at: Span): readonly MemberWrite[] =>
  value.kind === 'record' ? keyedEntries(value.entries).map((each) => ({ of, ...each, fn, at })) : [];
