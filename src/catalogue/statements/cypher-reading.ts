/** A text of Cypher as a server is given it: complete, with all labels and types of relationships that it names. */
import type { Statement } from '../../model/catalogue.js';
import { patterns, word } from './cypher-patterns.js';
import { CYPHER, queryIn, splitClauses } from './cypher.js';
import { splitTokens, tokenize, type Token } from './text.js';

export interface CypherReading {
  /** In capitals: the first clause that writes, `DELETE`, `MERGE`, `CREATE CONSTRAINT`; else the first of all, `MATCH`. */
  readonly verb: string;
  readonly does: readonly Statement[];
  /** Labels and types in its patterns, each once. */
  readonly labels: readonly string[];
  /** It matches what has no label. */
  readonly matchesAny: boolean;
}

export function readCypher(text: string): CypherReading[] {
  return splitTokens(tokenize(text, CYPHER), ';').map((tokens) => ({
    verb: verbOf(tokens),
    does: queryIn(tokens),
    labels: [...new Set(patterns(tokens).flatMap(({ label }) => (label ? [label] : [])))],
    matchesAny: matchesAny(tokens),
  }));
}

function verbOf(tokens: readonly Token[]): string {
  const [first, second] = tokens.map(word);
  if (/^(CREATE|DROP|ALTER|SHOW)$/.test(first ?? '') && second !== '') return `${first} ${second}`;
  const clauses = splitClauses(tokens).map((clause) => clause.word);
  return clauses.find((clause) => /^(CREATE|INSERT|MERGE|DELETE|SET|REMOVE|FOREACH|LOAD)$/.test(clause)) ?? clauses[0] ?? '';
}

/** `MATCH (n)`, `MATCH (n {id: 1})-->()`: what is bound before has a label elsewhere. */
function matchesAny(tokens: readonly Token[]): boolean {
  const bound = new Set<string>();
  return splitClauses(tokens)
    .filter((clause) => clause.word === 'MATCH')
    .some((clause) => {
      const found = patterns(clause.tokens).filter(({ relation }) => !relation);
      for (const { variable, label } of found) if (variable !== undefined && label !== undefined) bound.add(variable);
      return found.length > 0 && found.every(({ variable, label }) => label === undefined && !(variable !== undefined && bound.has(variable)));
    });
}
