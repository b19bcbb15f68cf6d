import { readFileSync, statSync } from 'node:fs';
import { placeIn, wordingOf, type Finding } from '../model/finding.js';
import { edited, refusal, type Repair } from '../model/remedy.js';
import { ruleIds } from '../model/rule-ids.js';
import { hear, type Heard } from './hear.js';
import { ownPackage } from './own-package.js';
import { teller } from './progress.js';
import { nameOf, repairIn } from './repairs.js';
import { order } from './report/order.js';
import type { ScanOptions } from './scan-options.js';
import { readSettings } from './settings.js';
import { suggest } from './settings-check.js';
import { UserError } from './user-error.js';
import { walk } from './walk.js';

/** What a caller may ask of a fix. Only the root is needed. */
export interface FixOptions extends Pick<ScanOptions, 'root' | 'config' | 'rules' | 'onProgress'> {
  /** Only findings about this resource: a part of its title, as the report has it. */
  readonly resource?: string;
}

/** A file before and after, with its bytes as the disk has them. */
export interface ChangedFile {
  /** Relative to the root. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** One finding, in words. */
export interface FixedFinding {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

export interface Fixed {
  readonly files: readonly ChangedFile[];
  readonly repaired: readonly { readonly rule: string; readonly paths: readonly string[]; readonly says: string }[];
  readonly left: readonly (FixedFinding & { readonly why: string })[];
}

/**
 * Repairs in memory what can be repaired within a file: a finding whose files all have a repair, that is gone afterwards, and that
 * leaves no other behind. Writes nothing.
 */
export async function fix(options: FixOptions): Promise<Fixed> {
  const { root, rules, resource } = options;
  const strange = rules?.find((rule) => !ruleIds.includes(rule));
  if (strange !== undefined) throw new UserError(`There is no rule \`${strange}\`${suggest(strange, ruleIds)}.`);
  const { settings } = await readSettings(root, ruleIds, options.config);
  const heard = await hear({ options: {}, settings, files: walk(root), tool: ownPackage(), tell: await teller(options) });
  const isAsked = (finding: Finding): boolean =>
    finding.confidence !== 'possible' &&
    finding.axis.length > 0 &&
    (!rules || rules.includes(finding.rule)) &&
    (resource === undefined || finding.resource.title.includes(resource) || finding.resource.key.includes(resource));
  if (resource !== undefined && !heard.findings.some((finding) => isAsked(finding)))
    throw new UserError(`Nothing is found about a resource \`${resource}\`. Name it as the report does.`);
  heard.project.cache?.save();

  const workshop = open(heard);
  let now: Pick<Heard, 'findings' | 'analysis' | 'texts' | 'places'> = heard;
  let overlay: ReadonlyMap<string, string> = new Map();
  const repaired: Fixed['repaired'][number][] = [];
  const refused = new Map<string, string>();
  for (;;) {
    const units = chosen(now, isAsked, refused, workshop);
    if (units.length === 0) break;
    const next = new Map([...overlay, ...units.flatMap((unit) => [...unit.texts])]);
    const then = await heard.again(next);
    const bad = units.flatMap((unit) => {
      const why = faultOf(unit, now, then);
      return why === undefined ? [] : [{ unit, why }];
    });
    for (const { unit, why } of bad) refused.set(keyOf(unit.finding), why);
    // Without those that have not done what they should, everything is tried again.
    if (bad.length > 0) continue;
    for (const { finding, says, texts } of units) repaired.push({ rule: finding.rule, paths: [...texts.keys()], says });
    [now, overlay] = [then, next];
  }
  const left = now.findings
    .filter(isAsked)
    .sort((a, b) => order(a.places[0].path, b.places[0].path) || a.places[0].span[0] - b.places[0].span[0])
    .map((finding) => ({ ...inWords(finding, heard, now), why: refused.get(keyOf(finding)) ?? 'no repair within one file is known' }));
  return { files: [...overlay].map(([path, after]) => workshop.changed(path, after)), repaired, left };
}

/** A finding with the texts of all its files after the repair. */
interface Unit {
  readonly finding: Finding;
  readonly says: string;
  readonly texts: ReadonlyMap<string, string>;
}

const keyOf = (finding: Finding): string => `${nameOf(finding)}\0${finding.places[0].path}`;

/** Findings that can be repaired in one go: no file twice. What cannot be repaired is noted with its reason. */
function chosen(
  now: Pick<Heard, 'findings' | 'analysis' | 'texts'>,
  isAsked: (finding: Finding) => boolean,
  refused: Map<string, string>,
  workshop: Workshop,
): Unit[] {
  const units: Unit[] = [];
  const taken = new Set<string>();
  for (const finding of now.findings) {
    if (!isAsked(finding) || refused.has(keyOf(finding))) continue;
    const paths = [...new Set(finding.places.map((place) => place.path))].filter((path) => placeIn(finding, path));
    if (paths.some((path) => taken.has(path))) continue;
    const texts = new Map<string, string>();
    const said = new Set<string>();
    let why: string | undefined;
    for (const path of paths) {
      const repair = workshop.repair(now, finding, path);
      if (repair.kind === 'refusal') why ??= repair.why;
      else {
        texts.set(path, edited(now.texts.text(path)!, repair.edits));
        said.add(repair.says);
      }
    }
    if (why !== undefined || texts.size === 0) {
      refused.set(keyOf(finding), why ?? 'no repair within one file is known');
      continue;
    }
    for (const path of paths) taken.add(path);
    units.push({ finding, says: [...said].join(' '), texts });
  }
  return units;
}

/** Why a repair is not to be kept, if it is not. */
function faultOf({ finding, texts }: Unit, before: Pick<Heard, 'findings'>, after: Pick<Heard, 'findings' | 'texts'>): string | undefined {
  const known = new Set(before.findings.map(nameOf));
  for (const path of texts.keys()) {
    if (after.texts.facts(path)?.gaps.some((gap) => gap.why === 'syntax')) return 'the file cannot be read after the repair';
    for (const each of after.findings) {
      if (!placeIn(each, path)) continue;
      if (nameOf(each) === nameOf(finding)) return 'the repair is not enough';
      if (!known.has(nameOf(each))) return 'the repair would bring another finding';
    }
  }
  return undefined;
}

interface Workshop {
  readonly repair: (now: Pick<Heard, 'analysis' | 'texts'>, finding: Finding, path: string) => Repair;
  readonly changed: (path: string, after: string) => ChangedFile;
}

const GENERATED = /^.{0,400}?(?:@generated|\bgenerated\b[^\n]{0,80}\bdo not (?:edit|modify)\b|\bDO NOT EDIT\b)/is;

function open({ project: { walk: files } }: Heard): Workshop {
  const raw = new Map<string, string | undefined>();
  const rawOf = (path: string): string | undefined => {
    if (!raw.has(path)) {
      const bytes = readFileSync(files.absolute(path));
      const text = bytes.toString('utf8');
      raw.set(path, Buffer.from(text).equals(bytes) ? text : undefined);
    }
    return raw.get(path);
  };
  return {
    repair({ analysis, texts }, finding, path) {
      const audited = analysis.audited.find((each) => each.audited.stories.some((story) => story.file === path))?.audited;
      const text = texts.text(path);
      if (!audited || text === undefined) return refusal('it happens outside the test files');
      if ((statSync(files.absolute(path)).mode & 0o222) === 0) return refusal('the file may not be written');
      if (rawOf(path) === undefined) return refusal('the file is not plain UTF-8');
      if (GENERATED.test(text)) return refusal('the file is generated');
      return repairIn(audited, finding, path, text);
    },
    changed(path, after) {
      const before = rawOf(path)!;
      return { path, before, after: before.startsWith('\uFEFF') ? `\uFEFF${after}` : after };
    },
  };
}

function inWords(finding: Finding, { active }: Heard, { places }: Pick<Heard, 'places'>): FixedFinding {
  const rule = active.find((each) => each.id === finding.rule)!;
  const [first] = finding.places;
  return { rule: finding.rule, path: first.path, line: places.bare(first, '').region.startLine, what: wordingOf(rule, finding).what };
}
