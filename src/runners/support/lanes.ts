/** A file as a word of a shell. */
const word = (file: string): string => (/^[\w./@-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`);

/** `--exclude a --exclude b`, or the files alone. */
export const named = (files: readonly string[], option?: string): string =>
  files.map((file) => (option === undefined ? word(file) : `${option} ${word(file)}`)).join(' ');
