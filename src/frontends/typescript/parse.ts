import type { Comment, Program } from 'oxc-parser';

export interface ParsedFile {
  readonly program: Program;
  readonly comments: readonly Pick<Comment, 'type' | 'value' | 'start' | 'end'>[];
}
/** Turns text into a tree; says the first error where there is no tree. */
export type Parse = (path: string, text: string) => ParsedFile | { readonly error: string; readonly at: number };
