import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root } from './tree.js';

test('generated files are current', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/generate.mjs', '--check'], { cwd: root, encoding: 'utf8' });
  expect(stdout + stderr).toBe('');
  expect(status).toBe(0);
}, 60_000);
