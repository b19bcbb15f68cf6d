import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedSince } from '../../src/project/since.js';
import { tree } from './tree.js';

function repository(files: Readonly<Record<string, string>>): { root: string; git: (...args: string[]) => void } {
  const root = tree(files);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: root,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@b',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@b',
  };
  const git = (...args: string[]): void => void execFileSync('git', args, { cwd: root, env, stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
  return { root, git };
}

test('gives what the branch, the index, the work tree and new files change, below the root', async () => {
  const { root, git } = repository({ 'api/a.ts': '1', 'api/b.ts': '1', 'api/old.ts': '1', 'web/c.ts': '1', '.gitignore': '*.log' });
  git('checkout', '-q', '-b', 'feature');
  writeFileSync(join(root, 'api/a.ts'), '2');
  git('commit', '-q', '-am', 'two');
  git('checkout', '-q', 'main');
  writeFileSync(join(root, 'web/c.ts'), 'changed on main only');
  git('commit', '-q', '-am', 'three');
  git('checkout', '-q', 'feature');
  writeFileSync(join(root, 'api/b.ts'), '2');
  writeFileSync(join(root, 'api/größe.ts'), '');
  writeFileSync(join(root, 'api/x.log'), '');
  rmSync(join(root, 'api/old.ts'));
  expect([...(await changedSince(root, 'main'))].sort()).toEqual(['api/a.ts', 'api/b.ts', 'api/größe.ts']);
  expect([...(await changedSince(join(root, 'api'), 'main'))].sort()).toEqual(['a.ts', 'b.ts', 'größe.ts']);
});

test('says what is wrong with the ref, the folder and the option', async () => {
  const { root } = repository({ 'a.ts': '' });
  await expect(changedSince(root, 'origin/gone')).rejects.toThrow(/knows no commit of that name.*fetch-depth/);
  await expect(changedSince(root, '--output=x')).rejects.toThrow(/names no git ref/);
  await expect(changedSince(tree({}), 'main')).rejects.toThrow(/not in a git repository/);
});
