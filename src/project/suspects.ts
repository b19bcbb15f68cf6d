import type { Operation, Resource } from '../model/claims.js';
import type { Finding } from '../model/finding.js';
import { escapeRegex } from '../model/patterns.js';
import { samePlace, type Place } from '../model/place.js';
import type { Report, ReportedFinding } from '../model/report.js';
import { ruleIds } from '../model/rule-ids.js';
import type { Schedule } from '../model/runner.js';
import type { StateKind } from '../model/state.js';
import type { TestName } from '../model/verdict.js';
import { isWithin, type Audited, type Block, type FileStory } from '../model/suite.js';
import type { AuditedSuite } from '../core.js';
import { checkResource, checkRules, isAbout } from './asked.js';
import { auditClosely, type CloseAudit } from './audit.js';
import type { Environment } from './environment.js';
import { imagesFor } from './images.js';
import { stampOf } from './kept-report.js';
import { ownPackage } from './own-package.js';
import { teller } from './progress.js';
import type { ScanOptions } from './scan-options.js';
import { readSettings } from './settings.js';
import { walk } from './walk.js';

/** A suite as whoever runs it needs to know it. Paths are relative to the root. */
export interface SuiteToRun {
  readonly runner: string;
  /** For people: `Jest`. */
  readonly title: string;
  readonly dir: string;
  readonly configPath?: string;
  /** The configuration, as far as it could be read, in the runner's own shape. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The command that people mean by "the tests": its words, the runner's own first, and the variables set for it. */
  readonly command: { readonly words: readonly string[]; readonly env: Readonly<Record<string, string>> };
  readonly testFiles: readonly string[];
  readonly schedule: Schedule;
  /** Images of the servers that the project starts, by kind of resource. */
  readonly images: Readonly<Record<string, string>>;
}

/** What a test file does to what a finding is about. */
export interface Deed {
  readonly file: string;
  readonly does: 'write' | 'read';
  /** Of a change of process state: which kind. */
  readonly state?: StateKind;
  /** Of a claim: on what, and what it does there. */
  readonly resource?: Resource;
  readonly op?: Operation;
  /** Sources of regular expressions for the full names of the tests that run it; absent where the file does while it loads, or a hook for all tests. */
  readonly tests?: readonly string[];
}

/** A finding with all that is needed to put it to the test. */
export interface Suspect {
  readonly finding: ReportedFinding;
  readonly suite: SuiteToRun;
  readonly deeds: readonly Deed[];
  /** Every claim of the files it is about: which services they need. */
  readonly resources: readonly Resource[];
}

export interface Suites extends Pick<CloseAudit, 'told' | 'reportWith'> {
  readonly suites: readonly WholeSuite[];
  /** Equal where nothing has changed that verdicts could depend on. */
  readonly stamp: string;
  /** The suite that runs all these files, and every claim of theirs. */
  readonly suiteWith: (files: readonly string[]) => Pick<Suspect, 'suite' | 'resources'> | undefined;
  /** Where a test stands; the beginning of its file where no such title is in the source, or no test is named. */
  readonly placeOf: (test: TestName) => Place;
  /** Who is to blame for a finding; nobody where no suite that is run has it. */
  readonly blamedFor: (finding: Finding) => Omit<Suspect, 'finding'> | undefined;
}

export interface Suspects extends Suites {
  readonly report: Report;
  readonly suspects: readonly Suspect[];
}

export interface WholeSuite extends SuiteToRun {
  /** Every claim of its files and its set-up: which services they need. */
  readonly resources: readonly Resource[];
}

/** What a caller may ask of a verification's scan. Only the root is needed. */
export interface SuspectOptions extends Pick<ScanOptions, 'root' | 'config' | 'rules' | 'onProgress'> {
  /** Only findings about this resource: a part of its title, as the report has it. */
  readonly resource?: string;
  /** Files that are going to be written as reports, absolute: they are no change of the project. */
  readonly reports?: readonly string[];
}

/** Audits the project, and says of each finding which tests of which suite are to blame. Runs nothing. */
export async function suspectsOf(options: SuspectOptions): Promise<Suspects> {
  const { resource } = options;
  const audited = await suitesOf(options);
  const { told, blamedFor } = audited;
  checkResource(
    resource,
    told.some((finding) => isAbout(finding, resource)),
  );
  const report = audited.reportWith([]);
  const suspects = told.flatMap((finding, at): Suspect[] => {
    const reported = report.findings[at];
    const blamed = isAbout(finding, resource) && finding.axis.length > 0 && blamedFor(finding);
    return reported && blamed ? [{ finding: reported, ...blamed }] : [];
  });
  return { ...audited, report, suspects };
}

/** Audits the project, and says which suites there are to run. Runs nothing. */
export async function suitesOf(options: Omit<SuspectOptions, 'resource'>): Promise<Suites> {
  const { root, rules, reports } = options;
  checkRules(rules);
  const { settings } = await readSettings(root, ruleIds, options.config);
  const [files, tool] = [walk(root), ownPackage()];
  // Before anything is read: what changes meanwhile is judged again next time.
  const stamp = stampOf(files, tool.version, [settings, process.version], reports);
  const { told, heard, reportWith } = await auditClosely({
    options,
    settings,
    files,
    tool,
    baseline: undefined,
    changed: undefined,
    tell: await teller(options),
  });
  const suiteToRun = (place: { readonly suite: AuditedSuite['suite']; readonly audited: Audited }): SuiteToRun => toRun(place, heard.environment);
  const blamedFor: Suites['blamedFor'] = (finding) => {
    const place = heard.analysis.audited.find(({ suite }) => finding.files.some((file) => suite.testFiles.includes(file)));
    if (!place) return undefined;
    const stories = place.audited.stories.filter((story) => finding.files.includes(story.file));
    return {
      suite: suiteToRun(place),
      deeds: stories.flatMap((story) => deedsOf(story, finding)),
      resources: resourcesOf([...stories, ...place.audited.setup]),
    };
  };
  const placeOf = ({ file, name }: TestName): Place => {
    const story = heard.analysis.audited.flatMap(({ audited }) => audited.stories).find((each) => each.file === file);
    const named = (story?.blocks ?? [])
      .filter(({ role }) => role === 'test')
      .map((block) => ({ block, pattern: fullName(story!.blocks, block) }))
      .filter(({ pattern }) => isNamed(name, [pattern]));
    const [first] = [...named.filter(({ pattern }) => !pattern.includes('.*')), ...named];
    return first?.block.seenAt ?? { path: file, span: [0, 0] };
  };
  const suiteWith: Suites['suiteWith'] = (files) => {
    const place = heard.analysis.audited.find(({ suite }) => files.every((file) => suite.testFiles.includes(file)));
    const stories = place?.audited.stories.filter(({ file }) => files.includes(file)) ?? [];
    return place && { suite: suiteToRun(place), resources: resourcesOf([...stories, ...place.audited.setup]) };
  };
  const suites = heard.analysis.audited.map((place): WholeSuite => ({
    ...suiteToRun(place),
    resources: resourcesOf([...place.audited.stories, ...place.audited.setup]),
  }));
  return { told, reportWith, suites, stamp, suiteWith, placeOf, blamedFor };
}

/** Whether a test's full name is one of those that `Deed.tests` describes. */
export const isNamed = (name: string, tests: readonly string[]): boolean => tests.some((source) => new RegExp(`^(?:${source})$`, 's').test(name));

const resourcesOf = (stories: readonly FileStory[]): readonly Resource[] => stories.flatMap((story) => story.claims.map((claim) => claim.resource));

function toRun({ suite, audited }: { readonly suite: AuditedSuite['suite']; readonly audited: Audited }, environment: Environment): SuiteToRun {
  const { use, runner, testFiles } = suite;
  const [command] = use.commands;
  return {
    runner: runner.id,
    title: runner.title,
    dir: use.dir,
    ...(use.configPath === undefined ? {} : { configPath: use.configPath }),
    options: use.options,
    command: { words: command?.words ?? [], env: command?.env ?? {} },
    testFiles,
    schedule: audited.schedule,
    images: imagesFor(environment, use.dir),
  };
}

function deedsOf(story: FileStory, finding: Finding): Deed[] {
  const isMeant = (at: Place, via: readonly Place[]): boolean =>
    finding.places.some((place) => samePlace(place, at) || via.some((each) => samePlace(place, each)));
  const of = (by: { readonly block?: number }, rest: Omit<Deed, 'file' | 'tests'>): Deed => {
    const tests = testsOf(story, by.block);
    return { file: story.file, ...rest, ...(tests === undefined ? {} : { tests }) };
  };
  return [
    ...story.changes.filter(({ at, via }) => isMeant(at, via)).map(({ by, state }) => of(by, { does: 'write', state })),
    ...story.variables.filter(({ at, via }) => isMeant(at, via)).map(({ by, op }) => of(by, { does: op })),
    ...story.claims
      .filter(({ at, via, decidedAt, saidAt }) => isMeant(at, [...via, ...(decidedAt ? [decidedAt] : []), ...(saidAt ? [saidAt] : [])]))
      .map(({ by, op, resource }) => of(by, { does: op === 'read' || op === 'count' ? 'read' : 'write', resource, op })),
  ];
}

/** The tests that a block runs for: itself, or those that a hook is for. */
function testsOf({ blocks }: FileStory, index: number | undefined): readonly string[] | undefined {
  const block = index === undefined ? undefined : blocks[index];
  if (!block) return undefined;
  if (block.role === 'test') return [fullName(blocks, block)];
  const around = block.role === 'suite' ? index : block.parent;
  if (around === undefined) return undefined;
  return blocks.filter((each) => each.role === 'test' && isWithin(blocks, each.parent, around)).map((each) => fullName(blocks, each));
}

/** The source of a regular expression for a test's full name: titles joined by blanks, with gaps where they are made at run time. */
function fullName(blocks: readonly Block[], block: Block): string {
  const titles: string[] = [];
  for (let each: Block | undefined = block; each; each = each.parent === undefined ? undefined : blocks[each.parent]) titles.unshift(titlePattern(each));
  return titles.join(' ');
}

const titlePattern = ({ title, modifiers }: Block): string => {
  if (title?.kind !== 'parts') return '.*';
  const text = title.parts.map((part) => (typeof part === 'string' ? escapeRegex(part) : '.*')).join('');
  return modifiers.includes('each') ? text.replace(/%[a-zA-Z#]|\\\$[\w#]+(?:\\\.\w+)*/g, '.*') : text;
};
