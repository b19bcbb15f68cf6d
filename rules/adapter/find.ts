import type { SourceCode } from 'eslint';
import { factsOf } from '../../src/core.js';
import type { Finding } from '../../src/model/finding.js';
import type { Place } from '../../src/model/place.js';
import { lookUpwards, rootOf } from '../../src/project/look-upwards.js';
import { auditOneFile } from '../../src/project/one-file.js';
import { treeOf } from './tree.js';

/** What is found in one file, and the path that its places carry there. */
export interface Found {
  readonly path: string;
  readonly findings: readonly Finding[];
  /** The line of a place, counted from 1. */
  readonly lineOf: (place: Place) => number;
}

export interface Asked {
  readonly sourceCode: SourceCode;
  /** As ESLint names it: `<input>`, and a path below a file for blocks that a processor took out of it. */
  readonly filename: string;
  readonly physicalFilename: string;
  readonly cwd: string;
}

const CODE = /\.[cm]?[jt]sx?$/;

/** One analysis for each parsed file, whichever rule asks first. `null`: nothing can be said of it. */
const known = new WeakMap<SourceCode, Found | null>();

export function find(asked: Asked): Found | null {
  let found = known.get(asked.sourceCode);
  if (found === undefined) known.set(asked.sourceCode, (found = analysed(asked)));
  return found;
}

function analysed({ sourceCode, filename, physicalFilename, cwd }: Asked): Found | null {
  // A block inside a document is no file that a runner loads.
  if (filename !== physicalFilename || !CODE.test(filename)) return null;
  const root = rootOf(filename, cwd);
  const seen = root === undefined ? undefined : lookUpwards(filename, root);
  if (!seen) return null;
  const { path, suite, home } = seen;
  const facts = factsOf(path, sourceCode.text, () => treeOf(sourceCode));
  return { path, ...auditOneFile({ path, text: sourceCode.text, facts, suite, texts: home.texts }) };
}
