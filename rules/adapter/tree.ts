import type { SourceCode } from 'eslint';
import type { factsOf } from '../../src/core.js';

type Tree = Exclude<ReturnType<Parameters<typeof factsOf>[2]>, { readonly error: string }>;

/** The host's tree as the front end reads it: TS-ESTree from a TypeScript parser, plain ESTree from espree. Two packages type one tree in two ways. */
export function treeOf({ ast }: Pick<SourceCode, 'ast'>): Tree {
  const comments = ast.comments.flatMap(({ type, value, range }) =>
    range && (type === 'Line' || type === 'Block') ? [{ type, value, start: range[0], end: range[1] }] : [],
  );
  return { program: ast as unknown as Tree['program'], comments };
}
