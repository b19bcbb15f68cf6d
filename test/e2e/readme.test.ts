import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test('the README shows what the command prints, and the bundled report is what it writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'isolation-audit-readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const shop = join(folder, 'fixtures/shop');
  cpSync(join(root, 'fixtures/shop'), shop, { recursive: true });
  rmSync(join(shop, 'test-isolation-audit.md'));

  const { status, stdout } = spawnSync(process.execPath, [join(root, 'dist/cli/main.js'), 'scan', 'fixtures/shop', '--no-cache'], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '80' },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  const [, shown] = /```text\n\$ npx isolation-audit scan fixtures\/shop\n([\s\S]*?)\n```/.exec(readme) ?? [];
  expect(stdout).toContain(shown);
  expect(readFileSync(join(shop, 'test-isolation-audit.md'), 'utf8')).toBe(readFileSync(join(root, 'fixtures/shop/test-isolation-audit.md'), 'utf8'));
});

test('the test command of the README is the one CI runs', () => {
  expect(readme).toContain('npm ci && npm test\n');
  expect(readFileSync(join(root, '.ci/run'), 'utf8')).toMatch(/^step tests npm test$/m);
});
