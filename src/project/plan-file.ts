import { resolve } from 'node:path';
import type { Fixed } from './fix.js';
import type { ChangedFile } from './workshop.js';
import { UserError } from './user-error.js';

const MARK = 'isolation-audit plan';
const VERSION = 1;

/** What a plan file holds: the texts of all files before and after. */
export interface PlanFile {
  /** Absolute. */
  readonly root: string;
  readonly files: readonly ChangedFile[];
}

/** The changes of a fix for others to apply. */
export const planFile = (root: string, { files, repaired }: Fixed): string =>
  `${JSON.stringify({ kind: MARK, version: VERSION, root: resolve(root), repaired, files }, undefined, 2)}\n`;

export function readPlanFile(path: string, text: string): PlanFile {
  let read: Partial<PlanFile> & { readonly kind?: string; readonly version?: number };
  try {
    read = JSON.parse(text) as typeof read;
  } catch (error) {
    throw new UserError(`${path} is no JSON. Write it anew: \`isolation-audit fix --plan --output ${path}\`.`, { cause: error });
  }
  if (read.kind !== MARK || read.version !== VERSION || read.root === undefined || read.files === undefined)
    throw new UserError(`${path} is no plan of this version. Write it anew: \`isolation-audit fix --plan --output ${path}\`.`);
  return { root: read.root, files: read.files };
}
