import { isObject, parseJson } from './json-file.js';
import { readText } from './read-text.js';
import { UserError } from './user-error.js';
import { writeForUser } from './write-file.js';

/** Findings that a project has accepted for now, by fingerprint. */
export interface Baseline {
  readonly fingerprints: ReadonlySet<string>;
}

/** What a fingerprint stands for, so that the committed file can be read in review. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
}

const VERSION = 1;
const MARK = 'isolation-audit baseline';

/** Reads a baseline; `undefined` when there is none yet. A file that is something else is an error: it would hide nothing or everything. */
export function readBaseline(path: string, shown = path): Baseline | undefined {
  const { text, detail, why } = readText(path, 64 * 1024 * 1024) as { text?: string; detail?: string; why?: string };
  if (text === undefined) {
    if (why === undefined && detail === 'the file does not exist') return undefined;
    throw new UserError(`Cannot read the baseline ${shown}: ${detail ?? 'it cannot be read'}.`);
  }
  const again = 'Write it anew with --update-baseline, or name another file with --baseline.';
  const parsed = parseJson(text);
  if ('error' in parsed) throw new UserError(`The baseline ${shown} is not valid JSON: ${parsed.error}. ${again}`);
  const { value } = parsed;
  if (!isObject(value) || value['kind'] !== MARK) throw new UserError(`${shown} is not a baseline of isolation-audit. ${again}`);
  if (value['version'] !== VERSION)
    throw new UserError(`The baseline ${shown} has version ${JSON.stringify(value['version'])}, and this isolation-audit reads version ${VERSION}. ${again}`);
  const findings = value['findings'];
  if (!isObject(findings)) throw new UserError(`The baseline ${shown} has no \`findings\`. ${again}`);
  const fingerprints = new Set<string>();
  for (const [file, entries] of Object.entries(findings)) {
    if (!isObject(entries)) throw new UserError(`The baseline ${shown} is damaged at \`findings["${file}"]\`. ${again}`);
    for (const fingerprint of Object.keys(entries)) fingerprints.add(fingerprint);
  }
  return { fingerprints };
}

/** Writes entries grouped by file and sorted, so that two runs over the same findings give the same bytes. */
export function writeBaseline(path: string, entries: readonly BaselineEntry[]): void {
  const findings: Record<string, Record<string, string>> = {};
  const sorted = [...entries].sort((a, b) => order(a.file, b.file) || order(a.rule, b.rule) || order(a.fingerprint, b.fingerprint));
  for (const { file, fingerprint, rule } of sorted) (findings[file] ??= {})[fingerprint] = rule;
  writeForUser(path, `${JSON.stringify({ kind: MARK, version: VERSION, findings }, null, 2)}\n`, 'the baseline');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
