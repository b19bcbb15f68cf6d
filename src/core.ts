/**
 * The pure door for every face: facts, values, blocks, claims and findings meet here and nowhere else.
 * It touches no disk, console, process or clock; what it needs of the world it is given.
 */
import { createLibrary } from './catalogue/library.js';
import { catalogue } from './catalogue/index.js';
import { detectors } from './detectors/index.js';
import type { Library, RunnerKnowledge, Sources } from './model/abstract.js';
import type { LibraryEntry } from './model/catalogue.js';
import type { Surroundings } from './model/detector.js';
import type { Finding } from './model/finding.js';
import type { Layout, Runner, RunnerUse, Vocabulary } from './model/runner.js';
import type { Audited, FileStory } from './model/suite.js';
import { readConfiguration, type ReadConfiguration } from './resolve/config.js';
import type { FileIndex } from './resolve/file-index.js';
import { createResolver } from './resolve/resolver.js';
import type { RawRestore } from './resolve/settle.js';
import { tellStory } from './resolve/story.js';
import { createWalker } from './resolve/walk.js';
import { runners } from './runners/index.js';

export { factsOf, factsOfTree, parseWithOxc } from './frontends/typescript/index.js';
export { catalogue, detectors, runners };

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
  /** Whether a test file has anything to tell; files for which it says no are told as empty. */
  readonly asks?: (suite: SuiteInput, file: string) => boolean;
}

/** What comes next: one test file, or one rule over one suite. */
export type Step = { readonly suite: SuiteInput; readonly file: string } | { readonly suite: SuiteInput; readonly rule: string };

export interface Analysis {
  readonly audited: readonly { readonly suite: SuiteInput; readonly audited: Audited }[];
  readonly findings: readonly { readonly suite: SuiteInput; readonly finding: Finding }[];
}

/** Calls within calls that are followed from a test or hook, and events kept of one function. */
const LIMITS = { depth: 8, events: 400 } as const;

export function analyze(input: AnalyzeInput): Analysis {
  const steps = analyzeInSteps(input);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

/** The same, stopping before each step: whoever drives it can breathe, show progress or give up in between. */
export function* analyzeInSteps(input: AnalyzeInput): Generator<Step, Analysis, void> {
  const library = createLibrary([...(input.extraLibrary ?? []), ...catalogue]);
  const indexes = new Map<string, FileIndex | undefined>();
  const audited: { suite: SuiteInput; audited: Audited }[] = [];
  for (const suite of input.suites) audited.push({ suite, audited: yield* auditSuite(suite, input, library, indexes) });
  const active = detectors.filter((each) => !input.rules || input.rules.includes(each.id));
  const findings: { suite: SuiteInput; finding: Finding }[] = [];
  for (const { suite, audited: stories } of audited) {
    for (const each of active) {
      yield { suite, rule: each.id };
      for (const finding of each.detect(stories, input.surroundings)) findings.push({ suite, finding });
    }
  }
  return { audited, findings };
}

function* auditSuite(suite: SuiteInput, input: AnalyzeInput, library: Library, indexes: Map<string, FileIndex | undefined>): Generator<Step, Audited, void> {
  const sources = input.sourcesOf(suite);
  const schedule = suite.runner.schedule(suite.use);
  const knowledge: RunnerKnowledge = { vocabulary: suite.runner.vocabulary, workerIds: schedule.workerIds, setupFiles: suite.setupFiles };
  const tests = new Set(suite.testFiles);
  const walker = createWalker(createResolver(sources, library, knowledge, indexes), LIMITS, isTestSide);
  const tells = (path: string): boolean => !tests.has(path) && isTestSide(path);
  const setup: FileStory[] = [];
  const setupRestores: RawRestore[] = [];
  for (const file of suite.globalSetup) setup.push(tellStory(walker, file, { role: 'global-setup', setupRestores: [], tellsImport: tells }).story);
  for (const file of suite.setupFiles) {
    const told = tellStory(walker, file, { role: 'setup', setupRestores: [], tellsImport: tells });
    setup.push(told.story);
    setupRestores.push(...told.restores.filter((each) => each.block !== undefined && told.story.blocks[each.block]?.role === 'hook'));
  }
  const stories: FileStory[] = [];
  for (const file of suite.testFiles) {
    yield { suite, file };
    if (input.asks && !input.asks(suite, file)) {
      stories.push({ file, role: 'test', blocks: [], claims: [], changes: [], obligations: [], variables: [], gaps: [], reached: [] });
      continue;
    }
    stories.push(tellStory(walker, file, { role: 'test', setupRestores, tellsImport: tells }).story);
  }
  return { schedule, stories, setup, facts: (path) => sources.facts(path) };
}

/** Helpers, fixtures and setup files of tests, as opposed to the product: their loading belongs to the test's story. */
const TEST_SIDE = /(^|[/._-])(tests?|specs?|__tests__|__mocks__|fixtures?|helpers?|e2e|integration|setup|mocks?|testing|test-utils?|testutils?|support|harness)([/._-]|$)/i;
export function isTestSide(path: string): boolean {
  return TEST_SIDE.test(path);
}

const SILENT: Vocabulary = { modules: [], globals: false, words: {}, modifiers: {}, members: {}, context: {}, cleanups: [] };

/** Reads a configuration module statically. Texts may start with `<root>`, the project's folder. */
export function readConfig(path: string, sources: Sources): ReadConfiguration {
  const r = createResolver(sources, createLibrary(catalogue), { vocabulary: SILENT, workerIds: [], setupFiles: [] }, new Map());
  return readConfiguration(r, path);
}
