import { Command, CommanderError, Option } from 'commander';
import type { Confidence } from '../model/finding.js';
import type { World } from './world.js';

export type Threshold = Confidence | 'never';

export interface ScanRequest {
  readonly kind: 'scan';
  readonly root: string;
  readonly formats: readonly string[];
  readonly output?: string;
  readonly config?: string;
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  readonly failOn?: Threshold;
  readonly since?: string;
  /** A file, or `true` for the one in the cache folder. */
  readonly index?: string | true;
  readonly rules: readonly string[];
  readonly types: boolean;
  readonly cache: boolean;
  readonly filter: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}
export interface FixRequest {
  readonly kind: 'fix';
  readonly root: string;
  readonly config?: string;
  readonly rules: readonly string[];
  readonly resource?: string;
  readonly dryRun: boolean;
  /** Only the choices, each with its reason. */
  readonly plan: boolean;
  readonly interactive: boolean;
  /** A file for the plan, which the codemods apply. */
  readonly output?: string;
  /** A file for the text of a pull request. */
  readonly prBody?: string;
  /** Whether repairs may call the library for the tests. */
  readonly runtime: boolean;
  /** Run the project's own formatter over what has changed. */
  readonly format: boolean;
  /** Run the tests before and after. */
  readonly verify: boolean;
  readonly budget?: string;
  readonly prepare?: string;
  readonly diff: boolean;
  readonly force: boolean;
  readonly color: boolean;
}
export interface VerifyRequest {
  readonly kind: 'verify';
  readonly root: string;
  readonly formats: readonly string[];
  readonly output?: string;
  readonly config?: string;
  readonly rules: readonly string[];
  readonly resource?: string;
  /** As typed: `10m`. */
  readonly budget?: string;
  readonly prepare?: string;
  readonly against?: string;
  readonly discover: boolean;
  /** A run as a report tells it. */
  readonly replay?: string;
  /** As typed, like those below. */
  readonly runs?: string;
  readonly workers?: string;
  readonly twoRuns: boolean;
  /** A number, or `true` for any. */
  readonly shuffle?: string | true;
  readonly quiet: boolean;
  readonly color: boolean;
}
export type Request =
  | ScanRequest
  | FixRequest
  | VerifyRequest
  | { readonly kind: 'explain'; readonly rule?: string; readonly color: boolean }
  | { readonly kind: 'init'; readonly root: string }
  /** Help was printed, or a fault of the arguments. */
  | { readonly kind: 'answered'; readonly status: 0 | 2 };

export const commands = ['scan', 'verify', 'fix', 'explain', 'init'] as const;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

const listed = (values: readonly string[] = []): readonly string[] =>
  values
    .flatMap((each) => each.split(','))
    .map((each) => each.trim())
    .filter(Boolean);

interface FixFlags {
  config?: string;
  rule?: readonly string[];
  resource?: string;
  dryRun?: boolean;
  plan?: boolean;
  output?: string;
  interactive?: boolean;
  prBody?: string;
  runtime: boolean;
  format?: boolean;
  verify?: boolean;
  budget?: string;
  prepare?: string;
  diff?: boolean;
  force?: boolean;
  color: boolean;
}

interface VerifyFlags {
  format?: readonly string[];
  output?: string;
  config?: string;
  rule?: readonly string[];
  resource?: string;
  budget?: string;
  prepare?: string;
  against?: string;
  discover?: boolean;
  replay?: string;
  runs?: string;
  workers?: string;
  twoRuns?: boolean;
  shuffle?: string | true;
  quiet?: boolean;
  color: boolean;
}

interface ScanFlags {
  format?: readonly string[];
  output?: string;
  config?: string;
  baseline?: string;
  updateBaseline?: boolean;
  failOn?: Threshold;
  since?: string;
  index?: string | true;
  rule?: readonly string[];
  types?: boolean;
  cache: boolean;
  filter: boolean;
  quiet?: boolean;
  color: boolean;
}

/** The command line in commander's words; docs/cli.md is tested against it. */
export function program(version: string, give: (request: Request) => void): Command {
  const top = new Command('isolation-audit')
    .description(
      'Finds what stops a test suite from running in parallel. `verify` and `fix --verify` run the tests to prove what was found, all else only reads the source.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText(
      'after',
      '\n`scan` is meant when no command is named: `isolation-audit scan --help` has its options.\nExit status: 0 nothing at or above --fail-on, 1 findings at or above it, 2 the work could not be done.',
    );
  top
    .command('scan', { isDefault: true })
    .description('audit the test suite and write test-isolation-audit.md')
    .argument('[root]', 'folder of the project', '.')
    .option('-f, --format <name[=file]>', 'markdown, html, json, sarif, github or terminal; several with commas or repeated', collect)
    .option('-o, --output <file>', 'file of the first format without its own; - is standard output')
    .option('-c, --config <file>', 'configuration file instead of the one in the root')
    .option('--baseline <file>', 'leave out the findings that this file lists')
    .option('--update-baseline', 'write the findings of this scan to the baseline file')
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 for findings at this confidence or above; likely when nothing is said').choices([
        'certain',
        'likely',
        'possible',
        'never',
      ]),
    )
    .option('--since <ref>', 'report only what the change since a git ref touches')
    .option('--rule <id>', 'run only this rule; can be repeated', collect)
    .option('--index [file]', 'also write what the ESLint plugin needs to know of the suite; in the cache folder unless a file is named')
    .option('--types', "ask the project's types where imports and annotations do not tell; slower")
    .option('--no-cache', 'neither read nor write the cache')
    .option('-q, --quiet', 'print no summary and no progress')
    .option('--no-color', 'print without colours')
    .addOption(new Option('--no-filter', 'parse every file').hideHelp())
    .action((root: string, flags: ScanFlags) => {
      give({
        kind: 'scan',
        root,
        formats: flags.format ?? [],
        ...(flags.output === undefined ? {} : { output: flags.output }),
        ...(flags.config === undefined ? {} : { config: flags.config }),
        ...(flags.baseline === undefined ? {} : { baseline: flags.baseline }),
        updateBaseline: flags.updateBaseline === true,
        ...(flags.failOn === undefined ? {} : { failOn: flags.failOn }),
        ...(flags.since === undefined ? {} : { since: flags.since }),
        ...(flags.index === undefined ? {} : { index: flags.index }),
        rules: listed(flags.rule),
        types: flags.types === true,
        cache: flags.cache,
        filter: flags.filter,
        quiet: flags.quiet === true,
        color: flags.color,
      });
    });
  top
    .command('verify')
    .description('run the tests that the findings name, in the orders that break them, and say which findings are true')
    .argument('[root]', 'folder of the project', '.')
    .option('-f, --format <name[=file]>', 'markdown, html, json, sarif, github or terminal; several with commas or repeated', collect)
    .option('-o, --output <file>', 'file of the first format without its own; - is standard output')
    .option('-c, --config <file>', 'configuration file instead of the one in the root')
    .option('--rule <id>', 'try only what this rule finds; can be repeated', collect)
    .option('--resource <name>', 'try only what is found about this resource, named as in the report')
    .option('--against <ref>', 'try what was found at this git ref and is found no more, there and here, and say whether it is fixed')
    .option('--discover', 'in place of single findings watch each suite whole, and say what its test files share on servers, found by the scan or not')
    .option('--replay <run>', 'do one run again that a report tells, write no report, and say whether the same test fails')
    .option('--runs <n>', 'in place of single findings run each suite whole, so often in parallel, and say what that proves')
    .option('--workers <n>', 'with --runs: workers of a parallel run; as many as there are processors when nothing is said')
    .option('--two-runs', 'with --runs: each time two runs at once, as two jobs on one machine start them')
    .option('--shuffle [seed]', 'with --runs: begin files in another order in each run, drawn with this number')
    .option('--prepare <command>', 'run this once on the empty server, and begin each run with what it has made: `npm run migrate`; PostgreSQL only')
    .option('--budget <time>', 'begin nothing new after this time, 10m when nothing is said; the surest findings come first')
    .option('-q, --quiet', 'print no summary and no progress')
    .option('--no-color', 'print without colours')
    .action((root: string, flags: VerifyFlags) => {
      give({
        kind: 'verify',
        root,
        formats: flags.format ?? [],
        ...(flags.output === undefined ? {} : { output: flags.output }),
        ...(flags.config === undefined ? {} : { config: flags.config }),
        rules: listed(flags.rule),
        ...(flags.resource === undefined ? {} : { resource: flags.resource }),
        ...(flags.budget === undefined ? {} : { budget: flags.budget }),
        ...(flags.prepare === undefined ? {} : { prepare: flags.prepare }),
        ...(flags.against === undefined ? {} : { against: flags.against }),
        discover: flags.discover === true,
        ...(flags.replay === undefined ? {} : { replay: flags.replay }),
        ...(flags.runs === undefined ? {} : { runs: flags.runs }),
        ...(flags.workers === undefined ? {} : { workers: flags.workers }),
        twoRuns: flags.twoRuns === true,
        ...(flags.shuffle === undefined ? {} : { shuffle: flags.shuffle }),
        quiet: flags.quiet === true,
        color: flags.color,
      });
    });
  top
    .command('fix')
    .description('repair the suite: hooks that put things back, and a database, port or path of its own for each worker')
    .argument('[root]', 'folder of the project', '.')
    .option('-c, --config <file>', 'configuration file instead of the one in the root')
    .option('--rule <id>', 'repair only what this rule finds; can be repeated', collect)
    .option('--resource <name>', 'repair only what is found about this resource, named as in the report')
    .option('--plan', 'change nothing, only say what would be chosen for each resource, why, and what it needs')
    .option('-o, --output <file>', 'with --plan: write the plan, for the codemods to apply')
    .option('--dry-run', 'change nothing, only say what would be done')
    .option('-i, --interactive', 'ask before each change')
    .option('--pr-body <file>', 'write what was changed, why and how it was checked, as the text of a pull request')
    .option('--no-runtime', 'write plain code, which needs nothing of isolation-audit to run, and leave what only its library does safely')
    .option('--format', "run the project's own prettier and eslint --fix on the files that change")
    .option('--verify', 'run the tests that the findings name before and after the change, and say which are fixed')
    .option('--prepare <command>', 'with --verify: run this once on the empty server, and begin each run with what it has made; PostgreSQL only')
    .option('--budget <time>', 'with --verify: begin nothing new after this time, before and after together; 10m when nothing is said')
    .option('--diff', 'show the changes line by line')
    .option('--force', 'also change files with uncommitted changes, and files that git does not know')
    .option('--no-color', 'print without colours')
    .action((root: string, flags: FixFlags) => {
      give({
        kind: 'fix',
        root,
        ...(flags.config === undefined ? {} : { config: flags.config }),
        rules: listed(flags.rule),
        ...(flags.resource === undefined ? {} : { resource: flags.resource }),
        dryRun: flags.dryRun === true,
        plan: flags.plan === true,
        ...(flags.output === undefined ? {} : { output: flags.output }),
        interactive: flags.interactive === true,
        ...(flags.prBody === undefined ? {} : { prBody: flags.prBody }),
        runtime: flags.runtime,
        format: flags.format === true,
        verify: flags.verify === true,
        ...(flags.budget === undefined ? {} : { budget: flags.budget }),
        ...(flags.prepare === undefined ? {} : { prepare: flags.prepare }),
        diff: flags.diff === true,
        force: flags.force === true,
        color: flags.color,
      });
    });
  top
    .command('explain')
    .description('what a rule finds, why it breaks in parallel and how to repair it; without a rule, the list of rules')
    .argument('[rule]', 'id of the rule')
    .option('--no-color', 'print without colours')
    .action((rule: string | undefined, flags: { color: boolean }) => give({ kind: 'explain', ...(rule === undefined ? {} : { rule }), color: flags.color }));
  top
    .command('init')
    .description('write a commented configuration file')
    .argument('[root]', 'folder of the project', '.')
    .action((root: string) => give({ kind: 'init', root }));
  return top;
}

/** What is asked for. Commander prints help and faults to the world's outputs. */
export function parse(argv: readonly string[], version: string, world: Pick<World, 'stdout' | 'stderr'>): Request {
  let request: Request | undefined;
  const top = program(version, (given) => {
    request = given;
  });
  for (const command of [top, ...top.commands]) {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
      getOutHelpWidth: () => world.stdout.columns ?? 80,
      getErrHelpWidth: () => world.stderr.columns ?? 80,
      outputError: (text, write) => write(`${text.trimEnd()}\nRun \`isolation-audit ${command === top ? '' : `${command.name()} `}--help\` for the options.\n`),
    });
  }
  try {
    top.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'answered', status: error.exitCode === 0 ? 0 : 2 };
  }
  return request ?? { kind: 'answered', status: 2 };
}
