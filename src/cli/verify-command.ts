import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { UserError } from '../project/user-error.js';
import type { Report } from '../model/report.js';
import { isConfirmed, type FixCheck } from '../model/verdict.js';
import type { Repeat } from '../verify/index.js';
import type { VerifyRequest } from './arguments.js';
import { checkRoot } from './check-root.js';
import { deliver } from './deliver.js';
import { targets } from './outputs.js';
import { progressLine } from './progress.js';
import { replayCommand } from './replay-command.js';
import { untilInterrupted } from './signals.js';
import type { World } from './world.js';

const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Puts the findings to the test. The status is 1 when one of them is confirmed, a fix does not hold, or a test fails in parallel alone. */
export async function verifyCommand(request: VerifyRequest, world: World): Promise<0 | 1 | 2> {
  checkModes(request);
  const repeat = repeatOf(request);
  if (request.replay !== undefined) return replayCommand(request, request.replay, world);
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
        ...(request.prepare === undefined ? {} : { prepare: request.prepare }),
        reports: wanted.flatMap(({ file }) => file ?? []),
        ...(repeat ? { repeat } : {}),
        ...(request.discover ? { discover: true } : {}),
        ...(request.against === undefined ? {} : { against: request.against }),
        ...(request.quiet ? {} : { onProgress: progress.show }),
        signal,
      }),
    );
  } finally {
    progress.clear();
  }
  await deliver(report, { wanted, root, color: request.color }, world);
  const { fixes, repeated = [] } = report.verification ?? {};
  return report.findings.some(({ verdict }) => isConfirmed(verdict)) || fixes?.checks.some(fails) || repeated.some(({ failed }) => failed > 0) ? 1 : 0;
}

/** What is asked for in place of single findings, or of some of them, excludes all else that says what to run. */
function checkModes({ replay, runs, discover, against, rules, resource, budget, formats, output }: VerifyRequest): void {
  const whole = given({ '--runs': runs !== undefined, '--discover': discover });
  const chosen = given({ '--against': against !== undefined, '--rule': rules.length > 0, '--resource': resource !== undefined });
  const written = given({ '--budget': budget !== undefined, '--format': formats.length > 0, '--output': output !== undefined });
  const [first, other] = [...whole, ...chosen];
  const needless = first ?? written[0];
  if (replay !== undefined && needless !== undefined) throw new UserError(`\`--replay\` does one run and writes no report: leave \`${needless}\` out.`);
  if (whole.length === 0 || other === undefined) return;
  throw new UserError(
    `\`${first}\` runs whole suites, and \`${other}\` ${whole.includes(other) ? 'does so in another way' : 'chooses findings'}: leave one of them out.`,
  );
}

const given = (options: Readonly<Record<string, boolean>>): string[] => Object.keys(options).filter((name) => options[name]);

function repeatOf({ runs, workers, shuffle, twoRuns }: VerifyRequest): Repeat | undefined {
  if (runs === undefined) {
    const [lonely] = given({ '--workers': workers !== undefined, '--two-runs': twoRuns, '--shuffle': shuffle !== undefined });
    if (lonely !== undefined) throw new UserError(`\`${lonely}\` says how whole suites are run: pass \`--runs\` too.`);
    return undefined;
  }
  return {
    runs: whole('--runs', runs),
    workers: workers === undefined ? Math.max(2, availableParallelism()) : whole('--workers', workers),
    ...(twoRuns ? { twoAtOnce: true } : {}),
    ...(shuffle === undefined ? {} : { seed: shuffle === true ? randomInt(1_000_000) : whole('--shuffle', shuffle) }),
  };
}

function whole(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UserError(`\`${option} ${text}\` is no whole number above 0.`);
  return Number(text);
}

/** `--budget 30m`. */
export function milliseconds(text: string): number {
  const [, number, unit] = /^(\d+)(s|m|h)$/.exec(text) ?? [];
  if (number === undefined) throw new UserError(`\`--budget ${text}\` is no time: write \`90s\`, \`10m\` or \`1h\`.`);
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}

/** Of a fix: what was proved before it still fails, or fails in another way. */
export const fails = ({ word }: FixCheck): boolean => word === 'NOT-FIXED' || word === 'BROKEN';
