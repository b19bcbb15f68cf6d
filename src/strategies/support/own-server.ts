import { allSteps, callAt, isIn, isSame, originOf, pathOf, requiredBy, rootOf } from '../../model/code.js';
import type { Claim } from '../../model/claims.js';
import type { Call, FileFacts, Span, Value } from '../../model/facts.js';
import { refusal, type Refusal } from '../../model/remedy.js';
import type { Place } from '../../model/place.js';
import type { Plan, Shared } from '../../model/plan.js';
import { UNNAMED_DATABASE } from '../../model/pointed.js';
import { isTestSide } from '../../model/test-side.js';
import { listed } from '../../model/lists.js';
import { quoted } from '../../model/style.js';
import { allValues, valuesAround } from '../../model/values.js';
import { decision, entryOf, nameGiven, valueBehind } from './code.js';
import { Draft } from './edits.js';
import { isOfGlobalSetup } from './main-process.js';
import { atOpening, heldBy, isUrl, recordOf, recordsIn, SCHEMES, STRINGS, type Options, type ServerKind } from './openings.js';
import { canPoint, pointEnvironment, type Variable } from './setup.js';
import { DATABASE_KEYS, namedInStatements, openedElsewhere } from './others.js';
import { isOurs } from './ours.js';
import { servedOutside } from './outside.js';
import { fromVariable, unnamedDatabase } from './variables.js';

/**
 * Gives each worker a database of its own at every place that decides which one is used: in the code of the tests by a call of the library, in the product
 * by the variable that it reads.
 */
export function ownServer(
  shared: Shared,
  kind: ServerKind,
  more: (draft: Draft) => Refusal | undefined = () => undefined,
): Pick<Plan, 'edits' | 'creates' | 'says'> | Refusal {
  const outsider = servedOutside(shared);
  if (outsider) return outsider;
  const draft = new Draft();
  const creates = new Map<string, string>();
  const variables = new Map<string, Variable>();
  for (const claim of shared.claims) {
    const at = claim.decidedAt;
    if (!at) return refusal(`what names it is not known where \`${claim.at.path}\` uses it`);
    const why =
      isOurs(shared, at.path) && !unnamedDatabase(shared, claim.resource)
        ? inPlace(shared, claim, at, kind, draft, variables)
        : (asData(shared, at, kind, draft) ?? byVariable(shared, claim, at, kind, draft, variables));
    if (why === 'done') continue;
    if (why) return why;
  }
  const elsewhere =
    halfMoved(shared, draft) ?? (variables.size > 0 ? undefined : (openedElsewhere(shared, shared.resource.kind) ?? namedInStatements(shared, draft)));
  if (elsewhere) return elsewhere;
  const outside = more(draft);
  if (outside) return outside;
  const named = [...draft.edits.keys()];
  let says = `Give each worker a database of its own where ${listed(named)} ${named.length === 1 ? 'names' : 'name'} it.`;
  if (variables.size > 0) {
    const set = pointEnvironment(shared, [...variables.values()], draft, creates);
    if (typeof set !== 'string') return set;
    says = named.length > 0 ? `${says} ${set}` : set;
  }
  const edits = draft.done(shared);
  if ('kind' in edits) return edits;
  return edits.size + creates.size === 0 ? refusal('nothing of it can be changed') : { edits, creates, says };
}

/**
 * `const URL = \`mongodb://localhost/${NAME}\`` beside `client.db(NAME)` or `expect(span.database).toBe(NAME)`, and options that the product has: only what the
 * plan puts into a call of the library would be the worker's.
 */
function halfMoved(shared: Shared, { wrapped }: Draft): Refusal | undefined {
  for (const { path, span } of wrapped) {
    const facts = shared.project.facts(path);
    const value = facts && valuesAround(facts, span).find((each) => isSame(each.at, span));
    if (!facts || !value) continue;
    const names = namesIn(value);
    const spread = value.kind === 'record' ? value.entries.flatMap((entry) => ('spread' in entry ? [entry.spread] : [])) : [];
    const product = [...names, ...spread].flatMap((each) => ofProduct(shared, each, facts) ?? [])[0];
    if (product !== undefined) return refusal(`\`${path}\` takes it from \`${product}\`, which the product uses too`);
    const covered = wrapped.flatMap((each) => (each.path === path ? [each.span] : []));
    const twice = names.find((name) => isUsedOutside(name, covered, facts));
    if (twice) return refusal(`\`${path}\` uses \`${pathOf(twice, facts)!.join('.')}\` once more, where it would stay as it is`);
  }
  return undefined;
}

/** The file of the product that a name is imported from. */
function ofProduct(shared: Shared, name: Value, facts: FileFacts): string | undefined {
  const root = rootOf(name, facts);
  const origin = root.kind === 'ref' ? originOf(root.binding, facts) : undefined;
  const home = origin && shared.project.resolve(facts.path, origin.from);
  return home !== undefined && !isOurs(shared, home) ? home : undefined;
}

function isUsedOutside(name: Value, covered: readonly Span[], facts: FileFacts): boolean {
  const [words, root] = [pathOf(name, facts)?.join('.'), rootOf(name, facts)];
  if (words === undefined || root.kind !== 'ref') return false;
  return [...allValues(facts)].some(
    (each) =>
      each.kind === name.kind &&
      !covered.some((span) => isIn(each.at, span)) &&
      pathOf(each, facts)?.join('.') === words &&
      sameBinding(rootOf(each, facts), root),
  );
}

const sameBinding = (one: Value, other: Value): boolean => one.kind === 'ref' && other.kind === 'ref' && one.binding === other.binding;

/** The names that say which database it is: of options, of a connection string as a whole, or of its path. */
function namesIn(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'ref':
    case 'member':
      return [value];
    case 'choice':
      return value.of.flatMap(namesIn);
    case 'record':
      return value.entries.flatMap((entry) =>
        'key' in entry && typeof entry.key === 'string' && (DATABASE_KEYS.includes(entry.key) || STRINGS.test(entry.key)) ? namesIn(entry.value) : [],
      );
    case 'text': {
      let before = '';
      return value.parts.flatMap((part) => {
        const isPath = /:\/\/[^/]*\//.test(before);
        before += part.kind === 'const' ? String(part.value) : '';
        return isPath ? namesIn(part) : [];
      });
    }
    default:
      return [];
  }
}

/** What set-up does not know by its name is changed where the client is opened, if that is code of the tests. */
function byVariable(shared: Shared, claim: Claim, at: Place, kind: ServerKind, draft: Draft, variables: Map<string, Variable>): Refusal | undefined {
  const asked = new Map(variables);
  const why = fromVariable(shared, claim.resource, at, 'database', asked);
  const isKnown = !why && [...asked.values()].every((each) => canPoint(shared, each));
  if (!isKnown && atOpening(shared, claim, kind, draft)) return undefined;
  for (const [name, variable] of asked) variables.set(name, variable);
  return why;
}

function inPlace(shared: Shared, claim: Claim, at: Place, kind: ServerKind, draft: Draft, variables: Map<string, Variable>): Refusal | undefined {
  const [facts, text] = [shared.project.facts(at.path), shared.project.text(at.path)];
  if (!facts || text === undefined) return refusal(`\`${at.path}\` cannot be read`);
  if (isOfGlobalSetup(shared, at.path))
    return atOpening(shared, claim, kind, draft) ? undefined : refusal(`global setup reads \`${at.path}\` too, and belongs to no worker`);
  const value = decision(facts, at.span);
  if (!value) return refusal(`how \`${at.path}\` names it is not clear`);
  if (text.slice(...value.at).includes('isolation-audit')) return undefined;
  // A variable by itself: whoever sets it decides. One that clients read on their own decides for those too.
  const [variable, read] = /^process\.env(?:\.|\[['"])(\w+)(?:['"]\])?/.exec(text.slice(...value.at)) ?? [];
  if (variable !== undefined && (variable.length === value.at[1] - value.at[0] || read === UNNAMED_DATABASE.variable))
    return byVariable(shared, claim, at, kind, draft, variables);
  const entry = entryOf(facts, value);
  if (entry && DATABASE_KEYS.includes(entry.key) && !isUrl(value)) return recordOf(entry.record, at.path, kind, draft, text);
  if (isUrl(value)) {
    if ((kind === 'postgresql' || kind === 'mysql') && namesNone(value)) return unnamed(at.path);
    draft.wrap(at.path, value.at, 'workerDatabase');
    return undefined;
  }
  const call = callAt(facts, at) ?? facts.calls.find((each) => each.args[0] && isSame(each.args[0].value.at, value.at));
  // `MongoClient.connect(process.env.MONGO_URL || 'test')`: what a client of MongoDB is opened with is a connection string, whatever stands in for it.
  if (kind === 'mongodb' && value.kind === 'choice' && call && BY_STRING.test(pathOf(call.callee, facts)?.at(-1) ?? '')) {
    draft.wrap(at.path, value.at, 'workerDatabase');
    return undefined;
  }
  if (kind === 'redis' && call) return ofClient(shared, call, at, facts, text, draft);
  const constant = usedAsName(facts, value);
  if (constant) return recordOf(constant, at.path, kind, draft, text);
  if (atOpening(shared, claim, kind, draft)) return undefined;
  return value.kind === 'result' ? unnamed(at.path) : refusal(`\`${text.slice(...value.at).slice(0, 60)}\` in \`${at.path}\` is a name without its server`);
}

/** Calls of `mongodb` and `mongoose` whose first argument is a connection string. */
const BY_STRING = /^(?:connect|createConnection|MongoClient)$/;

/** `require('./config.json')` of code of the tests, where the file holds the options of a connection. */
function asData(shared: Shared, at: Place, kind: ServerKind, draft: Draft): 'done' | Refusal | undefined {
  const { project, audited } = shared;
  if (kind === 'mongodb' || kind === 'sqlite' || !at.path.endsWith('.json') || !isTestSide(at.path)) return undefined;
  const data = project.data(at.path);
  const isOptions = DATABASE_KEYS.some((name) => {
    const span = project.dataSpan(at.path, [name]);
    return span !== undefined && typeof (data as Readonly<Record<string, unknown>>)[name] === 'string';
  });
  if (!isOptions) return undefined;
  const reached = new Set([...audited.stories, ...audited.setup].flatMap((story) => [story.file, ...story.reached]));
  const found: { readonly path: string; readonly call: Call }[] = [];
  for (const path of reached) {
    const facts = project.facts(path);
    if (facts?.imports.some((each) => each.form === 'static' && each.from.kind === 'const' && project.resolve(path, String(each.from.value)) === at.path))
      return undefined;
    for (const call of facts?.calls ?? []) {
      const specifier = requiredBy(call);
      if (specifier?.endsWith('.json') !== true || project.resolve(path, specifier) !== at.path) continue;
      if (!isOurs(shared, path)) return undefined;
      found.push({ path, call });
    }
  }
  const changing = found.find(({ path, call }) => isChangedLater(project.facts(path)!, call));
  if (changing) return refusal(`\`${changing.path}\` changes the options of \`${at.path}\` after it has read them`);
  for (const { path, call } of found) draft.wrap(path, call.at, 'workerConnection', `${quoted(project.text(path) ?? '', SCHEMES[kind])}, `);
  return found.length > 0 ? 'done' : undefined;
}

/** `const config = require('./config.json'); if (isHosted) config.port = 5432;`: what is made from the options would be made on another server. */
function isChangedLater(facts: FileFacts, call: Call): boolean {
  const id = facts.calls.indexOf(call);
  const holders = [...allSteps(facts)].flatMap(({ step }) =>
    step.do === 'bind' && step.to.kind === 'binding' && step.value.kind === 'result' && step.value.call === id ? [step.to.binding] : [],
  );
  return [...allSteps(facts)].some(({ step }) => {
    const root = step.do === 'bind' && step.to.kind === 'member' ? rootOf(step.to.of, facts) : undefined;
    return root?.kind === 'ref' && holders.includes(root.binding);
  });
}

/** `'postgres://localhost:5432'`: which database that is depends on the user. */
const namesNone = (value: Value): boolean => value.kind === 'const' && /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*\/?(?:[?#].*)?$/i.test(String(value.value));
const unnamed = (path: string): Refusal =>
  refusal(`\`${path}\` names no database, so which one a worker's own is made from is not known: write its name there`);

/** `const NAME = 'shop_test'`, named by one record of options in the same file. */
function usedAsName(facts: FileFacts, value: Value): Extract<Value, { kind: 'record' }> | undefined {
  const binding = nameGiven(facts, value);
  if (binding === undefined) return undefined;
  const found: Extract<Value, { kind: 'record' }>[] = [];
  for (const { args } of facts.calls) {
    for (const arg of args) {
      for (const record of recordsIn(arg.value)) {
        if (
          record.entries.some(
            (entry) =>
              'key' in entry &&
              entry.value.kind === 'ref' &&
              entry.value.binding === binding &&
              typeof entry.key === 'string' &&
              DATABASE_KEYS.includes(entry.key),
          )
        )
          found.push(record);
      }
    }
  }
  return found.length === 1 ? found[0] : undefined;
}

/** `new Redis()`, `new Redis(6380)`, `new Redis({ host })`, `createClient(options)`, `new Queue('mails', { connection: { host } })`. */
function ofClient(shared: Shared, call: Call, at: Place, facts: FileFacts, text: string, draft: Draft): Refusal | undefined {
  const name = (pathOf(call.callee, facts) ?? []).at(-1) ?? '';
  if (/^Cluster$|^createCluster$/.test(name)) return refusal('a cluster has one database for all: give the clients a prefix with `workerKeyPrefix`');
  const args = call.args.map((each) => each.value);
  const [first] = args;
  const open = text.indexOf('(', call.callee.at[1]);
  if (call.form === 'new' && /^(?:Redis|IORedis|default|Valkey|ioredis)$/i.test(name) && (args.length === 0 || isNumber(first)))
    return byAddress(args, [open >= 0 && open < call.at[1] ? open : call.at[1], call.at[1]], at, text, draft);
  if (name === 'createClient' && args.length === 0 && open >= 0) {
    draft.replace(at.path, [open, call.at[1]], `({ url: workerDatabase(${quoted(text, 'redis://localhost:6379')}) })`);
    draft.uses(at.path, 'workerDatabase');
    return undefined;
  }
  // A connection string without a database; one that has a name is changed where it is written, for all who use it.
  const string = first && (valueBehind(shared.project, at.path, first) ?? { path: at.path, value: first });
  if (string && isUrl(string.value)) {
    const home = { path: string.path, span: string.value.at };
    const target = isOurs(shared, home.path) && !isOfGlobalSetup(shared, home.path) ? home : { path: at.path, span: first.at };
    draft.wrap(target.path, target.span, 'workerDatabase');
    return undefined;
  }
  const options = args.find((each) => each.kind === 'record');
  if (options?.kind === 'record') {
    const target = heldBy(options, (key) => key === 'connection' || key === 'redis') ?? options;
    if (target.kind === 'record') {
      const isAddress = target !== options || hasKey(target, /^(?:host|port|path|socket|db|database|password)$/);
      if (isAddress || args.length === 1) return recordOf(target, at.path, 'redis', draft, text);
    } else if (isUrl(target)) {
      draft.wrap(at.path, target.at, 'workerDatabase');
      return undefined;
    }
  }
  // Options that have a name are changed where they are written, for all who use them.
  const behind = args.length === 1 && first ? valueBehind(shared.project, at.path, first) : undefined;
  const home = behind && shared.project.text(behind.path);
  if (behind?.value.kind === 'record' && home !== undefined && hasKey(behind.value, /^(?:host|port|path|socket)$/) && isOurs(shared, behind.path))
    return recordOf(behind.value, behind.path, 'redis', draft, home);
  return refusal(args.length === 0 ? `what \`${name}\` connects to is not written out` : `what \`${name}\` connects to is computed in \`${at.path}\``);
}

/** `new Redis()`, `new Redis(6380, 'localhost', { lazyConnect: true })`: the options stay, unless the library would have to know them. */
function byAddress(args: readonly Value[], span: Span, at: Place, text: string, draft: Draft): Refusal | undefined {
  const [port, ...others] = args;
  const [host, options] = others[0]?.kind === 'const' ? others : [undefined, others[0]];
  const isPlain =
    others.length <= (host ? 2 : 1) &&
    (!options || (options.kind === 'record' && !isOpen(options) && !hasKey(options, /^(?:username|password|tls|db|keyPrefix)$/)));
  const where = host?.kind === 'const' ? host.value : 'localhost';
  if (!isPlain || typeof where !== 'string') return refusal(`what the client of \`${at.path}\` connects to is computed`);
  const url = `workerDatabase(${quoted(text, `redis://${where}:${port?.kind === 'const' ? String(port.value) : '6379'}`)})`;
  draft.replace(at.path, span, `(${[url, ...(options ? [text.slice(...options.at)] : [])].join(', ')})`);
  draft.uses(at.path, 'workerDatabase');
  return undefined;
}

const isNumber = (value: Value | undefined): boolean => value?.kind === 'const' && typeof value.value === 'number';
/** Whether an object literal has a key that fits. */
const hasKey = (record: Options, key: RegExp): boolean => heldBy(record, (each) => key.test(each)) !== undefined;
/** Whether it has entries that are not written there. */
const isOpen = (record: Options): boolean => record.entries.some((each) => 'spread' in each);
