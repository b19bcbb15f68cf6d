import { placeIn, wordingOf, type Finding } from '../model/finding.js';
import type { Plan } from '../model/plan.js';
import { edited } from '../model/remedy.js';
import { ruleIds } from '../model/rule-ids.js';
import { checkResource, checkRules, isAbout } from './asked.js';
import { hear, type Heard } from './hear.js';
import { lanesOf, type SuiteLane } from './lanes.js';
import { ownPackage } from './own-package.js';
import { teller } from './progress.js';
import { faultOf, nameOf } from './repairs.js';
import { order } from './report/order.js';
import type { ScanOptions } from './scan-options.js';
import { readSettings } from './settings.js';
import { walk } from './walk.js';
import { openWorkshop, plannedTexts, type ChangedFile, type Now, type Workshop } from './workshop.js';

/** What a caller may ask of a fix. Only the root is needed. */
export interface FixOptions extends Pick<ScanOptions, 'root' | 'config' | 'rules' | 'onProgress'> {
  /** Only findings about this resource: a part of its title, as the report has it. */
  readonly resource?: string;
  /** Whether repairs may call `isolation-audit/worker`; they do when nothing is said. Else they are plain code, where that is as safe. */
  readonly runtime?: boolean;
  /** Asked of each change before it is kept. Without it all are. */
  readonly confirm?: (proposal: Proposal) => Promise<boolean>;
}

/** A change that would take its finding away. */
export interface Proposal {
  readonly finding: FixedFinding;
  readonly says: string;
  readonly files: readonly ChangedFile[];
  readonly needs: readonly string[];
}

/** One finding, in words. */
export interface FixedFinding {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

/** A change that was made for one finding, and what else it took away. */
export interface Repaired extends FixedFinding {
  /** What is shared or left behind, as the report names it. */
  readonly resource: string;
  readonly whyItBreaks: string;
  readonly paths: readonly string[];
  readonly says: string;
  /** Where files change together: which strategy was chosen, and what it needs. */
  readonly plan?: Pick<Plan, 'strategy' | 'why' | 'refused' | 'needs'>;
  /** Where they do not: strategies for the whole suite that cannot be used. */
  readonly refused?: Plan['refused'];
  /** Findings that went with it. */
  readonly also: readonly FixedFinding[];
}

export interface Fixed {
  readonly files: readonly ChangedFile[];
  readonly repaired: readonly Repaired[];
  readonly left: readonly (FixedFinding & { readonly why: string })[];
  /** What runs test files one after another that cannot run beside each other yet. */
  readonly lanes: readonly SuiteLane[];
}

/**
 * Repairs in memory what can be repaired: a finding by a repair within each of its files, else by a plan for what the tests share. It has to be gone
 * afterwards, and to leave no other behind. Writes nothing.
 */
export async function fix(options: FixOptions): Promise<Fixed> {
  const { root, rules, resource } = options;
  checkRules(rules);
  const { settings } = await readSettings(root, ruleIds, options.config);
  const heard = await hear({ options: {}, settings, files: walk(root), tool: ownPackage(), tell: await teller(options) });
  const isAsked = (finding: Finding): boolean =>
    finding.confidence !== 'possible' && finding.axis.length > 0 && (!rules || rules.includes(finding.rule)) && isAbout(finding, resource);
  checkResource(resource, heard.findings.some(isAsked));
  heard.project.cache?.save();

  const workshop = openWorkshop(heard, options.runtime ?? true);
  let now: Now = heard;
  let overlay: ReadonlyMap<string, string> = new Map();
  const repaired: Repaired[] = [];
  const refused = new Map<string, string>();
  const weighed: Weighed = new Map();
  const accepted = new Set<string>();
  const declined = async (units: readonly Unit[]): Promise<boolean> => {
    let isAny = false;
    for (const { key, finding, says, texts, plan } of options.confirm ? units : []) {
      if (accepted.has(key)) continue;
      const files = [...texts].map(([path, after]) => ({ ...workshop.changed(path, after), before: now.texts.text(path) ?? '', after }));
      if (await options.confirm!({ finding: inWords(finding, heard, now), says, files, needs: plan?.needs ?? [] })) accepted.add(key);
      else {
        refused.set(key, 'it was declined');
        isAny = true;
      }
    }
    return isAny;
  };
  for (;;) {
    const units = chosen(now, isAsked, refused, weighed, workshop);
    if (units.length === 0) break;
    const next = new Map([...overlay, ...units.flatMap((unit) => [...unit.texts])]);
    const then: Now = await heard.again(next);
    const bad = units.flatMap((unit) => {
      const changed = [...unit.texts.keys()];
      const faults = unit.answers.flatMap(
        (finding) =>
          faultOf({
            finding,
            changed: changed.map((path) => then.texts.facts(path)),
            before: now.findings,
            after: () => then.findings,
            // A plan reaches files that it does not change; what each file has of its own is another's in another file.
            concerns: (each) =>
              unit.plan
                ? each.confidence !== 'possible' &&
                  (finding.resource.resource !== undefined || nameOf(each) !== nameOf(finding) || keyOf(each) === keyOf(finding))
                : changed.some((path) => placeIn(each, path) !== undefined),
          }) ?? [],
      );
      return faults.length === 0 ? [] : [{ unit, why: faults[0]! }];
    });
    for (const { unit, why } of bad) refused.set(unit.key, why);
    // Without those that have not done what they should, or are not wanted, everything is tried again.
    if (bad.length > 0 || (await declined(units))) continue;
    const left = new Set(then.findings.map(nameOf));
    const gone = now.findings.filter((each) => isAsked(each) && !left.has(nameOf(each)) && units.every(({ answers }) => !answers.includes(each)));
    for (const { finding, answers, says, texts, plan, refused: others } of units) {
      const { resource: shared } = finding.resource;
      const also = plan && shared ? gone.filter((each) => each.resource.resource?.kind === shared.kind) : answers.filter((each) => each !== finding);
      repaired.push({
        ...inWords(finding, heard, now),
        resource: finding.resource.title,
        whyItBreaks: wordingOf(
          heard.active.find((each) => each.id === finding.rule)!,
          finding,
        ).why,
        paths: [...texts.keys()],
        says,
        ...(plan ? { plan: { strategy: plan.strategy, why: plan.why, refused: plan.refused, needs: plan.needs } } : {}),
        ...(others ? { refused: others } : {}),
        also: also.map((each) => inWords(each, heard, now)),
      });
    }
    [now, overlay] = [then, next];
  }
  const stuck = now.findings.filter(isAsked);
  const left = stuck
    .toSorted((a, b) => order(a.places[0].path, b.places[0].path) || a.places[0].span[0] - b.places[0].span[0])
    .map((finding) => ({
      ...inWords(finding, heard, now),
      why: [refused.get(keyOf(finding)) ?? NOTHING_KNOWN, ...(weighed.get(keyOf(finding)) ?? []).map(({ why }) => why)].join('; '),
    }));
  return { files: [...overlay].map(([path, after]) => workshop.changed(path, after)), repaired, left, lanes: lanesOf(stuck, heard.suites) };
}

const NOTHING_KNOWN = 'no repair is known';

/** A finding with the texts of all files that change for it. */
interface Unit {
  /** Under which it is refused. */
  readonly key: string;
  readonly finding: Finding;
  /** That finding, and the others of its suite that go with it. */
  readonly answers: readonly Finding[];
  readonly says: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly plan?: Plan;
  readonly refused?: Plan['refused'];
}

/** Strategies for whole suites that cannot be used, by the findings that would go with them. */
type Weighed = Map<string, Plan['refused']>;

const keyOf = (finding: Finding): string => `${nameOf(finding)}\0${finding.places[0].path}`;

/** Findings that can be repaired in one go: no file twice. What cannot be repaired is noted with its reason. */
function chosen(now: Now, isAsked: (finding: Finding) => boolean, refused: Map<string, string>, weighed: Weighed, workshop: Workshop): Unit[] {
  const units = forSuites(now, isAsked, refused, weighed, workshop);
  const taken = new Set(units.flatMap(({ texts, answers }) => [...texts.keys(), ...answers.flatMap(pathsOf)]));
  for (const finding of now.findings) {
    if (!isAsked(finding) || refused.has(keyOf(finding))) continue;
    const own = pathsOf(finding);
    if (own.some((path) => taken.has(path))) continue;
    const unit = remedied(now, finding, own, workshop);
    const made = 'why' in unit ? planned(now, finding, workshop, unit.why) : unit;
    if ('why' in made) {
      refused.set(keyOf(finding), made.why);
      continue;
    }
    const paths = [...made.texts.keys()];
    if (paths.some((path) => taken.has(path))) continue;
    for (const path of paths) taken.add(path);
    const others = weighed.get(keyOf(finding));
    units.push({ ...made, ...(others && !made.plan ? { refused: others } : {}) });
  }
  return units;
}

/** What repairs many findings of a suite at once, before each is repaired by itself. */
function forSuites(now: Now, isAsked: (finding: Finding) => boolean, refused: Map<string, string>, weighed: Weighed, workshop: Workshop): Unit[] {
  return workshop.suitePlans(now, now.findings.filter(isAsked)).flatMap((made): readonly Unit[] => {
    const key = `${made.strategy}\0${made.suite}`;
    const why = refused.get(key) ?? (made.kind === 'refusal' ? made.why : undefined);
    const [finding] = made.findings;
    if (why === undefined && made.kind === 'plan' && finding)
      return [{ key, finding, answers: made.findings, says: made.says, texts: plannedTexts(made, now), plan: made }];
    if (why === undefined) return [];
    refused.set(key, why);
    for (const each of made.findings) weighed.set(keyOf(each), [{ strategy: made.strategy, why }]);
    return [];
  });
}

const pathsOf = (finding: Finding): string[] => [...new Set(finding.places.map((place) => place.path))].filter((path) => placeIn(finding, path));

/** A repair of each of the finding's files, or why one of them has none. */
function remedied(now: Now, finding: Finding, paths: readonly string[], workshop: Workshop): Unit | { readonly why: string } {
  const texts = new Map<string, string>();
  const said = new Set<string>();
  for (const path of paths) {
    const repair = workshop.repair(now, finding, path);
    if (repair.kind === 'refusal') return repair;
    texts.set(path, edited(now.texts.text(path)!, repair.edits));
    said.add(repair.says);
  }
  return texts.size === 0 ? { why: NOTHING_KNOWN } : { key: keyOf(finding), finding, answers: [finding], says: [...said].join(' '), texts };
}

/** A plan for what the finding is about. Where there is no strategy for that, the reason why no remedy helps says more. */
function planned(now: Now, finding: Finding, workshop: Workshop, otherwise: string): Unit | { readonly why: string } {
  if (!finding.resource.resource) return { why: otherwise };
  const plan = workshop.plan(now, finding);
  return plan.kind === 'refusal' ? plan : { key: keyOf(finding), finding, answers: [finding], says: plan.says, texts: plannedTexts(plan, now), plan };
}

function inWords(finding: Finding, { active }: Heard, { places }: Pick<Heard, 'places'>): FixedFinding {
  const rule = active.find((each) => each.id === finding.rule)!;
  const [first] = finding.places;
  return { rule: finding.rule, path: first.path, line: places.bare(first, '').region.startLine, what: wordingOf(rule, finding).what };
}
