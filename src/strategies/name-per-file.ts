import type { ResourceKind } from '../model/claims.js';
import type { Value } from '../model/facts.js';
import { constantText, type Name } from '../model/names.js';
import { refusal, type Refusal } from '../model/remedy.js';
import { strategy, type Shared } from '../model/plan.js';
import { wordsOf } from '../model/style.js';
import { allValues } from '../model/values.js';
import { Draft } from './support/edits.js';
import { namedElsewhere } from './support/others.js';

/** Kinds of names that a test file can choose, with the most characters that one may have (PostgreSQL cuts at 63, MySQL at 64, Neo4j at 63, a table of DynamoDB at 255). */
const LONGEST: Partial<Record<ResourceKind, number>> = { postgresql: 63, mysql: 64, mongodb: 63, neo4j: 63, dynamodb: 255, database: 63 };

/** A literal that was copied from one test file to the next: where each file names its own, the copies get names of their own. */
export default strategy({
  id: 'name-per-file',
  kinds: Object.keys(LONGEST) as ResourceKind[],
  summary: 'A name of its own for each test file that has copied one from another, where the tests make what they name.',
  plan(shared) {
    const { resource, finding, project } = shared;
    if (!finding.rule.startsWith('hardcoded-')) return refusal('the name is not what is wrong');
    const found = finding.rule === 'hardcoded-resource-name' ? resource.unit : (resource.namespace ?? resource.name);
    const name = found && constantText(found);
    if (found === undefined || name === undefined) return refusal('the name is not known');
    if (finding.files.length < 2) return refusal('one file alone uses it');
    const why = isMadeByTests(shared, found, name);
    if (why !== undefined) return why;
    const copies = new Map<string, readonly Value[]>();
    for (const path of finding.files) {
      const facts = project.facts(path);
      const own = facts
        ? [...allValues(facts)].filter((each) => each.kind === 'const' && typeof each.value === 'string' && isName(shared, each.value, name))
        : [];
      if (own.length === 0) return refusal(`\`${path}\` does not say \`${name}\` itself`);
      copies.set(path, own);
    }
    const keeper = keeperOf([...copies.keys()], name);
    const draft = new Draft();
    const taken = new Set<string>();
    for (const [path, values] of copies) {
      if (path === keeper) continue;
      const written = (values[0] as Extract<Value, { kind: 'const' }>).value as string;
      const next = withSuffix(written, suffixOf(path, [...copies.keys()], name));
      if (next === undefined || taken.has(next) || next.length > LONGEST[resource.kind]!) return refusal(`no plain name for \`${path}\` comes of its path`);
      taken.add(next);
      for (const { at } of values) draft.replace(path, [at[0] + 1, at[1] - 1], next);
    }
    const elsewhere = namedElsewhere(shared, name, (path) => (path === keeper ? copies.get(path)!.map(({ at }) => at) : wider(draft, path)));
    if (elsewhere) return elsewhere;
    const edits = draft.done(shared);
    if ('kind' in edits) return edits;
    return {
      kind: 'plan',
      says: `Leave \`${name}\` to \`${keeper}\`, and give ${[...taken].map((each) => `\`${each}\``).join(' and ')} to ${taken.size === 1 ? 'the other file' : 'the others'}.`,
      why: 'The name was copied; what bears it is made by the tests that name it.',
      needs: [],
      edits,
      creates: new Map(),
    };
  },
});

/** With the quotes around what is replaced. */
const wider = (draft: Draft, path: string): readonly (readonly [number, number])[] => draft.changed(path).map(([from, to]) => [from - 1, to + 1] as const);

/** Neo4j's names of databases know no case. */
const isName = ({ resource }: Shared, text: string, name: string): boolean =>
  text === name || (resource.kind === 'neo4j' && text.toLowerCase() === name.toLowerCase());

/** A name that nobody has prepared on the server: the files make it, or others have theirs in the same place, and it is made for them. */
function isMadeByTests({ finding, audited, resource }: Shared, part: Name, name: string): Refusal | undefined {
  const isNamespace = part === resource.namespace;
  const of = (each: { readonly namespace?: Name; readonly unit?: Name; readonly name: Name }): Name | undefined =>
    isNamespace ? each.namespace : part === resource.unit ? each.unit : each.name;
  const others = new Set<string>();
  const makers = new Set<string>();
  for (const { file, claims } of audited.stories) {
    for (const claim of claims) {
      const own = claim.resource.kind === resource.kind ? of(claim.resource) : undefined;
      const text = own && constantText(own);
      if (text === undefined) continue;
      if (text.toLowerCase() !== name.toLowerCase()) others.add(text);
      else if (claim.op === 'create' || (claim.op === 'wipe' && claim.wipes !== 'unit')) makers.add(file);
    }
  }
  if (finding.files.every((file) => makers.has(file))) return undefined;
  // `TestNetwork.create({ dbPostgresSchema: 'orders' })`: what other files hand over in the same place.
  const handed = audited.stories.flatMap((story) => story.handed ?? []);
  const ways = new Set(handed.flatMap(({ to, as, text }) => (text === name ? [`${to}\0${as}`] : [])));
  for (const { to, as, text } of handed) if (text !== name && ways.has(`${to}\0${as}`)) others.add(text);
  return (isNamespace || ways.size > 0) && others.size > 1 ? undefined : refusal(`nothing shows that the tests make \`${name}\` themselves`);
}

const lower = (words: readonly string[]): string[] => words.map((each) => each.toLowerCase());

/** The file whose path says most of the name; the first of equals. */
function keeperOf(paths: readonly string[], name: string): string {
  const named = new Set(lower(wordsOf(name)));
  const score = (path: string): number =>
    lower(wordsOf(stem(path))).filter((word) => named.has(word)).length - lower(wordsOf(stem(path))).filter((word) => !named.has(word)).length / 100;
  return [...paths].sort((a, b) => score(b) - score(a) || (a < b ? -1 : 1))[0]!;
}

const stem = (path: string): string => path.replace(/(?:[._-](?:int|e2e))?(?:[._-](?:test|spec))?\.[cm]?[jt]sx?$/, '');

/** Words of the path that neither the name has nor the folder of all of them. */
function suffixOf(path: string, paths: readonly string[], name: string): readonly string[] {
  const folders = paths.map((each) => each.split('/'));
  const shared = folders[0]!.findIndex((part, index) => folders.some((each) => each[index] !== part));
  const named = new Set(lower(wordsOf(name)));
  const words = wordsOf(stem(path).split('/').slice(Math.max(0, shared)).join('/')).filter((word) => !named.has(word.toLowerCase()));
  return [...new Set(words)];
}

/** `orders_views` and `late` make `orders_views_late`; `ordersDb` makes `ordersDbLate`. */
function withSuffix(name: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const sign = name.includes('_') ? '_' : name.includes('-') ? '-' : undefined;
  if (sign !== undefined) return [name, ...lower(words)].join(sign);
  if (!/[A-Z]/.test(name)) return `${name}${lower(words).join('')}`;
  return `${name}${words.map((each) => each[0]!.toUpperCase() + each.slice(1)).join('')}`;
}
