import type { Settings } from '../model/settings.js';
import { UserError } from './user-error.js';

const CONFIDENCES = ['possible', 'likely', 'certain'];
const KEYS: readonly (keyof Settings)[] = ['roots', 'include', 'exclude', 'rules', 'catalogue', 'safeNames', 'failOn', 'baseline'];
const ENTRY_KEYS = ['packages', 'language', 'versions', 'source', 'tokens', 'types', 'typeOpening', 'calls'];

/** The settings, or an error that names file and key. `rules` are the ids that exist; without any, ids are not checked. */
export function checkSettings(value: unknown, shown: string, rules: readonly string[]): Settings {
  const fail = (key: string, what: string): never => {
    throw new UserError(`${shown}: ${key === '' ? 'the configuration' : `\`${key}\``} ${what}.`);
  };
  if (!isRecord(value)) return fail('', `is ${nameOf(value)}, and an object is expected`);
  for (const key of Object.keys(value)) if (!(KEYS as readonly string[]).includes(key)) fail(key, `is no option${suggest(key, KEYS)}`);
  for (const key of ['roots', 'include', 'exclude', 'safeNames'] as const) {
    const list = value[key];
    if (list === undefined) continue;
    if (!Array.isArray(list)) return fail(key, `is ${nameOf(list)}, and a list of texts is expected`);
    list.forEach((each: unknown, at) => typeof each === 'string' || fail(`${key}[${at}]`, `is ${nameOf(each)}, and a text is expected`));
  }
  checkRules(value['rules'], rules, fail);
  const { failOn, baseline } = value;
  if (failOn !== undefined && !oneOf(failOn, [...CONFIDENCES, 'never']))
    fail('failOn', `is ${shownValue(failOn)}, and one of ${listed([...CONFIDENCES, 'never'])} is expected`);
  if (baseline !== undefined && typeof baseline !== 'string') fail('baseline', `is ${nameOf(baseline)}, and a path is expected`);
  checkCatalogue(value['catalogue'], fail);
  return value;
}

type Fail = (key: string, what: string) => never;

function checkRules(value: unknown, rules: readonly string[], fail: Fail): void {
  if (value === undefined) return;
  if (!isRecord(value)) return fail('rules', `is ${nameOf(value)}, and an object from rule ids to confidences is expected`);
  for (const [id, setting] of Object.entries(value)) {
    if (rules.length > 0 && !rules.includes(id)) fail(`rules.${id}`, `names no rule${suggest(id, rules)}`);
    if (!oneOf(setting, ['off', ...CONFIDENCES])) fail(`rules.${id}`, `is ${shownValue(setting)}, and one of ${listed(['off', ...CONFIDENCES])} is expected`);
  }
}

function checkCatalogue(value: unknown, fail: Fail): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) return fail('catalogue', `is ${nameOf(value)}, and a list of entries is expected`);
  value.forEach((entry: unknown, at) => {
    const key = `catalogue[${at}]`;
    if (!isRecord(entry)) return fail(key, `is ${nameOf(entry)}, and an object is expected`);
    for (const name of Object.keys(entry)) if (!ENTRY_KEYS.includes(name)) fail(`${key}.${name}`, `is no part of an entry${suggest(name, ENTRY_KEYS)}`);
    for (const name of ['packages', 'tokens'] as const) {
      const list = entry[name];
      if (!Array.isArray(list) || list.length === 0 || !list.every((each) => typeof each === 'string'))
        fail(`${key}.${name}`, 'must be a list of at least one text');
    }
    const calls = entry['calls'];
    if (!Array.isArray(calls)) return fail(`${key}.calls`, 'must be a list of calls');
    calls.forEach(
      (call: unknown, index) =>
        (isRecord(call) && typeof call['call'] === 'string') ||
        fail(`${key}.calls[${index}].call`, 'must say which call is meant, such as `createClient` or `Client#query`'),
    );
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function oneOf(value: unknown, choices: readonly string[]): boolean {
  return typeof value === 'string' && choices.includes(value);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : typeof value === 'string' ? 'a text' : typeof value === 'undefined' ? 'missing' : `a ${typeof value}`;
}

function shownValue(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? `\`${String(value)}\`` : nameOf(value);
}

function listed(choices: readonly string[]): string {
  return choices.map((each) => `\`${each}\``).join(', ');
}

/** `; did you mean ...` for the nearest choice, when it is near. */
export function suggest(word: string, choices: readonly string[]): string {
  let best: string | undefined;
  // Of four letters two others are another word: `yaml` is no `html`.
  let least = (word.length < 5 ? 1 : Math.max(2, Math.floor(word.length / 3))) + 1;
  for (const choice of choices) {
    const distance = editDistance(word.toLowerCase(), choice.toLowerCase());
    if (distance < least) [best, least] = [choice, distance];
  }
  return best === undefined ? `; there are ${listed(choices)}` : `; did you mean \`${best}\``;
}

/** Insertions, deletions, replacements and neighbours that change places. */
function editDistance(a: string, b: string): number {
  let earlier: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? earlier[j - 2]! + 1 : Infinity;
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, replaced, swapped);
    }
    [earlier, row] = [row, next];
  }
  return row[b.length]!;
}
