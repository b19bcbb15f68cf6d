/**
 * What the text of a file says without being parsed: enough to tell whether anything in it could act on the world.
 * Strings and comments are read as code, so the answer errs on the side of looking closer.
 */
export interface Outline {
  /** Specifiers that it imports, requires or re-exports. */
  readonly specifiers: readonly string[];
  /** It changes globals, the environment, a prototype, or starts a timer. */
  readonly touchesGlobals: boolean;
}

const SPECIFIER = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\(|\brequireActual\s*\(|\bimportActual\s*\()\s*(['"`])([^'"`\n]+)\1/g;
const GLOBALS =
  /\bprocess\s*\.\s*(?:chdir|umask|on|once|addListener|exit)\b|\bprocess\s*\.\s*env\s*(?:\.\s*\w+|\[[^\]]*\])?\s*(?:\?\?|\|\|)?=[^=]|\bdelete\s+process\b|\bglobalThis\b|\bglobal\s*\.|\bwindow\s*\.\s*\w+\s*=[^=]|\bsetInterval\b|\.prototype\b|\bObject\.(?:assign|defineProperty)\(\s*(?:process|globalThis|global|window)|\bconsole\.\w+\s*=[^=]|\bBun\b|\bDeno\b/;

export function outlineOf(text: string): Outline {
  const specifiers: string[] = [];
  for (const match of text.matchAll(SPECIFIER)) specifiers.push(match[2]!);
  return { specifiers, touchesGlobals: GLOBALS.test(text) };
}
