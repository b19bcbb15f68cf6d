import { resolve } from 'node:path';
import type { Confidence } from '../model/finding.js';
import type { Report } from '../model/report.js';
import type { ScanOptions } from '../project/scan-options.js';
import { writeBaseline } from '../project/baseline.js';
import { UserError } from '../project/user-error.js';
import { writeForUser } from '../project/write-file.js';
import type { ReportOptions } from '../reporters/index.js';
import { reporters } from '../reporters/index.js';
import type { ScanRequest, Threshold } from './arguments.js';
import { checkRoot } from './check-root.js';
import { colorLevel } from './colors.js';
import type { Target } from './outputs.js';
import { shown, targets, wayToRoot } from './outputs.js';
import { progressLine } from './progress.js';
import { whileWriting } from './signals.js';
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

  const written = await whileWriting(() => write(report, request, { wanted, root, baseline, cwd: world.cwd }));
  for (const { format } of wanted.filter((target) => target.file === undefined)) {
    const page: ReportOptions = {
      color: colorLevel(world, world.stdout, request.color),
      written,
      ...(world.stdout.columns === undefined ? {} : { width: world.stdout.columns }),
    };
    world.stdout.write((await reporters[format]())(report, page));
  }
  // What has just been accepted is no failure.
  return !request.updateBaseline && reaches(report, request.failOn ?? settings.failOn ?? 'likely') ? 1 : 0;
}

interface Destination {
  readonly wanted: readonly Target[];
  readonly root: string;
  readonly baseline: string | undefined;
  readonly cwd: string;
}

/** Writes the files; a line for each. */
async function write(report: Report, request: ScanRequest, { wanted, root, baseline, cwd }: Destination): Promise<readonly string[]> {
  const written: string[] = [];
  if (request.updateBaseline && baseline !== undefined) {
    const entries = report.findings.flatMap(({ rule, fingerprints }) =>
      Object.entries(fingerprints).map(([file, fingerprint]) => ({ file, fingerprint, rule })),
    );
    writeBaseline(baseline, entries);
    written.push(`Baseline: ${shown(baseline, cwd)}`);
  }
  for (const { format, file } of wanted) {
    if (file === undefined) continue;
    writeForUser(file, (await reporters[format]())(report, { toRoot: wayToRoot(file, root) }), 'the report');
    written.push(`Report: ${shown(file, cwd)}`);
  }
  return written;
}

function checkBaseline(request: ScanRequest, baseline: string | undefined): void {
  if (!request.updateBaseline) return;
  if (baseline === undefined) throw new UserError('`--update-baseline` needs to know the file: add `--baseline FILE`, or `baseline` in the configuration.');
  const part = request.since !== undefined ? '--since' : request.rules.length > 0 ? '--rule' : undefined;
  if (part !== undefined) throw new UserError(`\`--update-baseline\` records a whole scan, and \`${part}\` makes it a part. Leave \`${part}\` out.`);
}
