/** Marks on the lines of fixture files: what a scan must find there. Knows the comments, not the findings. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Mark {
  /** `finds`: a finding's primary place is on this line. `with`: another place of one. `misses`: a known gap. */
  readonly kind: 'finds' | 'with' | 'misses';
  readonly rule: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

const MARK = /(?:\/\/|#)\s*(finds|with|misses):\s*([a-z-]+(?:,\s*[a-z-]+)*)(?=\s*(?:$|\/\/|#|\*\/))/g;

export function marksIn(text: string, path: string): readonly Mark[] {
  return text
    .split(/\r?\n/)
    .flatMap((line, index) =>
      [...line.matchAll(MARK)].flatMap(([, kind = '', rules = '']) =>
        rules.split(/,\s*/).map((rule) => ({ kind: kind as Mark['kind'], rule, path, line: index + 1 })),
      ),
    );
}

/** All marks of a project; paths are relative to it, with forward slashes. */
export function marksOf(project: string): readonly Mark[] {
  return readdirSync(project, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((path) => marksIn(readFileSync(path, 'utf8'), path.slice(project.length + 1).replaceAll('\\', '/')));
}
