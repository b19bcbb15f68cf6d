import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packages of the project and of others that the command loads. */
function loaded(...args: readonly string[]): { readonly packages: readonly string[]; readonly own: number; readonly status: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'isolation-audit-loads-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'modules.txt');
  const { status } = spawnSync(process.execPath, ['--require', join(root, 'test/e2e/recorder.cjs'), join(root, 'dist/cli/main.js'), ...args], {
    cwd: folder,
    env: { ...process.env, LOADED_MODULES: file, NODE_OPTIONS: '' },
  });
  const modules = readFileSync(file, 'utf8')
    .split('\n')
    .map((url) => url.replaceAll('\\', '/'));
  const names = modules.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
  return { packages: [...new Set(names)].sort(), own: new Set(modules.filter((url) => url.includes('/dist/'))).size, status };
}

describe('what a command loads', () => {
  test('`scan` loads no compiler, linter, codemod or container library', () => {
    const { packages, own } = loaded(
      'scan',
      join(root, 'fixtures/suites/leaked-env/vitest-saved-alias/collides'),
      '--no-cache',
      '--format',
      'json',
      '--output',
      '-',
    );
    expect(own).toBeGreaterThan(2);
    expect(packages).toContain('oxc-parser');
    const heavy = ['typescript', '@typescript-eslint/typescript-estree', 'ts-morph', 'eslint', 'jscodeshift', 'recast', 'diff', 'testcontainers'];
    expect(packages.filter((name) => heavy.includes(name))).toEqual([]);
  });

  test('`--version` loads nothing but itself', () => {
    const { packages, own, status } = loaded('--version');
    expect({ packages, status }).toEqual({ packages: [], status: 0 });
    expect(own).toBeLessThanOrEqual(2);
  });

  test('`--help` loads no parser', () => {
    const { packages, status } = loaded('--help');
    expect({ packages, status }).toEqual({ packages: ['commander'], status: 0 });
  });
});
