import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Owns what tests about this repository read of it. Must not know what any rule or entry means. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export const has = (path: string): boolean => existsSync(join(root, path));
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const entries = (path: string, kind: 'isDirectory' | 'isFile'): readonly string[] =>
  has(path)
    ? readdirSync(join(root, path))
        .filter((name) => statSync(join(root, path, name))[kind]())
        .sort()
    : [];
export const folders = (path: string): readonly string[] => entries(path, 'isDirectory');
export const files = (path: string): readonly string[] => entries(path, 'isFile');

/** Every file that is or would be committed. */
export function tracked(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return listed.split('\n').filter((path) => path !== '' && has(path));
}

/** Names (without `.ts`) of a folder's files that hold one of the folder's things: those with a default export. */
export function members(folder: string): readonly string[] {
  if (!has(folder)) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && basename(path) !== 'index.ts' && /^export default\b/m.test(read(`${folder}/${path}`)))
    .map((path) => path.replace(/\.ts$/, ''))
    .sort();
}
