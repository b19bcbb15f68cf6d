import type { Abstract, HandleValue, LibraryCall, Reader } from '../model/abstract.js';
import { placeKey } from '../model/place.js';
import { constantOf, nameOf } from '../model/abstract.js';
import type { CallSpec, LibraryEntry, Opening, Source } from '../model/catalogue.js';
import type { Resource, ResourceKind } from '../model/claims.js';
import { alternatives, constantName, constantText, unknownName, type Name } from '../model/names.js';
import { isAbsolute, normalisePath, WORKING_DIRECTORY } from '../model/paths.js';
import { matchingSpecs, onItsWay } from './matching.js';
import { readSource } from './sources.js';

/** A resource, or the reason why it is nobody else's. */
export type Held = { readonly resource: Resource } | { readonly isolated: 'memory' | 'private-name' };

export type Ambient = (entry: LibraryEntry) => HandleValue | undefined;

/** The first source that is present, as a name. */
export function nameFrom(call: LibraryCall, sources: readonly Source[] | undefined, reader: Reader): Name | undefined {
  for (const source of sources ?? []) {
    const value = readSource(call, source, reader);
    if (value === undefined) continue;
    const name = nameOf(value);
    if (name) return name;
  }
  return undefined;
}

/** A prefix or schema that the client has by itself is decided nowhere in the project. */
function namespaceFrom(call: LibraryCall, sources: readonly Source[] | undefined, reader: Reader): Name | undefined {
  const first = sources?.find((each) => readSource(call, each, reader) !== undefined);
  const name = nameFrom(call, sources, reader);
  return first?.startsWith('=') && name?.kind === 'parts' ? { kind: 'parts', parts: name.parts } : name;
}

/** The resource in another schema, or behind another prefix. `public` is where PostgreSQL puts what names no schema. */
export function withNamespace({ namespace: before, ...rest }: Resource, namespace: Name | undefined = before): Resource {
  return !namespace || (rest.kind === 'postgresql' && constantText(namespace) === 'public') ? rest : { ...rest, namespace };
}

/** What is left of a name's alternatives without those that share nothing: `:memory:`. */
function withoutPrivate(name: Name, shareNothing: readonly string[]): Name | undefined {
  const all = alternatives(name);
  const names = all.filter((each) => !shareNothing.includes(constantText(each) ?? '?'));
  // One that is left of several is still only one of several.
  return names.length === all.length ? name : names.length > 0 ? { kind: 'oneOf', names } : undefined;
}

/** `PORT=0` in `.env.test` and `process.env.PORT ?? 3000` in the source: what the project gives to its tests counts. */
function isGivenPrivate(call: LibraryCall, opening: Opening, reader: Reader): boolean {
  const values = (opening.name ?? []).map((source) => readSource(call, source, reader)).find((value) => value !== undefined && nameOf(value));
  return (values?.kind === 'oneOf' ? values.of : []).some(
    (each) =>
      (each.kind === 'text' || each.kind === 'const') &&
      each.from?.includes('env') === true &&
      opening.privateNames?.includes(constantOf(each) ?? '?') === true,
  );
}

export function opened(call: LibraryCall, opening: Opening, reader: Reader, ambient: Ambient): Held {
  for (const source of opening.same ?? []) {
    const held = heldByAny(readSource(call, source, reader), reader, ambient);
    if (held && 'isolated' in held) return held;
    if (held) {
      const unit = nameFrom(call, opening.unit, reader) ?? held.resource.unit;
      return { resource: { ...withNamespace(held.resource, namespaceFrom(call, opening.namespace, reader)), ...(unit ? { unit } : {}) } };
    }
  }
  if (opening.isolated === 'memory') return { isolated: 'memory' };
  if (opening.privateNames && isGivenPrivate(call, opening, reader)) return { isolated: 'private-name' };
  const written = nameFrom(call, opening.name, reader) ?? (opening.randomByDefault ? perCall(call, 'random name') : unnamed(call, opening));
  const name = opening.privateNames ? withoutPrivate(written, opening.privateNames) : written;
  if (!name) return { isolated: 'private-name' };
  const namespace = opening.namespaceIgnored ? undefined : namespaceFrom(call, opening.namespace, reader);
  const ignored = opening.namespaceIgnored ? nameFrom(call, opening.namespace, reader) : undefined;
  const unit = nameFrom(call, opening.unit, reader);
  const resource: Resource = {
    kind: opening.kind,
    server: server(call, opening, reader),
    name: isPath(opening.kind) ? rooted(name) : name,
    ...(ignored ? { ignored } : {}),
    ...(unit ? { unit } : {}),
  };
  return { resource: withNamespace(resource, namespace) };
}

/** What a handle stands for. One that is made in either of two ways has a name of either. */
function heldByAny(value: Abstract | undefined, reader: Reader, ambient: Ambient): Held | undefined {
  const handles = (value?.kind === 'oneOf' ? value.of : [value]).filter((each) => each?.kind === 'handle');
  const all = handles.map((each) => heldBy(each, reader, ambient));
  const resources = all.flatMap((each) => (each && 'resource' in each ? [each.resource] : []));
  const named = resources.filter((each) => each.name.kind !== 'unknown');
  const [first, ...others] = named.length > 0 ? named : resources;
  if (!first) return all.find((each) => each !== undefined);
  const names = [first, ...others.filter((each) => each.kind === first.kind)].map((each) => each.name);
  const isOne = names.every((each) => constantText(each) !== undefined && constantText(each) === constantText(first.name));
  return { resource: isOne || names.length === 1 ? first : { ...first, name: { kind: 'oneOf', names } } };
}

export const isPath = (kind: ResourceKind): boolean => kind === 'filesystem' || kind === 'sqlite';

/** Relative paths start in the working directory. */
function rooted(name: Name): Name {
  if (name.kind === 'oneOf') return { kind: 'oneOf', names: name.names.map(rooted) };
  if (name.kind === 'unknown') return name;
  const [first, ...rest] = name.parts;
  if (typeof first !== 'string') return name;
  const plain = first.replace(/^file:(\/\/)?/, '');
  const path = isAbsolute(plain) ? normalisePath(plain) : normalisePath(`${WORKING_DIRECTORY}/${plain}`);
  return { ...name, parts: [path, ...rest] };
}

/** A path as a program sees it that runs in the folder; without one, in the working directory of the tests. */
export function below(folder: Name | undefined, path: Name): Name {
  const [first] = path.kind === 'parts' ? path.parts : [];
  if (folder === undefined || path.kind !== 'parts' || (typeof first === 'string' && isAbsolute(first))) return rooted(path);
  if (folder.kind === 'oneOf') return { kind: 'oneOf', names: folder.names.map((each) => below(each, path)) };
  if (folder.kind === 'unknown') return folder;
  const last = folder.parts.at(-1);
  // Joined to one text where it can be, so that `..` is worked out.
  return typeof last === 'string' && typeof first === 'string'
    ? rooted({ ...path, parts: [...folder.parts.slice(0, -1), normalisePath(`${last}/${first}`), ...path.parts.slice(1)] })
    : rooted({ ...path, parts: [...folder.parts, '/', ...path.parts] });
}

/** A client of a server has a default database. There is no default path or port: the argument is one that this call does not have. */
function unnamed(call: LibraryCall, opening: Opening): Name {
  const has = isPath(opening.kind) || opening.kind === 'network-port' || opening.kind === 'container' || opening.same !== undefined;
  return has ? unknownName('a name that the call does not give', call.at) : constantName('(default)', call.at);
}

function server(call: LibraryCall, opening: Opening, reader: Reader): Name {
  if (opening.isolated === 'own-server') return perCall(call, 'own server');
  const host = nameFrom(call, opening.server, reader);
  const port = nameFrom(call, opening.port, reader);
  if (!host) return constantName(opening.server ? '(default)' : '');
  if (!port || host.kind !== 'parts') return plainHost(host);
  const local = plainHost(host);
  // Many servers run on one host.
  if (port.kind === 'unknown') return port;
  if (port.kind !== 'parts' || local.kind !== 'parts') return local;
  return { kind: 'parts', parts: [...local.parts, ':', ...port.parts], ...(host.at ? { at: host.at } : {}) };
}

/** `127.0.0.1` and `::1` are `localhost`. */
function plainHost(host: Name): Name {
  if (host.kind === 'oneOf') return { kind: 'oneOf', names: host.names.map(plainHost) };
  const known = constantText(host);
  return known === '127.0.0.1' || known === '::1' || known === '[::1]' || known === '0.0.0.0'
    ? constantName('localhost', 'at' in host ? host.at : undefined)
    : host;
}

function perCall(call: LibraryCall, source: string): Name {
  return { kind: 'parts', parts: [{ varies: 'call', source, at: call.at }], at: call.at };
}

/** Handles are asked for again with every call that goes through them. */
const known = new WeakMap<HandleValue, { readonly held: Held | undefined }>();

/** What a handle stands for, through every call that made and narrowed it. */
export function heldBy(handle: HandleValue, reader: Reader, ambient: Ambient, depth = 0): Held | undefined {
  const before = known.get(handle);
  if (before) return before.held;
  // What stands behind a package's exports changes with every connection.
  let isLasting = true;
  const held = lookedUp(handle, reader, (entry) => ((isLasting = false), ambient(entry)), depth);
  if (isLasting && depth === 0) known.set(handle, { held });
  return held;
}

function lookedUp(handle: HandleValue, reader: Reader, ambient: Ambient, depth: number): Held | undefined {
  if (depth > 12) return undefined;
  const made = handle.made;
  if (made) {
    const specs = matchingSpecs(made, reader);
    const opening = specs.find((spec) => spec.opens);
    if (opening?.opens) return opened(onItsWay(made, opening, reader), opening.opens, reader, ambient);
    const base = handle.from ? heldBy(handle.from, reader, ambient, depth + 1) : behind(handle.entry, handle, reader, ambient, depth);
    return base && 'resource' in base ? { resource: narrowed(made, specs, base.resource, reader) } : base;
  }
  if (handle.from) return heldBy(handle.from, reader, ambient, depth + 1);
  if (handle.byType && handle.entry.typeOpening) {
    const opening = handle.entry.typeOpening;
    if (opening.isolated === 'memory') return { isolated: 'memory' };
    const why = 'a client known only by its type';
    return { resource: { kind: opening.kind, server: unknownName(why, handle.at), name: unknownName(why, handle.at) } };
  }
  return behind(handle.entry, handle, reader, ambient, depth);
}

function behind(entry: LibraryEntry, handle: HandleValue, reader: Reader, ambient: Ambient, depth: number): Held | undefined {
  if (!entry.ambient) return undefined;
  const standing = ambient(entry);
  return standing && standing !== handle ? heldBy(standing, reader, ambient, depth + 1) : undefined;
}

function narrowed(call: LibraryCall, specs: readonly CallSpec[], base: Resource, reader: Reader): Resource {
  const narrows = specs.find((spec) => spec.narrows)?.narrows;
  if (!narrows) return base;
  const name = nameFrom(call, narrows.name, reader);
  const unit = nameFrom(call, narrows.unit, reader);
  return { ...withNamespace(base, nameFrom(call, narrows.namespace, reader)), ...(name ? { name } : {}), ...(unit ? { unit } : {}) };
}

/** The name of what a value stands for where it is no handle: a path that must be removed, an argument to close. */
export function tokenOf(value: Abstract | undefined): string | undefined {
  if (!value) return undefined;
  if (value.kind === 'handle') return handleId(value);
  const known = constantOf(value);
  if (known !== undefined) return `text:${known}`;
  if (value.kind === 'text') {
    const hole = value.parts.find((part) => typeof part !== 'string' && 'varies' in part);
    if (hole && typeof hole !== 'string' && 'varies' in hole) return `at:${placeKey(hole.at)}`;
  }
  return undefined;
}

/** One opened object: where it was opened. */
export function handleId(handle: HandleValue): string {
  let root = handle;
  // A view of a client is closed with the client, unless it owes a closing of its own.
  while (root.from && !root.made?.specs.some((spec) => spec.owes)) root = root.from;
  return `at:${placeKey(root.at)}`;
}
