import type { NotedPlace } from '../../model/finding.js';
import { lineAt, lineStarts, regionOf, type Place } from '../../model/place.js';
import type { ReportedPlace } from '../../model/report.js';
import type { SourceTexts } from '../source-texts.js';

const MOST_LINES = 5;
/** Longer lines are generated or minified: their beginning tells enough. */
const LONGEST_LINE = 400;

/** Places as the report shows them. Only what is reported is asked for, so that a cached scan reads few texts. */
export interface Places {
  readonly lines: (path: string) => readonly number[];
  readonly shown: (place: NotedPlace) => ReportedPlace;
  /** A place without an excerpt: a gap, a service. */
  readonly bare: (place: Place, note: string) => ReportedPlace;
}

export function placesOf(texts: SourceTexts): Places {
  const known = new Map<string, readonly number[]>();
  const lines = (path: string): readonly number[] => {
    let found = known.get(path);
    if (!found) known.set(path, (found = texts.asked.get(path)?.lines ?? lineStarts(texts.text(path) ?? '')));
    return found;
  };
  const bare = ({ path, span }: Place, note: string): ReportedPlace => ({ path, span, region: regionOf(lines(path), span), note });
  return {
    lines,
    bare,
    shown(place) {
      const code = excerpt(texts.text(place.path), lines(place.path), place);
      return { ...bare(place, place.note), ...(code === undefined ? {} : { code }) };
    },
  };
}

function excerpt(text: string | undefined, lines: readonly number[], { span }: Place): string | undefined {
  if (text === undefined || span[0] >= text.length) return undefined;
  const first = lineAt(lines, span[0]);
  const last = Math.min(lineAt(lines, Math.max(span[0], span[1])), first + MOST_LINES - 1);
  const out: string[] = [];
  for (let line = first; line <= last; line++)
    out.push(
      text
        .slice(lines[line], lines[line + 1])
        .replace(/[\r\n]+$/, '')
        .slice(0, LONGEST_LINE),
    );
  return out.join('\n');
}
