import { resolve } from 'node:path';
import type { Confidence } from '../model/finding.js';
import type { Report } from '../model/report.js';
import type { ScanOptions } from '../project/scan-options.js';
import { writeBaseline } from '../project/baseline.js';
import { UserError } from '../project/user-error.js';
import type { ScanRequest, Threshold } from './arguments.js';
import { checkRoot } from './check-root.js';
import { deliver } from './deliver.js';
import { shown, targets } from './outputs.js';
import { progressLine } from './progress.js';
import type { World } from './world.js';

const RANK: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 };

/** Advice has no axis and never fails a build: what stands behind it is a finding of its own. */
export function reaches(report: Report, threshold: Threshold): boolean {
  return threshold !== 'never' && report.findings.some((finding) => finding.axis.length > 0 && RANK[finding.confidence] <= RANK[threshold]);
}

export async function scanCommand(request: ScanRequest, world: World): Promise<0 | 1> {
  const root = resolve(world.cwd, request.root);
  checkRoot(request.root, root);
  const wanted = targets(request, root, world.cwd);
  const config = request.config === undefined ? undefined : resolve(world.cwd, request.config);
  const settings = await world.settings(root, config);
  const baseline =
    request.baseline !== undefined ? resolve(world.cwd, request.baseline) : settings.baseline === undefined ? undefined : resolve(root, settings.baseline);
  checkBaseline(request, baseline);

  const progress = progressLine(world.stderr);
  const options: ScanOptions = {
    root,
    ...(config === undefined ? {} : { config }),
    ...(request.rules.length > 0 ? { rules: request.rules } : {}),
    ...(request.since === undefined ? {} : { since: request.since }),
    ...(request.index === undefined ? {} : { index: request.index === true ? true : resolve(world.cwd, request.index) }),
    ...(request.updateBaseline ? { baseline: false } : baseline === undefined ? {} : { baseline }),
    types: request.types,
    cache: request.cache,
    filter: request.filter,
    ...(request.quiet ? {} : { onProgress: progress.show }),
  };
  let report: Report;
  try {
    report = await world.scan(options);
  } finally {
    progress.clear();
  }

  const first = (): readonly string[] => record(report, request, baseline, world.cwd);
  await deliver(report, { wanted, root, color: request.color, first }, world);
  // What has just been accepted is no failure.
  return !request.updateBaseline && reaches(report, request.failOn ?? settings.failOn ?? 'likely') ? 1 : 0;
}

/** Writes the baseline, where that is asked for; a line for it. */
function record(report: Report, request: ScanRequest, baseline: string | undefined, cwd: string): readonly string[] {
  if (!request.updateBaseline || baseline === undefined) return [];
  const entries = report.findings.flatMap(({ rule, fingerprints }) => Object.entries(fingerprints).map(([file, fingerprint]) => ({ file, fingerprint, rule })));
  writeBaseline(baseline, entries);
  return [`Baseline: ${shown(baseline, cwd)}`];
}

function checkBaseline(request: ScanRequest, baseline: string | undefined): void {
  if (!request.updateBaseline) return;
  if (baseline === undefined) throw new UserError('`--update-baseline` needs to know the file: add `--baseline FILE`, or `baseline` in the configuration.');
  const part = request.since !== undefined ? '--since' : request.rules.length > 0 ? '--rule' : undefined;
  if (part !== undefined) throw new UserError(`\`--update-baseline\` records a whole scan, and \`${part}\` makes it a part. Leave \`${part}\` out.`);
}
