// Imports modules of src as they stand now, without a build: types are stripped into a cache folder, nothing is checked.
// Knows nothing of what the modules say.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from 'rolldown/utils';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Calls `use` with a function that imports a file of src (`detectors/index.ts`) from these folders of src.
 *
 * @template T
 * @param {readonly string[]} folders
 * @param {(load: (path: string) => Promise<any>) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withSource(folders, use) {
  const cache = join(root, 'node_modules/.cache/isolation-audit');
  mkdirSync(cache, { recursive: true });
  // Inside node_modules, so that bare imports resolve to the packages of the project.
  const folder = mkdtempSync(join(cache, 'source-'));
  try {
    copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('.ts') && folders.includes(path.split(/[\\/]/)[0]),
    );
    for (const path of files) {
      const { code, errors } = transformSync(path, readFileSync(join(root, 'src', path), 'utf8'), {
        target: 'es2023',
        typescript: { onlyRemoveTypeImports: true },
      });
      if (errors.length > 0) throw new Error(`src/${path} cannot be read: ${errors[0].message}`);
      const made = join(folder, 'src', path.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(made), { recursive: true });
      writeFileSync(made, code);
    }
    return await use((path) => import(pathToFileURL(join(folder, 'src', path.replace(/\.ts$/, '.js'))).href));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
