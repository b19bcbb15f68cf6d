/** One simple command of a shell text, variables and substitutions left as text. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** Assignments before the first word. */
  readonly env: Readonly<Record<string, string>>;
  /** Range in the text. */
  readonly start: number;
  readonly end: number;
}

const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;
const KEYWORDS = new Set(['if', 'then', 'else', 'elif', 'fi', 'do', 'done', 'while', 'until', '!', '{', '}', 'time', 'exec', 'command', 'builtin']);

/**
 * Splits a shell text into simple commands. Not a shell: it reads the scripts people write in package.json, CI files and
 * `.sh` files. `${NAME:-text}` gives its default, `$(npm bin)/jest` the folder of installed commands; here documents are passed over.
 */
export function parseShell(text: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let start = 0;
  let at = 0;
  let hereEnd: string | undefined;
  const finish = (): void => {
    const command = commandOf(words, start, at);
    if (command) commands.push(command);
    words = [];
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n') {
      finish();
      at++;
      if (hereEnd !== undefined) at = afterHere(text, at, hereEnd);
      hereEnd = undefined;
    } else if (/\s/.test(char)) at++;
    else if (char === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) at = text.indexOf('\n', at) + 1;
    else if (char === '#') at = lineEnd(text, at);
    else if (text.startsWith('<<', at)) {
      const mark = /^<<<?-?\s*["']?([\w-]*)["']?/.exec(text.slice(at, at + 80));
      if (!text.startsWith('<<<', at)) hereEnd = mark?.[1] || undefined;
      at += mark?.[0].length ?? 2;
    } else if (/[;&|()]/.test(char) && !text.startsWith('&>', at)) {
      finish();
      at++;
    } else if (char === '>' || char === '<' || text.startsWith('&>', at)) {
      at += /^(?:&>|<|>)>?&?\s*/.exec(text.slice(at))?.[0].length ?? 1;
      at = readWord(text, at).end;
    } else {
      const word = readWord(text, at);
      if (words.length === 0) start = at;
      // A file descriptor belongs to its redirection: `2>&1`.
      if (!(/^\d$/.test(word.text) && /[<>]/.test(text[word.end] ?? ''))) words.push(word.text);
      at = Math.max(word.end, at + 1);
    }
  }
  finish();
  return commands;
}

function commandOf(words: readonly string[], start: number, end: number): ShellCommand | undefined {
  let first = 0;
  while (KEYWORDS.has(words[first] ?? '')) first++;
  const env: Record<string, string> = {};
  for (; ASSIGNMENT.test(words[first] ?? ''); first++) assign(env, words[first] ?? '');
  if (first === words.length && Object.keys(env).length === 0) return undefined;
  return { words: words.slice(first), env, start, end };
}

export function isAssignment(word: string): boolean {
  return ASSIGNMENT.test(word);
}

export function assign(env: Record<string, string>, word: string): void {
  const cut = word.indexOf('=');
  env[word.slice(0, cut).replace(/\+$/, '')] = word.slice(cut + 1);
}

function readWord(text: string, from: number): { text: string; end: number } {
  let word = '';
  let at = from;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (/[\s;&|()<>]/.test(char)) break;
    if (char === "'") {
      const close = closing(text, at + 1, "'");
      word += text.slice(at + 1, close);
      at = close + 1;
    } else if (char === '"') {
      for (at++; at < text.length && text[at] !== '"';) {
        if (text[at] === '\\' && /["\\$`\n]/.test(text[at + 1] ?? '')) {
          word += text[at + 1] === '\n' ? '' : (text[at + 1] ?? '');
          at += 2;
        } else if (text[at] === '$' || text[at] === '`') {
          const value = expansion(text, at);
          word += value.text;
          at = value.end;
        } else word += text[at++] ?? '';
      }
      at++;
    } else if (char === '\\') {
      word += text[at + 1] === '\n' ? '' : (text[at + 1] ?? '');
      at += 2;
    } else if (char === '$' || char === '`') {
      const value = expansion(text, at);
      word += value.text;
      at = value.end;
    } else {
      word += char;
      at++;
    }
  }
  return { text: word, end: at };
}

function expansion(text: string, at: number): { text: string; end: number } {
  if (text[at] === '`') {
    const close = closing(text, at + 1, '`');
    return { text: substituted(text.slice(at + 1, close)), end: close + 1 };
  }
  if (text.startsWith('${{', at)) {
    const close = text.indexOf('}}', at);
    const end = close < 0 ? text.length : close + 2;
    return { text: text.slice(at, end), end };
  }
  if (text.startsWith('$(', at)) {
    const end = balanced(text, at + 1, '(', ')');
    return { text: substituted(text.slice(at + 2, end - 1)), end };
  }
  if (text.startsWith('${', at)) {
    const end = balanced(text, at + 1, '{', '}');
    const fallback = /^[A-Za-z_]\w*:?[-=]([\s\S]*)$/.exec(text.slice(at + 2, end - 1));
    return { text: fallback ? unquoted(fallback[1] ?? '') : text.slice(at, end), end };
  }
  return { text: '$', end: at + 1 };
}

function unquoted(text: string): string {
  let word = '';
  for (let at = 0; at < text.length;) {
    const part = readWord(text, at);
    word += part.text;
    at = part.end;
    if (at < text.length && part.text === '') word += text[at++] ?? '';
    else if (at < text.length) word += text[at++] ?? '';
  }
  return word;
}

/** `$(yarn bin jest)` and `$(npm bin)` name installed commands; the value of anything else is not known. */
function substituted(inner: string): string {
  const bin = /^\s*(?:npm|yarn|pnpm)\s+bin(?:\s+(\S+))?\s*$/.exec(inner);
  if (bin) return bin[1] ? `node_modules/.bin/${bin[1]}` : 'node_modules/.bin';
  const which = /^\s*(?:which|command -v|type -p)\s+(\S+)\s*$/.exec(inner);
  return which?.[1] ?? `$(${inner})`;
}

function closing(text: string, from: number, quote: string): number {
  const found = text.indexOf(quote, from);
  return found < 0 ? text.length : found;
}

function balanced(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === "'" && open === '(') at = closing(text, at + 1, "'");
    else if (char === open) depth++;
    else if (char === close && --depth === 0) return at + 1;
  }
  return text.length;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function afterHere(text: string, from: number, mark: string): number {
  for (let at = from; at < text.length;) {
    const end = lineEnd(text, at);
    if (text.slice(at, end).trim() === mark) return end;
    at = end + 1;
  }
  return text.length;
}
