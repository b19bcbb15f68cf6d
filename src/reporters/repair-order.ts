import type { Report, ReportedFinding, ReportedResource } from '../model/report.js';

/** A shared resource and what is found of it, worst first. */
export interface ResourceEntry {
  readonly resource: ReportedResource;
  readonly findings: readonly [ReportedFinding, ...ReportedFinding[]];
}

export interface RepairStep extends ResourceEntry {
  /** Test files that are ready once this resource and all before it are repaired. */
  readonly readyThen: number;
}

/** Beyond this the order no longer guides anybody, and choosing the best each time costs the square of the number. */
const MOST_CHOSEN = 300;

/** The order in which to repair: what the summary names first, then what makes most files ready at each step. */
export function repairOrder(report: Report, entries: readonly ResourceEntry[]): readonly RepairStep[] {
  const held = report.files.filter((file) => file.status === 'held');
  const left = new Map(held.map((file) => [file.path, new Set(file.heldBy)]));
  const unknown = new Set(held.filter((file) => file.gaps.length > 0).map((file) => file.path));
  const open = [...entries];
  const steps: RepairStep[] = [];
  let ready = report.summary.ready;
  const take = (at: number): void => {
    const [entry] = open.splice(at, 1);
    if (!entry) return;
    for (const file of entry.resource.holds) {
      const holders = left.get(file);
      if (holders?.delete(entry.resource.key) && holders.size === 0 && !unknown.has(file)) ready++;
    }
    steps.push({ ...entry, readyThen: ready });
  };
  for (const key of report.summary.firstResources) {
    const at = open.findIndex((entry) => entry.resource.key === key);
    if (at >= 0) take(at);
  }
  const gain = ({ resource }: ResourceEntry): number => {
    let files = 0;
    for (const file of resource.holds) {
      const holders = left.get(file);
      if (holders?.size === 1 && holders.has(resource.key)) files++;
    }
    return files;
  };
  while (open.length > 0) {
    if (steps.length >= MOST_CHOSEN) {
      take(0);
      continue;
    }
    let best = 0;
    let most = -1;
    open.forEach((entry, at) => {
      const files = gain(entry);
      if (files > most) [best, most] = [at, files];
    });
    take(best);
  }
  return steps;
}
