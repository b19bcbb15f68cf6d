/** Clients that leave the code which is followed. */
import type { Abstract } from '../model/abstract.js';
import { type Place, placeKey } from '../model/place.js';
import { readerOf } from './calls.js';
import type { Event } from './events.js';
import { CLOSES } from './methods.js';
import type { Resolver } from './resolver.js';

interface Seen {
  readonly r: Resolver;
  readonly ambient: ReadonlyMap<string, Extract<Abstract, { kind: 'handle' }>>;
}

/** A client handed to code that is not followed may be written through. */
export function escaped(w: Seen, args: readonly Abstract[], at: Place, out: Event[]): void {
  for (const arg of args) {
    const inner = arg.kind === 'record' ? (arg.keys() ?? []).slice(0, 12).map((key) => arg.get(key)) : [arg];
    for (const each of inner) {
      if (each?.kind !== 'handle' || each.byType) continue;
      out.push({ e: 'escape', handle: `at:${placeKey(each.at)}` });
      const made = each.made;
      if (!made) continue;
      const opening = made.specs.find((spec) => spec.opens)?.opens;
      if (!opening || opening.kind === 'filesystem' || opening.kind === 'network-port') continue;
      for (const reaction of w.r.library.react(made, readerOf(w.r, at), (entry) => w.ambient.get(entry.packages[0]!))) {
        if (reaction.kind === 'claim')
          out.push({ e: 'react', reaction: { ...reaction, op: 'write' }, at, via: [], assumed: ['code that is not followed writes through the client'] });
      }
    }
  }
}

/** `engine.destroy()`, where nobody knows what that does and the engine was given a server when it was made: it may end the server. */
export function endedUnseen(receiver: Abstract, method: string, out: Event[]): void {
  if (receiver.kind !== 'instance' || !CLOSES.test(method)) return;
  for (const each of receiver.args) if (each.kind === 'handle') out.push({ e: 'escape', handle: `at:${placeKey(each.at)}` });
}
