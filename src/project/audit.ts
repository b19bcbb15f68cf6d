import { resolve } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import picomatch from 'picomatch';
import { analyzeInSteps, detectors, factsOf, parseWithOxc, runners, type Analysis, type AnalyzeInput } from '../core.js';
import type { Finding } from '../model/finding.js';
import type { Report } from '../model/report.js';
import { ruleIds } from '../model/rule-ids.js';
import { configReader } from './config-reader.js';
import { discover, openProject } from './discover.js';
import { readEnvironment } from './environment.js';
import { publishedPackages } from './published.js';
import { outlines } from './outlines.js';
import { reportOf } from './report.js';
import { fingerprinted, merged } from './report/findings.js';
import { RANK } from './report/order.js';
import { placesOf } from './report/places.js';
import { silencer } from './report/silence.js';
import { withAliases } from './resolve-import.js';
import type { Tell } from './progress.js';
import { indexFile, writeIndex } from './saved-index.js';
import type { ScanOptions } from './scan-options.js';
import type { Settings } from './settings.js';
import { sourcesFrom, sourceTexts } from './source-texts.js';
import { surroundingsOf } from './surroundings.js';
import type { SuiteUse } from './test-files.js';
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
export async function audit({ options, settings, files, tool, baseline, changed, tell }: AuditInput): Promise<Report> {
  const active = detectors.filter(({ id }) => settings.rules?.[id] !== 'off' && (!options.rules || options.rules.includes(id)));
  const project = openProject(files, options.cache === false ? undefined : tool.version);
  const texts = sourceTexts(project.walk, (path, text) => factsOf(path, text, parseWithOxc), project.cache);
  const found = discover(project, runners, configReader(project, texts));
  const suites = chosen(found.suites, settings);
  const environment = readEnvironment(
    project.walk,
    project.ci,
    suites.map((suite) => suite.use),
  );
  // TypeScript is loaded for those who ask for types, and for nobody else.
  const typeOf = options.types ? await (await import('./type-oracle.js')).openTypeOracle(project.walk.root) : undefined;
  const published = publishedPackages(files, project.packages);
  const surroundings = surroundingsOf(project, environment, runners);
  const analysis = await analyzed(
    {
      suites,
      sourcesOf: (suite) => sourcesFrom(texts, withAliases(project.resolve, suite.layout), (name) => environment.values.get(name) ?? [], published, typeOf),
      ...(settings.catalogue ? { extraLibrary: settings.catalogue } : {}),
      rules: active.map((each) => each.id),
      ...(options.filter === false ? {} : { outline: outlines(texts) }),
      surroundings,
    },
    tell,
  );

  await tell({ phase: 'Writing the report', done: 0, total: 0 });
  const places = placesOf(texts);
  const silence = silencer(texts, places, settings.safeNames ?? []);
  const weak = ({ rule, confidence }: Finding): boolean => {
    const least = settings.rules?.[rule];
    return least !== undefined && least !== 'off' && RANK[confidence] > RANK[least];
  };
  const all = merged(analysis.findings.map(({ finding }) => finding));
  const findings = all.filter((finding) => !silence.isSilenced(finding) && !weak(finding));
  const printed = fingerprinted(findings);
  const fresh = baseline ? printed.filter(({ fingerprints }) => !Object.values(fingerprints).every((each) => baseline.has(each))) : printed;
  const told = changed ? fresh.filter(({ finding }) => finding.places.some((place) => changed.has(place.path))) : fresh;
  const report = reportOf({
    tool,
    walk: project.walk,
    projectName: project.packages.at('')?.name,
    suites,
    analysis,
    environment,
    texts,
    places,
    findings,
    told,
    rules: active,
    gaps: [
      ...found.gaps.map(({ path, why }) =>
        path === '' ? { what: why } : { what: project.walk.has(path) ? why : `\`${path}\`: ${why}`, at: { path, span: [0, 0] as const } },
      ),
      ...silence.complaints(new Set(active.map((each) => each.id)), new Set(ruleIds)),
    ],
    left: { baselined: printed.length - fresh.length, ignored: all.length - findings.length, untouched: fresh.length - told.length },
  });
  await breathe();
  options.signal?.throwIfAborted();
  project.cache?.save();
  if (options.index !== undefined) {
    const target = options.index === true ? indexFile(files.root) : resolve(options.index);
    const commented = [...texts.asked].flatMap(([path, facts]) => (facts && facts.directives.length > 0 ? [path] : []));
    const { version } = tool;
    writeIndex(target, { walk: files, version, analysis, findings, commented, environment: environment.values, surroundings, settings });
  }
  return report;
}

async function analyzed(input: AnalyzeInput, tell: Tell): Promise<Analysis> {
  const files = input.suites.reduce((sum, suite) => sum + suite.testFiles.length, 0);
  const rules = input.suites.length * (input.rules?.length ?? 0);
  const steps = analyzeInSteps(input);
  let read = 0;
  let judged = 0;
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    await tell('file' in next.value ? { phase: 'Reading test files', done: read++, total: files } : { phase: 'Judging', done: judged++, total: rules });
  }
}

/** The suites with the test files that the settings choose. */
function chosen(suites: readonly SuiteUse[], { roots, include, exclude }: Settings): SuiteUse[] {
  const folders = roots?.map((root) => root.replace(/^\.\/|\/$/g, '')).filter((root) => root !== '' && root !== '.');
  const inside = include && picomatch([...include], { dot: true });
  const outside = exclude && exclude.length > 0 ? picomatch([...exclude], { dot: true }) : undefined;
  const isChosen = (path: string): boolean =>
    (!folders?.length || folders.some((folder) => path === folder || path.startsWith(`${folder}/`))) && (!inside || inside(path)) && !outside?.(path);
  return suites.flatMap((suite) => {
    const testFiles = suite.testFiles.filter(isChosen);
    return testFiles.length > 0 ? [{ ...suite, testFiles }] : [];
  });
}
