/** A text of SQL as a server is given it: complete, every statement by itself, with all tables that it names. */
import type { Statement } from '../../model/catalogue.js';
import { Cursor } from './sql-cursor.js';
import { DIALECTS, statementIn, type SqlDialect } from './sql.js';
import { splitTokens, tokenize, type Token } from './text.js';

export type { SqlDialect };

export interface SqlReading {
  /** In capitals: `SELECT`, `CREATE TABLE`; of `WITH ... DELETE` the last. Empty where the text begins with something else. */
  readonly verb: string;
  readonly does: readonly Statement[];
  /** Tables after FROM, JOIN, INTO, UPDATE and USING, each once, as they are written but for case and `public`. */
  readonly tables: readonly string[];
  /** The statement again, blanks and comments made even. */
  readonly text: string;
}

export function readSql(text: string, dialect: SqlDialect): SqlReading[] {
  return withBodies(splitTokens(tokenize(text, DIALECTS[dialect]), ';')).map((tokens) => ({
    verb: verbOf(tokens),
    does: statementIn(tokens),
    tables: tablesIn(tokens),
    text: tokens
      .map((token) => `${token.spaced ? ' ' : ''}${written(token)}`)
      .join('')
      .trim(),
  }));
}

/** `CREATE PROCEDURE close_day() BEGIN DELETE ...; INSERT ...; END`: what stands in the body is not run now, and nothing follows it in one text. */
function withBodies(statements: readonly (readonly Token[])[]): readonly (readonly Token[])[] {
  const at = statements.findIndex((tokens) => {
    const words = tokens.map(wordOf);
    const begin = words.indexOf('BEGIN');
    return words[0] === 'CREATE' && words.slice(0, Math.max(0, begin)).some((word) => /^(PROCEDURE|FUNCTION|TRIGGER|EVENT)$/.test(word));
  });
  return at < 0 ? statements : [...statements.slice(0, at), statements[at]!];
}

const written = ({ kind, text }: Token): string => (kind === 'string' ? `'${text}'` : kind === 'name' ? `"${text}"` : text);
const wordOf = (token: Token | undefined): string => (token?.kind === 'word' ? token.text.toUpperCase() : '');

function verbOf(tokens: readonly Token[]): string {
  const first = wordOf(tokens.find((token) => token.text !== '('));
  if (first === 'WITH')
    return (
      outside(tokens)
        .map(wordOf)
        .find((word) => /^(SELECT|INSERT|UPDATE|DELETE|MERGE)$/.test(word)) ?? first
    );
  if (!/^(CREATE|DROP|ALTER)$/.test(first)) return first;
  const what = tokens
    .slice(1)
    .map(wordOf)
    .find((word) => !/^(OR|REPLACE|TEMP|TEMPORARY|UNLOGGED|UNIQUE|MATERIALIZED|GLOBAL|LOCAL)$/.test(word));
  return what ? `${first} ${what}` : first;
}

/** Tokens that stand in no brackets. */
function outside(tokens: readonly Token[]): Token[] {
  let depth = 0;
  return tokens.filter((token) => {
    if (token.kind === 'mark' && token.text === '(') depth++;
    if (token.kind === 'mark' && token.text === ')') depth--;
    return depth === 0;
  });
}

function tablesIn(tokens: readonly Token[]): string[] {
  const names = new Set<string>();
  const own = new Set<string>();
  /** For each bracket that is open, and outside all: whether a query stands in it. `extract(day FROM at)` is none. */
  const queries = [true];
  tokens.forEach((token, index) => {
    const word = wordOf(token);
    if (token.kind === 'mark' && token.text === '(') queries.push(false);
    if (token.kind === 'mark' && token.text === ')') queries.pop();
    if (/^(SELECT|DELETE|INSERT|UPDATE)$/.test(word)) queries[queries.length - 1] = true;
    // `WITH recent AS (...)`: a name of the statement's own.
    if (word === 'AS' && tokens[index + 1]?.text === '(' && index > 0) own.add(tokens[index - 1]!.text.toLowerCase());
    if (!/^(FROM|JOIN|INTO|UPDATE|USING)$/.test(word)) return;
    if (queries.at(-1) === false && word !== 'JOIN') return;
    // `ON CONFLICT DO UPDATE SET`, `FOR UPDATE OF`: no table behind these.
    if (word === 'UPDATE' && /^(DO|FOR|NO|KEY|ON)$/.test(wordOf(tokens[index - 1]))) return;
    const cursor = new Cursor(tokens.slice(index + 1));
    for (;;) {
      cursor.skip('ONLY', 'LATERAL', 'TABLE');
      const name = cursor.name();
      if (!name || (cursor.peek() === '(' && word !== 'INTO')) break;
      names.add(name);
      if (word !== 'FROM' && word !== 'USING') break;
      if (cursor.skip('AS') || (/^[A-Z_]\w*$/.test(cursor.peek()) && !ENDS.test(cursor.peek()))) cursor.next();
      if (cursor.peek() !== ',') break;
      cursor.next();
    }
  });
  return [...names].filter((name) => !own.has(name) && !SYSTEM.test(name));
}

const ENDS =
  /^(WHERE|JOIN|INNER|LEFT|RIGHT|FULL|CROSS|NATURAL|ON|USING|GROUP|ORDER|HAVING|LIMIT|OFFSET|FETCH|UNION|EXCEPT|INTERSECT|FOR|RETURNING|SET|VALUES|WINDOW)$/;
const SYSTEM = /^(information_schema|pg_catalog|pg_|sys\.|mysql\.|performance_schema|stdin$|stdout$)/;
