import { join, resolve } from 'node:path';
import { Chalk, type ChalkInstance } from 'chalk';
import { structuredPatch } from 'diff';
import { few, listed } from '../model/lists.js';
import type { FixCheck } from '../model/verdict.js';
import { fix, type Fixed, type FixOptions } from '../project/fix.js';
import type { ChangedFile } from '../project/workshop.js';
import { formatFiles } from '../project/format.js';
import { planFile } from '../project/plan-file.js';
import { uncommitted } from '../project/uncommitted.js';
import { UserError } from '../project/user-error.js';
import { replaceTogether, writeFileAtomic } from '../project/write-file.js';
import { count } from '../reporters/digest.js';
import { fixBlocks } from '../reporters/terminal-verdicts.js';
import type { FixRequest } from './arguments.js';
import { checkRoot } from './check-root.js';
import { colorLevel } from './colors.js';
import { laneCommands, laneSays, prBody } from './pr-body.js';
import { progressLine } from './progress.js';
import { untilInterrupted, whileWriting } from './signals.js';
import { fails, milliseconds } from './verify-command.js';
import type { World } from './world.js';

/** Repairs, or says what would be repaired. The status is that of a scan afterwards: 1 while something likely or certain is left. */
export async function fixCommand(request: FixRequest, world: World): Promise<0 | 1> {
  const root = resolve(world.cwd, request.root);
  checkRoot(request.root, root);
  if (request.interactive && !world.ask) throw new UserError('`--interactive` asks questions, and nobody sits at this terminal. Leave it out.');
  if (request.output !== undefined && !request.plan) throw new UserError('`--output` names the file of a plan: pass `--plan` too.');
  if (request.budget !== undefined && !request.verify) throw new UserError('`--budget` is the time for running tests: pass `--verify` too.');
  if (request.prepare !== undefined && !request.verify) throw new UserError('`--prepare` makes a server ready for running tests: pass `--verify` too.');
  const budget = request.budget === undefined ? undefined : milliseconds(request.budget);
  if (request.verify && (request.dryRun || request.plan))
    throw new UserError(`\`--verify\` runs the tests before and after the change: leave \`${request.dryRun ? '--dry-run' : '--plan'}\` out.`);
  const paint = new Chalk({ level: colorLevel(world, world.stdout, request.color) });
  const progress = progressLine(world.stderr);
  let fixed: Fixed;
  try {
    fixed = await fix({
      root,
      ...(request.config === undefined ? {} : { config: resolve(world.cwd, request.config) }),
      ...(request.rules.length > 0 ? { rules: request.rules } : {}),
      ...(request.resource === undefined ? {} : { resource: request.resource }),
      runtime: request.runtime,
      ...(request.interactive ? { confirm: asking(world, paint, () => progress.clear()) } : {}),
      onProgress: progress.show,
    });
  } finally {
    progress.clear();
  }
  const { files } = fixed;
  const isDry = request.dryRun || request.plan;
  const formatted: string[] = [];
  let checks: readonly FixCheck[] = [];
  if (!isDry && files.length > 0) {
    if (!request.force) {
      await checkCommitted(
        root,
        files.filter(({ isNew }) => isNew !== true),
      );
    }
    const change = async (): Promise<void> => {
      await whileWriting(() => {
        replaceTogether(files.map((file) => ({ ...file, path: join(root, file.path) })));
        return Promise.resolve();
      });
      if (request.format) formatted.push(...(await format(root, files)));
    };
    if (request.verify) checks = await proved(fixed, { root, request, budget, change }, world);
    else await change();
  }
  if (request.output !== undefined) writeFileAtomic(resolve(world.cwd, request.output), planFile(root, fixed));
  if (request.prBody !== undefined) writeFileAtomic(resolve(world.cwd, request.prBody), prBody(fixed, checks));
  world.stdout.write(request.plan ? plans(fixed, paint) : told(fixed, request, paint, formatted));
  if (checks.length > 0) world.stdout.write(`\n${fixBlocks(checks, { paint, flow: (text, indent) => indent + text }).join('\n')}\n`);
  return fixed.left.length > 0 || checks.some(fails) ? 1 : 0;
}

/** Makes the change between two runs of the tests that it is for. */
async function proved(
  { repaired }: Fixed,
  {
    root,
    request,
    budget,
    change,
  }: { readonly root: string; readonly request: FixRequest; readonly budget: number | undefined; readonly change: () => Promise<void> },
  world: World,
): Promise<readonly FixCheck[]> {
  const meant = new Set(repaired.flatMap((each) => [each, ...each.also]).map(({ rule, path, line }) => [rule, path, line].join('\0')));
  const progress = progressLine(world.stderr);
  try {
    return await untilInterrupted((signal) =>
      world.checkChange({
        root,
        ...(request.config === undefined ? {} : { config: resolve(world.cwd, request.config) }),
        isMeant: ({ rule, places: [{ path, region }] }) => meant.has([rule, path, region.startLine].join('\0')),
        ...(budget === undefined ? {} : { budget }),
        ...(request.prepare === undefined ? {} : { prepare: request.prepare }),
        change,
        onProgress: progress.show,
        signal,
      }),
    );
  } finally {
    progress.clear();
  }
}

async function format(root: string, files: readonly ChangedFile[]): Promise<string[]> {
  const ran = await formatFiles(
    root,
    files.map(({ path }) => path),
  );
  if (ran.length === 0) return ['Nothing was formatted: neither prettier nor eslint is installed in the project.'];
  return ran.map(({ tool, why }) => (why === undefined ? `Formatted with ${tool}.` : `${tool} ended with a complaint: ${why}`));
}

/** Shows a change and asks. */
function asking(world: World, paint: ChalkInstance, quiet: () => void): NonNullable<FixOptions['confirm']> {
  return async ({ finding: { rule, path, line, what }, says, files, needs }) => {
    quiet();
    const lines = [`${path}:${line}  ${paint.dim(rule)}  ${what}`, paint.bold(says), ...needs.map((each) => `  needs: ${each}`), ''];
    world.stdout.write(`${[...lines, ...files.flatMap((file) => diffOf(file, paint))].join('\n')}\n`);
    return /^y(?:es)?$/i.test((await world.ask!('Make this change? [y/N] ')).trim());
  };
}

async function checkCommitted(root: string, files: readonly ChangedFile[]): Promise<void> {
  const changed = await uncommitted(
    root,
    files.map((file) => file.path),
  );
  if (changed === undefined)
    throw new UserError('The project is in no git repository, so nothing could be taken back. Pass `--force` to change files all the same.');
  if (changed.length === 0) return;
  throw new UserError(`Uncommitted changes in ${listed(changed)}. Commit them first, or pass \`--force\`. Nothing has been changed.`);
}

function told({ files, repaired, left, lanes }: Fixed, request: FixRequest, paint: ChalkInstance, formatted: readonly string[]): string {
  const lines: string[] = [];
  if (request.diff) for (const file of files) lines.push(...diffOf(file, paint));
  const done = request.dryRun ? 'would be repaired' : 'repaired';
  const all = repaired.reduce((sum, { also }) => sum + 1 + also.length, 0);
  lines.push(paint.bold(all > 0 ? `${count(all, 'finding')} ${done} in ${count(files.length, 'file')}.` : 'Nothing is left that can be repaired.'));
  for (const { rule, paths, says } of repaired) lines.push(`  ${few(paths)}  ${paint.dim(rule)}  ${says}`);
  lines.push(...needed(repaired, paint), ...formatted, ...unrepaired(left, paint), ...apart(lanes, paint));
  return `${lines.join('\n')}\n`;
}

/** What was chosen for each resource, and why. */
function plans({ repaired, left, lanes }: Fixed, paint: ChalkInstance): string {
  const lines = [paint.bold(repaired.length > 0 ? `A way is known for ${count(repaired.length, 'finding')}. Nothing has been changed.` : 'No way is known.')];
  for (const { rule, resource, says, paths, plan, refused, also } of repaired) {
    lines.push('', `${paint.bold(resource)}  ${paint.dim(rule)}`, `  ${says}`);
    if (plan) lines.push(`  why ${plan.strategy}: ${plan.why}`);
    for (const each of plan?.refused ?? refused ?? []) lines.push(`  not ${each.strategy}: ${each.why}`);
    lines.push(`  files: ${few(paths)}`);
    for (const each of also) lines.push(`  also gone: ${each.path}:${each.line}  ${paint.dim(each.rule)}`);
  }
  return `${[...lines, ...needed(repaired, paint), ...unrepaired(left, paint), ...apart(lanes, paint)].join('\n')}\n`;
}

function needed(repaired: Fixed['repaired'], paint: ChalkInstance): string[] {
  const needs = [...new Set(repaired.flatMap(({ plan }) => plan?.needs ?? []))];
  return needs.length === 0 ? [] : ['', paint.bold('Needed for it:'), ...needs.map((each) => `  ${each}`)];
}

function unrepaired(left: Fixed['left'], paint: ChalkInstance): string[] {
  if (left.length === 0) return [];
  const shown = left.map(({ rule, path, line, what, why }) => `  ${path}:${line}  ${paint.dim(rule)}  ${what} No repair: ${why}.`);
  return ['', paint.bold(`${count(left.length, 'finding')} left to repair by hand.`), ...shown];
}

/** A lane of their own for files that cannot run beside each other yet. */
function apart(lanes: Fixed['lanes'], paint: ChalkInstance): string[] {
  return lanes.flatMap((lane) => ['', paint.bold(`${laneSays(lane)}:`), ...laneCommands(lane).map((command) => `  ${command}`)]);
}

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
