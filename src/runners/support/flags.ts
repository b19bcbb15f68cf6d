/** Flags of a command, by canonical camel-case name; a bare flag is 'true', a negated one 'false'. Repeated flags keep every value. */
export interface Flags {
  readonly named: ReadonlyMap<string, readonly string[]>;
  /** Words that belong to no flag. */
  readonly rest: readonly string[];
}

export interface Grammar {
  /** How many words name the runner: 2 for `playwright test`. */
  readonly skip?: number;
  /** Flags that take the next word. */
  readonly values: readonly string[];
  /** Flags that take all words up to the next flag: Jest's `--projects a b`. */
  readonly lists?: readonly string[];
  /** Flags that take the next word only when it does not look like a flag or a path: Playwright's `--debug [mode]`. */
  readonly optional?: Readonly<Record<string, readonly string[]>>;
  /** Other spellings, dashes dropped: `{ w: 'maxWorkers' }`. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** Names in one text, by blanks. */
export const names = (text: string): readonly string[] => text.split(/\s+/);

const camel = (name: string): string => name.replace(/-+(\w)/g, (_, letter: string) => letter.toUpperCase());

export function readFlags(words: readonly string[], grammar: Grammar): Flags {
  const named = new Map<string, string[]>();
  const rest: string[] = [];
  const canonical = (raw: string): string => grammar.aliases?.[raw] ?? grammar.aliases?.[camel(raw)] ?? camel(raw);
  const add = (name: string, value: string): void => void named.set(name, [...(named.get(name) ?? []), value]);
  const isFlag = (word: string | undefined): boolean => word?.startsWith('-') ?? false;

  for (let at = grammar.skip ?? 1; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--' || word === '-') continue;
    if (!isFlag(word)) {
      rest.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const bare = word.slice(0, equals < 0 ? undefined : equals).replace(/^-+/, '');
    if (equals >= 0) {
      add(canonical(bare), word.slice(equals + 1));
      continue;
    }
    const name = canonical(bare);
    const next = words[at + 1];
    if (grammar.lists?.includes(name)) {
      while (at + 1 < words.length && !isFlag(words[at + 1])) add(name, words[++at]!);
    } else if (grammar.values.includes(name)) {
      if (next !== undefined && (!isFlag(next) || /^-\d/.test(next))) add(name, words[++at]!);
      else add(name, 'true');
    } else if (grammar.optional?.[name]) {
      if (next !== undefined && grammar.optional[name].includes(next)) add(name, words[++at]!);
      else add(name, 'true');
    } else if (word.startsWith('--no-')) add(canonical(bare.slice(3)), 'false');
    else if (/^-[A-Za-z]{2,}$/.test(word)) readShort(word.slice(1));
    // `--fileParallelism false`: a boolean flag may have its value as a word of its own.
    else if (next === 'true' || next === 'false') add(name, words[++at]!);
    else add(name, 'true');
  }
  return { named, rest };

  /** `-j4`, `-w2` and grouped booleans: `-is`. */
  function readShort(letters: string): void {
    if (grammar.aliases?.[letters] !== undefined) return add(canonical(letters), 'true');
    for (const letter of letters) add(canonical(letter), 'true');
  }
}

/** `-j4` is one word for flag and value; written apart, every grammar reads it. */
export function splitShort(words: readonly string[], letters: string): string[] {
  return words.flatMap((word) => {
    const match = new RegExp(`^-([${letters}])=?(\\d+%?)$`).exec(word);
    return match ? [`-${match[1]!}`, match[2]!] : [word];
  });
}

export const flag = (flags: Flags, name: string): string | undefined => flags.named.get(name)?.at(-1);
export const flagList = (flags: Flags, name: string): readonly string[] => flags.named.get(name) ?? [];
/** A flag that is on, off, or not there. */
export function flagOn(flags: Flags, name: string): boolean | undefined {
  const value = flag(flags, name);
  return value === undefined ? undefined : !/^(false|0|no)$/.test(value);
}
