import type { Json, Layout, RunnerUse } from '../../model/runner.js';

export interface Options {
  readonly [key: string]: Json;
}

export const isRecord = (value: Json | undefined): value is Options => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The value under a dotted key: `test.poolOptions.forks`. */
export function option(options: Options, key: string): Json | undefined {
  let value: Json | undefined = options;
  for (const part of key.split('.')) value = isRecord(value) ? value[part] : isList(value) ? value[Number(part)] : undefined;
  return value;
}
export const recordOf = (value: Json | undefined): Options => (isRecord(value) ? value : {});
export const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
export const booleanOf = (value: Json | undefined): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** One text or a list of texts. */
export function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

/** A number of workers; shares such as `50%` are no number. */
export function countOf(value: Json | string | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}

/** Major and minor of a version; nothing when it is not known. */
export function versionOf(use: RunnerUse): { readonly major: number; readonly minor: number } | undefined {
  const match = /^\D*(\d+)(?:\.(\d+))?/.exec(use.version ?? '');
  return match ? { major: Number(match[1]), minor: Number(match[2] ?? 0) } : undefined;
}

/** `Vitest 4.1`. */
export function titled(title: string, use: RunnerUse): string {
  const version = versionOf(use);
  return version ? `${title} ${version.major}.${version.minor}` : title;
}

/** What could not be read of the keys that matter; a computed parent hides its children, and '' hides all. */
export function computedNotes(use: RunnerUse, keys: readonly string[]): string[] {
  const matters = (key: string): boolean => {
    // Of one project in a list, what matters is what matters of the whole.
    const ofProject = /^(?:test\.)?(?:projects|workspace)\.\d+\.(.+)$/.exec(key)?.[1];
    if (ofProject !== undefined) return matters(ofProject);
    return keys.some((each) => each === key || each.startsWith(`${key}.`) || key.startsWith(`${each}.`));
  };
  return use.computed
    .filter(({ key }) => key === '' || matters(key))
    .map(({ key, why }) => (key === '' ? `The configuration is computed: ${why}.` : `Option \`${key}\` is computed: ${why}.`));
}

/** The variables that an option of the configuration sets for tests. */
export function environmentOf(use: RunnerUse, key: string): Pick<Layout, 'environment' | 'computedEnvironment'> {
  const environment = Object.entries(recordOf(option(use.options, key))).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number'
      ? [{ name, value: String(value), at: use.optionPlaces?.[`${key}.${name}`] ?? { path: use.configPath ?? 'package.json', span: [0, 0] as const } }]
      : [],
  );
  const names = use.computed.flatMap((each) => (each.key.startsWith(`${key}.`) ? [each.key.slice(key.length + 1)] : []));
  return {
    ...(environment.length > 0 ? { environment } : {}),
    ...(use.configPath !== undefined && names.length > 0 ? { computedEnvironment: { path: use.configPath, keys: key.split('.'), names } } : {}),
  };
}
