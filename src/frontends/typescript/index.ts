/**
 * The TypeScript and JavaScript front end: text, or a ready TS-ESTree tree, becomes facts. It never throws (what it cannot
 * read becomes a gap) and knows no library and no runner.
 */
import { unreadFacts, type FileFacts, type Gap } from '../../model/facts.js';
import { lineStarts } from '../../model/place.js';
import { createBuilder, finish } from './builder.js';
import { directiveOf } from './directives.js';
import { declareBlock, hoistVars } from './hoist.js';
import { exportedByName } from './modules.js';
import { nestingExceeds } from './nesting.js';
import type { Parse, ParsedFile } from './parse.js';
import { statements } from './statements.js';

/** Deepest nesting of brackets that is handed to a parser: native parsers die on their stack far above, people never come near. */
const DEEPEST = 1000;

/** The facts of one file. The text carries no byte order mark. */
export function factsOf(path: string, text: string, parse: Parse): FileFacts {
  const lines = lineStarts(text);
  const unread = (gap: Gap): FileFacts => unreadFacts(path, gap, lines);
  if (nestingExceeds(text, DEEPEST)) return unread({ why: 'too-deep', at: [0, 0], detail: `brackets are nested more than ${DEEPEST} deep` });
  try {
    const parsed = parse(path, text);
    if ('error' in parsed) return unread({ why: 'syntax', at: [parsed.at, parsed.at], detail: parsed.error });
    return factsOfTree(path, text.length, lines, parsed);
  } catch (error) {
    if (error instanceof RangeError) return unread({ why: 'too-deep', at: [0, 0], detail: 'the syntax tree is too deep to walk' });
    return unread({ why: 'unsupported', at: [0, 0], detail: error instanceof Error ? error.message : String(error) });
  }
}

/** The facts of a tree that a host has parsed already. */
function factsOfTree(path: string, end: number, lines: readonly number[], parsed: ParsedFile): FileFacts {
  const b = createBuilder(path, end);
  hoistVars(b, parsed.program.body);
  declareBlock(b, parsed.program.body);
  statements(b, parsed.program.body);
  exportedByName(b);
  for (const comment of parsed.comments) {
    const directive = directiveOf(comment, lines);
    if (directive) b.directives.push(directive);
  }
  return finish(b, lines);
}

export { parseWithOxc } from './parse-oxc.js';
export { outlineOf } from './outline.js';
