import type { Claim } from '../../model/claims.js';
import { pathOf } from '../../model/code.js';
import type { Call, Value } from '../../model/facts.js';
import type { Shared } from '../../model/plan.js';
import { refusal, type Refusal } from '../../model/remedy.js';
import { indentAt, quoted, styleOf } from '../../model/style.js';
import { valueBehind } from './code.js';
import type { Draft } from './edits.js';
import { isOfGlobalSetup } from './main-process.js';
import { DATABASE_KEYS } from './others.js';
import { isOurs } from './ours.js';

/** What the library calls the server of a kind. */
export const SCHEMES = { postgresql: 'postgres', mysql: 'mysql', mongodb: 'mongodb', redis: 'redis', sqlite: 'sqlite' } as const;
export type ServerKind = keyof typeof SCHEMES;
export type Options = Extract<Value, { kind: 'record' }>;

/** The call that opens the client which a claim goes through. */
function openingOf({ project }: Shared, { handle }: Claim): { readonly path: string; readonly call: Call } | undefined {
  const [, path, offset] = /^at:(.*):(\d+)$/.exec(handle ?? '') ?? [];
  const call = path === undefined ? undefined : project.facts(path)?.calls.find((each) => each.at[0] === Number(offset) && each.args.length > 0);
  return path !== undefined && call ? { path, call } : undefined;
}

/** Puts the call of the library where the client is opened: `new Pool({ connectionString: connectionString() })`, `new DataSource({ database: process.env.SHOP })`. */
export function atOpening(shared: Shared, claim: Claim, kind: ServerKind, draft: Draft): boolean {
  const { project } = shared;
  const opening = openingOf(shared, claim);
  if (!opening || kind === 'redis' || kind === 'sqlite' || !isChanged(shared, opening.path)) return false;
  const { path, call } = opening;
  const text = project.text(path);
  if (text === undefined) return false;
  for (const { value } of call.args) {
    const given = value.kind === 'record' ? heldBy(value, (key) => STRINGS.test(key)) : undefined;
    if (!given) continue;
    if (!/\bworkerDatabase\(/.test(text.slice(...given.at))) draft.wrap(path, given.at, 'workerDatabase');
    return true;
  }
  if (kind === 'mongodb') return false;
  if (byPosition(shared, path, call, kind, draft)) return true;
  const named = call.args.flatMap(({ value }) => {
    const behind = valueBehind(project, path, value);
    return behind && isChanged(shared, behind.path) ? [...recordsIn(behind.value)].filter(namesDatabase).map((record) => ({ path: behind.path, record })) : [];
  });
  const [only] = named;
  return only !== undefined && named.length === 1 && recordOf(only.record, only.path, kind, draft, project.text(only.path)!) === undefined;
}

const isChanged = (shared: Shared, path: string): boolean => isOurs(shared, path) && !isOfGlobalSetup(shared, path);

/** Options that hold a connection string. */
export const STRINGS = /^(?:connectionString|connectionUri|uri|url)$/;

/** What an object literal holds under the first key that fits. */
export function heldBy({ entries }: Options, fits: (key: string) => boolean): Value | undefined {
  const entry = entries.find((each) => 'key' in each && typeof each.key === 'string' && fits(each.key));
  return entry && 'key' in entry ? entry.value : undefined;
}

const namesDatabase = (options: Options): boolean => heldBy(options, (key) => DATABASE_KEYS.includes(key)) !== undefined;

export function* recordsIn(value: Value): Generator<Options> {
  if (value.kind !== 'record') return;
  yield value;
  for (const entry of value.entries) if ('key' in entry) yield* recordsIn(entry.value);
}

/** Puts the call of the library around options that name host, user and database apart. */
export function recordOf(record: Options, path: string, kind: ServerKind, draft: Draft, text: string): Refusal | undefined {
  if (kind === 'mongodb' || kind === 'sqlite')
    return refusal(kind === 'sqlite' ? 'it is a path and no connection string' : 'the name stands apart from its server');
  if (/\bworkerConnection\(\s*['"]\w+['"],\s*$/.test(text.slice(0, record.at[0]))) return undefined;
  draft.wrap(path, record.at, 'workerConnection', `${quoted(text, SCHEMES[kind])}, `);
  return undefined;
}

/** What Sequelize 4 and later take as options, too: `new Sequelize('shop', 'root', '', { host, dialect })`. */
const POSITIONS = ['database', 'username', 'password'];

function byPosition({ project }: Shared, path: string, { callee, form, args }: Call, kind: ServerKind, draft: Draft): boolean {
  const [facts, text] = [project.facts(path)!, project.text(path)!];
  const given = args.slice(0, -1).map(({ value }) => value);
  const options = args.at(-1)!.value;
  if (form !== 'new' || pathOf(callee, facts)?.at(-1) !== 'Sequelize' || given.length !== POSITIONS.length) return false;
  if (options.kind === 'const' || args.some(({ value }) => value.kind === 'spread')) return false;
  const isSaid = (value: Value): boolean => value.kind !== 'const' || value.value !== null;
  const entries = given.flatMap((value, index) => (isSaid(value) ? [`${POSITIONS[index]}: ${text.slice(...value.at)}`] : []));
  const head = `workerConnection(${quoted(text, SCHEMES[kind])}, {`;
  const first = given[0]!.at[0];
  if (options.kind !== 'record') draft.replace(path, [first, options.at[1]], `${head} ${[...entries, `...${text.slice(...options.at)}`].join(', ')} })`);
  else {
    const inner = options.at[0] + 1;
    const opened = /^\s*\n([ \t]*)/.exec(text.slice(inner));
    const { eol } = styleOf(text, path);
    const indent = opened?.[1] ?? indentAt(text, inner);
    draft.replace(path, [first, inner], opened ? [head, ...entries.map((each) => `${indent}${each},`)].join(eol) : `${head} ${entries.join(', ')},`);
    draft.replace(path, [options.at[1], options.at[1]], ')');
  }
  draft.wrapped.push({ path, span: given[0]!.at });
  draft.uses(path, 'workerConnection');
  return true;
}

/** A connection string, as far as its first part tells. */
export function isUrl(value: Value): boolean {
  if (value.kind === 'choice') return value.of.some(isUrl);
  const first = value.kind === 'text' ? value.parts[0] : value;
  return first?.kind === 'const' && typeof first.value === 'string' && /^[a-z][a-z0-9+.-]*:/i.test(first.value);
}
