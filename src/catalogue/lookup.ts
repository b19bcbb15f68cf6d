import type { Library } from '../model/abstract.js';
import type { CallSpec, LibraryEntry } from '../model/catalogue.js';
import type { ResourceKind } from '../model/claims.js';

/** The library's data, indexed by what is called. */
export interface Lookup extends Pick<Library, 'exported' | 'method' | 'typed' | 'toldAs'> {
  leads(entry: LibraryEntry, type: string, path: readonly string[]): boolean;
  knowsGlobal(name: string): boolean;
  acts(packageName: string): boolean;
  reaches(packageName: string): ReadonlySet<ResourceKind>;
  exportsOf(packageName: string): readonly (readonly string[])[];
  knowsMethod(name: string): boolean;
}

interface Methods {
  readonly exact: Map<string, CallSpec[]>;
  /** Paths with a `*` in them, split. */
  readonly patterns: { readonly path: readonly string[]; readonly spec: CallSpec }[];
}

const NOTHING: ReadonlySet<ResourceKind> = new Set();

export function createLookup(entries: readonly LibraryEntry[]): Lookup {
  const exports = new Map<string, Map<string, { entry: LibraryEntry; specs: CallSpec[] }>>();
  const methods = new Map<LibraryEntry, Map<string, Methods>>();
  const types = new Map<string, { entry: LibraryEntry; type: string }>();

  const acting = new Set<string>();
  const reaching = new Map<string, Set<ResourceKind>>();
  const methodNames = new Set<string>();
  const firstNames = new Map<string, string[]>();
  for (const entry of entries) {
    for (const name of entry.packages) firstNames.set(name, [...(firstNames.get(name) ?? []), entry.packages[0]!]);
    if (entry.calls.some((spec) => spec.op || spec.opens || spec.owes || spec.changes || spec.releases || spec.restores || spec.statement))
      for (const name of entry.packages) acting.add(name);
    const kinds = entry.calls.flatMap(({ opens }) => (opens?.server ? [opens.kind] : []));
    if (kinds.length > 0) for (const name of entry.packages) reaching.set(name, new Set([...(reaching.get(name) ?? []), ...kinds]));
    const own = new Map<string, Methods>();
    methods.set(entry, own);
    for (const spec of entry.calls) {
      for (const alternative of spec.call.split('|')) {
        const hash = alternative.indexOf('#');
        if (hash >= 0) {
          methodNames.add(alternative.slice(alternative.lastIndexOf(alternative.includes('.') ? '.' : '#') + 1));
          const type = alternative.slice(0, hash);
          const path = alternative.slice(hash + 1);
          const table = own.get(type) ?? { exact: new Map<string, CallSpec[]>(), patterns: [] };
          own.set(type, table);
          if (path.includes('*')) table.patterns.push({ path: path.split('.'), spec });
          else table.exact.set(path, [...(table.exact.get(path) ?? []), spec]);
          continue;
        }
        for (const [packageName, name] of exportedAs(entry, alternative)) {
          const table = exports.get(packageName) ?? new Map<string, { entry: LibraryEntry; specs: CallSpec[] }>();
          exports.set(packageName, table);
          const known = table.get(name);
          // The first entry of a package that speaks of a call keeps it; its own specs of the call add up.
          if (!known) table.set(name, { entry, specs: [spec] });
          else if (known.entry === entry) known.specs.push(spec);
        }
      }
    }
    for (const [name, type] of Object.entries(entry.types ?? {})) {
      for (const packageName of entry.packages) if (!types.has(`${packageName}#${name}`)) types.set(`${packageName}#${name}`, { entry, type });
    }
  }

  const globals = new Set([...(exports.get('global')?.keys() ?? [])].map((name) => name.replace(/^new /, '').split('.')[0]!));

  const method = (entry: LibraryEntry, type: string, path: string): readonly CallSpec[] => {
    const table = methods.get(entry)?.get(type);
    if (!table) return [];
    const exact = table.exact.get(path === '' ? '()' : path);
    if (exact) return exact;
    if (path === '') return [];
    const steps = path.split('.');
    const fitting = table.patterns
      .filter((each) => each.path.length === steps.length && each.path.every((step, index) => step === '*' || step === steps[index]))
      .map((each) => each.spec);
    const plain = promised(path);
    return fitting.length === 0 && plain !== undefined ? (table.exact.get(plain) ?? []) : fitting;
  };

  return {
    method,
    exported(packageName, path, form) {
      const lead = form === 'new' ? 'new ' : '';
      const names = path.length === 0 ? ['default'] : path[0] === 'default' && path.length > 1 ? [path.join('.'), path.slice(1).join('.')] : [path.join('.')];
      for (const each of candidates(packageName)) {
        const table = exports.get(each);
        if (!table) continue;
        for (const name of [...names, ...names.flatMap((name) => promised(name) ?? [])]) {
          const found = table.get(lead + name);
          if (found) return found;
        }
      }
      return undefined;
    },
    leads(entry, type, path) {
      const table = methods.get(entry)?.get(type);
      if (!table) return false;
      const prefix = `${path.join('.')}.`;
      for (const key of table.exact.keys()) if (key.startsWith(prefix)) return true;
      return table.patterns.some(
        (each) => each.path.length > path.length && path.every((step, index) => each.path[index] === '*' || each.path[index] === step),
      );
    },
    typed(packageName, typeName) {
      for (const each of candidates(packageName)) {
        const found = types.get(`${each}#${typeName}`);
        if (found) return found;
      }
      return undefined;
    },
    knowsGlobal: (name) => globals.has(name),
    knowsMethod: (name) => methodNames.has(name),
    reaches: (packageName) => reaching.get(candidates(packageName).find((each) => reaching.has(each)) ?? '') ?? NOTHING,
    acts: (packageName) => candidates(packageName).some((each) => acting.has(each)),
    exportsOf: (packageName) =>
      [...new Set([...(exports.get(packageName)?.keys() ?? [])].map((name) => name.replace(/^new /, '')))].map((name) => name.split('.')),
    toldAs: (packageName) => candidates(packageName).flatMap((each) => firstNames.get(each) ?? []),
  };
}

/** The names under which code reaches a call: by package, and through a global where environments hand the package out so. */
function exportedAs(entry: LibraryEntry, call: string): [packageName: string, name: string][] {
  const out = entry.packages.map((name): [string, string] => [name, call]);
  if (entry.globalAs !== undefined) out.push(['global', call.startsWith('new ') ? `new ${entry.globalAs}.${call.slice(4)}` : `${entry.globalAs}.${call}`]);
  return out;
}

/** What `promisifyAll` of Bluebird has called `getAsync` is `get`. */
const promised = (name: string): string | undefined => (name.endsWith('Async') ? name.slice(0, -'Async'.length) : undefined);

/** A package's subpath is looked up first; `fs` and `node:fs` are one. */
function candidates(packageName: string): string[] {
  const out = [packageName];
  if (!packageName.startsWith('node:') && !packageName.includes('.')) out.push(`node:${packageName}`);
  const parts = packageName.split('/');
  const base = packageName.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!;
  if (base !== packageName) out.push(base);
  return out;
}
