import type { Statement } from '../../model/catalogue.js';
import { type Pattern, patterns, word } from './cypher-patterns.js';
import { type Dialect, joinNumbered, splitTokens, type Token, tokenize } from './text.js';

export const CYPHER: Dialect = { names: { '`': '`' }, strings: ["'", '"'], lineComments: ['//'] };
const CLAUSES = new Set(
  'MATCH OPTIONAL MERGE CREATE DELETE DETACH SET REMOVE RETURN WITH WHERE UNWIND CALL FOREACH LOAD ON LIMIT SKIP ORDER UNION USE YIELD FINISH INSERT'.split(
    ' ',
  ),
);

interface Clause {
  readonly word: string;
  readonly tokens: readonly Token[];
}
/** What Cypher text does, one entry or more for each query in it. */
export function classifyCypher(parts: readonly (string | null)[]): Statement[] {
  return classifyText(joinNumbered(parts));
}

function classifyText(text: string): Statement[] {
  return splitTokens(tokenize(text, CYPHER), ';').flatMap(queryIn);
}

/** What one query does. */
export function queryIn(tokens: readonly Token[]): Statement[] {
  const admin = administration(tokens);
  if (admin) return admin;
  const procedures = calls(tokens);
  if (procedures) return procedures;
  const clauses = splitClauses(tokens);
  const out: Statement[] = [];
  const bound = new Map<string, Pattern>();
  let matched: Pattern[] = [];
  let filtered = false;
  let deletes = false;
  let writes = false;
  let count = false;
  let limited = false;
  for (const clause of clauses) {
    switch (clause.word) {
      case 'MATCH': {
        const found = patterns(clause.tokens);
        matched = [...matched, ...found];
        for (const each of found) if (each.variable) bound.set(each.variable, each);
        // A hole that stands alone may be a condition.
        if (clause.tokens.some((token) => token.kind === 'hole' && token.spaced)) filtered = true;
        break;
      }
      case 'WHERE':
        if (!allTrue(clause.tokens)) filtered = true;
        break;
      case 'LIMIT':
        filtered = true;
        limited = true;
        break;
      case 'CREATE':
      case 'INSERT':
      case 'MERGE':
        writes = true;
        for (const each of patterns(clause.tokens))
          if (each.label !== undefined && !(each.variable && bound.has(each.variable)))
            out.push({ op: 'write', ...unit(each.label), ...(each.relation ? RELATION : {}) });
        break;
      case 'DELETE': {
        deletes = true;
        for (const token of clause.tokens) {
          if (token.kind !== 'word' && token.kind !== 'name') continue;
          const pattern = bound.get(token.text) ?? (matched.length === 1 ? matched[0] : undefined);
          out.push(deleted(pattern, filtered || matched.some((each) => each !== pattern && each.filtered)));
        }
        break;
      }
      case 'SET':
      case 'REMOVE': {
        writes = true;
        const target = clause.tokens[0] ? bound.get(clause.tokens[0].text) : undefined;
        if (target) out.push({ op: 'write', ...unit(target.label), ...(!target.filtered && !filtered ? { note: 'all nodes' } : {}) });
        break;
      }
      case 'RETURN':
        if (clause.tokens.some((token, index) => token.text.toLowerCase() === 'count' && clause.tokens[index + 1]?.text === '(')) count = true;
        break;
      default:
    }
  }
  if (deletes || writes) return distinct(out.length > 0 ? out : [{ op: 'write' }]);
  const first = matched[0];
  if (!first) return clauses.length > 0 ? [{ op: 'read' }] : [];
  const all = matched.every((each) => !each.filtered) && !filtered;
  if (all && !limited) return [{ op: 'count', ...unit(first.label), ...(count ? {} : { note: 'all rows' }) }];
  return [{ op: 'read', ...unit(first.label) }];
}

function distinct(statements: readonly Statement[]): Statement[] {
  const seen = new Set<string>();
  return statements.filter((each) => {
    const key = JSON.stringify(each);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Said of what concerns relationships and no nodes. */
const RELATION = { note: 'relationships' };

const unit = (label: string | null | undefined): { unit?: string } => (label ? { unit: label } : {});

function deleted(pattern: Pattern | undefined, filtered: boolean): Statement {
  if (!pattern || filtered || pattern.filtered) return { op: 'write', ...unit(pattern?.label) };
  const note = pattern.relation ? RELATION : {};
  return pattern.label === undefined ? { op: 'wipe', wipes: 'database', ...note } : { op: 'wipe', wipes: 'unit', ...unit(pattern.label), ...note };
}

function allTrue(tokens: readonly Token[]): boolean {
  const text = tokens.map((token) => token.text.toLowerCase()).join('');
  return text === 'true' || text === '1=1';
}

/** `WHERE` inside brackets belongs to them: only words outside start a clause. */
export function splitClauses(tokens: readonly Token[]): Clause[] {
  const out: { word: string; tokens: Token[] }[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'mark' && '([{'.includes(token.text)) depth++;
    if (token.kind === 'mark' && ')]}'.includes(token.text)) depth--;
    const upper = word(token);
    if (depth === 0 && CLAUSES.has(upper)) {
      const last = out.at(-1);
      // `DETACH DELETE`, `OPTIONAL MATCH`, `ON CREATE SET` are one clause each; `STARTS WITH` is none.
      if ((upper === 'CREATE' || upper === 'MATCH') && last?.word === 'ON') continue;
      if (upper === 'WITH' && word(last?.tokens.at(-1)) === 'STARTS') continue;
      if (upper === 'WITH' && word(last?.tokens.at(-1)) === 'ENDS') continue;
      out.push({ word: upper, tokens: [] });
      continue;
    }
    out.at(-1)?.tokens.push(token);
  }
  return out.filter((each) => !['DETACH', 'OPTIONAL', 'ON'].includes(each.word));
}

/** `CREATE DATABASE x`, `DROP CONSTRAINT`, `CREATE INDEX ... FOR (n:Label)`. */
function administration(tokens: readonly Token[]): Statement[] | undefined {
  const verb = word(tokens[0]);
  if (verb === 'SHOW') return [{ op: 'read' }];
  if (!['CREATE', 'DROP', 'ALTER', 'START', 'STOP'].includes(verb)) return undefined;
  const words = tokens.map(word);
  const replaces = words[1] === 'OR' && words[2] === 'REPLACE';
  const at = replaces ? 3 : 1;
  if (['DATABASE', 'COMPOSITE'].includes(words[at] ?? '')) {
    let index = at + 1;
    while (['DATABASE', 'IF', 'EXISTS', 'NOT'].includes(words[index] ?? '')) index++;
    const token = tokens[index];
    const named = token && !token.holed ? { unit: token.text.toLowerCase() } : {};
    if (verb === 'CREATE') return [replaces ? { op: 'wipe', wipes: 'database', names: 'database', ...named } : { op: 'create', names: 'database', ...named }];
    return [verb === 'DROP' ? { op: 'drop', wipes: 'database', names: 'database', ...named } : { op: 'write', names: 'database', ...named }];
  }
  if (words.slice(1, 5).some((each) => each === 'CONSTRAINT' || each === 'INDEX')) {
    const label = patterns(tokens).find((each) => each.label !== undefined)?.label;
    // No node goes with it.
    return [{ op: verb === 'DROP' ? 'write' : 'create', ...unit(label), note: 'schema' }];
  }
  if (['USER', 'ROLE'].includes(words[at] ?? ''))
    return [
      {
        op: verb === 'DROP' ? 'drop' : 'create',
        names: 'role',
        ...(verb === 'DROP' ? { wipes: 'unit' as const } : {}),
        ...(tokens[at + 1] && !tokens[at + 1]!.holed ? { unit: tokens[at + 1]!.text } : {}),
      },
    ];
  return undefined;
}

/** Procedures that carry Cypher in their arguments, or wipe by themselves. */
function calls(tokens: readonly Token[]): Statement[] | undefined {
  const text = tokens
    .map((token) => token.text)
    .join('')
    .toLowerCase();
  if (text.includes('apoc.schema.assert(')) return [{ op: 'write', note: 'constraints and indexes' }];
  if (/apoc\.(periodic\.(iterate|commit|truncate)|cypher\.(run|runmany|doit))\(/.test(text)) {
    if (text.includes('apoc.periodic.truncate')) return [{ op: 'wipe', wipes: 'database' }];
    const carried = tokens.filter((token) => token.kind === 'string' && /\b(match|delete|create|merge|set)\b/i.test(token.text)).map((token) => token.text);
    return carried.length > 0
      ? classifyText(carried.join(' ').replace(/\bRETURN\s+(\w+\s*,?\s*)+(?=\s+(DETACH|DELETE|SET|MERGE|CREATE))/i, ''))
      : [{ op: 'write' }];
  }
  // `CALL { MATCH (n) DETACH DELETE n } IN TRANSACTIONS`: what stands in the braces counts.
  const brace = tokens.findIndex(
    (token, index) =>
      token.text === '{' &&
      ['CALL', ')'].includes(tokens[index - 1]?.text.toUpperCase() ?? '') &&
      tokens.slice(0, index).some((each) => word(each) === 'CALL') &&
      word(tokens[index - 1]) === 'CALL',
  );
  if (brace < 0) return undefined;
  let depth = 0;
  const end = tokens.findIndex(
    (token, index) => index >= brace && token.kind === 'mark' && (token.text === '{' ? ++depth : token.text === '}' ? --depth : depth) === 0,
  );
  if (end < 0) return undefined;
  const before = tokens.slice(0, brace - 1);
  // `WITH n` imports a variable of the outer query.
  const inner = tokens.slice(brace + 1, end).filter((_token, index, all) => !(index < 2 && word(all[0]) === 'WITH'));
  return queryIn([...before, ...inner]);
}
