import type { EnvironmentValue, PublishedPackage, Resolved, Sources } from '../model/abstract.js';
import { unreadFacts, type FileFacts, type Span } from '../model/facts.js';
import type { Json } from '../model/runner.js';
import type { FactCache } from './fact-cache.js';
import { jsonSpans, parseJson, spanIndex, type ValueSpan } from './json-file.js';
import type { ResolveImport } from './resolve-import.js';
import type { TypeOracle } from './type-oracle.js';
import type { Walk } from './walk.js';
import { parseYaml } from './yaml-file.js';

export interface SourceTexts {
  readonly facts: (path: string) => FileFacts | undefined;
  readonly data: (path: string) => Json | undefined;
  /** Where a value of such a file stands, by its keys. */
  readonly dataSpan: (path: string, keys: readonly string[]) => Span | undefined;
  readonly has: (path: string) => boolean;
  /** The text without byte order mark; nothing where it cannot be read. */
  readonly text: (path: string) => string | undefined;
  /** Every file whose facts were asked for. */
  readonly asked: ReadonlyMap<string, FileFacts | undefined>;
}

const CODE = /\.[cm]?[jt]sx?$/;

interface Data {
  readonly value: Json;
  readonly spanOf: (...keys: readonly string[]) => Span | undefined;
}

/** Files as facts and data, each read and parsed once, when it is first asked for. */
export function sourceTexts(walk: Walk, factsOf: (path: string, text: string) => FileFacts, cache: FactCache | undefined): SourceTexts {
  const facts = new Map<string, FileFacts | undefined>();
  const data = new Map<string, Data | undefined>();
  const texts = new Map<string, string | undefined>();
  const text = (path: string): string | undefined => {
    if (!texts.has(path)) {
      const read = walk.read(path);
      texts.set(path, 'text' in read ? read.text : undefined);
    }
    return texts.get(path);
  };
  const dataOf = (path: string): Data | undefined => {
    if (!data.has(path)) data.set(path, parseData(path, text(path)));
    return data.get(path);
  };
  return {
    asked: facts,
    text,
    has: (path) => walk.has(path),
    facts(path) {
      if (facts.has(path)) return facts.get(path);
      // Components, styles and data are imported too.
      if (!CODE.test(path)) {
        facts.set(path, undefined);
        return undefined;
      }
      const cached = cache?.get(path, () => text(path));
      if (cached) {
        facts.set(path, cached);
        return cached;
      }
      const known = texts.get(path);
      const read = known === undefined ? walk.read(path) : { text: known };
      let made: FileFacts | undefined;
      if ('text' in read && read.text !== undefined) {
        made = factsOf(path, read.text);
        cache?.put(path, read.text, made);
      } else {
        const { why, detail } = read as { why: 'binary' | 'too-large' | 'unsupported'; detail?: string };
        made = unreadFacts(path, { why: why ?? 'unsupported', at: [0, 0], ...(detail ? { detail } : {}) }, [0]);
      }
      facts.set(path, made);
      return made;
    },
    data: (path) => dataOf(path)?.value,
    dataSpan: (path, keys) => dataOf(path)?.spanOf(...keys),
  };
}

/** Nothing where it cannot be read: whoever asks says so. */
function parseData(path: string, text: string | undefined): Data | undefined {
  if (text === undefined) return undefined;
  const parsed: { readonly value: Json; readonly spans?: readonly ValueSpan[] } | { readonly error: string } = /\.ya?ml$/.test(path)
    ? parseYaml(text)
    : parseJson(text);
  if ('error' in parsed) return undefined;
  const spansOf = (): readonly ValueSpan[] => parsed.spans ?? jsonSpans(text);
  let spanOf: Data['spanOf'] | undefined;
  return {
    value: parsed.value,
    spanOf: (...keys) => (spanOf ??= spanIndex(spansOf()))(...keys),
  };
}

export function sourcesFrom(
  texts: SourceTexts,
  resolve: ResolveImport,
  environment: (name: string) => readonly EnvironmentValue[],
  published: readonly PublishedPackage[],
  typeOf?: TypeOracle,
): Sources {
  return {
    facts: texts.facts,
    data: texts.data,
    dataSpan: texts.dataSpan,
    has: texts.has,
    environment,
    published: () => published,
    ...(typeOf ? { typeOf } : {}),
    resolveImport: (from, specifier): Resolved => resolve(from, specifier),
  };
}
