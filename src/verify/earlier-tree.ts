/**
 * A project as it was at a git ref, in a worktree of its own below the system's temporary directory, with the packages that are installed now.
 * Nothing in the user's tree is changed; git knows of the worktree until it is removed.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { isAlive } from '../processes.js';
import { askGit, type Repository } from '../project/git-ref.js';
import { UserError } from '../project/user-error.js';

/** Stands before the id of the process that has made it. */
const PREFIX = 'isolation-audit-tree-';

/** Gives the work the project's folder in the earlier tree, and takes the tree away whatever comes of the work. */
export async function withEarlierTree<T>(root: string, ref: string, work: (earlier: string) => Promise<T>): Promise<T> {
  const repository = await askGit(root, '--against', ref);
  const { top, git } = repository;
  await sweep(repository);
  const place = mkdtempSync(join(realpathSync(tmpdir()), `${PREFIX}${process.pid}-`));
  try {
    const tree = join(place, 'tree');
    // No hook of the repository runs for it.
    await git(['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--detach', '--quiet', tree, `${ref}^{commit}`]);
    const earlier = join(tree, relative(top, realpathSync(root)));
    if (!existsSync(earlier)) throw new UserError(`\`--against ${ref}\`: the folder of the project is not in that commit. Name a later one.`);
    const manifests = (await git(['ls-tree', '-r', '-z', '--name-only', '--full-tree', `${ref}^{commit}`]))
      .split('\0')
      .filter((path) => basename(path) === 'package.json');
    for (const manifest of manifests) linkPackages(dirname(manifest), top, tree);
    return await work(earlier);
  } finally {
    await remove(repository, place);
  }
}

async function remove({ git }: Repository, place: string): Promise<void> {
  // Twice: also while git itself has been interrupted at making it. It may not know of it at all.
  await git(['worktree', 'remove', '--force', '--force', join(place, 'tree')]).catch(() => undefined);
  rmSync(place, { recursive: true, force: true, maxRetries: 3 });
}

/** Takes away what a process has left that was killed. */
async function sweep(repository: Repository): Promise<void> {
  for (const line of (await repository.git(['worktree', 'list', '--porcelain'])).split('\n')) {
    const place = dirname(line.slice('worktree '.length));
    const [, owner] = new RegExp(`^${PREFIX}(\\d+)-`).exec(basename(place)) ?? [];
    if (line.startsWith('worktree ') && owner !== undefined && !isAlive(Number(owner))) await remove(repository, place);
  }
}

/** Links what is installed for a package, one by one: a package of the project itself is the one of the tree. Caches of tools are left out. */
function linkPackages(folder: string, top: string, tree: string): void {
  const from = join(top, folder, 'node_modules');
  if (!existsSync(from)) return;
  for (const name of readdirSync(from)) {
    if (name.startsWith('.') && name !== '.bin' && name !== '.pnpm') continue;
    for (const each of name.startsWith('@') ? readdirSync(join(from, name)).map((own) => join(name, own)) : [name]) {
      const to = join(tree, folder, 'node_modules', each);
      if (existsSync(to)) continue;
      mkdirSync(dirname(to), { recursive: true });
      symlinkSync(source(join(from, each), top, tree), to, 'junction');
    }
  }
}

function source(installed: string, top: string, tree: string): string {
  if (!existsSync(installed)) return installed;
  const real = realpathSync(installed);
  const own = join(tree, relative(top, real));
  return real.startsWith(top + sep) && !real.split(sep).includes('node_modules') && existsSync(own) ? own : installed;
}
