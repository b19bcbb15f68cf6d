import type { Abstract, Original, Reaction, WordValue } from '../model/abstract.js';
import type { Name } from '../model/names.js';
import type { Place } from '../model/place.js';
import type { StateChange } from '../model/claims.js';
import type { StateKind } from '../model/state.js';

/**
 * What running a function does, in order, with the functions it calls put in place. Marks of structure (`branch`, `try`)
 * stand among them, so that it can be asked later what happens on which path.
 */
export type Event =
  | { readonly e: 'react'; readonly reaction: Reaction; readonly at: Place; readonly via: readonly Place[]; readonly assumed: readonly string[] }
  | {
      readonly e: 'set';
      readonly state: StateKind;
      readonly cell: string;
      readonly value: NonNullable<StateChange['value']>;
      readonly text?: string;
      readonly wrote?: Name;
      /** A constant that is known not to be what stands there by itself. */
      readonly isOther?: boolean;
      /** It comes from the property of the same name of another object. */
      readonly isNamesake?: boolean;
      readonly removes: boolean;
      /** Files of the project give the variable that it deletes. */
      readonly given?: true;
      /** It writes what stood there from the start. */
      readonly resets?: boolean;
      /** What the tests put something idle in the place of. */
      readonly originals?: readonly Original[];
      /** The global through which it is reached. */
      readonly through?: string;
      /** What had to be taken for granted of the object that is changed. */
      readonly assumed?: string;
      readonly at: Place;
      readonly via: readonly Place[];
    }
  /** A variable that lives longer than the function; `name` where it is no binding but a member of what tests share. */
  | {
      readonly e: 'variable';
      readonly op: 'read' | 'write';
      readonly file: string;
      readonly binding: number;
      readonly name?: string;
      /** The property of it that is meant. */
      readonly part?: string;
      /** It is taken away: who reads it later finds nothing that was written. */
      readonly removes?: true;
      readonly at: Place;
      readonly via: readonly Place[];
    }
  | { readonly e: 'word'; readonly word: WordValue; readonly args: readonly Abstract[]; readonly at: Place; readonly via: readonly Place[] }
  /** A call of the function itself that may throw, or of a callback written in it. Slight where it waits for nothing and asserts nothing. */
  | { readonly e: 'risk'; readonly at: Place; readonly via?: readonly Place[]; readonly about?: readonly string[]; readonly isSlight?: true }
  /** A handle given to code that is not followed, by the name that reactions use for it. */
  | { readonly e: 'escape'; readonly handle: string }
  | { readonly e: 'branch' | 'end-branch' | 'try' | 'finally' | 'end-try' | 'callback' | 'end-callback' }
  | { readonly e: 'gap'; readonly why: string; readonly at: Place; readonly hides: boolean };

/** The event as seen from one call further out; the risks inside a call are the call's own. */
export function lifted(event: Event, call: Place): Event | undefined {
  if (event.e === 'risk') return undefined;
  return 'via' in event ? { ...event, via: [call, ...event.via] } : event;
}

/** The event of a callback as seen from the call that it is handed to: what may throw there stops the callback. */
export const withinCallback = (event: Event, call: Place): Event | undefined =>
  event.e === 'risk' ? (event.via ? undefined : { ...event, via: [call] }) : lifted(event, call);

export function push(out: Event[], event: Event | undefined): void {
  if (event) out.push(event);
}

/** What is meant to throw did not change what it was about to: the last thing that it does is the one that throws. */
export function withoutLastChange(events: readonly Event[]): readonly Event[] {
  const last = events.findLastIndex((each) => each.e === 'set' || each.e === 'react' || each.e === 'risk');
  return events[last]?.e === 'set' ? events.filter((_, at) => at !== last) : events;
}
