import type { Abstract } from '../model/abstract.js';
import { constantOf, text } from '../model/abstract.js';
import type { Place } from '../model/place.js';
import { concat } from './text.js';

const MARKS: Readonly<Record<string, string>> = {
  escapeVariable: '`',
  escapeLabel: '`',
  escapeType: '`',
  escapeId: '`',
  escapeIdentifier: '"',
  quoteIdentifier: '"',
  quoteIdent: '"',
  ident: '"',
};

/** `client.escapeIdentifier(name)`, `Cypher.utils.escapeVariable(name)`: the name in the marks that the language has for names. */
export function quotedName(method: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  const mark = MARKS[method];
  const [name] = args;
  if (mark === undefined || args.length !== 1 || !name || (name.kind !== 'text' && name.kind !== 'oneOf' && name.kind !== 'unknown')) return undefined;
  return concat([text(mark, at), name, text(mark, at)], at);
}

/** `` sql`DROP DATABASE "${sql.unsafe(name)}"` ``, `` sql`DROP TABLE ${sql(name)}` ``: a client that puts a text into the template of its own tag. */
export const pieceOf = ([said]: readonly Abstract[]): Abstract | undefined =>
  said?.kind === 'text' || said?.kind === 'oneOf' || said?.kind === 'unknown' ? said : undefined;

/** `format('CREATE DATABASE %I', name)` of pg-format and its like. */
export function formatted(args: readonly Abstract[], at: Place): Abstract | undefined {
  const [pattern, ...values] = args;
  const whole = constantOf(pattern);
  if (whole === undefined) return undefined;
  const parts: Abstract[] = [];
  let next = 0;
  for (const piece of whole.split(/(%(?:\d+\$)?[sIL])/)) {
    const found = /^%(?:(\d+)\$)?([sIL])$/.exec(piece);
    const value = found ? values[found[1] === undefined ? next++ : Number(found[1]) - 1] : undefined;
    if (!found) parts.push(text(piece, at));
    else if (!value) return undefined;
    else parts.push(...(found[2] === 'I' ? [text('"', at), value, text('"', at)] : found[2] === 'L' ? [text("'", at), value, text("'", at)] : [value]));
  }
  return concat(parts, at);
}
