import type { Layout, Runner } from '../model/runner.js';
import { joinPath } from './packages.js';
import type { Walk } from './walk.js';

/** A call that declares tests where nothing is imported: `describe('x', () => {`, `it.only(`. */
export const DECLARES_TESTS = /^\s*(?:describe|it|test|suite|context)(?:\.\w+)*\(\s*['"`]/m;
/** What `mocha` alone, or `mocha test`, searches. */
const IN_FOLDER = /^test(\/\*)?\.\{/;
const CODE = /\.[cm]?[jt]s$/;

/**
 * Files below `./test` that declare tests, where Mocha is told of no file and what lies in the folder itself is helpers: that it goes deeper is
 * said by something that the source does not show, an options file that is not handed over.
 */
export function deeperTests(
  runner: Runner,
  { dir, include }: Layout,
  found: readonly string[],
  walk: Walk,
  readText: (path: string) => string | undefined,
): readonly string[] {
  const folder = joinPath(dir, 'test');
  if (runner.id !== 'mocha' || folder === undefined || !include.every((each) => IN_FOLDER.test(each))) return [];
  const declares = (path: string): boolean => DECLARES_TESTS.test(readText(path) ?? '');
  if (found.some(declares)) return [];
  return walk.under(folder).filter((path) => CODE.test(path) && !path.endsWith('.d.ts') && !found.includes(path) && declares(path));
}
