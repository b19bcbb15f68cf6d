/**
 * Answers what a value of the project's source may be, backwards from the place that asks, across files.
 * It reads nothing itself and knows no library and no runner except through what it is given; `unknown` carries its reason.
 */
import type { Abstract, Library, RunnerKnowledge, Sources } from '../model/abstract.js';
import { unknown } from '../model/abstract.js';
import type { Value } from '../model/facts.js';
import { evaluate } from './evaluate.js';
import { indexOf, type FileIndex } from './file-index.js';
import { ofSelf } from './frames.js';
import { neededOf } from './needs.js';
import { ownLibrary } from './own-library.js';
import { NOTHING_WRITTEN } from './early-writes.js';
import { CIRCULAR, DEEPEST, place, type Resolver } from './resolver.js';

/** Most values looked into for one question. Nearly all need fewer than 200; a web of calls and options can lead to millions. */
const WIDEST = 4000;

export function createResolver(sources: Sources, library: Library, runner: RunnerKnowledge, indexes: Map<string, FileIndex | undefined>): Resolver {
  const index = (path: string): FileIndex | undefined => {
    if (indexes.has(path)) return indexes.get(path);
    const facts = sources.facts(path);
    const made = facts && facts.functions.length > 0 ? indexOf(facts) : undefined;
    indexes.set(path, made);
    return made;
  };
  const r: Resolver = {
    sources,
    library,
    runner,
    index,
    memo: new Map(),
    memoOfTold: new Map(),
    told: '',
    early: NOTHING_WRITTEN,
    exportsMemo: new Map(),
    observed: new Map(),
    own: new Map(),
    depth: 0,
    spent: 0,
    value(value, file, whole) {
      if (value.kind === 'const' || value.kind === 'opaque') return evaluate(r, value, file, whole);
      const needed = whole && neededOf(index(file), value, whole);
      const frame = needed === 'self' ? ofSelf(whole!) : needed;
      const key = frame?.key ?? 0;
      const memo = (frame ? frame.ofTold : file === r.told) ? r.memoOfTold : r.memo;
      let answers = memo.get(key);
      const known = answers?.get(value);
      if (known === RUNNING) return unknown(CIRCULAR, place(file, value.at));
      if (known) return known;
      if (r.depth === 0) r.spent = 0;
      if (r.depth > DEEPEST || ++r.spent > WIDEST) return unknown('too many steps away', place(file, value.at));
      if (!answers) {
        answers = new Map<Value, Abstract>();
        memo.set(key, answers);
      }
      answers.set(value, RUNNING);
      r.depth++;
      try {
        const answer = evaluate(r, value, file, frame);
        answers.set(value, answer);
        return answer;
      } finally {
        r.depth--;
        if (answers.get(value) === RUNNING) answers.delete(value);
      }
    },
  };
  if (sources.published) {
    r.own = ownLibrary(r);
    // What was asked on the way was asked in nobody's story.
    r.memo = new Map();
    r.memoOfTold = new Map();
    r.exportsMemo.clear();
  }
  return r;
}

/** Stands in the memo for a question that is being answered. */
const RUNNING: Abstract = unknown('it is being asked');
