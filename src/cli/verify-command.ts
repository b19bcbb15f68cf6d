import { resolve } from 'node:path';
import { UserError } from '../project/user-error.js';
import type { Report } from '../model/report.js';
import type { FixCheck } from '../model/verdict.js';
import type { VerifyRequest } from './arguments.js';
import { checkRoot } from './check-root.js';
import { deliver } from './deliver.js';
import { targets } from './outputs.js';
import { progressLine } from './progress.js';
import { untilInterrupted } from './signals.js';
import type { World } from './world.js';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Puts the findings to the test. The status is 1 when one of them is confirmed, or a fix does not hold. */
export async function verifyCommand(request: VerifyRequest, world: World): Promise<0 | 1> {
  const root = resolve(world.cwd, request.root);
  checkRoot(request.root, root);
  const wanted = targets(request, root, world.cwd);
  const budget = request.budget === undefined ? undefined : milliseconds(request.budget);
  const progress = progressLine(world.stderr);
  let report: Report;
  try {
    report = await untilInterrupted((signal) =>
      world.verify({
        root,
        ...(request.config === undefined ? {} : { config: resolve(world.cwd, request.config) }),
        ...(request.rules.length > 0 ? { rules: request.rules } : {}),
        ...(request.resource === undefined ? {} : { resource: request.resource }),
        ...(budget === undefined ? {} : { budget }),
        ...(request.against === undefined ? {} : { against: request.against }),
        ...(request.quiet ? {} : { onProgress: progress.show }),
        signal,
      }),
    );
  } finally {
    progress.clear();
  }
  await deliver(report, { wanted, root, color: request.color }, world);
  const isConfirmed = report.findings.some(({ verdict }) => verdict?.word === 'CONFIRMED' || verdict?.word === 'FLAKY-CONFIRMED');
  return isConfirmed || report.verification?.fixes?.checks.some(fails) ? 1 : 0;
}

function milliseconds(text: string): number {
  const [, number, unit] = /^(\d+)(s|m|h)$/.exec(text) ?? [];
  if (number === undefined) throw new UserError(`\`--budget ${text}\` is no time: write \`90s\`, \`10m\` or \`1h\`.`);
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}

/** Of a fix: what was proved before it still fails, or fails in another way. */
export const fails = ({ word }: FixCheck): boolean => word === 'NOT-FIXED' || word === 'BROKEN';
