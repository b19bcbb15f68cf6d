import type { Report } from '../model/report.js';

/** What a face says about the page that a report is for. The report itself never depends on where it is shown. */
export interface ReportOptions {
  /** Columns of the terminal; 80 when nobody knows. */
  readonly width?: number;
  /** Colours of the terminal: none, 16, 256 or all of them. */
  readonly color?: 0 | 1 | 2 | 3;
  /** The way from the folder of the written report to the root: `../`. Links need it. */
  readonly toRoot?: string;
  /** How the reader starts the tool. */
  readonly command?: string;
  /** What the same run has written, a line each: `Report: test-isolation-audit.md`. */
  readonly written?: readonly string[];
}

export type Reporter = (report: Report, options?: ReportOptions) => string;

export const COMMAND = 'npx isolation-audit';
