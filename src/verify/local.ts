/** Which paths of this machine a finding is about. */
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource, ResourceKind } from '../model/claims.js';
import { alternatives, constantText } from '../model/names.js';
import { ROOT, TEMPORARY, WORKING_DIRECTORY } from '../model/paths.js';
import type { SuiteToRun } from '../project/suspects.js';
import type { Watch } from './preload/settings.js';

/** What tests share without a server between them. */
const LOCAL: readonly ResourceKind[] = ['filesystem', 'network-port'];

/** The paths that a name stands for, as far as it is constant. */
export const pathsNamed = (resource: Resource | undefined): readonly string[] =>
  resource?.kind === 'filesystem' ? alternatives(resource.name).flatMap((each) => constantText(each) ?? []) : [];

/** The paths to watch for a finding; none for a port, and nothing where it is about a server. */
export const pathsWatched = (resource: Resource | undefined): readonly string[] | undefined =>
  resource && LOCAL.includes(resource.kind) ? pathsNamed(resource) : undefined;

/** Paths are as names have them: below the root, the working directory, the folder for temporary files, or absolute. */
export function watchFor(paths: readonly string[], { dir }: SuiteToRun, root: string): Watch {
  const real = realpathSync(root);
  const folders: readonly (readonly [string, string])[] = [
    [WORKING_DIRECTORY, join(real, dir)],
    [ROOT, real],
    [TEMPORARY, tmpdir()],
  ];
  const placed = (path: string): string => {
    const [name, folder] = folders.find(([each]) => path === each || path.startsWith(`${each}/`)) ?? [];
    return name === undefined || folder === undefined ? path : join(folder, path.slice(name.length));
  };
  return {
    paths: paths.map((path) => placed(path).replace(/(.)[/\\]$/, '$1')),
    bases: [
      { folder: real, as: '' },
      { folder: tmpdir(), as: TEMPORARY },
    ],
  };
}
