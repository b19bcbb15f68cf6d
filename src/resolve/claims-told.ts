/** Claims of one story as they are told: a helper that ten tests call is told once for each role that it plays, by the first way that leads there. */
import type { Reaction } from '../model/abstract.js';
import type { Claim } from '../model/claims.js';
import { nameText } from '../model/names.js';
import { placeKey } from '../model/place.js';
import type { Event } from './events.js';
import type { Raw } from './settle.js';

type ClaimReaction = Extract<Reaction, { kind: 'claim' }>;

/** One way from a block to a claim. */
interface Way {
  readonly raw: Raw;
  readonly assumed: readonly string[];
}

interface Told {
  readonly done: ClaimReaction;
  readonly ways: Way[];
}

export class ClaimsTold {
  readonly #told = new Map<string, Told>();

  add(done: ClaimReaction, { at, via, assumed }: Extract<Event, { e: 'react' }>, raw: Raw): void {
    const { resource, op } = done;
    const key = [
      placeKey(at),
      op,
      raw.holder.role,
      ...[resource.name, resource.unit, resource.server, resource.namespace].map((each) => each && nameText(each)),
    ].join('|');
    // A port is bound again by each test that calls the helper.
    const again = op === 'bind' ? `${key}:${via[0]?.span[0]}` : key;
    const known = this.#told.get(again);
    if (!known) this.#told.set(again, { done, ways: [{ raw, assumed }] });
    else if (known.ways.at(-WAYS_OF_A_BLOCK)?.raw.block !== raw.block) known.ways.push({ raw, assumed });
  }

  /** The claims, without the ways on which something else stands between the block and the claim. */
  settled(isHidden: (way: Raw, claim: ClaimReaction) => boolean): Claim[] {
    return [...this.#told.values()].flatMap(({ done, ways }) => {
      const [first, ...others] = ways.filter(({ raw }) => !isHidden(raw, done));
      return first ? [claimOf(done, first, others)] : [];
    });
  }
}

/** A block that calls a helper a hundred times needs no hundred ways. */
const WAYS_OF_A_BLOCK = 4;
const MOST_OTHERS = 6;

function claimOf({ kind: _, ...done }: ClaimReaction, { raw, assumed }: Way, others: readonly Way[]): Claim {
  const alsoBy = new Set(others.flatMap(({ raw: { block } }) => (block === undefined || block === raw.block ? [] : [block])));
  return {
    ...done,
    by: raw.holder,
    at: raw.at,
    via: raw.via,
    assumed,
    ...(alsoBy.size > 0 ? { alsoBy: [...alsoBy].slice(0, MOST_OTHERS) } : {}),
  };
}
