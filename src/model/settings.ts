import type { LibraryEntry } from './catalogue.js';
import type { Confidence } from './finding.js';

/** The least confidence at which a rule speaks, or not at all. */
export type RuleSetting = 'off' | Confidence;

/** The content of `isolation-audit.config.*` or of the key `isolation-audit` in package.json. */
export interface Settings {
  /** Folders to audit, relative to the project. Default: the project itself. */
  readonly roots?: readonly string[];
  /** Globs of test files to audit; others are left out of the report. Default: all that the runners load. */
  readonly include?: readonly string[];
  /** Globs of test files to leave out. */
  readonly exclude?: readonly string[];
  /** By rule id: `off`, or the least confidence that is reported. `likely` hides what is only possible. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** Entries for a team's own clients, in the shape of the built-in ones. */
  readonly catalogue?: readonly LibraryEntry[];
  /** Names that are known to be the test's own. A `*` stands for any text: `tmp_*`. */
  readonly safeNames?: readonly string[];
  /** The confidence from which findings make the exit status 1. */
  readonly failOn?: Confidence | 'never';
  /** Path of the baseline. */
  readonly baseline?: string;
}
