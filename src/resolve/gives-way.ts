/** Ports that code asks for and does without: `try { await listen(4310); } catch (error) { if (error.code !== 'EADDRINUSE') throw error; } await listen(0);`. */
import { GIVES_WAY } from '../model/claims.js';
import { eachValue, isIn } from '../model/code.js';
import type { FileFacts, Step } from '../model/facts.js';
import { rememberedPart } from '../model/remembered.js';
import type { Event } from './events.js';

/** Whether a `catch` looks for the error of a port that is taken. */
export const asksForTaken = rememberedPart(({ calls }: FileFacts, steps: readonly Step[]): boolean => {
  let found = false;
  eachValue([steps, calls.filter(({ at }) => steps.some((step) => isIn(at, step.at)))], (value) => {
    found ||= value.kind === 'const' && value.value === 'EADDRINUSE';
  });
  return found;
});

/** What binds a port from there on goes on without it where it is taken. */
export function givesWay(out: Event[], begun: number): void {
  for (const [at, event] of out.entries()) {
    if (at < begun || event.e !== 'react') continue;
    const { reaction } = event;
    if (reaction.kind === 'claim' && reaction.op === 'bind' && reaction.resource.kind === 'network-port')
      out[at] = { ...event, reaction: { ...reaction, note: GIVES_WAY } };
  }
}
