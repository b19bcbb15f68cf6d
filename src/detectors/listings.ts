/**
 * Tests that expect what they find in a folder which is not theirs alone: the one for temporary files, where every run on the machine
 * puts its own. It knows claims and the facts of the files in which a listing is asked for and looked at, and no library.
 */
import { callAt, eachValue, everyStep, isInside, isSame, pathOf } from '../model/code.js';
import type { Claim } from '../model/claims.js';
import type { BindingId, CallId, FileFacts, FunctionId, Value } from '../model/facts.js';
import type { Finding } from '../model/finding.js';
import { constantText } from '../model/names.js';
import { grouped } from '../model/grouped.js';
import type { Place } from '../model/place.js';
import type { Audited, FileStory } from '../model/suite.js';
import { allValues, isAssertion } from '../model/values.js';
import { distinct, noted, seenAt, shownName } from './sharing.js';

const EVERYBODYS = /^(<tmp>|\/tmp\/?)$/;
const LISTS = /^readdir(Sync)?$/;

/** One finding for each test file that expects to know all that lies in the folder for temporary files. */
export function listedForAll(audited: Audited): Finding[] {
  if (audited.setup.some(pointsElsewhere)) return [];
  return audited.stories.flatMap((story): Finding[] => {
    if (story.role !== 'test' || pointsElsewhere(story)) return [];
    const all = story.claims.filter((claim) => claim.by.role === 'test' && isListing(audited, claim));
    const listings = all.filter((claim) => isExpected(audited, claim, all));
    return [...grouped(listings, (each) => constantText(each.resource.name)!).values()].map((same) => {
      const [{ resource, at }] = same as [Claim];
      return {
        rule: 'shared-path',
        axis: ['A', 'R'],
        confidence: 'likely',
        files: [story.file],
        places: distinct([
          noted(at, 'all that lies there is asked for here'),
          ...same.flatMap((each) => [noted(each.at, 'and here'), noted(seenAt(each), 'for this test')]),
        ]),
        variant: 'listed',
        resource: { key: `filesystem|listed|${constantText(resource.name)!}`, title: `entries of ${shownName(resource.name)}` },
        values: { path: shownName(resource.name) },
      };
    });
  });
}

/** The folder for temporary files is another one then. */
const pointsElsewhere = (story: FileStory): boolean =>
  story.changes.some(({ cell, state }) => (state === 'env' && /^process\.env(\.(TMPDIR|TMP|TEMP))?$/.test(cell)) || /\btmpdir$/.test(cell));

function isListing(audited: Audited, { resource, op, at }: Claim): boolean {
  if (resource.kind !== 'filesystem' || op !== 'read' || !EVERYBODYS.test(constantText(resource.name) ?? '')) return false;
  const facts = audited.facts(at.path);
  const callee = facts && callAt(facts, at)?.callee;
  return callee !== undefined && LISTS.test((facts && pathOf(callee, facts)?.at(-1)) ?? '');
}

/**
 * Whether an assertion sees all of what a listing gives, or what is left of it after sorting out by constants and by other listings:
 * where it stands, or where a function that hands it on is called.
 */
function isExpected(audited: Audited, claim: Claim, all: readonly Claim[]): boolean {
  for (const [depth, { path, span }] of outwards(claim).entries()) {
    const facts = audited.facts(path);
    if (!facts) return false;
    const calls = new Set(all.flatMap((each) => callIn(facts, outwards(each)[depth])));
    const carried = new Carried(facts, calls);
    if (carried.isExpected()) return true;
    const [call] = callIn(facts, { path, span });
    if (call === undefined || !carried.isGivenBack(facts.calls[call]!.in)) return false;
  }
  return false;
}

/** The call itself, and those that lead there, innermost first. */
const outwards = ({ at, via }: Claim): readonly Place[] => [at, ...[...via].reverse()];

const callIn = (facts: FileFacts, place: Place | undefined): readonly CallId[] => {
  const id = place?.path === facts.path ? facts.calls.findIndex(({ at }) => isSame(at, place.span)) : -1;
  return id < 0 ? [] : [id];
};

/** Methods that give the entries on, in another order or fewer of them. */
const PASSES = /^(filter|map|sort|toSorted|slice|concat|reverse|toReversed|flat|values|keys)$/;
const COPIES = /^(Set|from|keys)$/;
/** Assertions about all that there is. */
const ABOUT_ALL = /equal|eql|same|length|empty|^(toBe|is|be)$/i;

/** What carries the entries that some calls give, in one file. */
class Carried {
  private readonly bindings = new Set<BindingId>();
  private readonly givers = new Set<FunctionId>();

  constructor(
    private readonly facts: FileFacts,
    private readonly listed: ReadonlySet<CallId>,
  ) {
    for (let before = -1; before !== this.bindings.size + this.givers.size;) {
      before = this.bindings.size + this.givers.size;
      for (const [fn, { body }] of facts.functions.entries()) {
        for (const step of everyStep(body)) {
          if (step.do === 'bind' && step.to.kind === 'binding' && (this.isIn(step.value) || this.isGiver(step.value))) this.bindings.add(step.to.binding);
          if (step.do === 'exit' && step.how === 'return' && step.value && this.isIn(step.value)) this.givers.add(fn);
        }
      }
    }
  }

  /** The function hands them to whoever calls it. */
  isGivenBack(fn: FunctionId): boolean {
    return this.givers.has(fn);
  }

  isExpected(): boolean {
    return this.facts.calls.some(({ callee, args }, id) => isAssertion(callee, this.facts) && args.some(({ value }) => this.isIn(value)) && this.saysAll(id));
  }

  private isGiver(value: Value): boolean {
    return value.kind === 'fn' && this.givers.has(value.fn);
  }

  private isIn(value: Value): boolean {
    switch (value.kind) {
      case 'ref':
        return this.bindings.has(value.binding) && !this.holdsFunction(value.binding);
      case 'spread':
        return this.isIn(value.of);
      case 'list':
        return value.items.some((item) => item.kind === 'spread' && this.isIn(item));
      case 'member':
        return (value.key === 'length' || value.key === 'size') && this.isIn(value.of);
      case 'result':
        return this.listed.has(value.call) || this.isPassedOn(value.call);
      default:
        return false;
    }
  }

  private isPassedOn(id: CallId): boolean {
    const { callee, args } = this.facts.calls[id]!;
    if (callee.kind === 'ref') return this.bindings.has(callee.binding) && this.holdsFunction(callee.binding);
    const first = args[0]?.value;
    const name = pathOf(callee, this.facts)?.at(-1);
    if (first && name !== undefined && COPIES.test(name) && this.isIn(first)) return true;
    return (
      callee.kind === 'member' &&
      typeof callee.key === 'string' &&
      PASSES.test(callee.key) &&
      this.isIn(callee.of) &&
      (callee.key !== 'filter' || (first !== undefined && this.sortsByConstants(first)))
    );
  }

  private holdsFunction(binding: BindingId): boolean {
    return this.facts.functions.some(({ body }) =>
      everyStep(body).some((step) => step.do === 'bind' && step.to.kind === 'binding' && step.to.binding === binding && step.value.kind === 'fn'),
    );
  }

  /** It mentions only its own parameters, constants and what was listed before: nothing by which the test could know its own. */
  private sortsByConstants(by: Value): boolean {
    if (by.kind !== 'fn') return false;
    let all = true;
    const own = this.facts.calls.filter((each) => isInside(this.facts, each.in, by.fn));
    eachValue([this.facts.functions[by.fn]!.body, own], (value) => {
      if (value.kind === 'ref' && !this.isKnown(value.binding, by.fn)) all = false;
    });
    return all;
  }

  private isKnown(binding: BindingId, inside: FunctionId): boolean {
    const { in: home, form } = this.facts.bindings[binding]!;
    if (isInside(this.facts, home, inside) || form === 'import' || this.bindings.has(binding)) return true;
    return (
      form === 'const' &&
      this.facts.functions[home]!.body.some(
        (step) => step.do === 'bind' && step.to.kind === 'binding' && step.to.binding === binding && step.value.kind === 'const',
      )
    );
  }

  /** `expect(left).toEqual([])`, `assert.deepEqual(left, before)`: not whether one entry is among them. */
  private saysAll(id: CallId): boolean {
    const isAbout = (value: Value): boolean =>
      value.kind === 'member' ? isAbout(value.of) : value.kind === 'result' && (value.call === id || isAbout(this.facts.calls[value.call]!.callee));
    const names = [...allValues(this.facts)].flatMap((each) => (each.kind === 'member' && typeof each.key === 'string' && isAbout(each) ? [each.key] : []));
    const { callee } = this.facts.calls[id]!;
    return [...names, ...(callee.kind === 'member' && typeof callee.key === 'string' ? [callee.key] : [])].some((name) => ABOUT_ALL.test(name));
  }
}
