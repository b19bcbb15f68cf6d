import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportedFinding } from '../model/report.js';
import type { Verdict } from '../model/verdict.js';
import { cacheFolder } from './cache-folder.js';
import { isObject } from './json-file.js';
import { writeFileAtomic } from './write-file.js';

const MARK = 'isolation-audit verdicts';

/** Verdicts of a verification that was cut short, for the next one to go on from. */
export interface KeptVerdicts {
  readonly of: (finding: ReportedFinding) => Verdict | undefined;
  /** Written at once, since nobody knows when the end comes. A cache that cannot be written is no failure. */
  readonly add: (finding: ReportedFinding, verdict: Verdict) => void;
  /** All of these are judged: whoever asks about them next wants them judged anew. */
  readonly forget: (findings: readonly ReportedFinding[]) => void;
}

/** Those in the cache, as far as they are of the tree that the stamp stands for. */
export function keptVerdicts(root: string, stamp: string): KeptVerdicts {
  const file = join(cacheFolder(root), 'verdicts.json');
  const kept = read(file, stamp);
  const save = (): void => {
    try {
      if (kept.size === 0) rmSync(file, { force: true });
      else writeFileAtomic(file, JSON.stringify({ kind: MARK, stamp, verdicts: [...kept] }));
    } catch {
      // A read-only checkout: the next run begins anew.
    }
  };
  return {
    of: (finding) => kept.get(keyOf(finding)),
    add(finding, verdict) {
      kept.set(keyOf(finding), verdict);
      save();
    },
    forget(findings) {
      for (const finding of findings) kept.delete(keyOf(finding));
      save();
    },
  };
}

/** Numbers depend on what else is asked for. */
const keyOf = ({ rule, fingerprints }: ReportedFinding): string => [rule, ...Object.values(fingerprints)].join(' ');

function read(file: string, stamp: string): Map<string, Verdict> {
  try {
    const known: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isObject(known) && known['kind'] === MARK && known['stamp'] === stamp)
      return new Map(known['verdicts'] as unknown as readonly (readonly [string, Verdict])[]);
  } catch {
    // None yet, or damaged.
  }
  return new Map();
}
