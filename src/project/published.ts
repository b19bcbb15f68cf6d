import type { PublishedPackage } from '../model/abstract.js';
import { isObject } from './json-file.js';
import type { Packages } from './packages.js';
import type { Walk } from './walk.js';
import { workspaceFile } from './workspace-file.js';

/** The packages that the project itself is: its tests import by path what everybody else imports by name. */
export function publishedPackages(walk: Walk, packages: Packages): PublishedPackage[] {
  return packages.all.flatMap((each) => {
    if (each.fixture || each.name === undefined || (each.dir !== '' && !each.member)) return [];
    const entry = workspaceFile(each, '', walk);
    const named = (field: string): string[] => (isObject(each.json[field]) ? Object.keys(each.json[field]) : []);
    return entry === undefined ? [] : [{ name: each.name, entry, dependencies: named('dependencies'), peers: named('peerDependencies') }];
  });
}
