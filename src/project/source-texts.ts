import { parse as parseYaml } from 'yaml';
import JSON5 from 'json5';
import type { EnvironmentValue, Resolved, Sources } from '../model/abstract.js';
import type { FileFacts } from '../model/facts.js';
import type { Json } from '../model/runner.js';
import type { FactCache } from './fact-cache.js';
import { readText } from './read-text.js';
import type { ResolveImport } from './resolve-import.js';
import type { Walk } from './walk.js';

export interface SourceTexts {
  readonly facts: (path: string) => FileFacts | undefined;
  readonly data: (path: string) => Json | undefined;
  /** The text without byte order mark; nothing where it cannot be read. */
  readonly text: (path: string) => string | undefined;
  /** Every file whose facts were asked for. */
  readonly asked: ReadonlyMap<string, FileFacts | undefined>;
}

/** Files as facts and data, each read and parsed once, when it is first asked for. */
export function sourceTexts(walk: Walk, factsOf: (path: string, text: string) => FileFacts, cache: FactCache | undefined): SourceTexts {
  const facts = new Map<string, FileFacts | undefined>();
  const data = new Map<string, Json | undefined>();
  const texts = new Map<string, string | undefined>();
  const text = (path: string): string | undefined => {
    if (!texts.has(path)) {
      const read = readText(walk.absolute(path));
      texts.set(path, 'text' in read ? read.text : undefined);
    }
    return texts.get(path);
  };
  return {
    asked: facts,
    text,
    facts(path) {
      if (facts.has(path)) return facts.get(path);
      const cached = cache?.get(path, () => text(path));
      if (cached) {
        facts.set(path, cached);
        return cached;
      }
      const read = readText(walk.absolute(path));
      let made: FileFacts | undefined;
      if ('text' in read && read.text !== undefined) {
        made = factsOf(path, read.text);
        cache?.put(path, read.text, made);
      } else {
        const { why, detail } = read as { why: 'binary' | 'too-large' | 'unsupported'; detail?: string };
        made = {
          language: 'typescript',
          path,
          bindings: [],
          functions: [],
          calls: [],
          imports: [],
          exports: [],
          lines: [0],
          directives: [],
          gaps: [{ why: why ?? 'unsupported', at: [0, 0], ...(detail ? { detail } : {}) }],
        };
      }
      facts.set(path, made);
      return made;
    },
    data(path) {
      if (!data.has(path)) data.set(path, parseData(path, text(path)));
      return data.get(path);
    },
  };
}

function parseData(path: string, text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    return /\.ya?ml$/.test(path) ? (parseYaml(text) as Json) : JSON5.parse<Json>(text);
  } catch {
    // Whoever asks says that the file cannot be read.
    return undefined;
  }
}

export function sourcesFrom(texts: SourceTexts, resolve: ResolveImport, environment: (name: string) => readonly EnvironmentValue[]): Sources {
  return {
    facts: texts.facts,
    data: texts.data,
    environment,
    resolveImport: (from, specifier): Resolved => resolve(from, specifier),
  };
}
