import { statSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, detectors, factsOf, parseWithOxc, runners, type SuiteInput, type Told } from '../core.js';
import type { PublishedPackage } from '../model/abstract.js';
import type { FileFacts } from '../model/facts.js';
import type { Finding } from '../model/finding.js';
import { refusal, type Repair } from '../model/remedy.js';
import type { Audited } from '../model/suite.js';
import { lineAt, lineStarts, type Place } from '../model/place.js';
import { openFactCache } from './fact-cache.js';
import { outlines } from './outlines.js';
import { findPackages } from './packages.js';
import { nameOf, tried } from './repairs.js';
import { merged } from './report/findings.js';
import { placesOf } from './report/places.js';
import { silencer } from './report/silence.js';
import { unsilenced } from './report/unsilenced.js';
import { publishedPackages } from './published.js';
import { createResolver, ofSuite, type ResolveImport } from './resolve-import.js';
import { holds, isText, type ReadIndex } from './saved-index.js';
import { sourcesFrom, sourceTexts, type SourceTexts } from './source-texts.js';
import { readText } from './read-text.js';
import { walkOf } from './walk.js';

export interface OpenFile {
  readonly path: string;
  /** Without byte order mark. */
  readonly text: string;
  /** Asked for only when the text is not the one that the index knows. */
  readonly facts: () => FileFacts;
}

interface Audit {
  readonly findings: readonly Finding[];
  /** The line of a place, counted from 1. */
  readonly lineOf: (place: Place) => number;
  /** The repair of one of these findings in this file, tried out. */
  readonly repair: (finding: Finding) => Repair;
}

interface Heard {
  readonly findings: readonly Finding[];
  readonly audited: readonly Audited[];
}

/** What has changed on the disk is asked at most this often: a run of ESLint asks for every file. */
const TRUSTED_MS = 1000;

interface State {
  readonly at: number;
  /** Test files whose story does not hold any more. */
  readonly stale: ReadonlySet<string>;
  /** Whether the suites are still what they were. */
  readonly isWhole: boolean;
  /** What is found without the stale files; made when first asked for. */
  rest?: readonly Finding[];
}

const states = new WeakMap<ReadIndex, State>();

/**
 * What a scan says of one file, with the fresh facts of that file in place of those it had: stories of other files are taken from the
 * index unless they have changed since. Nothing where the index says nothing of the file: it is new, or the suites have changed.
 */
export function auditIndexed(read: ReadIndex, file: OpenFile): Audit | undefined {
  const { index, root } = read;
  const state = stateOf(read);
  const isTest = index.suites.some((suite) => suite.testFiles.includes(file.path));
  const isKnown = isTest || index.findings.some((finding) => finding.places[0].path === file.path);
  if (!state.isWhole || (!isKnown && !index.stamps[file.path])) return undefined;
  const isChanged = !isText(index.stamps[file.path], file.text);
  const lineOf = (place: Place): number => {
    const text = place.path === file.path ? file.text : readText(join(root, place.path)).text;
    return lineAt(lineStarts(text ?? ''), place.span[0]) + 1;
  };
  const findings = (): readonly Finding[] => {
    if (isTest && (isChanged || state.stale.has(file.path))) return again(read, state, file).findings;
    // What a changed helper does is in the stories of those who call it.
    if (isChanged) return [];
    return state.stale.size === 0 ? index.findings : (state.rest ??= again(read, state).findings);
  };
  const before = findings();
  let alone: Heard | undefined;
  return {
    findings: before,
    lineOf,
    repair(finding) {
      if (!isTest) return refusal('it happens outside the test files');
      // What shows without the other files is tried out without them: that is a story, and not the whole suite.
      const { audited, findings: own } = (alone ??= again(read, state, file, true));
      const isOwn = own.some((each) => nameOf(each) === nameOf(finding));
      return tried({
        finding,
        path: file.path,
        text: file.text,
        audited: audited.find((each) => each.stories.some((story) => story.file === file.path)),
        before: isOwn ? own : before,
        again: ({ text, facts }) => again(read, state, { path: file.path, text, facts: () => facts }, isOwn).findings,
      });
    },
  };
}

function stateOf(read: ReadIndex): State {
  const known = states.get(read);
  if (known?.at !== undefined && Date.now() - known.at < TRUSTED_MS) return known;
  const { index, root } = read;
  const checked = new Map<string, boolean>();
  const isSame = (path: string): boolean => {
    let same = checked.get(path);
    if (same === undefined) checked.set(path, (same = holds(index.stamps[path], join(root, path))));
    return same;
  };
  const stale = new Set(
    index.suites.flatMap((suite) => suite.testFiles.filter((path) => !isSame(path) || !(suite.told[path]?.story.reached ?? []).every(isSame))),
  );
  const isWhole = index.decisive.every(isSame);
  // What was found a moment ago holds where nothing has happened since.
  const rest = known?.stale.size === stale.size && [...stale].every((path) => known.stale.has(path)) ? known.rest : undefined;
  const next: State = { at: Date.now(), stale, isWhole, ...(rest ? { rest } : {}) };
  states.set(read, next);
  return next;
}

/** What stays between two questions of an editor that is open for days. */
interface World {
  readonly resolve: ResolveImport;
  readonly published: readonly PublishedPackage[];
  /** Facts of a file as it is now: of this world, of the scan that has written the index, or made here. */
  readonly facts: (path: string) => FileFacts | undefined;
}

const worlds = new WeakMap<ReadIndex, World>();

function worldOf(read: ReadIndex): World {
  const made = worlds.get(read);
  if (made) return made;
  const { index, root } = read;
  const walk = walkOf(root, index.files);
  const cache = openFactCache(walk, index.version);
  const packages = findPackages(walk);
  const known = new Map<string, { readonly size: number; readonly mtimeMs: number; readonly facts: FileFacts }>();
  const world: World = {
    resolve: createResolver(walk, packages),
    published: publishedPackages(walk, packages),
    facts(path) {
      const stat = CODE.test(path) ? statSync(join(root, path), { throwIfNoEntry: false }) : undefined;
      if (!stat) return undefined;
      const { size, mtimeMs } = stat;
      const before = known.get(path);
      if (before?.size === size && before.mtimeMs === mtimeMs) return before.facts;
      const text = (): string | undefined => readText(join(root, path)).text;
      const facts = (before ? undefined : cache.get(path, text)) ?? factsOf(path, text() ?? '', parseWithOxc);
      known.set(path, { size, mtimeMs, facts });
      return facts;
    },
  };
  worlds.set(read, world);
  return world;
}

const CODE = /\.[cm]?[jt]sx?$/;

/** The detectors once more: without the files whose story has changed, but with the one that is open; `isAlone`: with that one only. */
function again(read: ReadIndex, { stale }: State, file?: OpenFile, isAlone = false): Heard {
  const { index, root } = read;
  const { resolve, published, facts } = worldOf(read);
  const walk = walkOf(root, index.files);
  const disk = sourceTexts(walk, (path, text) => factsOf(path, text, parseWithOxc), undefined);
  const own = file?.facts();
  const texts: SourceTexts = {
    ...disk,
    facts: (path) => (path === file?.path ? own : facts(path)),
    text: (path) => (path === file?.path ? file.text : disk.text(path)),
  };
  const environment = new Map(index.environment);
  const stories = new Map<SuiteInput, Readonly<Record<string, Told>>>();
  const suites = index.suites.flatMap(({ runner: id, told, ...suite }): SuiteInput[] => {
    const runner = runners.find((each) => each.id === id);
    if (!runner) return [];
    const input = { ...suite, runner, testFiles: suite.testFiles.filter((path) => path === file?.path || (!isAlone && !stale.has(path))) };
    if (isAlone && input.testFiles.length === 0) return [];
    stories.set(input, told);
    return [input];
  });
  const { settings } = index;
  const { findings, audited } = analyze({
    suites,
    sourcesOf: (suite) => sourcesFrom(texts, ofSuite(resolve, suite.layout, walk), (name) => environment.get(name) ?? [], published),
    ...(settings.catalogue ? { extraLibrary: settings.catalogue } : {}),
    rules: detectors.map(({ id }) => id).filter((id) => settings.rules?.[id] !== 'off'),
    outline: outlines(texts),
    surroundings: { ...index.surroundings, ...(isAlone ? { complete: false } : {}), workerVariables: new Set(index.surroundings.workerVariables) },
    // Setup files run with every test file, and what they hand to helpers is known only once they have been followed.
    told: (suite, path) => (path === file?.path ? undefined : stories.get(suite)?.[path]),
  });
  const commented = [...new Set([...index.commented, ...(file ? [file.path] : [])])];
  const asked: SourceTexts = { ...texts, asked: new Map(commented.map((path) => [path, texts.facts(path)])) };
  const silence = silencer(asked, placesOf(asked), settings.safeNames ?? []);
  return {
    findings: unsilenced(merged(findings.map(({ finding }) => finding)), silence, settings.rules),
    audited: audited.map((each) => each.audited),
  };
}
