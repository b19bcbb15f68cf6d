import { outlineOf, type AnalyzeInput } from '../core.js';
import type { SourceTexts } from './source-texts.js';

/** Outlines of texts, each made once. */
export function outlines(texts: Pick<SourceTexts, 'text'>): NonNullable<AnalyzeInput['outline']> {
  const known = new Map<string, ReturnType<typeof outlineOf> | undefined>();
  return (path) => {
    if (!known.has(path)) {
      const text = texts.text(path);
      known.set(path, text === undefined ? undefined : outlineOf(text));
    }
    return known.get(path);
  };
}
