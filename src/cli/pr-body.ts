import { structuredPatch } from 'diff';
import type { Fixed, Repaired } from '../project/fix.js';
import type { SuiteLane } from '../project/lanes.js';
import type { FixCheck } from '../model/verdict.js';
import { fixSections } from '../reporters/markdown-verdicts.js';
import type { ChangedFile } from '../project/workshop.js';
import { grouped } from '../model/grouped.js';

/** Longer differences are left to the pull request itself. */
const MOST_LINES = 40;

/** The text of a pull request: for each resource what, why, before, after, and how it was checked. `checks` is what the tests have said, where they were run. */
export function prBody({ files, repaired, left, lanes }: Fixed, checks: readonly FixCheck[] = []): string {
  const parts = ['## Test isolation\n', summaryOf(repaired, files)];
  for (const [resource, list] of grouped(repaired, (each) => each.resource)) parts.push(sectionOf(resource, list, files));
  const needs = [...new Set(repaired.flatMap(({ plan }) => plan?.needs ?? []))];
  if (needs.length > 0) parts.push(`### Before this is merged\n\n${needs.map((each) => `- [ ] ${each}`).join('\n')}\n`);
  parts.push(
    `### How it was checked\n\nThe suite was scanned again with the changes in place: what is named here is gone, and nothing new is found. ${checks.length > 0 ? 'Its tests were run before and after, in the orders that break them:' : 'No test was run by `isolation-audit fix`: run the suite in parallel, several times, and once serially.'}\n`,
    ...fixSections(checks).map((each) => `${each}\n`),
  );
  if (left.length > 0) {
    const shown = left.map(({ rule, path, line, what, why }) => `- \`${path}:${line}\` ${rule}: ${what} Not repaired: ${why}.`);
    parts.push(`### Left to repair by hand\n\n${shown.join('\n')}\n`);
  }
  for (const lane of lanes) parts.push(`${laneSays(lane)}:\n\n\`\`\`sh\n${laneCommands(lane).join('\n')}\n\`\`\`\n`);
  return `${parts.join('\n').trimEnd()}\n`;
}

/** What the commands of a lane are for, as the beginning of a sentence that they end. */
export const laneSays = ({ files, dir, others }: SuiteLane): string =>
  `Until then ${files.length === 1 ? 'a test file needs a lane of its own' : `${files.length} test files need a lane of their own`}${dir === '' ? '' : ` in \`${dir}\``}, before or after the others${others === undefined ? ', which leave them out' : ''}`;

export const laneCommands = ({ alone, others }: SuiteLane): readonly string[] => (others === undefined ? [alone] : [alone, others]);

const summaryOf = (repaired: readonly Repaired[], files: readonly ChangedFile[]): string =>
  `${repaired.length + repaired.reduce((sum, { also }) => sum + also.length, 0)} findings of \`isolation-audit\` are repaired in ${files.length} files, so that these tests can run in parallel.\n`;

function sectionOf(resource: string, list: readonly Repaired[], files: readonly ChangedFile[]): string {
  const lines = [`### ${resource}\n`];
  for (const { what, whyItBreaks, says, plan, also } of list) {
    lines.push(
      `**What**: ${what}${also.length > 0 ? ` With it went ${also.length} more.` : ''}\n`,
      `**Why it breaks**: ${whyItBreaks}\n`,
      `**Change**: ${says}\n`,
    );
    if (plan)
      lines.push(`**Why this way** (\`${plan.strategy}\`): ${plan.why}${plan.refused.map((each) => ` Not \`${each.strategy}\`: ${each.why}.`).join('')}\n`);
  }
  const paths = new Set(list.flatMap((each) => each.paths));
  for (const { path, before, after } of files) {
    if (!paths.has(path)) continue;
    const body = structuredPatch(path, path, before, after, '', '', { context: 1 }).hunks.flatMap((hunk) => hunk.lines.map((line) => line.replace(/\r$/, '')));
    lines.push(`\`${path}\`, before (\`-\`) and after (\`+\`):\n`);
    lines.push(body.length > MOST_LINES ? `${body.length} lines; see the changes.\n` : `\`\`\`\`diff\n${body.join('\n')}\n\`\`\`\`\n`);
  }
  return lines.join('\n');
}
