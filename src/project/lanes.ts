import type { Finding } from '../model/finding.js';
import type { Lane } from '../model/runner.js';
import type { SuiteUse } from './test-files.js';

/** Test files that share what could not be given to each worker, and how to run them apart from the others meanwhile. */
export interface SuiteLane extends Lane {
  /** Folder of the package in which the commands run, relative to the root; '' is the root. */
  readonly dir: string;
  /** Relative to the root. */
  readonly files: readonly string[];
}

/** A lane for each suite in which such files are the smaller part: where they are most of it, it is the suite that has to run serially. None where one of them lies outside of the package. */
export function lanesOf(left: readonly Finding[], suites: readonly SuiteUse[]): readonly SuiteLane[] {
  const held = new Set(left.filter(({ axis, files }) => axis.includes('A') && files.length > 1).flatMap(({ files }) => files));
  return suites.flatMap(({ use, runner, testFiles }) => {
    const files = testFiles.filter((file) => held.has(file)).sort();
    if (files.length === 0 || files.length * 2 > testFiles.length) return [];
    // Below another folder each runner would want them named in its own way.
    if (use.dir !== '' && !files.every((file) => file.startsWith(`${use.dir}/`))) return [];
    const lane = runner.lane?.(
      use,
      files.map((file) => (use.dir === '' ? file : file.slice(use.dir.length + 1))),
    );
    return lane ? [{ ...lane, dir: use.dir, files }] : [];
  });
}
