import type { Abstract, Frame, FunctionValue } from '../model/abstract.js';
import { baseOf, eachValue, GLOBAL_NAMES, isIn } from '../model/code.js';
import type { BindingId, FileFacts, Fn, FunctionId, Span, Value } from '../model/facts.js';
import { HOST_INTRINSICS } from '../model/state.js';
import type { Word } from '../model/runner.js';
import type { StateKind } from '../model/state.js';
import { chain } from './chain.js';
import type { FileIndex } from './file-index.js';
import type { Resolver } from './resolver.js';

/** A piece of state that outlives the function which changes it. */
export interface Cell {
  readonly state: StateKind;
  /** `process.env.TZ`, `Orders.prototype.total` with its file in front. Equal text, same cell. */
  readonly name: string;
  /** What had to be taken for granted of the object. */
  readonly assumed?: string;
}

/** Made when its module loads, not by a call. */
const isOutermost = (fn: Fn): boolean => fn.in === undefined || fn.in === 0;

/** The cell behind `of.key`, where `of` outlives the test: globals, core modules, imported objects, classes, module-level objects. */
export function cellOf(r: Resolver, of: Value, key: string | undefined, file: string, frame: Frame | undefined): Cell | undefined {
  if (of.kind === 'member' && of.key === 'prototype') {
    const owner = r.value(of.of, file, frame);
    const fn = owner.kind === 'fn' ? r.index(owner.file)?.facts.functions[owner.fn] : undefined;
    if (owner.kind === 'fn' && fn)
      return isOutermost(fn) ? { state: 'module', name: `${owner.file}#${fn.name ?? `fn${owner.fn}`}.prototype.${key ?? '*'}` } : undefined;
  }
  if (isPutThere(r, of, file) || isGivenAnew(r, of, file)) return undefined;
  const value = r.value(of, file, frame);
  return (
    (value.kind === 'record' || value.kind === 'oneOf' ? settingCell(r, of, key ?? '*', file, frame) : undefined) ?? cellIn(r, value, key ?? '*', of, file)
  );
}

/** `delete config.plugins` of a module that exports no such thing, where its file and the one that deletes it write none: nothing is removed. */
export function isNeverThere(r: Resolver, { of, key }: Extract<Value, { kind: 'member' }>, file: string, frame: Frame | undefined): boolean {
  const value = r.value(of, file, frame);
  if (value.kind !== 'record' || typeof key !== 'string' || value.at.path === file) return false;
  const keys = value.keys();
  const home = r.index(value.at.path);
  // What a function of the module gives an object of its own is not what the module exports.
  const isOwn = (holder: Value): boolean => holder.kind === 'ref' && home!.facts.bindings[holder.binding]!.in !== 0;
  if (!home || keys === undefined || keys.includes(key) || home.memberWrites.get(key)?.some((each) => !isOwn(baseOf(each.of)))) return false;
  return (r.index(file)?.memberWrites.get(key) ?? []).every((each) => chain(each.of) !== chain(of));
}

/**
 * `shop.config = deepCopy(defaults)` in a hook: what the file changes of `shop.config` is what it has put there itself. A copy by spread or
 * `Object.assign` has only the first layer to itself.
 */
function isPutThere(r: Resolver, of: Value, file: string): boolean {
  const index = r.index(file);
  for (let each = of; index && each.kind === 'member' && typeof each.key === 'string'; each = each.of) {
    const holder = chain(each.of);
    if (holder === undefined) return false;
    for (const { value, op, fn, of: written } of index.memberWrites.get(each.key) ?? []) {
      if (op !== undefined || chain(written) !== holder || !isPrepared(r, index.facts, fn)) continue;
      if (isMade(value) && (each === of || !isShallow(value, index.facts))) return true;
    }
  }
  return false;
}

/** `files = cloneDeep(FILES)` in the hook of the suite that is nearest to where `files.sizes.c` is written, whatever the hooks of other suites give. */
function isGivenAnew(r: Resolver, of: Value, file: string): boolean {
  const index = r.index(file);
  const root = baseOf(of);
  if (!index || root.kind !== 'ref') return false;
  const { functions, bindings } = index.facts;
  const home = bindings[root.binding]?.in;
  const writes = (index.writes.get(root.binding) ?? []).flatMap((write) => {
    const suite = functions[write.fn]!.in ?? 0;
    // What a suite declares is made once for all its tests.
    if (write.fn === home) return [];
    return write.path.length === 0 && write.op === undefined && isIn(of.at, functions[suite]!.at) && isPrepared(r, index.facts, write.fn)
      ? [{ write, suite }]
      : [];
  });
  const nearest = Math.max(...writes.map(({ suite }) => functions[suite]!.at[0]));
  return (
    writes.length > 0 &&
    writes.every(({ write: { value }, suite }) => {
      if (functions[suite]!.at[0] < nearest) return true;
      if (!isMade(value) || (root !== of && isShallow(value, index.facts))) return false;
      const made = r.value(value, file, undefined);
      return made.kind === 'unknown' || (made.kind === 'record' && isFleeting(r, made, value, file));
    })
  );
}

/** The function is handed to what runs it before tests: a hook, or the suite itself. */
const isPrepared = (r: Resolver, facts: FileFacts, fn: FunctionId): boolean =>
  isHandedTo(r, facts, fn, (word) => word.role === 'suite' || (word.role === 'hook' && word.when === 'before'));

/** What a suite makes lives as long as its tests. */
const isSuiteBody = (r: Resolver, facts: FileFacts, fn: FunctionId): boolean => isHandedTo(r, facts, fn, (word) => word.role === 'suite');

const isHandedTo = (r: Resolver, { calls, path }: FileFacts, fn: FunctionId, isWanted: (word: Word) => boolean): boolean =>
  calls.some(({ callee, args }) => {
    if (!args.some(({ value }) => value.kind === 'fn' && value.fn === fn)) return false;
    const called = r.value(callee, path, undefined);
    return called.kind === 'word' && isWanted(called.word);
  });

const isMade = ({ kind }: Value): boolean => kind === 'record' || kind === 'list' || kind === 'result';
const isShallow = (value: Value, { calls }: FileFacts): boolean => {
  if (value.kind === 'record') return value.entries.some((each) => 'spread' in each);
  const callee = value.kind === 'result' ? calls[value.call]?.callee : undefined;
  return callee?.kind === 'member' && callee.key === 'assign' && callee.of.kind === 'outer' && callee.of.name === 'Object';
};

function settingCell(r: Resolver, of: Value, key: string, file: string, frame: Frame | undefined): Cell | undefined {
  const setting = settingOf(r, of, key, file, frame);
  return setting && { state: 'module', name: [setting.package, ...setting.keys].join('.') };
}

/** `config.mail.user`: a setting of a package that is a configuration object itself, whatever files its value comes from. */
export function settingOf(
  r: Resolver,
  of: Value,
  key: string,
  file: string,
  frame: Frame | undefined,
): { readonly package: string; readonly keys: readonly string[] } | undefined {
  const keys: string[] = [key];
  let root = of;
  while (root.kind === 'member' && typeof root.key === 'string') {
    keys.unshift(root.key);
    root = root.of;
  }
  const whole = root.kind === 'ref' && root !== of ? r.value(root, file, frame) : undefined;
  if (whole?.kind !== 'library' || whole.package.startsWith('node:')) return undefined;
  return { package: whole.package, keys: [...whole.path.filter((each) => each !== 'default'), ...keys] };
}

/** `process.env`, also of `import process from 'node:process'`. */
export function globalPath(value: Abstract | undefined): readonly string[] | undefined {
  if (value?.kind === 'outer') return value.path;
  return value?.kind === 'library' && value.package === 'node:process' ? ['process', ...value.path.filter((each) => each !== 'default')] : undefined;
}

function cellIn(r: Resolver, value: Abstract, key: string, of: Value, file: string): Cell | undefined {
  switch (value.kind) {
    case 'outer':
      return globalCell([...value.path, key]);
    case 'library': {
      const global = globalPath(value);
      if (global) return globalCell([...global, key]);
      const core = value.package.startsWith('node:');
      const path = value.path.filter((each) => each !== 'default');
      // A bare import of a package's namespace cannot be written to; its objects can.
      return { state: core ? 'core-module' : 'module', name: [value.package, ...path, key].join('.') };
    }
    case 'module':
      return { state: 'module', name: `${value.path}#${key}` };
    case 'fn': {
      const fn = r.index(value.file)?.facts.functions[value.fn];
      return fn && isOutermost(fn) ? { state: 'module', name: `${value.file}#${nameOfFunction(r, value, fn)}.${key}` } : undefined;
    }
    case 'record':
    case 'list':
    case 'instance':
      return lasting(r, of, value.at.path, value.at.span[0], key, file);
    case 'oneOf': {
      for (const each of value.of) {
        const cell = cellIn(r, each, key, of, file);
        if (cell) return cell;
      }
      return undefined;
    }
    case 'unknown':
      return given(r, of, key, file);
    default:
      return undefined;
  }
}

/** `handleError` of `const handleError = () => {}` too. */
function nameOfFunction(r: Resolver, { file, fn }: FunctionValue, known: Fn): string {
  const index = r.index(file);
  const bound = index?.boundTo.get(fn);
  return known.name ?? (bound === undefined ? undefined : index?.facts.bindings[bound]?.name) ?? `fn${fn}`;
}

/** Whether an object is made anew for each test, so that what is changed on it goes with it. Nobody knows where a helper's own result comes from: that counts as made anew. */
export function isFleeting(r: Resolver, value: Abstract, of: Value | undefined, file: string): boolean {
  switch (value.kind) {
    case 'record':
    case 'list':
    case 'instance':
    case 'handle': {
      const facts = r.index(value.at.path)?.facts;
      return facts !== undefined && enclosing(facts, value.at.span[0]) !== 0;
    }
    case 'fn': {
      const fn = r.index(value.file)?.facts.functions[value.fn];
      return fn !== undefined && !isOutermost(fn);
    }
    case 'context':
      return true;
    case 'oneOf':
      return value.of.every((each) => isFleeting(r, each, of, file));
    // A member that nobody has seen to be set.
    case 'const':
    case 'unknown': {
      const root = of && baseOf(of);
      if (root?.kind === 'outer') return root.name === 'this';
      if (root?.kind !== 'ref') return true;
      const index = r.index(file);
      const binding = index?.facts.bindings[root.binding];
      if (!index || !binding) return true;
      if (binding.form === 'import') return false;
      return (index.writes.get(root.binding) ?? []).every((write) => write.fn !== 0);
    }
    default:
      return false;
  }
}

/** An object made while a module loads lives as long as the module; one made in a function does not. */
function lasting(r: Resolver, of: Value, path: string, offset: number, key: string, file: string): Cell | undefined {
  const facts = r.index(path)?.facts;
  if (!facts) return { state: 'module', name: `${path}@${offset}.${key}` };
  const home = enclosing(facts, offset);
  // Of a suite's object only its own variable tells which one it is.
  if (home !== 0 && (path !== file || homeOf(of, facts) !== home || !isSuiteBody(r, facts, home))) return undefined;
  const name = chainName(of, r.index(file));
  return { state: 'module', name: `${path}#${name ?? offset}.${key}` };
}

/** What a call outside the project gives is an object too, which the file or a suite keeps: `const store = useStore()`. */
function given(r: Resolver, of: Value, key: string, file: string): Cell | undefined {
  const index = r.index(file);
  const root = baseOf(of);
  if (!index || root.kind !== 'ref') return undefined;
  const { form, in: home } = index.facts.bindings[root.binding]!;
  const [made, ...others] = index.writes.get(root.binding) ?? [];
  if (form !== 'const' || made?.value.kind !== 'result' || made.path.length > 0 || others.length > 0) return undefined;
  if ((home !== 0 && !isSuiteBody(r, index.facts, home)) || isTended(r, index.facts, root.binding)) return undefined;
  const name = chainName(of, index);
  return name === undefined ? undefined : { state: 'module', name: `${file}#${name}.${key}`, assumed: 'what the call gives keeps what is set on it' };
}

/** A hook around each test has to do with it: what it calls may put it back, `store.$reset()`. */
function isTended(r: Resolver, facts: FileFacts, binding: BindingId): boolean {
  const named: Span[] = [];
  eachValue([facts.functions, facts.calls], (value) => {
    if (value.kind === 'ref' && value.binding === binding) named.push(value.at);
  });
  return facts.functions.some(
    ({ at }, fn) => named.some((each) => isIn(each, at)) && isHandedTo(r, facts, fn, (word) => word.role === 'hook' && word.scope === 'test'),
  );
}

/** The function that declares the variable of `order.address.street`. */
function homeOf(of: Value, { bindings }: FileFacts): FunctionId | undefined {
  const root = baseOf(of);
  return root.kind === 'ref' ? bindings[root.binding]?.in : undefined;
}

/** The innermost function whose range holds the offset; a class for the fields that each of its instances makes anew. */
export function enclosing(facts: FileFacts, offset: number): number {
  let best = 0;
  let size = Infinity;
  facts.functions.forEach((fn, id) => {
    if (id === 0) return;
    if (fn.kind === 'class' && !fn.members?.some((each) => each.form === 'field' && !each.static && each.at[0] <= offset && offset < each.at[1])) return;
    if (fn.at[0] <= offset && offset < fn.at[1] && fn.at[1] - fn.at[0] < size) {
      best = id;
      size = fn.at[1] - fn.at[0];
    }
  });
  return best;
}

/** The name under which an expression stands in the source. */
export function chainName(value: Value, index: FileIndex | undefined): string | undefined {
  switch (value.kind) {
    case 'ref': {
      const binding = index?.facts.bindings[value.binding];
      const [made, ...others] = (binding?.form === 'const' && index?.writes.get(value.binding)) || [];
      // `const bulb = devices.bulb`
      const isAlias = made?.value.kind === 'member' && made.path.length === 0 && others.length === 0;
      return (isAlias ? chainName(made.value, index) : undefined) ?? binding?.name;
    }
    case 'outer':
      return value.name;
    case 'self':
      return 'this';
    case 'member': {
      const of = chainName(value.of, index);
      return of === undefined ? undefined : `${of}.${typeof value.key === 'string' ? value.key : '*'}`;
    }
    default:
      return undefined;
  }
}

/** The global through which a property is reached: `window` of `window.location.href`. */
export function through(of: Value): { readonly through?: string } {
  const root = baseOf(of);
  return root.kind === 'outer' ? { through: root.name } : {};
}

/** A property of the global object that a program has made up itself. */
export const isInvented = ({ state, name }: Pick<Cell, 'state' | 'name'>): boolean =>
  state === 'global' && (/^_\w*$/.test(name) || (/^[a-z]+([A-Z][a-z0-9]*){2,}$/.test(name) && !PROVIDED.test(name)));

/** Names of three words and more that browsers and Node provide. */
const PROVIDED =
  /^(page[XY]Offset|devicePixelRatio|get(ComputedStyle|ScreenDetails)|(request|cancel)(AnimationFrame|IdleCallback)|createImageBitmap|(add|remove)EventListener|show\w+Picker|isSecureContext|crossOriginIsolated)$/;

export function globalCell(path: readonly string[]): Cell | undefined {
  const steps = GLOBAL_NAMES.has(path[0]!) && path.length > 1 ? path.slice(1) : path;
  const viaGlobal = steps !== path;
  const name = steps.join('.');
  if (steps[0] === 'process') {
    if (steps[1] === 'env') return { state: 'env', name: steps.slice(0, 3).join('.') };
    if (steps[1] === 'argv' || steps[1] === 'exitCode') return { state: 'process', name };
    return { state: 'process', name };
  }
  // A switch of React's, which every test of it sets alike.
  if (name === 'IS_REACT_ACT_ENVIRONMENT') return undefined;
  if (steps[0] === 'this' || steps[0] === 'arguments' || steps[0] === 'module' || steps[0] === 'exports' || steps[0] === 'import.meta') return undefined;
  // Where a page stands is its own affair; that `window.location` is another object is not.
  if ((steps[0] === 'document' || steps[0] === 'location') && !(viaGlobal && steps.length === 1)) return undefined;
  if (steps[0] === 'console') return { state: 'console', name };
  if (steps.length === 1) return viaGlobal ? { state: 'global', name } : undefined;
  if (HOST_INTRINSICS.has(steps[0]!)) return { state: 'host-intrinsic', name };
  if (/^[A-Z]/.test(steps[0]!) || steps[0] === 'Math' || steps[0] === 'JSON') return { state: 'intrinsic', name };
  return { state: 'global', name };
}
