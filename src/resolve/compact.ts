import type { Resource } from '../model/claims.js';
import { nameText, type Name } from '../model/names.js';
import { placeKey, type Place } from '../model/place.js';
import type { Event } from './events.js';

const ENDS: Partial<Record<Event['e'], Event['e']>> = { 'end-branch': 'branch', 'end-callback': 'callback' };

/**
 * What a function outside the test does, without saying it twice: a helper that fills twenty tables of one database says so once for each
 * table, and branches in which nothing happens are left out. Else helpers would use up what can be told of a test. Of a function of the
 * test file itself, only what its helpers do is said once (`ofHelpers`); where it puts something in the place of something else, once for each of its calls.
 */
export function compact(events: readonly Event[], ofHelpers = false): readonly Event[] {
  const said = new Set<string>();
  const isEachCall = ofHelpers && events.some(isStandIn);
  const out: Event[] = [];
  for (const event of events) {
    const once = event.e === 'react' && event.reaction.kind === 'claim' && (!ofHelpers || event.via.length > 0) ? claimKey(event.reaction) : undefined;
    const key = once !== undefined && isEachCall && 'via' in event ? `${once}|${placeKey(event.via[0]!)}` : once;
    if (key !== undefined && said.has(key)) continue;
    if (key !== undefined) said.add(key);
    if (ENDS[event.e] !== undefined && out.at(-1)?.e === ENDS[event.e]) out.pop();
    else out.push(event);
  }
  return out.length === events.length ? events : out;
}

const isStandIn = (event: Event): boolean => event.e === 'react' && event.reaction.kind === 'change' && event.reaction.state.endsWith('mock');

function claimKey(claim: {
  readonly resource: Resource;
  readonly op: string;
  readonly wipes?: string;
  readonly handle?: string;
  readonly note?: string;
  readonly decidedAt?: Place;
}): string | undefined {
  const { kind, server, name, namespace, unit } = claim.resource;
  const text = (each: Name | undefined): string => (each ? nameText(each) : '');
  // Two texts that nobody knows are two texts.
  if ([server, name, namespace, unit].some((each) => each?.kind === 'oneOf')) return undefined;
  return [
    claim.op,
    claim.wipes,
    claim.handle,
    claim.note,
    kind,
    text(server),
    text(name),
    // A name that is decided in two places is said for each of them.
    claim.decidedAt && placeKey(claim.decidedAt),
    text(namespace),
    unit?.kind === 'unknown' ? '' : text(unit),
  ].join('|');
}

/** Claims, but not those of functions that are handed over more than so deep: who is handed a function may never call it. */
export function claimsOnly(events: readonly Event[], deepest: number): Event[] {
  let depth = 0;
  return events.filter((event) => {
    if (event.e === 'callback') depth++;
    else if (event.e === 'end-callback') depth--;
    return isClaim(event) && depth <= deepest;
  });
}

export const isClaim = (event: Event): boolean => event.e === 'react' && event.reaction.kind === 'claim';

/** What stands there itself, with what calls lay hold of. */
export const isOwnOrClaim = (event: Event): boolean => !('via' in event) || event.via.length === 0 || isClaim(event);
