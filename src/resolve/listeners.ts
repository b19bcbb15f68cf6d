/** Listeners that tests put on an emitter which outlives them: nobody takes them off but the test itself. */
import type { BindingId, Call, CallId } from '../model/facts.js';
import type { Place } from '../model/place.js';
import type { Event } from './events.js';
import type { FileIndex } from './file-index.js';
import { classesOf } from './members.js';
import type { Resolver } from './resolver.js';
import { outlives } from './settings.js';

const PUTS_ON = new Set(['on', 'addListener', 'prependListener']);
const TAKES_OFF = new Set(['off', 'removeListener', 'removeAllListeners']);
const EVENTS = new Set(['events', 'node:events']);

/** `bus.on('paid', handler)`, `bus.removeAllListeners()`, where `bus` is a `new EventEmitter()` of the file or of a suite. */
export function listened(r: Resolver, id: CallId, file: string, at: Place, out: Event[]): void {
  const index = r.index(file);
  const call = index?.facts.calls[id];
  if (!index || call?.callee.kind !== 'member' || typeof call.callee.key !== 'string' || call.callee.of.kind !== 'ref') return;
  const { key, of } = call.callee;
  const isOn = PUTS_ON.has(key);
  if (!(isOn || TAKES_OFF.has(key)) || !isEmitter(r, index, of.binding, call, file)) return;
  const { name } = index.facts.bindings[of.binding]!;
  const handle = `listeners:${file}#${of.binding}`;
  out.push({
    e: 'react',
    reaction: isOn ? { kind: 'open', what: `listener of ${name}`, of: 'subscription', owes: `${name}.off()`, handle, inside: [] } : { kind: 'release', handle },
    at,
    via: [],
    assumed: [],
  });
}

function isEmitter(r: Resolver, index: FileIndex, binding: BindingId, call: Call, file: string): boolean {
  const [write, ...others] = index.writes.get(binding) ?? [];
  if (others.length > 0 || (write ? write.value.kind !== 'result' : !index.imports.has(binding)) || !outlives(r, index, binding, call)) return false;
  const made = write?.value.kind === 'result' ? index.facts.calls[write.value.call] : undefined;
  if (made?.form === 'new') {
    let { callee } = made;
    if (callee.kind === 'member') callee = callee.of;
    const from = callee.kind === 'ref' ? index.imports.get(callee.binding)?.from : undefined;
    if (from?.kind === 'const' && EVENTS.has(String(from.value))) return true;
  }
  const value = r.value({ kind: 'ref', binding, at: call.at }, file, undefined);
  if (value.kind !== 'instance') return false;
  const { base } = classesOf(r, value);
  return base?.kind === 'library' && EVENTS.has(base.package);
}
