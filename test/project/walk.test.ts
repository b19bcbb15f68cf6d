import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ignoreFile } from '../../src/project/git-ignore.js';
import { UserError } from '../../src/project/user-error.js';
import { walk, walkOf } from '../../src/project/walk.js';
import { tree } from './tree.js';

describe('walk', () => {
  test('lists files with forward slashes, sorted, without installed packages and what git ignores', () => {
    const root = tree({
      '.gitignore': '*.log\n/generated/\n!keep.log\n',
      'a.ts': '',
      'keep.log': '',
      'debug.log': '',
      'dist/kept-because-nobody-ignores-it.js': '',
      'generated/a.ts': '',
      'src/.gitignore': 'local/\n',
      'src/local/secret.ts': '',
      'src/generated/b.ts': '',
      'node_modules/pg/index.js': '',
      '.git/config': '',
    });
    expect(walk(root).files).toEqual(['.gitignore', 'a.ts', 'dist/kept-because-nobody-ignores-it.js', 'keep.log', 'src/.gitignore', 'src/generated/b.ts']);
  });

  test('ends on a loop of links and lists no file twice', () => {
    const root = tree({ 'src/a.ts': '', '.env.shared': 'A=1' });
    symlinkSync(root, join(root, 'src', 'again'));
    symlinkSync(join(root, 'src', 'a.ts'), join(root, 'src', 'b.ts'));
    symlinkSync(join(root, '.env.shared'), join(root, '.env'));
    symlinkSync(join(root, 'nowhere'), join(root, 'broken'));
    expect(walk(root).files).toEqual(['.env', '.env.shared', 'src/a.ts']);
  });

  test('an unreadable folder is a gap and the rest goes on', () => {
    const root = tree({ 'a.ts': '', 'locked/b.ts': '' });
    chmodSync(join(root, 'locked'), 0);
    try {
      const found = walk(root);
      expect(found.files).toContain('a.ts');
      // Root reads everything: then there is nothing to report.
      if (process.getuid?.() !== 0) expect(found.gaps).toEqual([{ path: 'locked', why: 'no permission to read the folder' }]);
    } finally {
      chmodSync(join(root, 'locked'), 0o755);
    }
  });

  test('rules of the repository around the root count, unless they ignore the root itself', () => {
    const root = tree({ '.git/HEAD': '', '.gitignore': 'scratch/\n*.snap\n', 'app/a.ts': '', 'app/a.snap': '', 'scratch/b.ts': '', 'scratch/b.snap': '' });
    expect(walk(join(root, 'app')).files).toEqual(['a.ts']);
    expect(walk(join(root, 'scratch')).files).toEqual(['b.snap', 'b.ts']);
  });

  test('finds the files of a folder and not those of one with a longer name', () => {
    const found = walkOf('/r', ['a.ts', 'pkg-x/b.ts', 'pkg/a.ts', 'pkg/sub/b.ts', 'pkg0.ts'].sort());
    expect(found.under('pkg')).toEqual(['pkg/a.ts', 'pkg/sub/b.ts']);
    expect(found.under('')).toHaveLength(5);
  });

  test('says which folder is missing, and that a file is none', () => {
    const root = tree({ 'a.ts': '' });
    mkdirSync(join(root, 'empty'));
    expect(walk(join(root, 'empty')).files).toEqual([]);
    expect(() => walk(join(root, 'gone'))).toThrow(UserError);
    expect(() => walk(join(root, 'a.ts'))).toThrow(/it is a file/);
  });
});

describe('ignoreFile', () => {
  test.each([
    ['dist', 'packages/a/dist/', 'ignored'],
    ['/dist', 'packages/dist/', undefined],
    ['a/**/b', 'a/b', 'ignored'],
    ['a/**/b', 'a/x/y/b', 'ignored'],
    ['**/cache/', 'x/cache/', 'ignored'],
    ['**/cache/', 'x/cache', undefined],
    ['*.l[oa]g', 'x/y.lag', 'ignored'],
    ['doc/*.txt', 'doc/sub/a.txt', undefined],
    ['*.log\n!keep.log', 'keep.log', 'kept'],
    ['file\\ name', 'file name', 'ignored'],
    ['# comment', '# comment', undefined],
    ['report.*.json', 'report.20.json', 'ignored'],
  ])('%s on %s', (patterns, path, expected) => {
    expect(ignoreFile(patterns).test(path)).toBe(expected);
  });
});
