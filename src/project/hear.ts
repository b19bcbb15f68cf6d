import picomatch from 'picomatch';
import { analyzeInSteps, detectors, factsOf, parseWithOxc, runners, type Analysis, type AnalyzeInput } from '../core.js';
import type { Detector, Surroundings } from '../model/detector.js';
import type { FileFacts } from '../model/facts.js';
import type { Finding } from '../model/finding.js';
import { configReader } from './config-reader.js';
import { discover } from './discover.js';
import { openProject, type Project } from './project.js';
import { readEnvironment, type Environment } from './environment.js';
import { outlines } from './outlines.js';
import { publishedPackages } from './published.js';
import { merged } from './report/findings.js';
import { placesOf, type Places } from './report/places.js';
import { silencer } from './report/silence.js';
import { unsilenced } from './report/unsilenced.js';
import { ofSuite } from './resolve-import.js';
import type { Tell } from './progress.js';
import type { ScanOptions } from './scan-options.js';
import type { Settings } from '../model/settings.js';
import { sourcesFrom, sourceTexts, type SourceTexts } from './source-texts.js';
import { servedModules } from './served.js';
import { surroundingsOf } from './surroundings.js';
import type { SuiteUse } from './test-files.js';
import { overlaidWalk, type Walk } from './walk.js';

interface Asked {
  readonly options: Pick<ScanOptions, 'rules' | 'types' | 'cache' | 'filter'>;
  readonly settings: Settings;
  readonly files: Walk;
  readonly tool: { readonly version: string };
  readonly tell: Tell;
}

/** What is heard of a project, from its files to its findings. */
export interface Heard {
  readonly project: Project;
  readonly found: ReturnType<typeof discover>;
  readonly suites: readonly SuiteUse[];
  readonly environment: Environment;
  readonly surroundings: Surroundings;
  /** The rules that ran. */
  readonly active: readonly Detector[];
  readonly texts: SourceTexts;
  readonly places: Places;
  readonly silence: ReturnType<typeof silencer>;
  readonly analysis: Analysis;
  /** All that is found, and what of it neither a comment nor the settings silence. */
  readonly all: readonly Finding[];
  readonly findings: readonly Finding[];
  /** The same with these texts in place of what the disk has. */
  readonly again: (overlay: ReadonlyMap<string, string>) => Promise<Pick<Heard, 'texts' | 'places' | 'analysis' | 'findings'>>;
}

export async function hear({ options, settings, files, tool, tell }: Asked): Promise<Heard> {
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
  const surroundings = surroundingsOf(project, environment, runners, servedModules(project, texts, suites));
  const judge = async (given: SourceTexts, told?: AnalyzeInput['told']) => {
    const analysis = await analyzed(
      {
        suites,
        sourcesOf: (suite) =>
          sourcesFrom(given, ofSuite(project.resolve, suite.layout, project.walk), (name) => environment.values.get(name) ?? [], published, typeOf),
        ...(settings.catalogue ? { extraLibrary: settings.catalogue } : {}),
        rules: active.map((each) => each.id),
        ...(options.filter === false ? {} : { outline: outlines(given) }),
        surroundings,
        ...(told ? { told } : {}),
      },
      tell,
    );
    await tell({ phase: 'Writing the report', done: 0, total: 0 });
    const places = placesOf(given);
    const silence = silencer(given, places, settings.safeNames ?? []);
    const all = merged(analysis.findings.map(({ finding }) => finding));
    return { texts: given, places, silence, analysis, all, findings: unsilenced(all, silence, settings.rules) };
  };
  const heard = await judge(texts);
  return {
    project,
    found,
    suites,
    environment,
    surroundings,
    active,
    ...heard,
    again(overlay) {
      if (decides(overlay, suites, files)) return hear({ options: { ...options, cache: false }, settings, files: overlaidWalk(files, overlay), tool, tell });
      return judge(overlaid(texts, overlay), (suite, file) => {
        const told = suite.testFiles.includes(file) ? heard.analysis.audited.find((each) => each.suite === suite)?.told.get(file) : undefined;
        return told && !overlay.has(file) && !told.story.reached.some((path) => overlay.has(path)) ? told : undefined;
      });
    },
  };
}

/** Whether a change goes further than the stories of the files that reach it: to configuration, setup files, what the project says of itself. */
function decides(overlay: ReadonlyMap<string, string>, suites: readonly SuiteUse[], files: Walk): boolean {
  const deciding = new Set(suites.flatMap(({ use, setupFiles, globalSetup }) => [use.configPath ?? '', ...setupFiles, ...globalSetup]));
  return [...overlay.keys()].some((path) => !CODE.test(path) || !files.has(path) || deciding.has(path));
}

const CODE = /\.[cm]?[jt]sx?$/;

/** The files of the disk, but for some. */
function overlaid(texts: SourceTexts, overlay: ReadonlyMap<string, string>): SourceTexts {
  const own = new Map<string, FileFacts>([...overlay].map(([path, text]) => [path, factsOf(path, text, parseWithOxc)]));
  return {
    ...texts,
    asked: new Map([...texts.asked, ...own]),
    text: (path) => overlay.get(path) ?? texts.text(path),
    facts: (path) => own.get(path) ?? texts.facts(path),
  };
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
