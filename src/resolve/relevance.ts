import type { Resolved } from '../model/abstract.js';

export interface RelevanceInput {
  /** Specifiers and traits of a file's text; nothing where it cannot be read. */
  outline(path: string): { readonly specifiers: readonly string[]; readonly touchesState: boolean } | undefined;
  resolveImport(from: string, specifier: string): Resolved;
  /** Whether calls into the package can claim, change or open anything. */
  acts(packageName: string): boolean;
  /** Whether a file acts whatever it imports. */
  isLibrary(path: string): boolean;
}

/** Whether a file, or anything that it imports, could act on the world. Each file is looked at once. */
export function createRelevance(input: RelevanceInput): (path: string) => boolean {
  const known = new Map<string, boolean>();
  const links = new Map<string, readonly string[] | true>();
  /** `true` where the file acts itself, else the files it imports. */
  const look = (path: string): readonly string[] | true => {
    const seen = links.get(path);
    if (seen) return seen;
    const outline = input.outline(path);
    let found: readonly string[] | true = [];
    if (outline?.touchesState || input.isLibrary(path)) found = true;
    else if (outline) {
      const files: string[] = [];
      for (const specifier of new Set(outline.specifiers)) {
        const target = input.resolveImport(path, specifier);
        if ('file' in target) files.push(target.file);
        else if ('package' in target && (input.acts(target.subpath ? `${target.package}/${target.subpath}` : target.package) || input.acts(target.package))) {
          found = true;
          break;
        }
      }
      if (found !== true) found = files;
    }
    links.set(path, found);
    return found;
  };
  return (start) => {
    const answer = known.get(start);
    if (answer !== undefined) return answer;
    const visited = new Set([start]);
    const queue = [start];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const found = look(path);
      if (found === true || known.get(path) === true) {
        known.set(start, true);
        return true;
      }
      for (const next of found) {
        if (known.get(next) === false || visited.has(next)) continue;
        visited.add(next);
        queue.push(next);
      }
    }
    // Nothing in the whole closure acts, so no file in it does.
    for (const path of visited) known.set(path, false);
    return false;
  };
}
