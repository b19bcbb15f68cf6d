/** What a caller may ask of a scan. Only the root is needed. */
export interface ScanOptions {
  /** Folder of the project. Paths in the report are relative to it. */
  readonly root: string;
  /** Configuration file; absent: the one in the root, if there is one. */
  readonly config?: string;
  /** Only these rules. */
  readonly rules?: readonly string[];
  /** Git ref: only findings with a place in a file that changed since then. */
  readonly since?: string;
  /** Baseline file: its findings are left out and counted. Absent: the one of the configuration; `false`: none at all. */
  readonly baseline?: string | false;
  /** Ask the project's types about receivers that imports and annotations do not explain. Slower. */
  readonly types?: boolean;
  /** Read and write the cache of facts. On unless switched off. */
  readonly cache?: boolean;
  /** Skip files whose text cannot hold a claim. On unless switched off; findings are the same. */
  readonly filter?: boolean;
  /** Also write what the ESLint plugin needs of the suite to this file; `true`: into the cache folder. */
  readonly index?: string | true;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}
