import type { Command, RunnerUse, Schedule } from '../../model/runner.js';
import { listText } from '../../model/lists.js';

/** What a command or an option says about running files at the same time: `passes \`--runInBand\``. */
export interface Ruling {
  readonly overlap: 'parallel' | 'serial';
  readonly said: string;
  /** What it switches on is for looking closely: it speaks for the suite where no other command does. */
  readonly isAside?: true;
}
export interface Ground {
  readonly overlap: 'parallel' | 'serial';
  readonly reason: string;
  /** The option that decides it; absent for the runner's own default. */
  readonly key?: string;
}
export interface Verdict {
  readonly files: Schedule['files'];
  readonly notes: readonly string[];
  /** The command that decided, when one did. */
  readonly command?: Command;
}

const CHIEF = /^(?:test|ci)$/;
const MAIN = /^(?:test|tests|ci)(?:[:\-_./].*)?$/;
/** Scripts for looking closely at one test run serially for that reason alone. */
const ASIDE = /debug|watch|trace|inspect|update|snap|bench|profil|perf|leak|(?:^|[:\-_])ui(?:$|[:\-_])/i;

const scriptOf = (command: Command): string | undefined => /\bscript\s+`?([^\s`]+)/.exec(command.from)?.[1];
const isWorkflow = (command: Command): boolean => /^workflow\b/.test(command.from);
const isChief = (command: Command): boolean => isWorkflow(command) || CHIEF.test(scriptOf(command) ?? '');
function isMain(command: Command): boolean {
  const script = scriptOf(command);
  return isWorkflow(command) || (script !== undefined && MAIN.test(script) && !ASIDE.test(script));
}

/** The commands that stand for the suite; all, when none looks like its main command. */
export function mainCommands(use: RunnerUse): readonly Command[] {
  const main = use.commands.filter(isMain);
  return main.length > 0 ? main : use.commands.filter((command) => !ASIDE.test(scriptOf(command) ?? ''));
}

/** May files overlap? A main command that forces a serial run wins, then one that switches parallel runs on, then the configuration. */
export function overlapOf(use: RunnerUse, ground: Ground, ruling: (command: Command) => Ruling | undefined): Verdict {
  const commands = mainCommands(use);
  const certain = commands.some(isMain);
  const ruled = commands.map((command) => ({ command, ruling: ruling(command) }));
  const one = ruled.filter((each) => each.ruling?.overlap === 'serial');
  const serial = one.length < ruled.length ? one.filter((each) => !each.ruling?.isAside) : one;
  const parallel = ruled.filter((each) => each.ruling?.overlap === 'parallel');
  const tell = ({ command, ruling: said }: (typeof ruled)[number]): string => `${command.from} ${said!.said}`;
  const place = ({ command }: (typeof ruled)[number]) => (command.at ? { at: command.at } : {});

  // What the package says itself is told before what a script further up hands on to it.
  const first = serial.find(({ command }) => isChief(command) && command.at?.path === manifestOf(use)) ?? serial[0];
  if (first && (certain || serial.length === ruled.length)) {
    const others = ruled.filter((each) => (each.ruling?.overlap ?? ground.overlap) === 'parallel').map((each) => each.command.from);
    return {
      files: { overlap: 'serial', by: 'command', reason: tell(first), ...place(first) },
      notes: others.length > 0 ? [`Commands disagree: ${tell(first)}, ${listText(others)} ${others.length > 1 ? 'run' : 'runs'} test files in parallel.`] : [],
      command: first.command,
    };
  }
  const switched = parallel.find(({ command }) => isChief(command)) ?? (parallel.length === ruled.length ? parallel[0] : undefined);
  if (switched && ground.overlap === 'serial') {
    const others = ruled.filter((each) => !each.ruling).map((each) => each.command.from);
    return {
      files: { overlap: 'parallel', by: 'command', reason: tell(switched), ...place(switched) },
      notes: others.length > 0 ? [`Commands disagree: ${tell(switched)}, ${listText(others)} ${others.length > 1 ? 'do' : 'does'} not.`] : [],
      command: switched.command,
    };
  }
  const at = ground.key === undefined ? undefined : use.optionPlaces?.[ground.key];
  const strays = ruled.filter((each) => each.ruling && each.ruling.overlap !== ground.overlap);
  return {
    files: { overlap: ground.overlap, by: ground.key === undefined ? 'default' : 'config', reason: ground.reason, ...(at ? { at } : {}) },
    notes: strays.map((each) => `Commands disagree: ${tell(each)}.`),
  };
}

const manifestOf = ({ dir }: RunnerUse): string => (dir === '' ? 'package.json' : `${dir}/package.json`);

/** `\`test.pool\` in vitest.config.ts`, for a reason. */
export const optionText = (use: RunnerUse, text: string): string => (use.configPath ? `\`${text}\` in ${use.configPath}` : `\`${text}\` in its configuration`);
