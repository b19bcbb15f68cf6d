import { resolve } from 'node:path';
import type { Report } from '../model/report.js';
import { ruleIds } from '../model/rule-ids.js';
import type { Settings } from '../model/settings.js';
import { checkRules } from './asked.js';
import { readBaseline } from './baseline.js';
import { keptReport } from './kept-report.js';
import { ownPackage } from './own-package.js';
import { teller } from './progress.js';
import type { ScanOptions } from './scan-options.js';
import { readSettings } from './settings.js';
import { changedSince } from './since.js';
import { UserError } from './user-error.js';
import { walk } from './walk.js';

/**
 * Audits the project below a folder. Runs none of its code but our own configuration file, and writes nothing but the cache.
 * Where nothing has changed since the last time, the last report is given again and the audit is not even loaded.
 */
export async function scan(options: ScanOptions): Promise<Report> {
  checkRules(options.rules);
  if (options.index !== undefined && options.rules !== undefined)
    throw new UserError('`--index` records a whole scan, and `--rule` makes it a part. Leave `--rule` out.');
  options.signal?.throwIfAborted();
  const { settings } = await readSettings(options.root, ruleIds, options.config);
  const baseline = baselineOf(options, settings);
  const changed = options.since === undefined ? undefined : await changedSince(options.root, options.since);

  const tell = await teller(options);
  await tell({ phase: 'Reading the project', done: 0, total: 0 });
  const tool = ownPackage();
  const files = walk(options.root);
  const kept =
    options.cache === false || options.since !== undefined || options.index !== undefined
      ? undefined
      : keptReport(files, tool.version, { settings, rules: options.rules, types: options.types, filter: options.filter, baseline: baseline && [...baseline] });
  const before = kept?.read();
  if (before) return before;
  const { audit } = await import('./audit.js');
  const report = await audit({ options, settings, files, tool, baseline, changed, tell });
  kept?.write(report);
  return report;
}

/** Fingerprints of accepted findings. A path in the settings is relative to the root, one in the options to where we run. */
function baselineOf(options: ScanOptions, settings: Settings): ReadonlySet<string> | undefined {
  if (options.baseline === false) return undefined;
  const path =
    options.baseline !== undefined ? resolve(options.baseline) : settings.baseline === undefined ? undefined : resolve(options.root, settings.baseline);
  return path === undefined ? undefined : readBaseline(path, options.baseline ?? settings.baseline)?.fingerprints;
}
