import { openFactCache, stampOf, type FactCache } from './fact-cache.js';
import { findPackages, type Packages } from './packages.js';
import { createResolver, type ResolveImport } from './resolve-import.js';
import type { Walk } from './walk.js';
import { isCiFile, readCi, type Ci } from './workflows.js';

/*
 * src/project owns the disk: which files there are, what package.json, CI files and configurations say, where imports lead, and
 * what is written. Only scan.ts and the report's files know findings and reach core; knowledge of runners and of JavaScript configs comes in as parameters.
 */

export interface Project {
  readonly walk: Walk;
  readonly packages: Packages;
  readonly ci: Ci;
  readonly resolve: ResolveImport;
  readonly cache?: FactCache;
  /** The text of a file of the project; nothing where it cannot be read. */
  readonly readText: (path: string) => string | undefined;
}

/** What can be known before any configuration is read. With the tool's version, what earlier runs have found out is used and kept. */
export function openProject(files: Walk, version?: string): Project {
  const packages = findPackages(files);
  const cache = version === undefined ? undefined : openFactCache(files, version);
  const ciPaths = files.files.filter(isCiFile);
  return {
    ...(cache ? { cache } : {}),
    walk: files,
    packages,
    ci: cache ? cache.remember('ci', stampOf(ciPaths, files), () => readCi(files, ciPaths)) : readCi(files, ciPaths),
    resolve: createResolver(files, packages),
    readText: (path) => files.read(path).text,
  };
}
