import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Analysis, SuiteInput, Told } from '../core.js';
import type { EnvironmentValue } from '../model/abstract.js';
import type { Surroundings } from '../model/detector.js';
import type { Finding } from '../model/finding.js';
import { cacheFolder } from './cache-folder.js';
import { isObject } from './json-file.js';
import type { Settings } from '../model/settings.js';
import type { Walk } from './walk.js';
import { writeForUser } from './write-file.js';

/** Size, modification time and hash of a file when the index was written. */
type Stamp = readonly [size: number, mtimeMs: number, hash: string];

/** What a scan knows of a whole suite, for those who later look at one of its files. Plain data. */
export interface SavedIndex {
  readonly kind: typeof MARK;
  /** The tool's own: an index of another version is not read. */
  readonly version: string;
  /** The project, relative to the folder of the index. */
  readonly root: string;
  /** Every file of the project, so that imports can be resolved without listing it. */
  readonly files: readonly string[];
  readonly stamps: Readonly<Record<string, Stamp>>;
  /** Files that say how the suites run: when one changes, the index holds no more. */
  readonly decisive: readonly string[];
  readonly suites: readonly (Omit<SuiteInput, 'runner'> & { readonly runner: string; /** By test file. */ readonly told: Readonly<Record<string, Told>> })[];
  /** What the scan found, ignore comments and settings heeded. */
  readonly findings: readonly Finding[];
  /** Files with ignore comments. */
  readonly commented: readonly string[];
  readonly environment: readonly (readonly [name: string, values: readonly EnvironmentValue[]])[];
  readonly surroundings: Omit<Surroundings, 'workerVariables'> & { readonly workerVariables: readonly string[] };
  readonly settings: Pick<Settings, 'rules' | 'safeNames' | 'catalogue'>;
}

const MARK = 'isolation-audit index';

/** Where the index is written unless another file is named. */
export const indexFile = (root: string): string => join(cacheFolder(root), 'index.json');

export interface IndexInput {
  readonly walk: Walk;
  readonly version: string;
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
  readonly commented: readonly string[];
  readonly environment: ReadonlyMap<string, readonly EnvironmentValue[]>;
  readonly surroundings: Surroundings;
  readonly settings: Settings;
}

/** Writes what an ESLint run needs of the files that it does not look at. */
export function writeIndex(target: string, { walk, version, analysis, findings, commented, environment, surroundings, settings }: IndexInput): void {
  const stamps: Record<string, Stamp> = {};
  const stamp = (path: string): void => {
    const stat = stamps[path] ? undefined : walk.stat(path);
    if (stat) stamps[path] = [stat.size, stat.mtimeMs, hashOf(readFileSync(walk.absolute(path)))];
  };
  const decisive = new Set(walk.files.filter((path) => /(?:^|\/)(?:package\.json|tsconfig[\w.-]*\.json|isolation-audit\.config\.\w+)$/.test(path)));
  for (const { suite, told } of analysis.audited) {
    for (const path of [suite.use.configPath, ...suite.setupFiles, ...suite.globalSetup]) if (path !== undefined && walk.has(path)) decisive.add(path);
    for (const [file, { story }] of told) for (const path of [file, ...story.reached]) stamp(path);
  }
  for (const path of [...decisive, ...findings.flatMap((finding) => finding.places.map((place) => place.path))]) stamp(path);
  const index: SavedIndex = {
    kind: MARK,
    version,
    root: relative(dirname(target), walk.root).split(sep).join('/'),
    files: walk.files,
    stamps,
    decisive: [...decisive].sort(),
    suites: analysis.audited.map(({ suite: { runner, use, layout, testFiles, setupFiles, globalSetup }, told }) => ({
      runner: runner.id,
      use,
      layout,
      testFiles,
      setupFiles,
      globalSetup,
      told: Object.fromEntries(testFiles.flatMap((path) => (told.has(path) ? [[path, told.get(path)!]] : []))),
    })),
    findings,
    commented,
    environment: [...environment],
    surroundings: { ...surroundings, workerVariables: [...surroundings.workerVariables] },
    settings: {
      ...(settings.rules ? { rules: settings.rules } : {}),
      ...(settings.safeNames ? { safeNames: settings.safeNames } : {}),
      ...(settings.catalogue ? { catalogue: settings.catalogue } : {}),
    },
  };
  writeForUser(target, `${JSON.stringify(index)}\n`, 'the index');
}

export interface ReadIndex {
  readonly index: SavedIndex;
  /** Absolute. */
  readonly root: string;
  /** Changes with every write of the index. */
  readonly stamp: string;
}

const read = new Map<string, { readonly stamp: string; readonly found: ReadIndex | undefined }>();

/** The index in a file, read again when it has been written again; nothing where it is missing, foreign, broken or of another version. */
export function readIndex(file: string, version: string): ReadIndex | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  const stamp = `${stat?.size}:${stat?.mtimeMs}:${version}`;
  const known = read.get(file);
  if (known?.stamp === stamp) return known.found;
  let found: ReadIndex | undefined;
  try {
    const index: unknown = stat && JSON.parse(readFileSync(file, 'utf8'));
    if (isObject(index) && index['kind'] === MARK && index['version'] === version) {
      const saved = index as unknown as SavedIndex;
      found = { index: saved, root: realpathSync(resolve(dirname(file), saved.root)), stamp };
    }
  } catch {
    // Cut off or moved away: as good as none.
  }
  read.set(file, { stamp, found });
  return found;
}

/** Whether a file's content is what it was. */
export function holds(stamp: Stamp | undefined, absolute: string): boolean {
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (!stamp || stat?.size !== stamp[0]) return false;
  return stat.mtimeMs === stamp[1] || hashOf(readFileSync(absolute)) === stamp[2];
}

/** The hash that a file has whose text, without byte order mark, is this. */
export const isText = (stamp: Stamp | undefined, text: string): boolean => stamp?.[2] === hashOf(text) || stamp?.[2] === hashOf(`\uFEFF${text}`);

function hashOf(content: string | Uint8Array): string {
  return createHash('sha1').update(content).digest('base64');
}
