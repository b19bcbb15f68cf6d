import type { Parse, ParsedFile } from '../../src/frontends/typescript/parse.js';

/**
 * Parses with typescript-estree, whose tree has the shape that oxc's `astType: 'ts'` has. It is several times slower and needs no
 * native binding: the second opinion on the facts.
 */
export async function loadParseWithEstree(): Promise<Parse> {
  const { parse } = await import('@typescript-eslint/typescript-estree');
  return (path, text) => {
    try {
      // JSX cannot stand in `.ts`; elsewhere the parser goes by the extension. Files of other names are read as TypeScript.
      const filePath = /\.[cm]?[jt]sx?$/i.test(path) ? path : `${path}.ts`;
      const tree = parse(text, {
        filePath,
        jsx: !/\.[cm]?ts$/i.test(filePath),
        range: true,
        comment: true,
        loc: false,
        allowInvalidAST: true,
        suppressDeprecatedPropertyWarnings: true,
      });
      // The two packages type one tree in two ways.
      const program = tree as unknown as ParsedFile['program'];
      return { program, comments: (tree.comments ?? []).map(({ type, value, range }) => ({ type, value, start: range[0], end: range[1] })) };
    } catch (error) {
      const at = error instanceof Error && 'index' in error && typeof error.index === 'number' ? error.index : 0;
      return { error: error instanceof Error ? error.message : String(error), at };
    }
  };
}
