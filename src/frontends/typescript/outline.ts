/**
 * What the text of a file says without being parsed: enough to tell whether anything in it could act on the world.
 * Strings and comments are read as code, so the answer errs on the side of looking closer.
 */
export interface Outline {
  /** Specifiers that it imports, requires or re-exports. */
  readonly specifiers: readonly string[];
  /** It changes globals, the environment or a prototype, starts a timer, or keeps state of its own in a variable or an empty collection. */
  readonly touchesState: boolean;
  /** Whether it could export something of this name: a class, or anything at all. */
  mayExport(name: string, what?: 'class'): boolean;
}

const SPECIFIER = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\(|\brequireActual\s*\(|\bimportActual\s*\()\s*(['"`])([^'"`\n]+)\1/g;
/** Types are gone when the code runs. */
const TYPE_IMPORT = /\bimport\s+type\s+[^'"`;]*?\bfrom\s*['"][^'"\n]+['"]/g;
const GLOBALS =
  /\bprocess\s*\.\s*(?:chdir|umask|on|once|addListener|exit)\b|\bprocess\s*\.\s*env\s*(?:\.\s*\w+|\[[^\]]*\])?\s*(?:\?\?|\|\|)?=[^=]|\bdelete\s+process\b|\bglobalThis\b|\bglobal\s*\.|\bwindow\s*\.\s*\w+\s*=[^=]|\bsetInterval\b|\.prototype\b|\bObject\.(?:assign|defineProperty)\(\s*(?:process|globalThis|global|window)|\bconsole\.\w+\s*=[^=]|\bBun\b|\bDeno\b/;

const HANDS_ON_ALL = /\bexport\s*\*|\bmodule\s*\.\s*exports\b/;
const HANDS_ON_SOME = /\bexport\s*[{=]|\bexport\s+default\s+[\w$]|\bexports\b/;

/** At the margin, where modules declare what they keep. */
const KEEPS = /^(?:export\s+)?(?:(?:let|var)\s|const\s+[^=\n]*=\s*(?:new\s+(?:Map|Set|WeakMap|Array)\b|\[\s*\]|\{\s*\}))/m;
/** An object or a static member that methods can set: both together. */
const HOLDS =
  /^(?:export\s+)?(?:default\s+|(?:const\s+\w[^=\n]*|module\.exports\s*)=\s*)new\s|^\s+(?:(?:public|private|protected)\s+)?static\s[^(\n]*(?:=|;)|^export\s+const\s[^=\n]*=\s*\{/m;
const SETS = /\b(?:this|[A-Z]\w*)\s*\.\s*\w+\s*=[^=]/;

export function outlineOf(text: string): Outline {
  const code = text.replaceAll(TYPE_IMPORT, '');
  const specifiers: string[] = [];
  for (const match of code.matchAll(SPECIFIER)) specifiers.push(match[2]!);
  // The same few names are asked for again and again.
  const answers = new Map<string, boolean>();
  let handsOnAll: boolean | undefined;
  let handsOnSome: boolean | undefined;
  const means = (name: string, what: 'class' | undefined): boolean =>
    text.includes(name) && (what === undefined || text.includes(`class ${name}`) || (handsOnSome ??= HANDS_ON_SOME.test(text)));
  return {
    specifiers,
    touchesState: GLOBALS.test(text) || KEEPS.test(text) || (HOLDS.test(text) && SETS.test(text)),
    mayExport(name, what) {
      const key = `${what ?? ''} ${name}`;
      let answer = answers.get(key);
      if (answer === undefined) answers.set(key, (answer = means(name, what) || (handsOnAll ??= HANDS_ON_ALL.test(text))));
      return answer;
    },
  };
}
