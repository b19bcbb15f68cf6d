/** Suites as `fix` repairs them: which files change, to what, and that a second run has nothing to do. */
import { expect } from 'vitest';
import { fix, type FixOptions, type Fixed } from '../../src/project/fix.js';
import { tree } from '../project/tree.js';

export type Files = Readonly<Record<string, string | object>>;

export const manifest = (runner: string, script: string, more: object = {}): object => ({
  name: 'acme-shop',
  private: true,
  scripts: { test: script },
  devDependencies: { [runner]: '*' },
  ...more,
});
export const VITEST = { 'package.json': { ...manifest('vitest', 'vitest run'), type: 'module' } };

/** What has changed, and the result once more: nothing may be left to do. */
export async function planned(files: Files, options: Pick<FixOptions, 'runtime'> = {}): Promise<Fixed & { readonly after: Readonly<Record<string, string>> }> {
  const fixed = await fix({ root: tree(files), ...options });
  const after = Object.fromEntries(fixed.files.map((file) => [file.path, file.after]));
  const again = await fix({ root: tree({ ...files, ...after }), ...options });
  expect(again.files).toEqual([]);
  return { ...fixed, after };
}

export const reasons = ({ left }: Fixed): string[] => [...new Set(left.map(({ why }) => why))];
