import { join, resolve } from 'node:path';
import { Chalk, type ChalkInstance } from 'chalk';
import { structuredPatch } from 'diff';
import { fix, type ChangedFile, type Fixed } from '../project/fix.js';
import { uncommitted } from '../project/uncommitted.js';
import { UserError } from '../project/user-error.js';
import { replaceTogether } from '../project/write-file.js';
import type { FixRequest } from './arguments.js';
import { checkRoot } from './check-root.js';
import { colorLevel } from './colors.js';
import { progressLine } from './progress.js';
import { whileWriting } from './signals.js';
import type { World } from './world.js';

/** Repairs, or says what would be repaired. The status is that of a scan afterwards: 1 while something likely or certain is left. */
export async function fixCommand(request: FixRequest, world: World): Promise<0 | 1> {
  const root = resolve(world.cwd, request.root);
  checkRoot(request.root, root);
  const progress = progressLine(world.stderr);
  let fixed: Fixed;
  try {
    fixed = await fix({
      root,
      ...(request.config === undefined ? {} : { config: resolve(world.cwd, request.config) }),
      ...(request.rules.length > 0 ? { rules: request.rules } : {}),
      ...(request.resource === undefined ? {} : { resource: request.resource }),
      onProgress: progress.show,
    });
  } finally {
    progress.clear();
  }
  const { files } = fixed;
  if (!request.dryRun && files.length > 0) {
    if (!request.force) await checkCommitted(root, files);
    await whileWriting(() => {
      replaceTogether(files.map((file) => ({ ...file, path: join(root, file.path) })));
      return Promise.resolve();
    });
  }
  const paint = new Chalk({ level: colorLevel(world, world.stdout, request.color) });
  world.stdout.write(told(fixed, request, paint));
  return fixed.left.length > 0 ? 1 : 0;
}

async function checkCommitted(root: string, files: readonly ChangedFile[]): Promise<void> {
  const changed = await uncommitted(
    root,
    files.map((file) => file.path),
  );
  if (changed === undefined)
    throw new UserError('The project is in no git repository, so nothing could be taken back. Pass `--force` to change files all the same.');
  if (changed.length === 0) return;
  const named = changed.slice(0, 5).map((path) => `\`${path}\``);
  const more = changed.length > 5 ? ` and ${changed.length - 5} more` : '';
  throw new UserError(`Uncommitted changes in ${named.join(', ')}${more}. Commit them first, or pass \`--force\`. Nothing has been changed.`);
}

function told({ files, repaired, left }: Fixed, request: FixRequest, paint: ChalkInstance): string {
  const lines: string[] = [];
  if (request.diff) for (const file of files) lines.push(...diffOf(file, paint));
  const done = request.dryRun ? 'would be repaired' : 'repaired';
  const all =
    repaired.length > 0
      ? `${count(repaired.length, 'finding')} ${done} in ${count(files.length, 'file')}.`
      : 'Nothing is left that can be repaired within a file.';
  lines.push(paint.bold(all));
  for (const { rule, paths, says } of repaired) lines.push(`  ${paths.join(', ')}  ${paint.dim(rule)}  ${says}`);
  if (left.length > 0) {
    lines.push('', paint.bold(`${count(left.length, 'finding')} left to repair by hand.`));
    for (const { rule, path, line, what, why } of left) lines.push(`  ${path}:${line}  ${paint.dim(rule)}  ${what} No repair: ${why}.`);
  }
  return `${lines.join('\n')}\n`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** One file in unified form. Carriage returns are left out: they are the same on both sides. */
function diffOf({ path, before, after }: ChangedFile, paint: ChalkInstance): string[] {
  const { hunks } = structuredPatch(path, path, before, after, '', '', { context: 3 });
  const lines = hunks.flatMap((hunk) => [
    paint.cyan(`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`),
    ...hunk.lines.map((each) => {
      const line = each.replace(/\r$/, '');
      return line.startsWith('+') ? paint.green(line) : line.startsWith('-') ? paint.red(line) : line;
    }),
  ]);
  return [paint.bold(`--- ${path}`), paint.bold(`+++ ${path}`), ...lines, ''];
}
