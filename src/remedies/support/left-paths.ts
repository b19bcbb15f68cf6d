import type { Claim } from '../../model/claims.js';
import type { BindingId, FunctionId, Span, Value } from '../../model/facts.js';
import { decisionOf, leftPaths, type LeftPath } from '../../model/left-paths.js';
import { nameText } from '../../model/names.js';
import { refusal, type Broken, type Repair, type Refusal } from '../../model/remedy.js';
import { allSteps, isIn, isSame } from '../../model/code.js';
import { allValues } from '../../model/values.js';
import { listed } from '../../model/lists.js';
import { linesAtEnd, type Line } from './at-end.js';
import { bodyOf } from './homes.js';
import { hookEdits, inOrder } from './hooks.js';
import { pathRemoval } from './releases.js';

/** Removes what tests have made under names of their own. */
export function removeLeft(broken: Broken): Repair {
  const { story, facts } = broken;
  if (story.file !== facts.path) return refusal('it happens in another file');
  // What lies inside goes with it.
  const all = leftPaths(story);
  const left = all.filter(({ root }) => !all.some((outer) => root.startsWith(`${outer.root}/`)));
  // What an object of the project makes and takes away, its own method knows.
  if (left.length === 0) return refusal('it is made in another function or file');
  const whole = left.filter(({ claim, root }) => nameText(claim.resource.name) === root && declarationOf(broken, claim) !== undefined);
  if (left.some((each) => !whole.some(({ root, claim }) => root === each.root && claim.by.block === each.claim.by.block)))
    return refusal('no variable of the file holds the path');
  if (
    whole.some(({ root }) =>
      root
        .split('/')
        .slice(0, -1)
        .some((each) => each.includes('{')),
    )
  )
    return refusal('the directory around it would stay');
  if (whole.some(({ claim }) => isAroundTidied(broken, declarationOf(broken, claim)!.value)))
    return refusal('an after-hook gets the directory around it, and may remove it');
  const lines: Line[] = [];
  for (const each of whole) {
    const line = lineOf(broken, each);
    if ('kind' in line) return line;
    const same = lines.findIndex(({ at }) => at[0] === line.at[0]);
    if (same < 0) lines.push(line);
    else lines[same] = { ...line, blocks: [...new Set([...lines[same]!.blocks, ...line.blocks])] };
  }
  const made = linesAtEnd(broken, lines);
  if ('kind' in made) return made;
  const edits = hookEdits(broken, made.undos, [...lines.flatMap(({ release }) => release.needs), ...made.needs]);
  if ('kind' in edits) return edits;
  return { kind: 'edits', says: `Call ${listed(lines.map(({ release }) => release.code))} ${made.when}.`, edits: inOrder([...edits, ...made.edits]) };
}

function lineOf(broken: Broken, { claim, isDirectory }: LeftPath): Line | Refusal {
  const { story, facts } = broken;
  const { binding, at, fn } = declarationOf(broken, claim)!;
  const own = story.blocks.findIndex((block) => bodyOf(broken, block) === fn);
  // In a helper, for the tests that call it.
  const all = own >= 0 ? [own] : [claim.by.block, ...(claim.alsoBy ?? [])];
  const blocks = all.flatMap((each) => each ?? []);
  if (blocks.length < all.length) return refusal('it is made while the file loads');
  // What is only read was made by code that is not seen, which may have made a directory.
  const release = pathRemoval(broken, facts.bindings[binding]!.name, isDirectory || claim.op === 'read');
  return 'kind' in release ? release : { binding, at, fn, blocks, release };
}

/** `afterEach((done) => remove(FOLDER, done))` beside `const file = join(FOLDER, name)`. */
function isAroundTidied(broken: Broken, path: Value): boolean {
  const { story, facts } = broken;
  const parts = new Set([...allValues(facts)].flatMap((each) => (each.kind === 'ref' && isIn(each.at, path.at) ? [each.binding] : [])));
  return story.blocks.some((block) => {
    const fn = block.role === 'hook' && block.when === 'after' ? bodyOf(broken, block) : undefined;
    return fn !== undefined && facts.calls.some((call) => call.in === fn && call.args.some(({ value }) => value.kind === 'ref' && parts.has(value.binding)));
  });
}

interface Declaration {
  readonly binding: BindingId;
  readonly value: Value;
  readonly at: Span;
  readonly fn: FunctionId;
}

/** `const path = join(tmpdir(), randomUUID());` */
function declarationOf({ facts }: Broken, claim: Claim): Declaration | undefined {
  const place = decisionOf(claim, facts.path);
  for (const { step, fn } of place ? allSteps(facts) : [])
    if (step.do === 'bind' && step.declares && step.to.kind === 'binding' && isSame(place!.span, step.value.at))
      return { binding: step.to.binding, value: step.value, at: step.at, fn };
  return undefined;
}
