import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { SourceCode } from 'eslint';
import { factsOf } from '../../src/core.js';
import type { FileFacts } from '../../src/model/facts.js';
import type { Finding } from '../../src/model/finding.js';
import type { Repair } from '../../src/model/remedy.js';
import type { Place } from '../../src/model/place.js';
import { auditIndexed } from '../../src/project/indexed-file.js';
import { lookUpwards, rootOf } from '../../src/project/look-upwards.js';
import { auditOneFile } from '../../src/project/one-file.js';
import { ownPackage } from '../../src/project/own-package.js';
import { indexFile, readIndex, type ReadIndex } from '../../src/project/saved-index.js';
import { treeOf } from './tree.js';

/** What is found in one file, and the path that its places carry there. */
export interface Found {
  readonly path: string;
  readonly findings: readonly Finding[];
  /** The line of a place, counted from 1. */
  readonly lineOf: (place: Place) => number;
  /** The repair of one of the findings within this file, if there is one. */
  readonly repair: (finding: Finding) => Repair;
}

export interface Asked {
  readonly sourceCode: SourceCode;
  /** As ESLint names it: `<input>`, and a path below a file for blocks that a processor took out of it. */
  readonly filename: string;
  readonly physicalFilename: string;
  readonly cwd: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

const { version } = ownPackage();
const CODE = /\.[cm]?[jt]sx?$/;

/** One analysis for each parsed file, whichever rule asks first. `null`: nothing can be said of it. */
const known = new WeakMap<SourceCode, Found | null>();

export function find(asked: Asked): Found | null {
  let found = known.get(asked.sourceCode);
  if (found === undefined) known.set(asked.sourceCode, (found = analysed(asked)));
  return found;
}

function analysed({ sourceCode, filename, physicalFilename, cwd, settings }: Asked): Found | null {
  // A block inside a document is no file that a runner loads.
  if (filename !== physicalFilename || !CODE.test(filename)) return null;
  const root = rootOf(filename, cwd);
  if (root === undefined) return null;
  const { text } = sourceCode;
  const facts = (path: string): FileFacts => factsOf(path, text, () => treeOf(sourceCode));
  const index = indexOf(settings, cwd, root);
  if (index) {
    const path = below(index.root, filename);
    const told = path === undefined ? undefined : auditIndexed(index, { path, text, facts: () => facts(path) });
    if (told && path !== undefined) return { path, ...told };
  }
  const seen = lookUpwards(filename, root);
  if (!seen) return null;
  const { path, suite, home } = seen;
  return { path, ...auditOneFile({ path, text, facts: facts(path), suite, texts: home.texts }) };
}

/** `settings: { 'isolation-audit': { index } }`: a path, or `true` for the cache folder of the project. */
function indexOf(settings: Asked['settings'], cwd: string, root: string): ReadIndex | undefined {
  const own = settings['isolation-audit'] as { readonly index?: unknown } | undefined;
  if (own?.index === true) return readIndex(indexFile(root), version);
  return typeof own?.index === 'string' ? readIndex(resolve(cwd, own.index), version) : undefined;
}

/** A path below the root; the editor may know the file by another way to it. */
function below(root: string, filename: string): string | undefined {
  for (const each of [() => filename, () => join(realpathSync(dirname(filename)), basename(filename))]) {
    try {
      const path = relative(root, each()).split(sep).join('/');
      if (path !== '' && !path.startsWith('../') && !isAbsolute(path)) return path;
    } catch {
      // The folder is not there.
    }
  }
  return undefined;
}
