import type { Axis, Finding } from '../../model/finding.js';
import type { ReportedFile, ReportedResource } from '../../model/report.js';
import type { FileStory } from '../../model/suite.js';
import { placeKey } from '../../model/place.js';
import { byWeight, holdsBack, order, sorted } from './order.js';
import type { Places } from './places.js';
import { grouped } from '../../model/grouped.js';

const AXES: readonly Axis[] = ['A', 'W', 'P', 'R'];

/** By the place of a wipe or of a call that leads to one, the files that wipe there; the places where names are decided; and the files of set-up. */
export interface ClaimPlaces {
  readonly wipers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly decided: ReadonlySet<string>;
  readonly setup: ReadonlySet<string>;
}

export function claimPlaces(stories: Iterable<FileStory>): ClaimPlaces {
  const wipers = new Map<string, Set<string>>();
  const decided = new Set<string>();
  const setup = new Set<string>();
  for (const { file, role, claims } of stories) {
    if (role !== 'test') setup.add(file);
    for (const { op, at, via, decidedAt } of claims) {
      if (decidedAt) decided.add(placeKey(decidedAt));
      if (op !== 'wipe') continue;
      for (const place of [at, ...via]) {
        const key = placeKey(place);
        const known = wipers.get(key);
        if (known) known.add(file);
        else wipers.set(key, new Set([file]));
      }
    }
  }
  return { wipers, decided, setup };
}

/** The keys of the resources that hold each file back. */
export function holders(findings: readonly Finding[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byFile = new Map<string, Set<string>>();
  for (const finding of findings) {
    if (!holdsBack(finding)) continue;
    for (const file of finding.files) {
      const known = byFile.get(file);
      if (known) known.add(finding.resource.key);
      else byFile.set(file, new Set([finding.resource.key]));
    }
  }
  return byFile;
}

/** Findings by resource, the one that frees most files first. `numbers` has the findings that the report shows. */
export function resourceRows(
  findings: readonly Finding[],
  numbers: ReadonlyMap<Finding, number>,
  heldBy: ReadonlyMap<string, ReadonlySet<string>>,
  claims: ClaimPlaces,
  places: Places,
): ReportedResource[] {
  const rows = [...grouped(findings, ({ resource }) => resource.key)].map(([key, found]) => {
    const group = found.toSorted(byWeight);
    const best = group[0]!;
    const holds = sorted(group.filter(holdsBack).flatMap((finding) => finding.files));
    const all = group.flatMap((finding) => finding.places);
    const decided = all.find((place) => claims.decided.has(placeKey(place)));
    const axis = new Set(group.flatMap((finding) => finding.axis));
    const claimants = new Set(group.flatMap((finding) => finding.files));
    // The product may wipe at one place what each file names on its own.
    const isOfIt = (file: string): boolean => claims.setup.has(file) || claimants.has(file);
    return {
      key,
      title: best.resource.title,
      rules: sorted(group.map((finding) => finding.rule)),
      axis: AXES.filter((each) => axis.has(each)),
      confidence: best.confidence,
      findings: group.flatMap((finding) => numbers.get(finding) ?? []).sort((a, b) => a - b),
      claimants: sorted(claimants),
      wipers: sorted(all.flatMap((place) => [...(claims.wipers.get(placeKey(place)) ?? [])].filter(isOfIt))),
      frees: holds.filter((file) => heldBy.get(file)?.size === 1),
      holds,
      ...(decided ? { decidedAt: places.shown(decided) } : {}),
    } satisfies ReportedResource;
  });
  return rows.sort((a, b) => b.frees.length - a.frees.length || b.holds.length - a.holds.length || order(a.key, b.key));
}

/** Of the held files, this share is to be freed by the first repairs. */
const SHARE = 0.8;

/**
 * The fewest resources whose repair frees the share, greedily: first what frees most files at once, among equals what is nearest
 * to freeing more. A file is free when nothing holds it any longer.
 */
export function firstToRepair(rows: readonly ReportedResource[], files: readonly ReportedFile[]): { readonly keys: readonly string[]; readonly ready: number } {
  const left = new Map(files.filter((file) => file.status === 'held').map((file) => [file.path, new Set(file.heldBy)]));
  const unknown = new Set(files.filter((file) => file.gaps.length > 0).map((file) => file.path));
  const open = new Map(rows.filter((row) => row.holds.length > 0).map((row) => [row.key, row]));
  const weights = new Map([...open].map(([key, row]) => [key, weightOf(row, left)]));
  const wanted = Math.ceil(left.size * SHARE);
  const keys: string[] = [];
  let freed = 0;
  let ready = files.filter((file) => file.status === 'ready').length;
  while (freed < wanted && open.size > 0) {
    let best: string | undefined;
    for (const [key, weight] of weights) {
      const other = best === undefined ? undefined : weights.get(best);
      if (!other || weight.frees > other.frees || (weight.frees === other.frees && weight.nears > other.nears)) best = key;
    }
    const row = best === undefined ? undefined : open.get(best);
    if (!row) break;
    keys.push(row.key);
    open.delete(row.key);
    weights.delete(row.key);
    const touched = new Set<string>();
    for (const file of row.holds) {
      const holding = left.get(file);
      if (!holding?.delete(row.key)) continue;
      for (const key of holding) touched.add(key);
      if (holding.size > 0) continue;
      freed++;
      if (!unknown.has(file)) ready++;
    }
    for (const key of touched) {
      const other = open.get(key);
      if (other) weights.set(key, weightOf(other, left));
    }
  }
  return { keys, ready };
}

function weightOf(row: ReportedResource, left: ReadonlyMap<string, ReadonlySet<string>>): { readonly frees: number; readonly nears: number } {
  let frees = 0;
  let nears = 0;
  for (const file of row.holds) {
    const others = left.get(file)?.size ?? 0;
    if (others === 1) frees++;
    if (others > 0) nears += 1 / others;
  }
  return { frees, nears };
}
