import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { root } from './tree.js';

/** A copy of what the scaffold reads and writes. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'isolation-audit-new-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const path of ['src', 'rules', 'scripts', 'docs', 'package.json', '.prettierrc.json', 'README.md']) {
    if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

const run = (folder: string, script: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [join('scripts', script), ...args], { cwd: folder, encoding: 'utf8' });

const NEW = [
  [
    'detector',
    'stale-clock',
    ['src/detectors/stale-clock.ts', 'docs/rules/stale-clock.md', 'fixtures/suites/stale-clock/first/collides/checks/orders.test.ts'],
    'src/detectors/index.ts',
  ],
  ['rule', 'stale-clock', ['rules/stale-clock.ts', 'test/rules/stale-clock.test.ts'], 'rules/index.ts'],
  ['catalogue', '@acme/store', ['src/catalogue/node/acme-store.ts', 'test/catalogue/node/acme-store.test.ts'], 'src/catalogue/index.ts'],
  ['runner', 'lab-test', ['src/runners/lab-test.ts', 'test/runners/lab-test.test.ts', 'docs/runners/lab-test.md'], 'src/runners/index.ts'],
  ['reporter', 'junit', ['src/reporters/junit.ts', 'test/reporters/junit.test.ts'], 'src/reporters/index.ts'],
] as const;

describe('npm run new', () => {
  test('writes one of each kind, names it in the index and leaves nothing stale', () => {
    const folder = copy();
    for (const [kind, name, files, index] of NEW) {
      expect(run(folder, 'new.mjs', kind, name)).toMatchObject({ status: 0, stderr: '' });
      expect(files.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
      expect(readFileSync(join(folder, index), 'utf8')).toContain(`/${name.replace('@', '').replace('/', '-')}.js'`);
    }
    expect(run(folder, 'generate.mjs', '--check')).toMatchObject({ status: 0, stdout: '' });
    const again = run(folder, 'new.mjs', 'runner', 'lab-test');
    expect(again.status).toBe(2);
    expect(again.stderr).toContain('choose another name');
  }, 180_000);

  test.each([[[]], [['detector']], [['plugin', 'x']], [['detector', 'NotKebab']], [['detector', 'a', 'b']]])(
    'refuses %j and names the kinds or the form',
    (args) => {
      const { status, stderr } = run(root, 'new.mjs', ...args);
      expect(status).toBe(2);
      expect(stderr).toMatch(/Kinds: detector, catalogue, runner, rule, reporter\.|needed is a rule id in kebab-case/);
    },
    60_000,
  );
});
