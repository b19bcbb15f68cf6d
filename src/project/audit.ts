import { resolve } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Finding } from '../model/finding.js';
import type { Report } from '../model/report.js';
import { ruleIds } from '../model/rule-ids.js';
import { hear, type Heard } from './hear.js';
import { reportOf } from './report.js';
import { fingerprinted } from './report/findings.js';
import { unsilenced } from './report/unsilenced.js';
import type { Tell } from './progress.js';
import { indexFile, writeIndex } from './saved-index.js';
import type { ScanOptions } from './scan-options.js';
import type { Settings } from '../model/settings.js';
import type { Walk } from './walk.js';

/** What a scan has found out before it looks at any code. */
export interface AuditInput {
  readonly options: ScanOptions;
  readonly settings: Settings;
  readonly files: Walk;
  readonly tool: { readonly version: string; readonly homepage: string };
  /** Fingerprints of accepted findings. */
  readonly baseline: ReadonlySet<string> | undefined;
  /** Files that a change touches, where only those are asked about. */
  readonly changed: ReadonlySet<string> | undefined;
  readonly tell: Tell;
}

/** From the files of a project to its report. */
export async function audit(input: AuditInput): Promise<Report> {
  return (await auditClosely(input)).reportWith([]);
}

/** What a report is made from. */
export interface CloseAudit {
  /** The findings that the report tells, in its order: the first is its number 1. */
  readonly told: readonly Finding[];
  readonly heard: Heard;
  /** The report, with more findings behind its own, less those that comments and settings silence. */
  readonly reportWith: (more: readonly Finding[]) => Report;
}

export async function auditClosely({ options, settings, files, tool, baseline, changed, tell }: AuditInput): Promise<CloseAudit> {
  const heard = await hear({ options, settings, files, tool, tell });
  const { project, found, suites, environment, surroundings, active, texts, places, silence, analysis, all, findings } = heard;
  const printed = fingerprinted(findings);
  const fresh = baseline ? printed.filter(({ fingerprints }) => !Object.values(fingerprints).every((each) => baseline.has(each))) : printed;
  const told = changed ? fresh.filter(({ finding }) => finding.places.some((place) => changed.has(place.path))) : fresh;
  const reportWith = (more: readonly Finding[]): Report => {
    const kept = unsilenced(
      more.filter(({ rule }) => active.some(({ id }) => id === rule)),
      silence,
      settings.rules,
    );
    return reportOf({
      tool,
      walk: project.walk,
      projectName: project.packages.at('')?.name,
      suites,
      analysis,
      environment,
      texts,
      places,
      findings: [...findings, ...kept],
      told: [...told, ...fingerprinted(kept)],
      rules: active,
      gaps: [
        ...found.gaps.map(({ path, why }) =>
          path === '' ? { what: why } : { what: project.walk.has(path) ? why : `\`${path}\`: ${why}`, at: { path, span: [0, 0] as const } },
        ),
        ...silence.complaints(new Set(active.map((each) => each.id)), new Set(ruleIds)),
      ],
      left: {
        baselined: printed.length - fresh.length,
        ignored: all.length - findings.length + more.length - kept.length,
        untouched: fresh.length - told.length,
      },
    });
  };
  await breathe();
  options.signal?.throwIfAborted();
  project.cache?.save();
  if (options.index !== undefined) {
    const target = options.index === true ? indexFile(files.root) : resolve(options.index);
    const commented = [...texts.asked].flatMap(([path, facts]) => (facts && facts.directives.length > 0 ? [path] : []));
    const { version } = tool;
    writeIndex(target, { walk: files, version, analysis, findings, commented, environment: environment.values, surroundings, settings });
  }
  return { told: told.map(({ finding }) => finding), heard, reportWith };
}
