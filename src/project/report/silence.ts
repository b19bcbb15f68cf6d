import type { Directive } from '../../model/facts.js';
import type { Finding } from '../../model/finding.js';
import { nameText } from '../../model/names.js';
import { starPattern } from '../../model/patterns.js';
import { lineAt, type Place } from '../../model/place.js';
import type { SourceTexts } from '../source-texts.js';
import type { Places } from './places.js';

/** What comments and settings take out of a report. */
export interface Silencer {
  /** Whether somebody has said that the finding is as it should be. */
  isSilenced(finding: Finding): boolean;
  /** Comments that silence nothing, or cannot; asked for when all findings have been seen. `ran` are the rules that spoke. */
  complaints(ran: ReadonlySet<string>, known: ReadonlySet<string>): readonly { readonly what: string; readonly at: Place }[];
}

interface Comment {
  readonly directive: Directive;
  readonly path: string;
  isUsed: boolean;
}

export function silencer(texts: SourceTexts, places: Places, safeNames: readonly string[]): Silencer {
  const comments: Comment[] = [];
  const byLine = new Map<string, Comment[]>();
  for (const [path, facts] of texts.asked) {
    if (!facts || facts.directives.length === 0) continue;
    const targets = targetLines(facts.directives, facts.lines, texts.text(path) ?? '');
    facts.directives.forEach((directive, index) => {
      const comment: Comment = { directive, path, isUsed: false };
      comments.push(comment);
      if (directive.reason === '') return;
      const key = `${path}:${targets[index]}`;
      byLine.set(key, [...(byLine.get(key) ?? []), comment]);
    });
  }
  const safe = safeNames.map(starPattern);
  const isSafe = (finding: Finding): boolean => safe.length > 0 && namesOf(finding).some((name) => safe.some((pattern) => pattern.test(name)));
  return {
    isSilenced(finding) {
      const hits =
        byLine.size === 0 ? [] : finding.places.flatMap((place) => linesOf(place, places).flatMap((line) => byLine.get(`${place.path}:${line}`) ?? []));
      const used = hits.filter(({ directive }) => directive.rules.length === 0 || directive.rules.includes(finding.rule));
      for (const comment of used) comment.isUsed = true;
      return used.length > 0 || isSafe(finding);
    },
    complaints(ran, known) {
      return comments.flatMap(({ directive, path, isUsed }) => {
        const at: Place = { path, span: directive.at };
        const named = directive.rules.length > 0 ? ` of ${directive.rules.map((rule) => `\`${rule}\``).join(', ')}` : '';
        if (directive.reason === '') return [{ what: `An ignore comment${named} gives no reason and silences nothing: write \`-- why\` behind the rules`, at }];
        const strange = directive.rules.filter((rule) => !known.has(rule));
        if (strange.length > 0) return [{ what: `An ignore comment names ${strange.map((rule) => `\`${rule}\``).join(', ')}, and there is no such rule`, at }];
        // A rule that did not run could have been what the comment is for.
        const couldSpeak = directive.rules.length > 0 ? directive.rules.every((rule) => ran.has(rule)) : [...known].every((rule) => ran.has(rule));
        return isUsed || !couldSpeak ? [] : [{ what: `An ignore comment${named} silences nothing: remove it`, at }];
      });
    },
  };
}

/** The lines that comments speak of. One on a line of its own speaks of the next line that holds more than such a comment. */
function targetLines(directives: readonly Directive[], lines: readonly number[], text: string): number[] {
  const alone = new Set<number>();
  for (const { at } of directives) {
    const first = lineAt(lines, at[0]);
    const last = lineAt(lines, at[1]);
    if (text.slice(lines[first], at[0]).trim() === '' && /^(?:-->|\*\/|\})?\s*$/.test(text.slice(at[1], lines[last + 1]))) alone.add(last + 1);
  }
  return directives.map(({ at, line }) => {
    const own = lineAt(lines, at[1]) + 1;
    let target = line === own && alone.has(own) ? own + 1 : line;
    while (alone.has(target)) target++;
    return target;
  });
}

/** A comment stands above what it speaks of, or behind its first or last line. */
function linesOf({ path, span }: Place, places: Places): number[] {
  const lines = places.lines(path);
  const first = lineAt(lines, span[0]) + 1;
  const last = lineAt(lines, Math.max(span[0], span[1])) + 1;
  return first === last ? [first] : [first, last];
}

/** The names a finding is about: of the resource, its namespace and its unit, else what its title quotes. */
function namesOf({ resource: { resource, title } }: Finding): string[] {
  if (!resource) return [...title.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
  return [resource.name, resource.namespace, resource.unit].flatMap((name) => (name ? [nameText(name)] : []));
}
