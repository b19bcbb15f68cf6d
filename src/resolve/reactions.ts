/**
 * What calls of a library do: what the catalogue says of them, and what starts behind them, a framework's application or another program.
 * It must not look into functions itself: the walker does.
 */
import type { LibraryCall, Reaction } from '../model/abstract.js';
import { constantOf } from '../model/abstract.js';
import type { Resource } from '../model/claims.js';
import { alternatives } from '../model/names.js';
import { readerOf } from './calls.js';
import { onlyWatches } from './called-on.js';
import { chainName, isFleeting } from './cells.js';
import { nameShowsErased, showsErased } from './erasure.js';
import { type Event, lifted, push } from './events.js';
import { assembled, instanceOf } from './nest.js';
import { keyOf } from './frames.js';
import { callStep, construct, eventsOf, moduleEvents } from './walk.js';
import type { Resolver } from './resolver.js';
import { originalsOf } from './stand-ins.js';
import type { Walker } from './walker.js';

export function react(w: Walker, call: LibraryCall, assumed: readonly string[], depth: number, out: Event[]): void {
  const reader = readerOf(w.r, call.at);
  const reactions = w.r.library.react(call, reader, (entry) => w.ambient.get(entry.packages[0]!));
  for (const reaction of reactions) {
    if (reaction.kind === 'change' && isGoneAfterwards(w.r, call, reaction)) continue;
    if (reaction.kind === 'scoped') {
      if (reaction.callback.kind === 'fn') {
        for (const event of eventsOf(
          w,
          reaction.callback,
          reaction.handle ? Array.from({ length: reaction.param + 1 }, () => reaction.handle!) : [],
          depth + 1,
        ))
          push(out, lifted(event, call.at));
      }
      continue;
    }
    if (
      reaction.kind === 'claim' &&
      [reaction.resource.server, reaction.resource.name, reaction.resource.namespace, reaction.resource.unit].some(nameShowsErased)
    ) {
      w.depends = true;
      // Beyond the reach nobody looks again.
      if (w.far) continue;
    }
    const told = reaction.kind === 'change' ? toldOf(w.r, call, reaction) : reaction;
    push(out, { e: 'react', reaction: told, at: call.at, via: [], assumed: w.far ? [...assumed, FAR_AWAY] : assumed });
  }
  const isRead = (argument: number): boolean => call.specs.some((spec) => w.r.library.readsArgument(spec, argument));
  if (reactions.length > 0 && call.args.some((each, index) => isRead(index) && showsErased(each))) w.depends = true;
  started(w, call, out);
  assemble(w, call, depth, out);
  if (call.entry.ambient && !call.receiver && call.specs.some((spec) => spec.opens)) {
    const returns = call.specs.find((spec) => spec.returns)?.returns;
    w.ambient.set(call.entry.packages[0]!, { kind: 'handle', entry: call.entry, type: returns ?? 'ambient', at: call.at, made: call });
  }
}

type Change = Extract<Reaction, { kind: 'change' }>;

/** The object whose method is replaced, or the copy of a module that is changed, is made anew for each test. */
function isGoneAfterwards(r: Resolver, { args, call, file, receiver }: LibraryCall, { state }: Change): boolean {
  const [replaced] = args;
  if (state === 'mock') return replaced !== undefined && isFleeting(r, replaced, r.index(file)?.facts.calls[call]?.args[0]?.value, file);
  return state === 'module' && receiver !== undefined && isFleeting(r, receiver, undefined, file);
}

/** A spy that watches leaves all as it is; another one stands in the place of something. What is changed on a copy of a module, the file has to itself. */
function toldOf(r: Resolver, call: LibraryCall, change: Change): Reaction {
  if (change.state === 'module' && call.receiver) {
    const index = r.index(call.file);
    const callee = index?.facts.calls[call.call]?.callee;
    const name = callee?.kind === 'member' ? chainName(callee.of, index) : undefined;
    return { ...change, cell: `${call.receiver.at.path}#${name ?? call.receiver.at.span[0]}.${change.cell}` };
  }
  if (onlyWatches(r, call)) return { ...change, onlyWatches: true };
  const originals = change.state === 'mock' ? originalsOf(r, call) : [];
  return originals.length > 0 ? { ...change, originals } : change;
}

const FAR_AWAY = 'the calls that lead there take that way';

const applications = new WeakMap<object, Map<string, readonly Event[]>>();
const ASSEMBLERS = new Set(['Test.createTestingModule', 'NestFactory.create', 'NestFactory.createApplicationContext', 'NestFactory.createMicroservice']);

/** `Test.createTestingModule({ imports: [AppModule] })`: what starting the application lays hold of. */
function assemble(w: Walker, call: LibraryCall, depth: number, out: Event[]): void {
  const [root] = call.args;
  if (!root || !call.method || !ASSEMBLERS.has(call.method)) return;
  // What is remembered lives as long as the values that it was made from.
  let known = applications.get(w.r.memo);
  if (!known) {
    known = new Map<string, readonly Event[]>();
    applications.set(w.r.memo, known);
  }
  const key = keyOf(root);
  let events = known.get(key);
  if (!events) {
    const parts = assembled(w.r, root);
    const all: Event[] = [];
    const inner = Math.min(depth + 1, w.limits.reach - w.limits.product);
    for (const each of parts.calls) callStep(w, each.call, each.file, undefined, all);
    for (const each of parts.factories) all.push(...eventsOf(w, each, [], inner));
    for (const each of parts.providers) construct(w, instanceOf(w.r, each), undefined, all);
    events = all.filter((event) => event.e === 'react' && event.reaction.kind === 'claim');
    known.set(key, events);
  }
  for (const event of events)
    push(out, lifted(event.e === 'react' ? { ...event, assumed: [...event.assumed, 'the container starts all modules of the application'] } : event, call.at));
}

const STARTERS = new Set(['node:child_process', 'execa']);

/** `spawn('node', [join(__dirname, 'server.js')])`: what the program does to the world outside, its own process apart. */
function started(w: Walker, call: LibraryCall, out: Event[]): void {
  if (!STARTERS.has(call.entry.packages[0]!) || call.receiver) return;
  for (const word of call.args.flatMap((each) => (each.kind === 'list' ? each.items : [each]))) {
    const file = constantOf(word)
      ?.replace(/^<(root|cwd)>\//, '')
      .replace(/^\.\//, '');
    if (file === undefined || !/^[\w@][^<>\s]*\.[cm]?[jt]s$/.test(file) || !w.r.index(file)) continue;
    const given = environmentOf(call);
    for (const event of moduleEvents(w, file)) {
      if (event.e !== 'react' || event.reaction.kind !== 'claim' || isGivenPort(event.reaction.resource, given)) continue;
      push(out, lifted(event, call.at));
    }
    return;
  }
}

/** The variables that the program is given by name. */
function environmentOf(call: LibraryCall): readonly string[] {
  return call.args.flatMap((each) => {
    const env = each.kind === 'record' ? each.get('env') : undefined;
    return env?.kind === 'record' ? (env.written ?? []) : [];
  });
}

/** `listen(process.env.PORT ?? 3000)` in a program that is given PORT: the catalogue tells which port the call gives. */
const isGivenPort = ({ kind, name }: Resource, given: readonly string[]): boolean =>
  kind === 'network-port' &&
  alternatives(name).some(
    (each) => each.kind === 'parts' && each.parts.some((part) => typeof part !== 'string' && given.some((variable) => part.source === `env:${variable}`)),
  );
