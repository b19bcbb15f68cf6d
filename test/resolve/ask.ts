/** Asks the resolver what an exported constant of files given as text may be, and writes the answer down readably. */
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { catalogue } from '../../src/catalogue/index.js';
import { createLibrary } from '../../src/catalogue/library.js';
import { factsOf, parseWithOxc } from '../../src/frontends/typescript/index.js';
import type { Abstract, Sources } from '../../src/model/abstract.js';
import { constantOf, nameOf, text } from '../../src/model/abstract.js';
import type { FileFacts } from '../../src/model/facts.js';
import { uniquePer } from '../../src/model/names.js';
import type { Place } from '../../src/model/place.js';
import { jsonSpans, parseJson, spanIndex } from '../../src/project/json-file.js';
import { parseYaml } from '../../src/project/yaml-file.js';
import { property } from '../../src/resolve/evaluate.js';
import { exportOf } from '../../src/resolve/modules.js';
import { createResolver } from '../../src/resolve/create-resolver.js';
import type { Resolver } from '../../src/resolve/resolver.js';
import { runners } from '../../src/runners/index.js';

export type Files = Readonly<Record<string, string>>;
export interface Given {
  /** Id of the runner: `vitest` unless said otherwise. */
  readonly runner?: string;
  readonly setupFiles?: readonly string[];
  /** Values that a `.env` file gives. */
  readonly environment?: Readonly<Record<string, string>>;
}
export interface Asked {
  readonly value: Abstract;
  readonly shown: string;
  /** Where the value is decided: the text that stands there. */
  readonly decided: string;
  readonly uniquePer: string;
}

/** What `answer`, exported by the file named first, may be. */
export function ask(source: string | Files, given: Given = {}): Asked {
  const files = typeof source === 'string' ? { 'src/a.test.ts': source } : source;
  const file = Object.keys(files)[0] ?? '';
  const r = resolverOf(files, given);
  r.told = file;
  const at: Place = { path: file, span: [0, 0] };
  const value = exportOf(r, file, 'answer', at) ?? text('<no answer>', at);
  const name = nameOf(value);
  const place = 'at' in value && value.at ? value.at : undefined;
  return {
    value,
    shown: show(r, value),
    decided: place ? `${place.path}: ${(files[place.path] ?? '').slice(...place.span)}` : '',
    uniquePer: name ? uniquePer(name) : 'no name',
  };
}

export function resolverOf(files: Files, given: Given): Resolver {
  const runner = runners.find((each) => each.id === (given.runner ?? 'vitest'));
  if (!runner) throw new Error(`no runner ${given.runner}`);
  const schedule = runner.schedule({ runner: runner.id, dir: '', options: {}, computed: [], commands: [] });
  return createResolver(
    sourcesOf(files, given),
    createLibrary(catalogue),
    { vocabulary: runner.vocabulary, workerIds: schedule.workerIds, setupFiles: given.setupFiles ?? [] },
    new Map(),
  );
}

function sourcesOf(files: Files, given: Given): Sources {
  const facts = new Map<string, FileFacts>();
  return {
    facts(path) {
      const source = files[path];
      if (source === undefined) return undefined;
      const known = facts.get(path) ?? factsOf(path, source, parseWithOxc);
      facts.set(path, known);
      return known;
    },
    has: (path) => Object.hasOwn(files, path),
    resolveImport(from, specifier) {
      if (isBuiltin(specifier)) return { package: `node:${specifier.replace('node:', '')}` };
      if (!specifier.startsWith('.')) return { package: specifier };
      const target = posix.join(posix.dirname(from), specifier);
      const file = [target, target.replace(/\.js$/, '.ts'), `${target}.ts`, `${target}.js`, `${target}.json`, `${target}/index.ts`].find((each) =>
        Object.hasOwn(files, each),
      );
      return file === undefined ? { missing: true } : { file };
    },
    data(path) {
      const source = files[path];
      if (source === undefined) return undefined;
      const read = /\.ya?ml$/.test(path) ? parseYaml(source) : parseJson(source);
      return 'value' in read ? read.value : undefined;
    },
    dataSpan(path, keys) {
      const source = files[path] ?? '';
      const read = /\.ya?ml$/.test(path) ? parseYaml(source) : undefined;
      return spanIndex(read && 'spans' in read ? read.spans : jsonSpans(source))(...keys);
    },
    environment(name) {
      const value = given.environment?.[name];
      return value === undefined ? [] : [{ value, at: { path: '.env', span: [0, 0] }, from: '.env' }];
    },
  };
}

/** `app_{worker env:X}`, `{ a: 1 }`, `?why`, alternatives with `|` between them. */
export function show(r: Resolver, value: Abstract, depth = 0): string {
  if (depth > 4) return '...';
  switch (value.kind) {
    case 'text':
      return value.parts
        .map((part) => {
          if (typeof part === 'string') return part;
          if ('kind' in part) return `{?${part.why}}`;
          return `{${part.varies} ${part.source}${part.values === undefined ? '' : ` of ${part.values}`}}`;
        })
        .join('');
    case 'const':
      return String(value.value);
    case 'oneOf':
      return value.of.map((each) => show(r, each, depth)).join(' | ');
    case 'list':
      return `[${value.items.map((each) => show(r, each, depth + 1)).join(', ')}${value.open ? ', ...' : ''}]`;
    case 'record': {
      const keys = value.keys();
      if (!keys) return '{...}';
      return keys.length === 0
        ? '{}'
        : `{ ${keys.map((key) => `${key}: ${show(r, property(r, value, key, value.at) ?? { kind: 'const', value: undefined }, depth + 1)}`).join(', ')} }`;
    }
    case 'unknown':
      return `?${value.why}`;
    case 'library':
      return `<${[value.package, ...value.path].join('.')}>`;
    case 'outer':
      return `<${value.path.join('.')}>`;
    case 'handle':
      return `<${value.type}>`;
    default:
      return `<${value.kind} ${constantOf(value) ?? ''}>`.replace(' >', '>');
  }
}
