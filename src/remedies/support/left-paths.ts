import type { Claim } from '../../model/claims.js';
import type { BindingId, FunctionId, Span } from '../../model/facts.js';
import { decisionOf, leftPaths, type LeftPath } from '../../model/left-paths.js';
import { nameText } from '../../model/names.js';
import { refusal, type Broken, type Repair, type Refusal } from '../../model/remedy.js';
import { allSteps, isSame } from '../../model/code.js';
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
  const declared = declarationOf(broken, claim)!;
  const own = story.blocks.findIndex((block) => bodyOf(broken, block) === declared.fn);
  // In a helper, for the tests that call it.
  const all = own >= 0 ? [own] : [claim.by.block, ...(claim.alsoBy ?? [])];
  const blocks = all.flatMap((each) => each ?? []);
  if (blocks.length < all.length) return refusal('it is made while the file loads');
  const release = pathRemoval(broken, facts.bindings[declared.binding]!.name, isDirectory);
  return 'kind' in release ? release : { ...declared, blocks, release };
}

/** `const path = join(tmpdir(), randomUUID());` */
function declarationOf({ facts }: Broken, claim: Claim): { readonly binding: BindingId; readonly at: Span; readonly fn: FunctionId } | undefined {
  const place = decisionOf(claim, facts.path);
  for (const { step, fn } of place ? allSteps(facts) : [])
    if (step.do === 'bind' && step.declares && step.to.kind === 'binding' && isSame(place!.span, step.value.at))
      return { binding: step.to.binding, at: step.at, fn };
  return undefined;
}
