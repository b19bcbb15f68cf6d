/**
 * The public door of the package: `scan`, what goes in and what comes out.
 * Must not hold code of its own.
 */
export { scan } from './project/scan.js';
export { defineConfig } from './project/settings.js';
export type { Progress, ScanOptions } from './project/scan-options.js';
export type { CallSpec, LibraryEntry, Opening } from './model/catalogue.js';
export type { Axis, Confidence, FoundResource, Rule, Wording } from './model/finding.js';
export type { RuleSetting, Settings } from './model/settings.js';
export type { Place, Region } from './model/place.js';
export type { Schedule } from './model/runner.js';
export type {
  Report,
  ReportedFile,
  ReportedFinding,
  ReportedGap,
  ReportedPlace,
  ReportedResource,
  ReportedRunner,
  ReportedService,
  Summary,
} from './model/report.js';
