import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

interface Suite {
  readonly command?: string;
  /** By their names: what is installed here is installed there then, else nothing is. */
  readonly packages?: Readonly<Record<string, string>>;
}

/** A project whose tests stand in `checks/`, by the names of their files. It goes with the test that asks for it, and with all that lies beside it. */
export function suiteFolder(files: Readonly<Record<string, string>>, { command = 'node --test checks/', packages }: Suite = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'isolation-audit-suite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const root = join(folder, 'post');
  mkdirSync(join(root, 'checks'), { recursive: true });
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'post', private: true, scripts: { test: command }, dependencies: packages }));
  if (packages) symlinkSync(modules, join(root, 'node_modules'));
  else mkdirSync(join(root, 'node_modules'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, `checks/${name}.test.js`), text);
  return root;
}
