import type { Abstract, HandleValue, LibraryCall, Reaction, Reader, UnknownValue } from '../model/abstract.js';
import { constantOf, nameOf } from '../model/abstract.js';
import type { CallSpec, Statement } from '../model/catalogue.js';
import type { Operation, Resource } from '../model/claims.js';
import { LISTENS } from '../model/code.js';
import { alternatives, constantName, constantText, type Hole, unknownName, type Name } from '../model/names.js';
import { ROOT, WORKING_DIRECTORY } from '../model/paths.js';
import { type Place, placeKey } from '../model/place.js';
import { databaseOfCommand } from './command-database.js';
import { matchingSpecs, onItsWay } from './matching.js';
import { type Ambient, below, handleId, heldBy, type Held, isPath, nameFrom, opened, tokenOf, withNamespace } from './resources.js';
import { readSource } from './sources.js';
import { classify, partsBehind } from './statements/index.js';
import { DIRECTORY_PROJECT } from './statements/shell-docker.js';

/** What one library call does: claims on resources, things opened and closed, state changed and put back. */
export function react(whole: LibraryCall, reader: Reader, ambient: Ambient): readonly Reaction[] {
  const out: Reaction[] = used(whole);
  const own = isOwn(whole);
  for (const spec of matchingSpecs(whole, reader)) {
    const call = onItsWay(whole, spec, reader);
    const held = spec.opens
      ? opened(call, spec.opens, reader, ambient)
      : (receiverHeld(call, reader, ambient) ?? (spec.statement?.language === 'shell' ? anywhere(call) : undefined));
    const handle = handleFor(call, spec);
    if (held && 'resource' in held && !(own && isNameless(held.resource))) claims(call, spec, held.resource, handle, reader, out);
    if (spec.statement?.language === 'shell') givenPorts(call, reader, out);
    // What is closed at the end of the process anyway (an engine in memory) still owes nothing.
    const isInMemory = held && 'isolated' in held && (held.isolated === 'memory' || spec.opens?.privateNames?.includes(':memory:'));
    if (spec.owes && !own && !(isInMemory && !spec.owesKind)) {
      out.push({
        kind: 'open',
        what: whatOf(call),
        of: spec.owesKind ?? (held && 'resource' in held ? held.resource.kind : 'handle'),
        owes: spec.owes,
        handle,
        inside: containers(call),
        ...(isLazy(call, spec, reader) ? { isLazy: true } : {}),
      });
    }
    if (spec.releases) {
      const what = spec.releases === 'receiver' ? undefined : readSource(call, spec.releases, reader);
      const released = spec.releases === 'receiver' ? [standingHandle(call, ambient)] : (what?.kind === 'oneOf' ? what.of : [what]).map(tokenOf);
      // `for (const dir of made) rmSync(dir)`: which directories these are is seen only when it runs.
      const all = what && spec.wipes === 'path' && released.includes(undefined) ? [...released, '*temp-directory'] : released;
      for (const each of all) if (each !== undefined) out.push({ kind: 'release', handle: each });
    }
    if (spec.changes) {
      const { state, inMemory } = spec.changes;
      const instead = inMemory ? { originals: [{ kind: 'resources', of: inMemory } as const] } : {};
      const isSaved = isWorkingDirectory(call.args[0]) || isOldListener(call.args[1]);
      for (const cell of cellsOf(call, spec.changes, reader)) out.push({ kind: 'change', state, cell, handle, isSaved, ...instead });
    }
    if (spec.restores) {
      const { state, what } = spec.restores;
      if (what === 'all') out.push({ kind: 'restore', state, what });
      else if (what === 'receiver') out.push({ kind: 'restore', state, what: 'handle', ...(call.receiver ? { handle: handleId(call.receiver) } : {}) });
      else out.push({ kind: 'restore', state, what: 'cell', cell: cellText(call, what, reader) });
    }
    if (spec.scoped) {
      const callback = readSource(call, spec.scoped.callback, reader);
      if (callback) out.push({ kind: 'scoped', callback, param: spec.scoped.param ?? 0, handle: call.receiver });
    }
  }
  return out;
}

/** Clients that this call makes connect: the one on which it is called, and those that it is given. */
function used({ receiver, method, specs, args }: LibraryCall): Reaction[] {
  const given = args.flatMap((arg) => [arg, ...(arg.kind === 'record' ? (arg.keys() ?? []).map((key) => arg.get(key)) : [])]);
  if (specs.length > 0 && specs.every((spec) => spec.idle || isView(spec))) return [];
  const on = receiver && !LISTENS.has(method ?? '') && !specs.some(({ releases }) => releases === 'receiver') ? [receiver] : [];
  return [...on, ...given].flatMap((each) => (each?.kind === 'handle' && beginsLater(each) ? [{ kind: 'use' as const, handle: handleId(each) }] : []));
}

/** It is, or is a view of, what connects when it is used. */
const beginsLater = ({ made, from }: HandleValue): boolean => made?.specs.some(({ lazy }) => lazy) === true || (from !== undefined && beginsLater(from));

/** Only another way to name what is there: `sequelize.define('order', {})`, `client.db('shop')`. */
const isView = ({ returns, op, owes, statement, scoped }: CallSpec): boolean =>
  returns !== undefined && returns !== 'receiver' && !op && !owes && !statement && !scoped;

const isLazy = (call: LibraryCall, { lazy }: CallSpec, reader: Reader): boolean =>
  lazy === true || (lazy?.some((source) => isTrue(readSource(call, source, reader))) ?? false);

const isTrue = (value: Abstract | undefined): boolean => value?.kind === 'const' && value.value === true;

/** A library's own tests make clients of it for many ends; only a known name on a known server says that one of them reaches what others reach too. */
const isNameless = ({ name, server }: Resource): boolean => [name, server].some((part) => alternatives(part).every((each) => each.kind === 'unknown'));

/** Made by the library that the project itself is, or by what that made. */
const isOwn = ({ own, receiver }: LibraryCall): boolean => own === true || (receiver?.made !== undefined && isOwn(receiver.made));

const GIVEN = 'given to a program';

/** `process.chdir(saved)`, where `saved` is what `process.cwd()` gave, or the folder of the project, where tests are started. */
const isWorkingDirectory = (value: Abstract | undefined): boolean => [WORKING_DIRECTORY, ROOT].includes(constantOf(value)?.replace(/\/$/, '') ?? '');

/** `process.on('SIGINT', saved[0])`, where `saved` is what `process.listeners('SIGINT')` gave. */
const isOldListener = (value: Abstract | undefined): boolean => value?.kind === 'unknown' && /process\.(l|rawL)isteners/.test(value.why);

/** Temporary directories that the arguments lie in: removing one of them removes what was made inside. */
function containers(call: LibraryCall): string[] {
  const texts = call.args.flatMap((each) => (each.kind === 'oneOf' ? each.of : [each]));
  return texts.flatMap((each) =>
    each.kind === 'text' ? each.parts.flatMap((part) => (typeof part !== 'string' && 'varies' in part ? [`at:${placeKey(part.at)}`] : [])) : [],
  );
}

/** Shell commands say themselves what they act on. */
const anywhere = (call: LibraryCall): Held => ({
  resource: { kind: 'filesystem', server: constantName(''), name: unknownName('what a command acts on', call.at) },
});

/** Closes something, whatever that is. */
const ANY_HANDLE = '*';

/** `mongoose.disconnect()` has no receiver: it closes what `mongoose.connect()` opened. */
function standingHandle(call: LibraryCall, ambient: Ambient): string | undefined {
  if (call.receiver?.made?.specs.some((each) => each.standing)) return ANY_HANDLE;
  const handle = call.receiver ?? (call.entry.ambient ? ambient(call.entry) : undefined);
  return handle ? handleId(handle) : undefined;
}

function receiverHeld(call: LibraryCall, reader: Reader, ambient: Ambient): Held | undefined {
  if (call.receiver) return heldBy(call.receiver, reader, ambient);
  const standing = call.entry.ambient ? ambient(call.entry) : undefined;
  return standing ? heldBy(standing, reader, ambient) : undefined;
}

/** The handle that the call gives, else the one it goes through, else the place of the call. */
function handleFor(call: LibraryCall, spec: CallSpec): string {
  if (spec.returns !== undefined && spec.returns !== 'receiver') {
    return spec.owes || !call.receiver ? `at:${placeKey(call.at)}` : handleId(call.receiver);
  }
  return call.receiver ? handleId(call.receiver) : `at:${placeKey(call.at)}`;
}

function whatOf(call: LibraryCall): string {
  const name = call.entry.packages[0]!;
  return call.receiver ? `${call.receiver.type} of ${name}` : name;
}

function claims(call: LibraryCall, spec: CallSpec, base: Resource, handle: string, reader: Reader, out: Reaction[]): void {
  const client = call.entry.packages[0]!;
  const unit = nameFrom(call, spec.unit, reader);
  // `server.db.destroy('orders')` is about that database, and gives no handle to it.
  const name = spec.returns === undefined ? nameFrom(call, spec.narrows?.name, reader) : undefined;
  const resource: Resource = { ...base, ...(name ? { name } : {}), ...(unit ? { unit } : {}) };
  const saidAt = spec.statement ? writtenElsewhere(call, spec.statement.in, reader) : undefined;
  const claim = (of: Resource, op: Operation, wipes?: CallSpec['wipes'], note = spec.note): void => {
    const decidedAt = decided(of);
    out.push({
      kind: 'claim',
      resource: of,
      op,
      client,
      handle,
      ...(wipes ? { wipes } : {}),
      ...(decidedAt ? { decidedAt } : {}),
      ...(saidAt ? { saidAt } : {}),
      ...(note ? { note } : {}),
    });
  };
  if (!spec.statement) {
    if (spec.op) claim(resource, spec.op, spec.wipes);
    return;
  }
  const written = statementParts(call, spec.statement.in, reader);
  if (!written) {
    if (spec.op) claim(resource, spec.op, spec.wipes);
    return;
  }
  const parts = written.map((part) => (typeof part === 'string' ? part : null));
  const holes = written.filter((part): part is Unwritten => typeof part !== 'string');
  const statements = spec.statement.language === 'shell' ? classifyCommand(parts) : classify(spec.statement.language, parts);
  if (statements.length === 0 && spec.op && parts.every((part) => part === null)) claim(resource, spec.op, spec.wipes);
  for (const statement of statements) {
    // Roles are no rows of the database.
    if (statement.names === 'role' && statement.op === 'drop') continue;
    const op = statement.op === 'drop' ? 'wipe' : statement.op;
    const stood = statement.kind === 'database' && statement.unit === undefined ? databaseOfCommand(call, statement.note, reader) : undefined;
    claim(stood ?? aboutStatement(resource, statement, call, holes), op, statement.wipes, statement.note);
  }
}

/** `spawn('npm', ['run', 'dev'], { env: { ...process.env, PORT: '3100' } })`: the program binds the port that it is given. */
function givenPorts(call: LibraryCall, reader: Reader, out: Reaction[]): void {
  for (const arg of call.args) {
    const env = arg.kind === 'record' ? reader.property(arg, 'env') : undefined;
    if (env?.kind !== 'record') continue;
    for (const key of env.written ?? []) {
      if (!/(^|_)PORT$/.test(key) || /(DB|DATABASE|REDIS|PG|POSTGRES|MYSQL|MONGO|KAFKA|SMTP|PROXY|INSPECT|DEBUG)_?PORT$/.test(key)) continue;
      const value = env.get(key);
      const name = value && nameOf(value);
      // Port 0 leaves the choice to the machine; what is read back later goes by the same variable.
      if (!name || alternatives(name).some((each) => constantText(each) === '0')) continue;
      const decidedAt = decided({ kind: 'network-port', server: constantName(''), name });
      out.push({
        kind: 'claim',
        resource: { kind: 'network-port', server: constantName(''), name },
        op: 'bind',
        client: call.entry.packages[0]!,
        note: GIVEN,
        ...(decidedAt ? { decidedAt } : {}),
      });
    }
  }
}

/** The text of a statement that the call only passes on. */
function writtenElsewhere(call: LibraryCall, source: string, reader: Reader): Place | undefined {
  const value = source === 'arg*' ? undefined : readSource(call, source, reader);
  if (value?.kind !== 'text' || value.parts.every((part) => typeof part !== 'string')) return undefined;
  const { at } = value;
  return at.path === call.at.path && call.at.span[0] <= at.span[0] && at.span[1] <= call.at.span[1] ? undefined : at;
}

/** The `>` of `<root>` is no redirection: folders of the platform are spelt without brackets while a command is read. */
function classifyCommand(parts: readonly (string | null)[]): Statement[] {
  const spelt = parts.map((part) => part?.replaceAll(/<(root|cwd|tmp|home)>/g, '__$1__') ?? null);
  return classify('shell', spelt).map((each) => (each.unit === undefined ? each : { ...each, unit: each.unit.replaceAll(/__(root|cwd|tmp|home)__/g, '<$1>') }));
}

/** `CREATE DATABASE app_w1` speaks of that database, `TRUNCATE orders` of that table, a shell command of what it names. */
function aboutStatement(base: Resource, statement: Statement, call: LibraryCall, holes: readonly Unwritten[]): Resource {
  const name: Name | undefined =
    statement.unit === undefined ? undefined : (statement.names === 'project' && ofDirectory(statement.unit, call)) || unitName(statement.unit, call, holes);
  const resource = statement.kind
    ? {
        kind: statement.kind,
        server: constantName(''),
        name: (name && isPath(statement.kind) ? below(directoryOf(call), name) : name) ?? unknownName('a name in a command that is not known', call.at),
      }
    : base;
  if (statement.kind) return resource;
  if (!name) {
    if (statement.names === 'database') return { ...base, name: unknownName('a database named in a text that is not known', call.at) };
    if (statement.names === 'schema') return { ...base, namespace: unknownName('a schema named in a text that is not known', call.at) };
    // `CREATE TABLE ${name}`
    return statement.op === 'create' && base.unit === undefined ? { ...base, unit: unknownName('a table named in a text that is not known', call.at) } : base;
  }
  switch (statement.names) {
    case 'database':
      return { ...base, name };
    case 'schema':
      return withNamespace(base, name);
    default:
      return { ...base, unit: name };
  }
}

/** `CREATE (:${label})`: a label that is made up, where it is known what it is made of. */
function unitName(unit: string, call: LibraryCall, holes: readonly Unwritten[]): Name | undefined {
  const parts = partsBehind(unit).map((part) => (typeof part === 'number' ? holes[part] : part));
  const known = parts.flatMap((part) => (typeof part === 'string' || (part && 'varies' in part) ? [part] : []));
  if (known.length < parts.length) return undefined;
  return known.every((part) => typeof part === 'string') ? constantName(unit, wordAt(call, unit)) : { kind: 'parts', parts: known, at: call.at };
}

/** `spawn('docker', ['compose', 'up'], { cwd })`: without a name of its own, a compose project is called after the directory that it starts in. */
function ofDirectory(unit: string, call: LibraryCall): Name | undefined {
  if (unit !== DIRECTORY_PROJECT) return undefined;
  const folder = directoryOf(call);
  return folder?.kind === 'parts' ? { ...folder, parts: ['compose project of ', ...folder.parts] } : folder;
}

/** Where a program that the call starts has its working directory; nothing where it has that of the tests. */
function directoryOf(call: LibraryCall): Name | undefined {
  const cwd = call.args.map((each) => (each.kind === 'record' ? each.get('cwd') : undefined)).find((each) => each !== undefined);
  if (!cwd || (cwd.kind === 'const' && cwd.value === undefined)) return undefined;
  return nameOf(cwd) ?? unknownName('the working directory of a program', call.at);
}

/** Where a word of a command is written, if it is an argument by itself or was put into one; else the call. */
function wordAt(call: LibraryCall, word: string): Place {
  const words = call.args.flatMap((each) => (each.kind === 'list' ? each.items : [each]));
  const found = words.find((each) => constantOf(each) === word);
  if (found?.kind === 'text') return found.at;
  const inside = words.flatMap((each) => (each.kind === 'text' ? (each.words ?? []) : []));
  return inside.find((each) => each.text === word)?.at ?? call.at;
}

/** A part of a statement that stands elsewhere: how it varies, why it is not known, or nothing. */
type Unwritten = Hole | UnknownValue | null;

function statementParts(call: LibraryCall, source: string, reader: Reader): readonly (string | Unwritten)[] | undefined {
  const value = source === 'arg*' ? undefined : readSource(call, source, reader);
  if (source === 'arg*') {
    const words = call.args.flatMap((each): (readonly (string | Unwritten)[])[] =>
      each.kind === 'text' || each.kind === 'const'
        ? [partsOf(each)]
        : each.kind === 'list'
          ? [joined(each.items)]
          : each.kind === 'fn' || each.kind === 'record'
            ? []
            : [[null]],
    );
    return words.length > 0 ? words.flatMap((word, index) => (index > 0 ? [' ', ...word] : word)) : undefined;
  }
  if (!value) return undefined;
  if (value.kind === 'oneOf') {
    const first = value.of.find((each) => each.kind === 'text');
    return first ? partsOf(first) : undefined;
  }
  if (value.kind === 'text' || value.kind === 'const') return partsOf(value);
  if (value.kind === 'list') return joined(value.items);
  return undefined;
}

function joined(items: readonly Abstract[]): (string | Unwritten)[] {
  return items.flatMap((each, index): (string | Unwritten)[] => [
    ...(index > 0 ? [' '] : []),
    ...(each.kind === 'text' || each.kind === 'const' ? partsOf(each) : [null]),
  ]);
}

function partsOf(value: Abstract): readonly (string | Unwritten)[] {
  if (value.kind === 'const') return [String(value.value)];
  return value.kind === 'text' ? value.parts : [null];
}

/** Where the name was written that decides which resource it is. */
function decided(resource: Resource): { path: string; span: readonly [number, number] } | undefined {
  const name = resource.name;
  const names = alternatives(name);
  const first = names.find((each) => constantText(each) !== undefined) ?? names.find((each) => each.kind === 'parts');
  return first?.kind === 'parts' ? first.at : undefined;
}

/** `orders.__set__({ send, store })` sets each of them. */
function cellsOf(call: LibraryCall, { state, cell }: NonNullable<CallSpec['changes']>, reader: Reader): readonly string[] {
  const last = state === 'module' ? readSource(call, cell.at(-1)!, reader) : undefined;
  const keys = last?.kind === 'record' ? last.keys() : undefined;
  const of = (keys ? cell.slice(0, -1) : cell).map((source) => cellText(call, source, reader));
  return (keys ?? [undefined]).map((key) => [...of, ...(key === undefined ? [] : [key])].join('.'));
}

/** A piece of process state as text: `process.env.TZ`, `node:fs.readFile`, `src/orders.ts#Orders.prototype.total`. */
function cellText(call: LibraryCall, source: string, reader: Reader): string {
  return cellOf(readSource(call, source, reader));
}

function cellOf(value: Abstract | undefined): string {
  if (!value) return '?';
  switch (value.kind) {
    case 'text':
      return constantOf(value) ?? '?';
    case 'const':
      return String(value.value);
    case 'outer':
      return value.path.join('.');
    case 'library':
      return [value.package, ...value.path.filter((each) => each !== 'default')].join('.');
    case 'module':
      return value.path;
    case 'fn':
      return `${value.file}#${value.fn}`;
    case 'record':
    case 'instance':
    case 'list':
      return `${value.at.path}@${value.at.span[0]}`;
    case 'handle':
      return handleId(value);
    case 'oneOf':
      return value.of.map(cellOf).sort()[0] ?? '?';
    default:
      return '?';
  }
}
