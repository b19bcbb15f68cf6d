import { posix } from 'node:path';
import type { Environment } from './environment.js';
import { isWithin } from '../model/paths.js';
import { dirOf } from './packages.js';

/** Images that take the settings of the official ones, by the last word of their name. */
const USABLE: Readonly<Record<string, RegExp>> = {
  redis: /^(?:redis|valkey|redis-stack(?:-server)?)$/,
  postgresql: /^(?:postgres|postgis|timescaledb|pgvector)$/,
  mysql: /^(?:mysql|mariadb)$/,
  mongodb: /^mongo$/,
  neo4j: /^neo4j$/,
};
/** Theirs have the names of the official ones, and settings of their own. */
const OTHERWISE = /(?:^|\/)bitnami\w*\//;

/** The images on which the project itself runs the tests of a folder, by kind of resource: those of CI first, then of compose files for tests, then of others. */
export function imagesFor({ services }: Pick<Environment, 'services'>, dir: string): Readonly<Record<string, string>> {
  const usable = services.flatMap(({ kind, image, at }) => {
    // What an expression gives is known only to those who run it.
    if (image === undefined || image.includes('$') || OTHERWISE.test(image) || !USABLE[kind]?.test(nameOf(image))) return [];
    return [{ kind, image, rank: rankOf(at.path, dir) }];
  });
  const images: Record<string, string> = {};
  for (const { kind, image } of usable.sort((a, b) => a.rank - b.rank)) images[kind] ??= image;
  return images;
}

function rankOf(path: string, dir: string): number {
  if (!/compose[^/]*$/.test(path)) return 0;
  const folder = dirOf(path);
  const isNear = isWithin(dir, folder) || isWithin(folder, dir);
  return (isNear ? 0 : 2) + (/test|ci|e2e/.test(posix.basename(path)) ? 1 : 2);
}

/** `registry.example:5000/library/redis:7-alpine@sha256:...` is `redis`. */
const nameOf = (image: string): string => /([^/:@]+)(?::[^/@]*)?(?:@.*)?$/.exec(image)?.[1] ?? '';
