/** What jscodeshift gives to a transform and takes from it, as far as ours use it; its types are not needed for that. */
export interface GivenFile {
  readonly path: string;
  readonly source: string;
}
export interface Api {
  /** Says something about the file in jscodeshift's own report. */
  report(message: string): void;
}
/** Text edits instead of a printed tree: what is not repaired stays as it is, byte for byte. */
export type Transform = (file: GivenFile, api: Api, options: { readonly plan?: unknown }) => string;
