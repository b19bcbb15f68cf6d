import { parseSync, rawTransferSupported } from 'oxc-parser';
import type { Parse } from './parse.js';

const LANGUAGES: Readonly<Record<string, 'ts' | 'tsx' | 'js' | 'jsx'>> = {
  ts: 'ts',
  mts: 'ts',
  cts: 'ts',
  tsx: 'tsx',
  js: 'jsx',
  jsx: 'jsx',
  mjs: 'jsx',
  cjs: 'jsx',
};

/** The tree is read from the parser's own memory where Node can (22 and later), else it comes as JSON (oxc-parser 0.158). */
const TRANSFER = rawTransferSupported() ? { experimentalRawTransfer: true } : {};

/**
 * Parses with oxc. JavaScript files are read as JSX; one that fails is tried as TypeScript, since Babel and Flow projects
 * write annotations in `.js`. Scripts with a top-level `return` are read as CommonJS (oxc-parser 0.158: `sourceType`).
 */
export const parseWithOxc: Parse = (path, text) => {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const lang = LANGUAGES[extension] ?? 'ts';
  const options = { astType: 'ts', preserveParens: false, ...TRANSFER } as const;
  const sourceType = extension === 'cjs' || extension === 'cts' ? 'commonjs' : 'unambiguous';
  let result = parseSync(path, text, { ...options, lang, sourceType });
  if (result.program.body.length === 0 && result.errors.length > 0) {
    const first = result;
    for (const other of [
      { lang, sourceType: 'commonjs' },
      { lang: lang === 'ts' ? 'tsx' : 'ts', sourceType: 'unambiguous' },
    ] as const) {
      result = parseSync(path, text, { ...options, ...other });
      if (result.program.body.length > 0 || result.errors.length === 0) break;
    }
    if (result.program.body.length === 0 && result.errors.length > 0) {
      const error = first.errors[0]!;
      return { error: error.message, at: error.labels[0]?.start ?? 0 };
    }
  }
  return { program: result.program, comments: result.comments };
};
