import type { Report } from '../model/report.js';
import type { ScanOptions } from '../project/scan-options.js';
import type { Settings } from '../model/settings.js';
import type { FixCheck } from '../model/verdict.js';
import type { ChangeOptions, Replayed, ReplayOptions, VerifyOptions } from '../verify/index.js';

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** What the command line needs of the process, so that tests can hand it another one. */
export interface World {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** An answer of whoever sits at the terminal; nothing where nobody does. */
  readonly ask?: (question: string) => Promise<string>;
  scan(options: ScanOptions): Promise<Report>;
  verify(options: VerifyOptions): Promise<Report>;
  replay(options: ReplayOptions): Promise<Replayed>;
  /** Tests before and after a change. */
  checkChange(options: ChangeOptions): Promise<readonly FixCheck[]>;
  /** What the project's configuration says. */
  settings(root: string, config: string | undefined): Promise<Settings>;
}
