import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { afterAll } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Hub and preload as they stand now, as programs in a folder that goes with the test file; beside them the laboratory, for a process that is to be killed. */
export async function buildPrograms(): Promise<string> {
  const folder = mkdtempSync(join(root, 'node_modules/.cache/isolation-audit-verify-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  for (const [entry, format, name] of [
    ['hub', 'esm', 'hub.js'],
    ['preload', 'cjs', 'preload.cjs'],
    ['lab', 'esm', 'lab.js'],
  ] as const) {
    const bundle = await rolldown({
      cwd: root,
      input: entry === 'lab' ? 'src/verify/lab.ts' : `src/verify/${entry}/main.ts`,
      platform: 'node',
      external: (id) => !/^[./]/.test(id),
      resolve: { extensionAlias: { '.js': ['.ts'] } },
    });
    await bundle.write({ file: join(folder, name), format });
    await bundle.close();
  }
  return folder;
}
