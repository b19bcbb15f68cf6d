import type { Report } from '../model/report.js';
import type { Reporter } from './reporter.js';

/** Raised when a reader of the old shape would misread the new one; new fields do not raise it. */
export const SCHEMA_VERSION = 1;

/** The report as documented in docs/report.schema.json. */
export interface JsonReport extends Report {
  readonly schemaVersion: typeof SCHEMA_VERSION;
}

export const json: Reporter = (report) => `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...report } satisfies JsonReport, null, 2)}\n`;
