import type { Claim } from './claims.js';
import { alternatives, nameText, type Name } from './names.js';
import { TEMPORARY } from './paths.js';
import { type Place, placeKey } from './place.js';
import type { FileStory } from './suite.js';

/** A path of its own below the folder for temporary files that nothing removes again. */
export interface LeftPath {
  readonly root: string;
  readonly isDirectory: boolean;
  readonly claim: Claim;
}

/**
 * Paths that a test made up for itself (`join(tmpdir(), randomUUID())`) and used. Nobody but the test knows such a name, so what it
 * reads there was written for it, and stays when the story holds no removal. The product may only look whether something is there. A
 * removal whose path is not known may be of any of them.
 */
export function leftPaths(story: FileStory): LeftPath[] {
  const files = story.claims.filter((each) => each.resource.kind === 'filesystem');
  const removed = files.filter((each) => each.op === 'wipe').flatMap((each) => alternatives(each.resource.name).map(nameText));
  if (removed.some((each) => each.includes('?'))) return [];
  const out = new Map<string, LeftPath>();
  for (const claim of files) {
    if (claim.op === 'read' && claim.at.path !== story.file) continue;
    const root = ownRoot(claim.resource.name);
    if (root === undefined || removed.some((each) => each === root || each.startsWith(`${root}/`) || root.startsWith(`${each.replace(/\/$/, '')}/`))) continue;
    const isDirectory = claim.op === 'create' || nameText(claim.resource.name) !== root;
    const key = `${root}\u0000${claim.decidedAt ? placeKey(claim.decidedAt) : ''}`;
    const known = out.get(key);
    if (!known || (isDirectory && !known.isDirectory)) out.set(key, { root, isDirectory, claim });
  }
  return [...out.values()];
}

/** The path up to the step that is different each time; `mkdtemp` owes its own removal. */
function ownRoot(name: Name): string | undefined {
  if (name.kind !== 'parts' || typeof name.parts[0] !== 'string' || !name.parts[0].startsWith(`${TEMPORARY}/`)) return undefined;
  const last = name.parts.findLastIndex((part) => typeof part !== 'string');
  const holes = name.parts.filter((part) => typeof part !== 'string');
  if (last < 0 || holes.some((part) => part.source === 'mkdtemp' || part.source.startsWith('tmp'))) return undefined;
  if (!holes.some((part) => part.varies === 'call' && part.source !== 'clock')) return undefined;
  const rest = name.parts[last + 1];
  const tail = typeof rest === 'string' ? rest.split('/')[0]! : '';
  return nameText({ kind: 'parts', parts: [...name.parts.slice(0, last + 1), ...(tail === '' ? [] : [tail])] });
}

/** Where the file itself decides the path, or works on it. */
export const decisionOf = ({ decidedAt, at }: Claim, file: string): Place | undefined =>
  decidedAt?.path === file ? decidedAt : at.path === file ? at : undefined;
