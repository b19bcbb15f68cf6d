import { shellWord } from '../../model/shell.js';

/** `--exclude a --exclude b`, or the files alone. */
export const named = (files: readonly string[], option?: string): string =>
  files.map((file) => (option === undefined ? shellWord(file) : `${option} ${shellWord(file)}`)).join(' ');

/** A file where a runner reads a pattern: `any` stands for each letter that means something there, `?` in a glob and `.` in a regular expression. */
export const fitting = (file: string, any: '?' | '.'): string => file.replace(/[!$()*+?[\]{|}]/g, any);
