/**
 * The pure door for every face: facts, values, blocks, claims and findings meet here and nowhere else.
 * It touches no disk, console, process or clock; what it needs of the world it is given.
 */
import { createLibrary } from './catalogue/library.js';
import { catalogue } from './catalogue/index.js';
import { detectors } from './detectors/index.js';
import type { Library, Pointed, RunnerKnowledge, Sources } from './model/abstract.js';
import type { LibraryEntry } from './model/catalogue.js';
import { requiredBy } from './model/code.js';
import type { ResourceKind } from './model/claims.js';
import type { Detector, Surroundings } from './model/detector.js';
import type { Finding } from './model/finding.js';
import { refusal, type Broken, type Repair, type Refusal } from './model/remedy.js';
import type { Left, Plan, Shared, SuiteRepair } from './model/plan.js';
import { pointedVariables, SETUP_LINE } from './model/pointed.js';
import type { Layout, Runner, RunnerUse, Vocabulary } from './model/runner.js';
import type { Audited, Block, FileStory } from './model/suite.js';
import { isTestSide } from './model/test-side.js';
import { remembered } from './model/remembered.js';
import { declaresHooks } from './resolve/words.js';
import { remedies } from './remedies/index.js';
import { readConfiguration, type ReadConfiguration } from './resolve/config.js';
import type { Outline } from './frontends/typescript/outline.js';
import type { FileIndex } from './resolve/file-index.js';
import { createRelevance } from './resolve/relevance.js';
import { createResolver } from './resolve/create-resolver.js';
import { underHooks, type RawRestore } from './resolve/settle.js';
import { tellStory } from './resolve/story.js';
import { createWalker } from './resolve/walker.js';
import { runners } from './runners/index.js';
import { strategies } from './strategies/index.js';
import { grouped } from './model/grouped.js';
import type { FileFacts } from './model/facts.js';

export { titleOf } from './detectors/sharing.js';
export { readCypher, type CypherReading } from './catalogue/statements/cypher-reading.js';
export { readSql, type SqlDialect, type SqlReading } from './catalogue/statements/sql-reading.js';
export { factsOf, outlineOf, parseWithOxc } from './frontends/typescript/index.js';
export { detectors, remedies, runners };

/** One runner in one package, with the files it loads. */
export interface SuiteInput {
  readonly runner: Runner;
  readonly use: RunnerUse;
  readonly layout: Layout;
  readonly testFiles: readonly string[];
  readonly setupFiles: readonly string[];
  readonly globalSetup: readonly string[];
}

export interface AnalyzeInput {
  readonly suites: readonly SuiteInput[];
  /** The world of one suite: its module aliases may differ. */
  sourcesOf(suite: SuiteInput): Sources;
  /** Entries of the project's own, before the built-in ones. */
  readonly extraLibrary?: readonly LibraryEntry[];
  readonly rules?: readonly string[];
  readonly surroundings: Surroundings;
  /** The text filter: what the text of a file says without being parsed. Absent: every file is looked at closely; the findings are the same. */
  readonly outline?: (path: string) => Outline | undefined;
  /** Stories that were told before and still hold: these files are not followed again. */
  readonly told?: (suite: SuiteInput, file: string) => Told | undefined;
}

/** A file's story, and what its hooks put back in the stories of others. Plain data, so that it can be saved. */
export interface Told {
  readonly story: FileStory;
  readonly restores: readonly RawRestore[];
}

/** What comes next: one test file, or one rule over one suite. */
export type Step = { readonly suite: SuiteInput; readonly file: string } | { readonly suite: SuiteInput; readonly rule: string };

export interface AuditedSuite {
  readonly suite: SuiteInput;
  readonly audited: Audited;
  /** As each file was told by itself. */
  readonly told: ReadonlyMap<string, Told>;
}

export interface Analysis {
  readonly audited: readonly AuditedSuite[];
  readonly findings: readonly { readonly suite: SuiteInput; readonly finding: Finding }[];
}

let ownLibrary: Library | undefined;
/** The catalogue as it is published: an editor asks for it with every key. */
const builtIn = (): Library => (ownLibrary ??= createLibrary(catalogue));

/** Calls within calls that are followed from a test or hook, and events kept of one function. */
const LIMITS = { reach: 6, product: 2, events: 300 } as const;

export function analyze(input: AnalyzeInput): Analysis {
  const steps = analyzeInSteps(input);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

/** The same, stopping before each step: whoever drives it can breathe, show progress or give up in between. */
export function* analyzeInSteps(input: AnalyzeInput): Generator<Step, Analysis, void> {
  const library = input.extraLibrary?.length ? createLibrary([...input.extraLibrary, ...catalogue]) : builtIn();
  const indexes = new Map<string, FileIndex | undefined>();
  const audited: AuditedSuite[] = [];
  for (const suite of input.suites) audited.push(yield* auditSuite(suite, input, library, indexes));
  const active = detectors.filter((each) => !input.rules || input.rules.includes(each.id));
  const findings: Found[] = [];
  for (const { suite, audited: stories } of audited) {
    for (const each of active) {
      yield { suite, rule: each.id };
      for (const finding of each.detect(stories, input.surroundings)) findings.push({ suite, finding });
    }
  }
  const joint = together(audited).flatMap((each) => acrossSuites(each, active, input.surroundings));
  return { audited, findings: [...findings.filter((each) => !joint.some((other) => tellsMore(other, each))), ...joint] };
}

type Found = Analysis['findings'][number];

/** Suites whose files one command runs at the same time. */
function together(audited: readonly AuditedSuite[]): readonly (readonly AuditedSuite[])[] {
  const groups = grouped(audited, ({ suite }) => suite.use.together);
  return [...groups].flatMap(([key, group]) => (key !== undefined && group.length > 1 ? [group] : []));
}

/** What files of several suites share outside the process. Setup files work for their own suite only and are left out. */
function acrossSuites(group: readonly AuditedSuite[], active: readonly Detector[], surroundings: Surroundings): Found[] {
  const [{ suite, audited }] = group as readonly [AuditedSuite];
  const joint: Audited = { ...audited, setup: [], stories: group.flatMap((each) => each.audited.stories) };
  const suitesOf = (finding: Finding): number => group.filter((each) => finding.files.some((file) => each.suite.testFiles.includes(file))).length;
  return active
    .filter((each) => each.axis.includes('A'))
    .flatMap((each) => each.detect(joint, surroundings))
    .filter((finding) => finding.confidence !== 'possible' && finding.axis.includes('A') && suitesOf(finding) > 1)
    .map((finding) => ({ suite, finding }));
}

/** Says the same of the same thing, and names more files. */
const tellsMore = ({ finding: more }: Found, { finding: less }: Found): boolean =>
  more.rule === less.rule && more.resource.key === less.resource.key && less.files.length > 0 && less.files.every((file) => more.files.includes(file));

function* auditSuite(
  suite: SuiteInput,
  input: AnalyzeInput,
  library: Library,
  indexes: Map<string, FileIndex | undefined>,
): Generator<Step, AuditedSuite, void> {
  const sources = withOutlines(withConfigured(input.sourcesOf(suite), suite.layout), input.outline);
  const schedule = suite.runner.schedule(suite.use);
  const knowledge: RunnerKnowledge = {
    vocabulary: suite.runner.vocabulary,
    workerIds: schedule.workerIds,
    setupFiles: suite.setupFiles,
    globalSetup: suite.globalSetup,
    ...(suite.layout.computedEnvironment ? { computedEnvironment: suite.layout.computedEnvironment } : {}),
    ...pointedBy(suite, sources),
  };
  const tests = new Set(suite.testFiles);
  const resolver = createResolver(sources, library, knowledge, indexes);
  const mayAct = input.outline
    ? createRelevance({
        outline: input.outline,
        resolveImport: (from, specifier) => sources.resolveImport(from, specifier),
        acts: (name) => library.acts(name),
        isLibrary: (path) => resolver.own.has(path),
      })
    : () => true;
  const declares = remembered((facts: FileFacts) => declaresHooks(facts, knowledge.vocabulary));
  const helps = (path: string): boolean => {
    if (isTestSide(path)) return true;
    const facts = sources.facts(path);
    return facts !== undefined && declares(facts);
  };
  const isOurs = (path: string): boolean => tests.has(path) || suite.setupFiles.includes(path) || helps(path);
  const walker = createWalker(resolver, LIMITS, { isTestSide: isOurs, mayAct });
  const tells = (path: string): boolean => !tests.has(path) && helps(path);
  const told = new Map<string, Told>();
  const tell = (file: string, role: FileStory['role'], setupRestores: readonly RawRestore[]): Told => {
    let each = input.told?.(suite, file);
    if (!each) {
      const { story, restores } = tellStory(walker, file, { role, setupRestores, tellsImport: tells });
      each = { story, restores: restores.filter(({ block }) => block !== undefined && story.blocks[block]?.role === 'hook') };
    }
    told.set(file, each);
    return each;
  };
  const setup: FileStory[] = [];
  const setupRestores: RawRestore[] = [];
  for (const file of suite.globalSetup) setup.push(tell(file, 'global-setup', []).story);
  for (const file of suite.setupFiles) {
    const { story, restores } = tell(file, 'setup', []);
    setup.push(story);
    setupRestores.push(...restores);
  }
  const stories: FileStory[] = [];
  // Where one process loads all files, a hook outside all suites runs around the tests of every file.
  const rootRestores: RawRestore[] = [];
  for (const file of suite.testFiles) {
    yield { suite, file };
    const { story, restores } = tell(file, 'test', setupRestores);
    // Hardly anybody imports a test.
    indexes.delete(file);
    stories.push(story);
    if (schedule.rootHooks === 'run')
      rootRestores.push(...restores.filter((each) => isRootHook(each.block === undefined ? undefined : story.blocks[each.block])));
  }
  // A detector asks where a file may lie: one that is not there is no gap.
  const factsThere = (path: string): FileFacts | undefined => (sources.has?.(path) === false ? undefined : sources.facts(path));
  const settled = rootRestores.length === 0 ? stories : stories.map((story) => ({ ...story, changes: underHooks(story.changes, rootRestores) }));
  const { libraries = {} } = suite.use;
  return { suite, audited: { schedule, stories: settled, setup, libraries, facts: factsThere }, told };
}

/** The variables that a suite's set-up points: by the line of ours, or by a call of the library in a setup file, which may name more. */
function pointedBy({ layout, setupFiles, use }: SuiteInput, sources: Sources): Pick<RunnerKnowledge, 'pointed'> {
  const more = new Map<string, Pointed>();
  let isPointed = layout.setupFiles.some((each) => SETUP_LINE.test(each));
  for (const path of [...setupFiles, ...(use.runner === 'playwright' && use.configPath !== undefined ? [use.configPath] : [])]) {
    const facts = sources.facts(path);
    for (const { from } of facts?.imports ?? []) if (from.kind === 'const' && SETUP_LINE.test(String(from.value))) isPointed = true;
    for (const call of facts?.calls ?? []) {
      const { callee, args } = call;
      const loaded = SETUP_LINE.test(requiredBy(call) ?? '');
      const name = callee.kind === 'member' ? callee.key : callee.kind === 'ref' ? facts!.bindings[callee.binding]!.name : undefined;
      if (!loaded && name !== 'pointEnvironment') continue;
      isPointed = true;
      const given = name === 'pointEnvironment' && args[0]?.value.kind === 'record' ? args[0].value.entries : [];
      for (const entry of given) {
        const kind = 'key' in entry && typeof entry.key === 'string' ? POINTED_BY[entry.key] : undefined;
        if (!kind || !('key' in entry) || entry.value.kind !== 'list') continue;
        for (const each of entry.value.items) if (each.kind === 'const') more.set(String(each.value), kind);
      }
    }
  }
  return isPointed ? { pointed: more.size > 0 ? new Map([...pointedVariables, ...more]) : pointedVariables } : {};
}

/** Options of `pointEnvironment` that list variables. */
const POINTED_BY: Readonly<Record<string, Pointed>> = { variables: 'database', ports: 'port', paths: 'path' };

const isRootHook = (block: Block | undefined): boolean => block?.role === 'hook' && block.parent === undefined && block.scope === 'test';

/** The world of a suite, whose configuration may set environment variables: they replace what others give. */
function withConfigured(sources: Sources, { environment = [] }: Layout): Sources {
  if (environment.length === 0) return sources;
  return {
    ...sources,
    environment: (name) => {
      const own = environment.filter((each) => each.name === name);
      return own.length > 0 ? own.map(({ value, at }) => ({ value, at, from: at.path })) : sources.environment(name);
    },
  };
}

/** The text filter answers what it can before a file is parsed. */
function withOutlines(sources: Sources, outline: AnalyzeInput['outline']): Sources {
  if (!outline) return sources;
  return {
    ...sources,
    mayExport: (path, name, what) => outline(path)?.mayExport(name, what) ?? true,
  };
}

const SILENT: Vocabulary = { modules: [], globals: false, words: {}, modifiers: {}, members: {}, context: {}, cleanups: [] };

/** Reads a configuration module statically. Texts may start with `<root>`, the project's folder. */
export function readConfig(path: string, sources: Sources): ReadConfiguration {
  const r = createResolver(sources, builtIn(), { vocabulary: SILENT, workerIds: [], setupFiles: [] }, new Map());
  return readConfiguration(r, path);
}

/** The repair of a finding in one file by the remedies of its rule: the first that has one, else why there is none. */
export function repairOf(broken: Broken): Repair {
  let refused: Repair | undefined;
  for (const each of remedies) {
    if (!each.rules.includes(broken.finding.rule)) continue;
    const repair = each.repair(broken);
    if (repair.kind === 'edits') return repair;
    refused ??= repair;
  }
  return refused ?? refusal('no repair is known');
}

/** The plan for a shared resource by the first strategy that can be used, with what the ones before it lacked; else what the last one lacks. */
export function planOf(shared: Shared): Plan | Refusal {
  const refused: { readonly strategy: string; readonly why: string }[] = [];
  for (const each of strategies) {
    if (!('kinds' in each) || !each.kinds.includes(shared.resource.kind)) continue;
    const plan = each.plan(shared);
    if (!plan) continue;
    if (plan.kind === 'plan') return { ...plan, strategy: each.id, refused };
    refused.push({ strategy: each.id, why: plan.why });
  }
  return refusal(refused.at(-1)?.why ?? 'no strategy is known for what the tests share');
}

/** Plans that repair many findings of one suite at once, and those that were worth a thought and cannot be used. */
export function suitePlansOf(left: Left): readonly SuiteRepair[] {
  return strategies.flatMap((each): readonly SuiteRepair[] => {
    if (!('rules' in each)) return [];
    const plan = each.plan({ ...left, findings: left.findings.filter(({ rule }) => each.rules.includes(rule)) });
    if (!plan) return [];
    return [plan.kind === 'plan' ? { ...plan, strategy: each.id, refused: [] } : { ...plan, strategy: each.id }];
  });
}

/** Kinds of servers that calls into a package reach, as the catalogue knows. */
export const serversBehind = (packageName: string): ReadonlySet<ResourceKind> => builtIn().reaches(packageName);
