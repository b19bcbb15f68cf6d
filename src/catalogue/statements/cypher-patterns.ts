import { isHoled, type Token } from './text.js';

export interface Pattern {
  readonly variable?: string;
  /** Absent: none is written. `null`: a hole hides even whether there is one. One that is not known, or in part, has numbered holes. */
  readonly label?: string | null;
  readonly filtered: boolean;
  readonly relation: boolean;
}

export const word = (token: Token | undefined): string => (token?.kind === 'word' ? token.text.toUpperCase() : '');

/** `(n:Order {id: 1})`, `[r:PLACED]`. A label set in the pattern of the other end of a path filters as well. */
export function patterns(tokens: readonly Token[]): Pattern[] {
  const out: Pattern[] = [];
  let chained = false;
  for (let at = 0; at < tokens.length; at++) {
    const open = tokens[at]!;
    if (open.kind !== 'mark' || (open.text !== '(' && open.text !== '[')) {
      if (open.kind === 'mark' && (open.text === '-' || open.text === '>')) chained = true;
      continue;
    }
    const inner: Token[] = [];
    let depth = 1;
    for (at++; at < tokens.length && depth > 0; at++) {
      const token = tokens[at]!;
      if (token.kind === 'mark' && '([{'.includes(token.text)) depth++;
      if (token.kind === 'mark' && ')]}'.includes(token.text)) depth--;
      if (depth > 0) inner.push(token);
    }
    at--;
    out.push(pattern(inner, open.text === '['));
  }
  // `(n)-[:OWNED_BY]->(t:Team {id: 1})`: the far end narrows the near one.
  const narrow = chained && out.some((each) => each.filtered || (each.label !== undefined && !each.relation));
  return narrow && out.length > 1
    ? out.map((each) => (each.label === undefined && out.some((other) => other !== each && other.filtered) ? { ...each, filtered: true } : each))
    : out;
}

function pattern(tokens: readonly Token[], relation: boolean): Pattern {
  let at = 0;
  let variable: string | undefined;
  const first = tokens[0];
  if (first && (first.kind === 'word' || first.kind === 'name')) {
    // `(n:${label})`: the variable and the hole are read as separate tokens.
    variable = first.text;
    at = 1;
  }
  let label: string | null | undefined;
  if (tokens[at]?.text === ':') {
    const named = tokens[at + 1];
    label = named?.text ?? null;
    at += 2;
  } else if (first?.kind === 'hole') {
    // `(n${labels})` or `(${pattern})`: anything.
    label = null;
  }
  if (variable !== undefined && isHoled(variable)) return { label: null, filtered: false, relation };
  const rest = tokens.slice(at);
  const filtered = rest.some((token) => token.text === '{' || word(token) === 'WHERE') || (rest.some((token) => token.kind === 'hole') && label !== null);
  return { ...(variable ? { variable } : {}), ...(label !== undefined ? { label } : {}), filtered, relation };
}
