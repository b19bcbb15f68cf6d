import type { Abstract, Frame, FunctionValue, InstanceValue } from '../model/abstract.js';
import type { CallId, Span, Step, Value } from '../model/facts.js';
import { type Place, placeKey } from '../model/place.js';
import { everyStep, isWaitedFor } from '../model/code.js';
import { bind } from './assignments.js';
import { calledBackWith } from './called-back.js';
import { claimsOnly, compact, isClaim, isOwnOrClaim } from './compact.js';
import { argumentsOf, detachedCalls, globalCall, libraryCall, loadedModule, methodCalls } from './calls.js';
import { assumedOf, isCheck, isParameter, LOOKS, notChanged, slight } from './call-traits.js';
import { deleted } from './deletions.js';
import { classesOf } from './members.js';
import { erase, isPlain } from './erasure.js';
import { endedUnseen, escaped } from './escapes.js';
import { asksForTaken, givesWay } from './gives-way.js';
import { decided, waysOf } from './branches.js';
import { type Event, lifted, push, withinCallback, withoutLastChange } from './events.js';
import { FAR, farFunction, farValue } from './far.js';
import { items, property } from './evaluate.js';
import { DISPOSES, disposers } from './disposers.js';
import { expectsThrow, isAssertion, isFunction } from './assertions.js';
import { keptClaims, keptFunctions, startedWith } from './given-databases.js';
import { givenFolders } from './given-folders.js';
import { asLibrary } from './own-library.js';
import { frameOf } from './frames.js';
import { place } from './resolver.js';
import { react } from './reactions.js';
import { whenImported } from './program.js';
import { pairedSetting } from './settings.js';
import { shapeOf } from './shapes.js';
import { describesSaved, PUTS_BACK } from './saved.js';
import { assigned, closing, mutated, putBack } from './state-calls.js';
import { isFilledFrom } from './stores.js';
import { listened } from './listeners.js';
import { madeBy } from './prototypes.js';
import { FILLS } from './shared-variables.js';
import { isStore, reads } from './variable-events.js';
import type { Far, Walked, Walker } from './walker.js';
import { IN_BROWSER, makesOnly, runnerModule, wordCalled } from './words.js';

/** The events of a call of a function with these arguments. `depth` says how much of the reach is used up. */
export function eventsOf(w: Walker, fn: FunctionValue, args: readonly Abstract[], depth: number, self?: Abstract): readonly Event[] {
  const index = w.r.index(fn.file);
  const known = index?.facts.functions[fn.fn];
  if (!index || !known) return NOTHING;
  const isHelper = w.isTestSide(fn.file);
  const used = isHelper ? depth : depth - 1 + w.limits.product;
  if (w.far || used > w.limits.reach) return isHelper ? NOTHING : farEvents(w, fn, args, self);
  // Nothing that acts is in sight of the function, and nothing that acts is handed to it.
  if (!isHelper && args.every((each) => isPlain(each)) && !w.mayAct(fn.file) && !PUTS_BACK.test(known.name ?? '')) return NOTHING;
  const erased = args.map(erase);
  if (erased.some((each, index) => each !== args[index])) {
    const first = walked(w, fn, erased, used, self);
    if (!first.depends) return first.events;
    const shapes = args.map((each) => shapeOf(each, place(fn.file, known.at)));
    const second = walked(w, fn, shapes, used, self);
    if (!second.depends) return second.events;
  }
  const exact = walked(w, fn, args, used, self);
  // The caller's own erased arguments may be among them.
  if (exact.depends) w.depends = true;
  return exact.events;
}

/** Beyond the reach a function is walked once for whoever calls it: all that tells one call from another is gone. */
function farEvents(w: Walker, called: FunctionValue, args: readonly Abstract[], self: Abstract | undefined): readonly Event[] {
  if (!w.mayAct(called.file)) return NOTHING;
  const outer = w.far;
  const far: Far = outer ?? { running: new Set(), cut: new Set(), parts: new Map(), hasLeft: false };
  const fn = farFunction(w.r, self ? { ...called, self } : called);
  const given = args.map((each) => farValue(w.r, each));
  const frame = frameOf(w.r, fn, given, FAR);
  const key = `${frame.key}/far`;
  const memory = frame.ofTold ? w.doneOfTold : w.done;
  const done = memory.get(key) ?? far.parts.get(key);
  if (done) return remembered(w, done).events;
  const name = `${fn.file}#${fn.fn}`;
  if (far.running.has(name) || far.running.size > DEEPEST_WALK) {
    far.cut.add(name);
    return NOTHING;
  }
  observe(w, name, given);
  far.running.add(name);
  const { hasLeft } = far;
  w.far = far;
  far.hasLeft = false;
  const { events, reached } = bodyOf(w, fn, frame);
  far.hasLeft = hasLeft;
  w.far = outer;
  far.running.delete(name);
  const claims = compact(events.filter(isClaim));
  const kept = { events: claims, depends: false, reached };
  // What was cut off by this function is whole when it is walked again.
  if (far.cut.delete(name)) far.parts.clear();
  (far.cut.size > 0 ? far.parts : memory).set(key, kept);
  return remembered(w, kept).events;
}

/** Functions within functions, beyond the reach: whoever has more is not followed to the end. */
const DEEPEST_WALK = 100;

function walked(w: Walker, fn: FunctionValue, args: readonly Abstract[], used: number, self: Abstract | undefined): Walked {
  if (fn.file === w.told) w.entered.add(fn.fn);
  const frame = frameOf(w.r, fn, args, used, self);
  const key = `${frame.key}/${used}`;
  const memory = frame.ofTold ? w.doneOfTold : w.done;
  const done = memory.get(key);
  if (done) return remembered(w, done);
  // A function that is being walked is not walked again inside itself, whatever the arguments: factories that build each other end here.
  const name = `${fn.file}#${fn.fn}`;
  if (w.running.has(name)) return NONE;
  observe(w, name, args);
  w.running.add(name);
  const { events, reached, depends, chooses } = bodyOf(w, fn, frame);
  w.running.delete(name);
  const isSilent = events.every((event) => event.e === 'risk' || STRUCTURE.has(event.e));
  // Where nothing happens on any way, it does not matter which one is taken.
  const kept = { events: isSilent ? NOTHING : compact(events, fn.file === w.told), depends: depends || (chooses && !isSilent), reached };
  memory.set(key, kept);
  return remembered(w, kept);
}

/** What the body of a function does, the files that it comes to, and what erased arguments decide there. Of the caller nothing is forgotten meanwhile. */
function bodyOf(
  w: Walker,
  { file, fn }: FunctionValue,
  frame: Frame,
): { readonly events: readonly Event[]; readonly reached: ReadonlySet<string>; readonly depends: boolean; readonly chooses: boolean } {
  const outer = { depends: w.depends, chooses: w.chooses };
  w.depends = false;
  w.chooses = false;
  const events: Event[] = [];
  const reached = new Set([file]);
  whileReaching(w, reached, () => steps(w, w.r.index(file)!.facts.functions[fn]!.body, file, frame, events));
  const { depends, chooses } = w;
  w.depends = outer.depends;
  w.chooses = outer.chooses;
  return { events, reached: reached.size === 1 ? aloneOf(w, file) : reached, depends, chooses };
}

/** Notes files that are reached meanwhile, for this walk alone. */
function whileReaching(w: Walker, reached: Set<string>, walk: () => void): void {
  const outer = w.reached;
  w.reached = reached;
  walk();
  w.reached = outer;
}

/** One set for all functions that lead nowhere else. */
function aloneOf({ alone }: Walker, file: string): ReadonlySet<string> {
  const known = alone.get(file) ?? new Set([file]);
  alone.set(file, known);
  return known;
}

function remembered(w: Walker, done: Walked): Walked {
  for (const file of done.reached) w.reached.add(file);
  return done;
}

const NOTHING: readonly Event[] = [];
const NONE: Walked = { events: NOTHING, depends: false, reached: new Set() };
const STRUCTURE = new Set<Event['e']>(['branch', 'end-branch', 'try', 'finally', 'end-try', 'callback', 'end-callback']);

/** Functions and clients that a call hands over are remembered for those who ask later who calls the function. */
function observe(w: Walker, name: string, args: readonly Abstract[]): void {
  if (!args.some((each) => each.kind === 'fn' || each.kind === 'handle')) return;
  const seen = w.r.observed.get(name) ?? [];
  if (seen.length < 3) w.r.observed.set(name, [...seen, args]);
}

/** The events of loading a module, its imports apart. */
export function moduleEvents(w: Walker, file: string): readonly Event[] {
  const key = `module ${file}`;
  const memory = file === w.told ? w.doneOfTold : w.done;
  const done = memory.get(key);
  if (done) return remembered(w, done).events;
  const facts = w.r.index(file)?.facts;
  const events: Event[] = [];
  const kept = { events, depends: false, reached: new Set([file]) };
  memory.set(key, kept);
  const outer = w.far;
  w.far = undefined;
  if (facts) whileReaching(w, kept.reached, () => steps(w, whenImported(w.r.index(file)!), file, undefined, events));
  w.far = outer;
  return remembered(w, kept).events;
}

/** What may be told of a function of the test file, in events of a helper: the helpers that it calls tell of theirs there too. */
const TOLD = 2;

function steps(w: Walker, list: readonly Step[], file: string, frame: Frame | undefined, out: Event[]): void {
  for (const step of list) {
    if (w.far?.hasLeft) return;
    const begun = out.length;
    const isFull = begun > (file === w.told ? w.limits.events * TOLD : w.limits.events);
    switch (step.do) {
      case 'call':
        callStep(w, step.call, file, frame, out);
        break;
      case 'bind':
        reads(w, step.value, file, out, frame);
        bind(w, step.to, step.value, file, frame, out, step.op, place(file, step.at), step.declares === true);
        break;
      case 'unbind':
        deleted(w, step, file, frame, out);
        break;
      case 'branch': {
        reads(w, step.test, file, out, frame);
        const sure = decided(w.r, step.test, file, frame);
        if (sure === 'erased') {
          w.chooses = true;
          // Beyond the reach nobody looks again: what only some of the calls do is not told.
          if (w.far && waysOf(step).some((way) => isReturn(way.at(-1)))) w.far.hasLeft = true;
          if (w.far) break;
        }
        for (const [way, branch] of waysOf(step).entries()) {
          if (branch.length === 0 || sure === (way === 1)) continue;
          out.push({ e: 'branch' });
          steps(w, branch, file, frame, out);
          out.push({ e: 'end-branch' });
        }
        // `if (client) return wrap(client);`
        if (typeof sure === 'boolean' && (sure ? step.then : step.else).at(-1)?.do === 'exit') return;
        break;
      }
      case 'loop':
        steps(w, step.body, file, frame, out);
        break;
      case 'try': {
        out.push({ e: 'try' });
        const tried = out.length;
        steps(w, step.body, file, frame, out);
        if (step.catch && asksForTaken(w.r.index(file)!.facts, step.catch)) givesWay(out, tried);
        // What is thrown there ends in the `catch`: what stands behind the whole runs, what stands behind it in the `try` does not.
        if (step.catch && !leavesBy(step.catch)) {
          const body = out.splice(tried);
          const last = body.findLastIndex(({ e }) => e === 'set' || e === 'react');
          for (const [at, event] of body.entries()) if (event.e !== 'risk' || at < last) out.push(event);
        }
        if (step.catch) {
          out.push({ e: 'branch' });
          steps(w, step.catch, file, frame, out);
          out.push({ e: 'end-branch' });
        }
        if (step.finally) {
          out.push({ e: 'finally' });
          steps(w, step.finally, file, frame, out);
        }
        out.push({ e: 'end-try' });
        break;
      }
      case 'scope': {
        const held = w.r.value(step.value, file, frame);
        out.push({ e: 'try' });
        steps(w, step.body, file, frame, out);
        out.push({ e: 'finally' });
        dispose(w, held, step.value, file, frame, step.at, out);
        out.push({ e: 'end-try' });
        break;
      }
      case 'exit':
        if (step.value) reads(w, step.value, file, out, frame);
        break;
    }
    // `app.listen(port)` stands behind all routes: of who does much, what it lays hold of by itself is told to the end.
    if (isFull && file !== w.told) out.push(...claimsOnly(out.splice(begun), step.do === 'call' && runsGiven(w, step.call, file) ? 1 : 0));
    else if (isFull) out.push(...out.splice(begun).filter(isOwnOrClaim));
  }
}

/** `await new Promise((resolve) => app.listen(port, resolve))` runs what it is given. */
function runsGiven({ r }: Walker, id: CallId, file: string): boolean {
  const index = r.index(file);
  const call = index?.facts.calls[id];
  return index !== undefined && call !== undefined && isWaitedFor(call) && call.args.some(({ value }) => isFunction(index, value));
}

const isReturn = (step: Step | undefined): boolean => step?.do === 'exit' && step.how === 'return';

const leavesBy = (steps: readonly Step[]): boolean => everyStep(steps).some((step) => step.do === 'exit');

/** What a module does to the process while it loads it does once, for whoever comes first. */
const changes = (event: Event): boolean => event.e === 'set' || (event.e === 'react' && event.reaction.kind === 'change');

/** What `using` does at the end of the block. */
function dispose(w: Walker, held: Abstract, value: Value, file: string, frame: Frame | undefined, span: Span, out: Event[]): void {
  const at = place(file, span);
  for (const method of DISPOSES) {
    if (held.kind === 'handle') {
      const specs = w.r.library.method(held.entry, held.type, method);
      if (specs.length === 0) continue;
      react(w, { entry: held.entry, specs, receiver: held, method, args: [], chained: [], at, file, call: -1 }, [], 1, out);
      return;
    }
    const own = held.kind === 'record' || held.kind === 'instance' ? property(w.r, held, method, at) : undefined;
    if (own?.kind !== 'fn') continue;
    for (const event of eventsOf(w, own, [], (frame?.depth ?? 0) + 1)) push(out, lifted(event, at));
    return;
  }
  for (const each of disposers(w.r, value, file, frame)) for (const event of eventsOf(w, each, [], (frame?.depth ?? 0) + 1)) push(out, lifted(event, at));
}

export function callStep(w: Walker, id: CallId, file: string, frame: Frame | undefined, out: Event[]): void {
  const { r } = w;
  const index = r.index(file);
  const call = index?.facts.calls[id];
  if (!index || !call) return;
  const at = place(file, call.at);
  for (const arg of call.args) reads(w, arg.value, file, out, frame);
  if (call.callee.kind === 'member') {
    const { of, key } = call.callee;
    if (typeof key === 'string' && FILLS.has(key) && isStore(w, of, file)) out.push({ e: 'variable', op: 'write', file, binding: of.binding, at, via: [] });
    else reads(w, of, file, out, frame);
  }
  if (file === w.told) listened(r, id, file, at, out);
  if (w.isInert(file, id)) {
    push(out, file === w.told ? pairedSetting(r, id, file, at) : undefined);
    // What only makes a value throws in nobody's test.
    const asserts = isAssertion(index, call);
    if (call.waited !== 'sync' || asserts) out.push({ e: 'risk', at, ...(asserts ? {} : slight(call)) });
    return;
  }
  if (isAssertion(index, call)) {
    out.push({ e: 'risk', at });
    const given = call.args.filter((each) => isFunction(index, each.value)).map((each) => r.value(each.value, file, frame));
    const told: Event[] = [];
    callbacks(w, given, frame, at, told);
    out.push(...(expectsThrow(index, id) ? withoutLastChange(told) : told));
    return;
  }
  const load = loadedModule(r, call, file, frame);
  if (load) {
    const target = r.sources.resolveImport(file, load.specifier);
    if ('file' in target && frame !== undefined) for (const event of moduleEvents(w, target.file)) if (!changes(event)) push(out, lifted(event, at));
    return;
  }
  const args = argumentsOf(r, call, file, frame);
  if (file !== w.told && w.isTestSide(file)) for (const arg of args) if (arg.kind === 'record') givenFolders(arg, at, out);
  const about = args.flatMap((each) => (each.kind === 'handle' ? [`at:${placeKey(each.at)}`] : []));
  if (!makesOnly(index, call) && !isCheck(w, call, file, frame)) out.push({ e: 'risk', at, ...(about.length > 0 ? { about } : {}), ...slight(call) });
  // The base class's constructor was walked with the instance already.
  if (call.callee.kind === 'super') return callbacks(w, args, frame, at, out);
  if (call.callee.kind === 'member' && typeof call.callee.key === 'string') {
    const receiver = r.value(call.callee.of, file, frame);
    const global = globalCall(r, call.callee.of, call.callee.key, call, id, args, file);
    const libraryCalls = global ? [global] : methodCalls(r, receiver, call.callee.key, call, id, args, file, frame);
    if (libraryCalls.length > 0) {
      if (!index.isPiece(id)) for (const each of libraryCalls) react(w, each, assumedOf(receiver), frame?.depth ?? 0, out);
      callbacks(w, notChanged(args, libraryCalls), frame, at, out);
      return;
    }
    // What the catalogue does not know of a client may connect it.
    for (const each of receiver.kind === 'oneOf' ? receiver.of : [receiver])
      if (each.kind === 'handle')
        react(w, { entry: each.entry, specs: [], receiver: each, method: call.callee.key, args, chained: [], at, file, call: id }, [], frame?.depth ?? 0, out);
    if (w.isTestSide(file) && !(call.callee.key === 'end' && isParameter(r, call.callee.of, file)))
      closing(call.callee.key, receiver, call.callee.of.kind === 'member' && r.value(call.callee, file, frame).kind !== 'fn', at, out);
    mutated(r, call.callee.of, call.callee.key, receiver, file, at, out);
    if (receiver.kind === 'list' || receiver.kind === 'record') escaped(w, args, at, out);
    // Names under which parts are set stay computed: they are put back under computed names too, elsewhere.
    if (receiver.kind === 'list' && !receiver.items.every(({ kind }) => kind === 'const' || kind === 'text') && ITERATES.has(call.callee.key))
      return callbacks(w, args, frame, at, out, [items(receiver)]);
  }
  const detached = detachedCalls(r, call, id, args, file, frame);
  for (const each of detached) react(w, each, [], frame?.depth ?? 0, out);
  if (detached.length > 0) return callbacks(w, args, frame, at, out);
  const begun = out.length;
  follow(w, r.value(call.callee, file, frame), id, args, file, frame, at, out);
  const paired = file === w.told ? pairedSetting(r, id, file, at) : undefined;
  // What the call sets is told once.
  if (paired) out.push(...out.splice(begun).filter((event) => event.e !== 'set' || event.state !== 'module' || event.via.length !== 1), paired);
}

function follow(w: Walker, callee: Abstract, id: CallId, args: readonly Abstract[], file: string, frame: Frame | undefined, at: Place, out: Event[]): void {
  const { r } = w;
  const call = r.index(file)!.facts.calls[id]!;
  switch (callee.kind) {
    case 'word':
      if (
        !wordCalled(
          callee,
          args,
          args.some((each) => each.kind === 'fn'),
        )
      ) {
        // What a test does with the parameters of the function that declares it is told later.
        w.depends = true;
        push(out, { e: 'word', word: callee, args, at, via: [] });
      }
      return;
    case 'fn': {
      const library = asLibrary(r, callee, file);
      if (library) return follow(w, library, id, args, file, frame, at, out);
      const fn = r.index(callee.file)?.facts.functions[callee.fn];
      if (fn?.kind === 'class') {
        construct(w, { kind: 'instance', file: callee.file, fn: callee.fn, scope: callee.scope, args, at }, frame, out);
        kept(w, args, frame, at, out);
        return;
      }
      const self = call.form === 'new' ? madeBy(r, callee, args, at) : undefined;
      for (const event of eventsOf(w, callee, args, (frame?.depth ?? 0) + 1, self)) push(out, lifted(event, at));
      return;
    }
    case 'oneOf': {
      const known = callee.of.filter((each) => each.kind !== 'unknown');
      // A method of what several hooks set to something unknown is one unknown function.
      for (const each of known.length > 0 ? known.slice(0, 4) : callee.of.slice(0, 1)) follow(w, each, id, args, file, frame, at, out);
      return;
    }
    case 'library':
    case 'outer': {
      const word = runnerModule(r.runner.vocabulary, callee);
      if (word) return follow(w, word, id, args, file, frame, at, out);
      const made = libraryCall(r, callee, call, id, args, file);
      if (made) react(w, made, [], frame?.depth ?? 0, out);
      else if (callee.kind === 'outer') {
        putBack(
          r,
          callee.path.join('.'),
          call.args.map((each) => each.value),
          file,
          frame,
          at,
          out,
        );
        assigned(
          callee.path,
          args,
          at,
          out,
          (cell) => describesSaved(r, call.args[2]?.value, cell, file, frame),
          (source) => isFilledFrom(r, call.args[1]?.value, source, file),
        );
      } else if (w.isTestSide(file)) for (const event of startedWith(callee.path.at(-1) ?? callee.package, call.form, args, at)) push(out, event);
      if (!made && !(callee.kind === 'outer' && LOOKS.test(callee.path.join('.')))) escaped(w, args, at, out);
      callbacks(w, notChanged(args, made ? [made] : []), frame, at, out);
      return;
    }
    case 'handle': {
      const specs = r.library.method(callee.entry, callee.type, '');
      if (specs.length > 0 && !r.index(file)!.isPiece(id))
        react(w, { entry: callee.entry, specs, receiver: callee, args, chained: r.index(file)!.chained(id), at, file, call: id }, [], frame?.depth ?? 0, out);
      callbacks(w, args, frame, at, out);
      return;
    }
    default:
      escaped(w, args, at, out);
      if (call.callee.kind === 'member' && typeof call.callee.key === 'string') {
        endedUnseen(r.value(call.callee.of, file, frame), call.callee.key, out);
        if (IN_BROWSER.test(call.callee.key)) return;
      }
      callbacks(w, args, frame, at, out);
  }
}

export function construct(w: Walker, instance: InstanceValue, frame: Frame | undefined, out: Event[]): void {
  const depth = (frame?.depth ?? 0) + 1;
  if (depth > w.limits.reach) return;
  const { classes, base } = classesOf(w.r, instance);
  if (base?.kind === 'library') {
    const made = w.r.library.exported(base.package, base.path, 'new');
    const last = classes.at(-1);
    if (made && last)
      react(w, { entry: made.entry, specs: made.specs, args: last.args, chained: [], at: instance.at, file: instance.at.path, call: -1 }, [], depth, out);
  }
  for (const each of classes.slice().reverse()) {
    const facts = w.r.index(each.file)?.facts;
    const fn = facts?.functions[each.fn];
    if (!facts || !fn) continue;
    const own = frameOf(w.r, { kind: 'fn', file: each.file, fn: each.fn, scope: each.scope }, each.args, depth, instance);
    const name = `new ${own.key}`;
    if (fn.body.length > 0 && !w.running.has(name)) {
      w.running.add(name);
      const inner: Event[] = [];
      steps(w, fn.body, each.file, own, inner);
      w.running.delete(name);
      for (const event of inner) push(out, lifted(event, instance.at));
    }
    const constructor = fn.members?.find((member) => member.key === 'constructor')?.value;
    if (constructor?.kind === 'fn')
      for (const event of eventsOf(w, { kind: 'fn', file: each.file, fn: constructor.fn, scope: each.scope }, each.args, depth, instance))
        push(out, lifted(event, instance.at));
  }
}

/** What stands inside the function that hands it over is as deep as that: `new Promise((resolve) => { server.listen(port, resolve); })`. */
const depthOf = (w: Walker, { file, scope }: FunctionValue, frame: Frame | undefined): number =>
  frame !== undefined && scope?.key === frame.key ? frame.depth + 1 - (w.isTestSide(file) ? 1 : w.limits.product) : (frame?.depth ?? 0) + 1;

/** Methods of a list that call a function with each of its items. */
const ITERATES = new Set(['every', 'filter', 'find', 'flatMap', 'forEach', 'map', 'some']);

/** `series([migrate, seed], done)`. */
const listed = (value: Abstract | undefined): readonly (Abstract | undefined)[] => (value?.kind === 'list' ? value.items : [value]);

/** Functions handed to a call are taken to run, where nothing is given with parameters nobody knows. */
function callbacks(w: Walker, args: readonly Abstract[], frame: Frame | undefined, at: Place, out: Event[], given: readonly Abstract[] = []): void {
  for (const arg of args) {
    const inner = arg.kind === 'record' ? (arg.keys() ?? []).slice(0, 12).map((key) => arg.get(key)) : [arg];
    for (const each of inner.flatMap(listed)) {
      if (each?.kind !== 'fn') continue;
      const kind = w.r.index(each.file)?.facts.functions[each.fn]?.kind;
      if (kind === 'class') continue;
      const events = eventsOf(w, each, given.length > 0 ? given : calledBackWith(w.r, each.fn, each.file, frame), depthOf(w, each, frame));
      if (events.length === 0) continue;
      out.push({ e: 'callback' });
      for (const event of events) push(out, event.e === 'word' ? event : withinCallback(event, at));
      out.push({ e: 'end-callback' });
    }
  }
}

/** What a helper hands to an object as functions runs some time later: what they claim is claimed. */
function kept(w: Walker, args: readonly Abstract[], frame: Frame | undefined, at: Place, out: Event[]): void {
  for (const fn of keptFunctions(args))
    if (w.isTestSide(fn.file)) for (const event of keptClaims(eventsOf(w, fn, [], (frame?.depth ?? 0) + 1))) push(out, lifted(event, at));
}
