import type { Audited } from '../model/suite.js';
import type { Confidence, Finding, NotedPlace, Wording } from '../model/finding.js';
import type { Surroundings } from '../model/detector.js';
import type { Claim, Operation, ResourceKind } from '../model/claims.js';
import { constantText, uniquePer, type Name } from '../model/names.js';
import { type Place, placeKey, samePlace } from '../model/place.js';
import { isTestSide } from '../model/test-side.js';
import { CUSTOM } from './custom.js';
import { frozenVariables, isFrom } from './frozen-variables.js';
import {
  capital,
  claimPlaces,
  commonWays,
  decidedPlaces,
  decisions,
  distinct,
  givenOnlyBy,
  harm,
  holdings,
  isGuess,
  isRolledBack,
  isShared,
  noted,
  noteOf,
  plural,
  seenAt,
  sharedText,
  shownName,
  toldTitle,
  type Holding,
  type Part,
} from './sharing.js';

const IN_KEYS = new Set<ResourceKind>(['redis', 'memcached']);
const WRITES = new Set(['write', 'wipe', 'create', 'mutate', 'bind']);

/** Test files that write to a resource, or that open it and hand it to code whose writes are not seen. */
export function writers(of: Holding): { readonly writing: readonly string[]; readonly opening: readonly string[] } {
  const writing: string[] = [];
  const opening: string[] = [];
  for (const [file, all] of of.files) {
    const claims = all.filter((each) => !isRolledBack(each, of));
    // Only the connection itself is left of what is rolled back.
    if (claims.length < all.length && claims.every((each) => each.claim.op === 'acquire' || each.claim.op === 'read')) continue;
    if (claims.some((each) => WRITES.has(each.claim.op))) writing.push(file);
    else if (claims.some((each) => each.claim.op === 'acquire')) opening.push(file);
  }
  return { writing, opening };
}

/** What a rule says of a collision that no source tells: a run of the tests has shown it. */
export const OBSERVED: Partial<Wording> = {
  what: 'A run shows that {count} share {title} and break each other over {contested}.',
  why: '{reason}, and in an order that was forced a test fails that passes alone.',
};

export interface SharedName {
  readonly rule: string;
  readonly kinds: readonly ResourceKind[];
  readonly byUnit: boolean;
  readonly part?: Part;
}

/** One finding for each resource that two test files hold under one name. */
export function sharedNames(audited: Audited, surroundings: Surroundings, of: SharedName): Finding[] {
  const out: Finding[] = [];
  const frozen = [...surroundings.workerVariables, ...frozenVariables(audited).map((each) => each.variable)];
  for (const holding of holdings(audited, of.kinds, of.byUnit, of.part)) {
    const { writing, opening } = writers(holding);
    const files = [...new Set([...writing, ...opening])].sort();
    // A worker id that is not set has a finding of its own.
    if (frozen.some((variable) => holding.claims.every((each) => isFrom(variable, each.claim.resource)))) continue;
    // Connected to the server, and to no database of it.
    if (constantText(holding.resource.name) === '(none)') continue;
    // A prefix that the client ignores has a finding of its own.
    if (files.length === 0 || holding.claims.every((each) => each.claim.resource.ignored !== undefined && !isShared(each.claim.resource.ignored))) continue;
    if (writing.length === 0 && holding.claims.every((each) => each.claim.op === 'read' || each.claim.op === 'release')) continue;
    const decided = decidedPlaces(holding.claims, of.byUnit);
    const places = claimPlaces(holding, files);
    // A name that nobody has read is decided somewhere behind the call that opens the client.
    const opened = holding.assumed.length > 1 ? holding.claims.find((each) => each.claim.op === 'acquire')?.claim.at : undefined;
    const decisive = decided.length > 0 ? decisions('the name', decided) : opened ? [noted(opened, 'the client is opened here')] : places.slice(0, 1);
    const helpers = holding.claims
      .filter((each) => harm(each) <= 4 && each.claim.at.path !== each.claim.by.file)
      .slice(0, 3)
      .map((each) => noted(each.claim.at, noteOf(each.claim)));
    const ways = commonWays(holding)
      .slice(0, 2)
      .map((place) => noted(place, 'several files come through here'));
    const wiping = holding.claims.filter((each) => each.claim.op === 'wipe').length;
    const peers = of.byUnit && files.length === 1 && writing.length === 1 && surroundings.complete ? madeAnew(audited, holding) : 0;
    const alone =
      peers >= CUSTOM ? 'alone' : files.length === 1 && staysOnServer(holding, decided[0], surroundings) ? lonelyHarm(audited, holding, of.byUnit) : undefined;
    const { confidence, condition } = alone
      ? { confidence: 'likely' as const, condition: undefined }
      : judge(audited, holding, files, writing, surroundings, of.byUnit);
    out.push({
      rule: of.rule,
      axis: ['A', 'R'],
      confidence,
      files,
      places: distinct([
        ...decisive,
        ...ways,
        ...places.slice(0, decided.length > 3 ? 4 : 10),
        ...helpers,
        ...places.slice(decided.length > 3 ? 4 : 10),
        ...(files.length <= FEW_FILES ? everyUse(holding) : []),
      ]),
      resource: { key: holding.key, title: holding.title, resource: holding.resource },
      values: {
        name: shownName(holding.resource.name),
        title: capital(toldTitle(holding.title)),
        count: plural(files.length, 'test file'),
        wipes: wiping > 0 ? ' and emptied' : '',
        peers: String(peers),
        reason: audited.schedule.why,
      },
      ...(condition ? { condition } : {}),
      ...(alone ? { variant: alone, axis: ['R'] as const } : uniquePer(holding.resource.name) === 'environment' ? { variant: 'environment' } : {}),
    });
  }
  return out;
}

/** With so few files to look at, the reader wants to see each place where they lay hold of it. */
const FEW_FILES = 3;
const MOST_USES = 12;

function everyUse(holding: Holding): NotedPlace[] {
  const uses = distinct(holding.claims.filter((each) => each.claim.op !== 'release').map((each) => noted(seenAt(each.claim), noteOf(each.claim))));
  return uses.slice(0, MOST_USES);
}

/** How many names of the same client in the suite differ for every test or file. */
function madeAnew(audited: Audited, holding: Holding): number {
  const client = holding.claims[0]?.claim.client;
  const places = audited.stories.flatMap((story) =>
    story.claims.flatMap(({ client: other, resource: { kind, unit }, at }) =>
      kind === holding.resource.kind && other === client && unit && ['test', 'call', 'file'].includes(uniquePer(unit)) ? [placeKey(at)] : [],
    ),
  );
  return new Set(places).size;
}

/** A test names it itself, on a server that the project keeps running on a port of the machine: the next run meets it, and so does a run beside it. */
function staysOnServer({ resource, claims }: Holding, decided: Place | undefined, { containers, sharedHosts, complete }: Surroundings): boolean {
  const port = /:(\d+)\/?$/.exec(sharedText(resource.server) ?? '')?.[1];
  const outlives = sharedHosts || containers.some((each) => each.what === 'host-port' && each.value === port);
  return complete && outlives && port !== undefined && decided !== undefined && isTestSide(decided.path) && claims.some((each) => each.story.role === 'test');
}

/** A table or bucket that is filled and never removed; a database that is created, with whoever creates it beside this run. */
function lonelyHarm(audited: Audited, { resource: { kind, unit }, claims, files }: Holding, byUnit: boolean): 'left' | 'made' | undefined {
  const own = claims.filter((each) => each.story.role === 'test').map((each) => each.claim);
  if (!byUnit) return own.some((claim) => claim.op === 'create' && !claim.resource.unit && !claim.resource.namespace) ? 'made' : undefined;
  if (!unit || !own.some((claim) => claim.op === 'create' || claim.op === 'write')) return undefined;
  const removing = audited.stories
    .filter((story) => files.has(story.file))
    .flatMap((story) => story.claims.filter((claim) => claim.op === 'wipe' && claim.resource.kind === kind && mayBe(claim.resource.unit, unit)));
  return removing.length > 0 ? undefined : 'left';
}

/** A removal of something whose name is not known may be of this. */
function mayBe(removed: Name | undefined, unit: Name): boolean {
  const text = removed && sharedText(removed);
  return text === undefined || text === sharedText(unit);
}

/** Nobody has written the name: it is the one that the client takes where it is given none. */
const isUnnamed = ({ at, decidedAt }: Claim): boolean => decidedAt !== undefined && samePlace(decidedAt, at);

/** Where each test runs in parallel with every other one, those of its own file too, it has to keep to rows of its own: what takes those of others would have been seen. */
const isLivedWith = ({ schedule: { files, tests } }: Audited, { claims }: Holding): boolean =>
  files.overlap === 'parallel' && tests === 'workers' && !claims.some(({ claim: { op, wipes } }) => wipes !== undefined || OF_ALL.has(op));

/** What meets the rows of others, or needs that none are there. */
const OF_ALL = new Set<Operation>(['wipe', 'count', 'create', 'mutate']);

function judge(
  audited: Audited,
  holding: Holding,
  files: readonly string[],
  writing: readonly string[],
  surroundings: Surroundings,
  byUnit: boolean,
): { confidence: Confidence; condition?: string } {
  if (files.length < 2 && surroundings.complete)
    return { confidence: 'possible', condition: 'two runs share the server, or another file claims it through code that was not followed' };
  if (!surroundings.complete) return { confidence: 'likely' };
  const variable = givenOnlyBy(holding.resource.name);
  if (variable !== undefined) return { confidence: 'possible', condition: `\`${variable}\` is set where the tests run` };
  if (holding.claims.every((each) => isGuess(each.claim.resource.name))) return { confidence: 'possible', condition: 'the code takes this name of several' };
  // All that is seen of it is reading.
  if (writing.length === 0 && files.every((file) => holding.files.get(file)?.some((each) => each.claim.op === 'read' || each.claim.op === 'count')))
    return { confidence: 'possible', condition: 'code that was not followed writes to it' };
  // A database is opened to be written to; of a Redis, what matters are the keys.
  if (
    writing.length === 0 &&
    (IN_KEYS.has(holding.resource.kind) || holding.claims.every((each) => each.claim.assumed.length === 0 && each.claim.at.path === each.story.file))
  )
    return { confidence: 'possible', condition: 'code that was not followed writes to it' };
  if (writing.length === 0 && holding.resource.kind === 'mongodb' && holding.claims.every(({ claim }) => isUnnamed(claim)))
    return { confidence: 'possible', condition: 'code that was not followed asks the client for no other database' };
  if (!byUnit && !IN_KEYS.has(holding.resource.kind) && isLivedWith(audited, holding))
    return { confidence: 'possible', condition: 'two tests work on the same rows, though each runs in parallel with every other one' };
  if (writing.length === 0) return { confidence: 'likely' };
  const plain = holding.claims.filter((each) => each.claim.assumed.length === 0 && WRITES.has(each.claim.op));
  const seen = new Set(plain.flatMap((each) => (each.story.role === 'setup' ? files : [each.story.file])));
  return { confidence: seen.size >= 2 && holding.assumed.length === 0 && uniquePer(holding.resource.name) === 'constant' ? 'certain' : 'likely' };
}
