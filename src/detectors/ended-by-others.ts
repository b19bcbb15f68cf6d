/**
 * What code of other files opens for a test file that does not end it, though other test files end what the same line opens for them.
 * It knows what was opened, what was released and what the file says, and not how one leads to the other.
 */
import type { Obligation } from '../model/claims.js';
import { ENDS, isSame, pathOf } from '../model/code.js';
import type { FileFacts, Value } from '../model/facts.js';
import type { Finding } from '../model/finding.js';
import { grouped } from '../model/grouped.js';
import { placeKey } from '../model/place.js';
import type { Audited, FileStory } from '../model/suite.js';
import { opened } from './opened.js';
import { distinct, noted, plural, seenAt } from './sharing.js';

/** So many files that end theirs are no accident, and so many to each one that does not. */
const FILES = 3;
const TO_ONE = 1;

export interface EndedByOthers {
  /** How many other files end what this one leaves open. */
  of(story: FileStory): ReadonlyMap<Obligation, number>;
}

export function endedByOthers(audited: Audited): EndedByOthers {
  const { setup, stories } = audited;
  const ended = filesOf(stories, ({ released }) => released?.paths === 'every' || released?.paths === 'normal-only');
  const left = filesOf(stories, ({ released }) => !released);
  const isEndedForAll = setup.some(({ file, role }) => role === 'setup' && saysEnd(audited.facts(file)));
  const othersOf = ({ file }: FileStory, each: Obligation): number => {
    const key = keyOf(each);
    const others = [...(ended.get(key) ?? [])].filter((other) => other !== file).length;
    return others >= FILES && others >= (left.get(key)?.size ?? 0) * TO_ONE ? others : 0;
  };
  return {
    of(story) {
      const facts = audited.facts(story.file);
      const open = isEndedForAll ? [] : story.obligations.filter((each) => isOpen(each, story) && !isHandedOn(each, facts) && othersOf(story, each) > 0);
      if (open.length === 0 || saysEnd(facts)) return new Map();
      return new Map(open.map((each) => [each, othersOf(story, each)]));
    },
  };
}

/** A test or hook gets there, and what its call opens is ended on no other way. A client of a module stays for whoever loads the module. */
const isOpen = (each: Obligation, { obligations, role }: FileStory): boolean =>
  role === 'test' &&
  !each.released &&
  each.by.role !== 'module' &&
  each.via.length > 0 &&
  !obligations.some((other) => other.released && placeKey(seenAt(other)) === placeKey(seenAt(each)));

/** `expect(start()).rejects`: another call gets what the call gives, if it gives anything. */
const isHandedOn = (each: Obligation, facts: FileFacts | undefined): boolean => {
  const { path, span } = seenAt(each);
  const isThis = (value: Value): boolean => value.kind === 'result' && isSame(facts!.calls[value.call]!.at, span);
  return facts?.path === path && facts.calls.some(({ args }) => args.some(({ value }) => isThis(value)));
};

/** The line that opens it, and whether somebody gets it who is not followed: that kept the others from nothing. */
const keyOf = ({ at, escapes, endsUnseen }: Obligation): string => `${placeKey(at)}${escapes && !endsUnseen ? ' escapes' : ''}`;

function filesOf(stories: readonly FileStory[], is: (each: Obligation) => boolean): ReadonlyMap<string, ReadonlySet<string>> {
  const out = new Map<string, Set<string>>();
  for (const { file, obligations } of stories)
    for (const each of obligations) if (is(each)) out.set(keyOf(each), (out.get(keyOf(each)) ?? new Set()).add(file));
  return out;
}

/** It calls something that is named after ending, or hands it on: `teardown()`, `afterAll(server.close)`. What that ends may be this. */
const saysEnd = (facts: FileFacts | undefined): boolean =>
  facts?.calls.some(({ callee, args }) => [callee, ...args.map(({ value }) => value)].some((each) => isEnd(each, facts))) === true;

function isEnd(value: Value, facts: FileFacts): boolean {
  const name = value.kind === 'member' ? value.key : pathOf(value, facts)?.at(-1);
  return typeof name === 'string' && (ENDS.test(name) || ENDS_SOMETHING.test(name));
}

const ENDS_SOMETHING = /^(?:clean|close|destroy|disconnect|dispose|end|kill|quit|release|shut|stop|tear|terminate)(?:[A-Z_]|up|down|All)/;

/** One finding for each call of a file that leaves something open, and one place for each of its like. */
export function leftByOne(story: FileStory, left: ReadonlyMap<Obligation, number>): Finding[] {
  const calls = grouped([...left.keys()], (each) => placeKey(seenAt(each)));
  const firsts = [...calls.values()].map(([first]) => first);
  return [...grouped(firsts, ({ at }) => placeKey(at)).values()].map((group): Finding => {
    const [first] = group;
    const times = group.length > 1 ? ` (${group.length} times in this file)` : '';
    return {
      rule: 'missing-cleanup',
      axis: ['W'],
      confidence: 'likely',
      files: [story.file],
      places: distinct([
        noted(seenAt(first), 'opened here'),
        noted(first.at, 'the call that opens it'),
        ...group.slice(1, 10).map((each) => noted(seenAt(each), 'and here')),
      ]),
      resource: { key: `missing-cleanup|${first.what} that others end`, title: `${first.what} left open` },
      values: { what: opened(first), owes: first.owes, more: `${times}, while ${plural(left.get(first)!, 'other file')} release theirs` },
    };
  });
}
