import { posix } from 'node:path';
import type { Analysis } from '../core.js';
import type { Confidence, Finding, Rule } from '../model/finding.js';
import type { Report, ReportedFile, ReportedFinding, ReportedRunner, ReportedService } from '../model/report.js';
import { uniqueBy } from './unique.js';
import type { Environment } from './environment.js';
import { reportedFinding, type Printed } from './report/findings.js';
import { countedGaps, factGaps, storyGaps, unreadWhy, type Unseen } from './report/gaps.js';
import { sorted, order } from './report/order.js';
import type { Places } from './report/places.js';
import { claimPlaces, firstToRepair, holders, resourceRows } from './report/resources.js';
import { unresolvedDatabases } from './report/unresolved.js';
import type { SourceTexts } from './source-texts.js';
import type { SuiteUse } from './test-files.js';
import type { ProjectGap, Walk } from './walk.js';

export interface ReportInput {
  readonly tool: { readonly version: string; readonly homepage: string };
  readonly walk: Walk;
  readonly projectName: string | undefined;
  readonly suites: readonly SuiteUse[];
  readonly analysis: Analysis;
  readonly environment: Environment;
  readonly texts: SourceTexts;
  readonly places: Places;
  /** Findings that nobody has silenced: they say which files are ready. */
  readonly findings: readonly Finding[];
  /** Those of them that are told, in order. */
  readonly told: readonly Printed[];
  readonly rules: readonly Rule[];
  readonly gaps: readonly Unseen[];
  readonly left: { readonly baselined: number; readonly ignored: number; readonly untouched: number };
}

/** Everything a scan has found out, in the words of a report. */
export function reportOf(input: ReportInput): Report {
  const { analysis, places, findings, told } = input;
  const rules = new Map(input.rules.map((rule) => [rule.id, rule]));
  const reported: ReportedFinding[] = [];
  const numbers = new Map<Finding, number>();
  for (const printed of told) {
    const rule = rules.get(printed.finding.rule);
    if (!rule) continue;
    numbers.set(printed.finding, reported.length + 1);
    reported.push(reportedFinding(printed, reported.length + 1, rule, places));
  }
  const heldBy = holders(findings);
  const files = filesOf(input, heldBy);
  const claims = claimPlaces(analysis.audited.flatMap(({ audited }) => [...audited.stories, ...audited.setup]));
  const resources = resourceRows(findings, numbers, heldBy, claims, places);
  const first = firstToRepair(resources, files);
  const byStatus = (status: ReportedFile['status']): number => files.filter((file) => file.status === status).length;
  const byConfidence = (confidence: Confidence): number => reported.filter((finding) => finding.axis.length > 0 && finding.confidence === confidence).length;
  return {
    tool: { name: 'isolation-audit', ...input.tool },
    project: input.projectName ?? posix.basename(input.walk.root.replaceAll('\\', '/')),
    runners: runnersOf(input),
    services: servicesOf(input.environment, places),
    files,
    resources,
    findings: reported,
    gaps: countedGaps(
      [
        ...input.gaps,
        ...projectGaps(input),
        ...factGaps(input.texts.asked),
        ...analysis.audited.flatMap(({ audited }) => storyGaps(audited, input.texts.asked)),
      ],
      places,
    ),
    rules: input.rules.map(({ id, axis, summary, wording, variants }) => ({ id, axis, summary, wording, ...(variants ? { variants } : {}) })),
    summary: {
      testFiles: files.length,
      ready: byStatus('ready'),
      held: byStatus('held'),
      notKnown: byStatus('not-known'),
      firstResources: first.keys,
      readyAfterFirst: first.ready,
      byConfidence: { certain: byConfidence('certain'), likely: byConfidence('likely'), possible: byConfidence('possible') },
      ...input.left,
    },
  };
}

function filesOf({ analysis, texts }: ReportInput, heldBy: ReadonlyMap<string, ReadonlySet<string>>): ReportedFile[] {
  const files = new Map<string, ReportedFile>();
  for (const { suite, audited } of analysis.audited) {
    for (const story of audited.stories) {
      const keys = sorted(heldBy.get(story.file) ?? []);
      const unread = unreadWhy(texts.asked.get(story.file));
      const gaps = unread === undefined ? sorted([...story.gaps.filter((gap) => gap.hides).map((gap) => gap.why), ...unresolvedDatabases(story)]) : [unread];
      const status = keys.length > 0 ? 'held' : gaps.length > 0 ? 'not-known' : 'ready';
      if (!files.has(story.file)) files.set(story.file, { path: story.file, runner: suite.runner.id, status, heldBy: keys, gaps });
    }
  }
  return [...files.values()].sort((a, b) => order(a.path, b.path));
}

function runnersOf({ suites, analysis }: ReportInput): ReportedRunner[] {
  return suites.flatMap(({ use, runner, testFiles, setupFiles, globalSetup }, index) => {
    const schedule = analysis.audited[index]?.audited.schedule;
    if (!schedule) return [];
    const commands = uniqueBy(
      use.commands.map((command) => command.words.join(' ')),
      (text) => text,
    );
    return [
      {
        schedule,
        title: runner.title,
        testFiles: testFiles.length,
        ...(use.configPath === undefined ? {} : { configPath: use.configPath }),
        setupFiles,
        globalSetup,
        commands,
      },
    ];
  });
}

function servicesOf(environment: Environment, places: Places): ReportedService[] {
  const services = environment.services.map(({ kind, name, from, image, at }) => ({
    kind,
    from: `${from} service \`${name}\``,
    ...(image === undefined ? {} : { image }),
    at: places.bare(at, 'started here'),
  }));
  return uniqueBy(services, ({ kind, from, image }) => `${kind}\0${from}\0${image ?? ''}`);
}

/** What the disk, configurations and setup lists did not tell. */
function projectGaps({ suites, environment, walk }: ReportInput): Unseen[] {
  const said = ({ path, why }: ProjectGap): Unseen =>
    path === '' ? { what: why } : { what: walk.has(path) ? why : `\`${path}\`: ${why}`, at: { path, span: [0, 0] } };
  const ofUse = ({ use, runner, missing }: SuiteUse): Unseen[] => [
    // Single options that matter are in the notes of the schedule.
    ...use.computed
      .filter(({ key }) => key === '')
      .map(({ why, at }) => ({
        what: `The configuration of ${runner.title} could not be read: ${why}`,
        ...(at ? { at } : use.configPath === undefined ? {} : { at: { path: use.configPath, span: [0, 0] as const } }),
      })),
    ...missing.map((specifier) => ({
      what: `The setup file \`${specifier}\` of ${runner.title} is not found`,
      ...(use.configPath === undefined ? {} : { at: { path: use.configPath, span: [0, 0] as const } }),
    })),
  ];
  return [...environment.gaps.map(said), ...suites.flatMap(ofUse)];
}
