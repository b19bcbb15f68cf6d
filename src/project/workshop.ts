import { readFileSync, statSync } from 'node:fs';
import { planOf, runners, serversBehind, suitePlansOf, type AuditedSuite } from '../core.js';
import type { Resource } from '../model/claims.js';
import type { Finding } from '../model/finding.js';
import { alternatives, constantText, nameText } from '../model/names.js';
import { samePlace } from '../model/place.js';
import type { Plan, ProjectView, SuiteRepair, SuiteView } from '../model/plan.js';
import { edited, refusal, type Repair, type Refusal } from '../model/remedy.js';
import { reaches } from '../model/suite.js';
import type { Heard } from './hear.js';
import { inFixture } from './packages.js';
import { repairIn } from './repairs.js';

/** What a project looks like while it is being repaired. */
export type Now = Pick<Heard, 'findings' | 'analysis' | 'texts' | 'places'>;

/** A file before and after, with its bytes as the disk has them. */
export interface ChangedFile {
  /** Relative to the root. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The project has no such file yet. */
  readonly isNew?: true;
}

/** Makes repairs and plans, of files that may be changed. */
export interface Workshop {
  readonly repair: (now: Now, finding: Finding, path: string) => Repair;
  readonly plan: (now: Now, finding: Finding) => Plan | Refusal;
  /** Plans for whole suites, with these findings to repair. */
  readonly suitePlans: (now: Now, findings: readonly Finding[]) => readonly (SuiteRepair & { readonly suite: string })[];
  readonly changed: (path: string, after: string) => ChangedFile;
}

const GENERATED = /^.{0,400}?(?:@generated|\bgenerated\b[^\n]{0,80}\bdo not (?:edit|modify)\b|\bDO NOT EDIT\b)/is;

/** By the last part of the name, and code of a folder for it: `config/test.js`, `vite.config.ts`. */
const CONFIGURATION = /\.(?:json[c5]?|ya?ml|toml|ini|conf|properties)$|(?:^|\/)\.env[^/]*$|\.env$|(?:^|\/)(?:config\/[^/]+|[^/]*config)\.[cm]?[jt]s$/;
const LOCKS = /(?:^|\/)(?:package-lock|npm-shrinkwrap|pnpm-lock)\.\w+$/;

export function openWorkshop({ project: { walk: files, resolve }, environment }: Heard, runtime: boolean): Workshop {
  let configuration: readonly string[] | undefined;
  const raw = new Map<string, string | undefined>();
  const rawOf = (path: string): string | undefined => {
    if (!raw.has(path)) {
      const bytes = readFileSync(files.absolute(path));
      const text = bytes.toString('utf8');
      raw.set(path, Buffer.from(text).equals(bytes) ? text : undefined);
    }
    return raw.get(path);
  };
  /** Why a file is to stay as it is. */
  const locked = (path: string, text: string): string | undefined => {
    if (!files.has(path)) return undefined;
    if ((statSync(files.absolute(path)).mode & 0o222) === 0) return 'the file may not be written';
    if (rawOf(path) === undefined) return 'the file is not plain UTF-8';
    return GENERATED.test(text) ? 'the file is generated' : undefined;
  };
  const viewOf = ({ texts, analysis }: Now): ProjectView => ({
    text: texts.text,
    facts: texts.facts,
    data: texts.data,
    dataSpan: texts.dataSpan,
    has: texts.has,
    hasFolder: (path) => files.under(path).length > 0,
    configuration: () => (configuration ??= files.files.filter((path) => CONFIGURATION.test(path) && !LOCKS.test(path) && !inFixture(path))),
    environment: (name) => environment.values.get(name) ?? [],
    variableAt(place, part) {
      const set = [...environment.values].flatMap(([name, values]) => values.map(({ at, value }) => ({ name, at, value })));
      const given = analysis.audited.flatMap(({ suite }) => suite.layout.environment ?? []);
      return [...set, ...given].find(({ at, value }) => samePlace(at, place) && value.includes(part))?.name;
    },
    resolve(from, specifier) {
      const target = resolve(from, specifier);
      return 'file' in target ? target.file : undefined;
    },
    reaches: serversBehind,
    images: (kind) => environment.services.flatMap((each) => (each.kind === kind && each.image !== undefined ? [each.image] : [])),
  });
  const suiteView = (now: Now, { suite, audited }: AuditedSuite): SuiteView | undefined => {
    const vocabulary = runners.find((each) => each.id === suite.use.runner)?.vocabulary;
    const { use, layout, setupFiles, globalSetup } = suite;
    return vocabulary && { audited, use, layout, vocabulary, setupFiles, globalSetup, project: viewOf(now), runtime };
  };
  const unlocked = (plan: Plan, { texts }: Now): Plan | Refusal => {
    for (const path of plan.edits.keys()) {
      const why = locked(path, texts.text(path) ?? '');
      if (why !== undefined) return refusal(`${why}: \`${path}\``);
    }
    return plan;
  };
  return {
    repair({ analysis, texts }, finding, path) {
      const audited = analysis.audited.find((each) => each.audited.stories.some((story) => story.file === path))?.audited;
      const text = texts.text(path);
      if (!audited || text === undefined) return refusal('it happens outside the test files');
      const why = locked(path, text);
      return why === undefined ? repairIn(audited, finding, path, text) : refusal(why);
    },
    plan(now, finding) {
      const { resource } = finding.resource;
      const found = now.analysis.audited.find(({ audited }) => audited.stories.some((story) => finding.files.includes(story.file)));
      const view = found && suiteView(now, found);
      if (!resource || !view) return refusal('no strategy is known for what the tests share');
      const { audited } = view;
      const plan = planOf({
        ...view,
        finding,
        resource,
        isReachedElsewhere: (path) =>
          now.analysis.audited.some(
            (each) => each.suite.use.runner !== view.use.runner && [...each.audited.stories, ...each.audited.setup].some((story) => reaches(story, path)),
          ),
        claims: [...audited.stories, ...audited.setup.filter((story) => story.role === 'setup')].flatMap((story) =>
          story.claims.filter((claim) => claim.op !== 'release' && isSame(claim.resource, resource)),
        ),
      });
      return plan.kind === 'refusal' ? plan : unlocked(plan, now);
    },
    suitePlans(now, findings) {
      const all = now.analysis.audited;
      return all.flatMap((each) => {
        const view = suiteView(now, each);
        const own = findings.filter(({ files }) => files.length > 0 && files.every((file) => each.suite.testFiles.includes(file)));
        if (!view || own.length === 0) return [];
        const others = all.flatMap(({ suite }) => (suite === each.suite ? [] : [suite.use]));
        const suite = `${view.use.runner}\0${view.use.configPath ?? view.use.dir}`;
        return suitePlansOf({ ...view, findings: own, others }).map((made) => ({
          ...(made.kind === 'plan' ? { ...made, ...unlocked(made, now) } : made),
          suite,
        }));
      });
    },
    changed(path, after) {
      if (!files.has(path)) return { path, before: '', after, isNew: true };
      const before = rawOf(path)!;
      return { path, before, after: before.startsWith('\uFEFF') ? `\uFEFF${after}` : after };
    },
  };
}

/** The texts of a plan's files afterwards. */
export const plannedTexts = (plan: Plan, { texts }: Now): ReadonlyMap<string, string> =>
  new Map([...[...plan.edits].map(([path, edits]) => [path, edited(texts.text(path)!, edits)] as const), ...plan.creates]);

/** The same database or server, whatever part of it; all databases of a server hold each of them. */
function isSame(one: Resource, other: Resource): boolean {
  if (one.kind !== other.kind || nameText(one.server) !== nameText(other.server)) return false;
  if (constantText(other.name) === 'all databases of the server') return true;
  const names = new Set(alternatives(other.name).map(nameText));
  return alternatives(one.name).some((each) => names.has(nameText(each)));
}
