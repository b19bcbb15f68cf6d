import type { Report, ReportedFinding, ReportedRunner } from '../model/report.js';
import { listText } from '../model/lists.js';
import { count, cut, sentence, some } from './digest.js';
import { code, details, fileLink, placeLink, prose } from './markdown-text.js';
import { grouped } from '../model/grouped.js';

const MOST_RUNNERS = 10;
const FEW_SERVICES = 6;
const MOST_SERVICES = 40;

/** The configuration is named once, in the head of its runner; reasons that differ in its path alone are the same. */
const reasonOf = ({ schedule, configPath }: ReportedRunner): string =>
  configPath ? schedule.files.reason.replaceAll(configPath, 'its configuration') : schedule.files.reason;

/** Runner uses that read the same, told once: a monorepo of forty packages has one or two ways to run its tests. */
function alike(runners: readonly ReportedRunner[]): readonly (readonly [ReportedRunner, ...ReportedRunner[]])[] {
  const groups = grouped(runners, (runner) =>
    JSON.stringify([runner.title, runner.schedule.mode, runner.schedule.files.overlap, reasonOf(runner), runner.schedule.tests]),
  );
  const files = (group: readonly ReportedRunner[]): number => group.reduce((sum, runner) => sum + runner.testFiles, 0);
  return [...groups.values()].sort((a, b) => files(b) - files(a));
}

const TESTS = {
  sequential: 'The tests of one file run one after another.',
  concurrent: 'The tests of one file run at once in one process.',
  workers: 'The tests of one file run in different workers.',
} as const;

const unique = (items: readonly string[]): readonly string[] => [...new Set(items)];

function runnerLines(group: readonly [ReportedRunner, ...ReportedRunner[]], toRoot: string): string {
  const [{ schedule, title }] = group;
  const files = group.reduce((sum, runner) => sum + runner.testFiles, 0);
  const folders = unique(group.map((runner) => runner.schedule.dir)).filter((dir) => dir !== '' && dir !== '.');
  const configs = unique(group.flatMap((runner) => runner.configPath ?? []));
  const where = folders.length > 0 && configs.length !== 1 ? ` in ${some(folders, 4, (dir) => code(dir))}` : '';
  const name = schedule.mode.toLowerCase().startsWith(title.toLowerCase()) ? schedule.mode : `${title}: ${schedule.mode}`;
  // Several configurations of one runner differ in this alone.
  const by = configs.length === 1 ? `, ${fileLink(configs[0] ?? '', toRoot)}` : '';
  const lines = [`- **${prose(name)}**${by}: ${count(files, 'test file')}${where}.`];
  const add = (text: string): void => void lines.push(`  - ${text}`);
  add(
    prose(
      `Files run ${schedule.files.overlap === 'parallel' ? 'in parallel' : 'one after another'} today. ${sentence(reasonOf(group[0]))} ${TESTS[schedule.tests]}`,
    ),
  );
  if (!schedule.canParallel) add('This runner cannot run files in parallel.');
  else if (schedule.files.overlap === 'serial' && schedule.parallelSwitch) add(`${code(schedule.parallelSwitch)} switches parallel files on.`);
  const list = (what: string, items: readonly string[], show: (item: string) => string): void => {
    if (items.length > 0) add(`${what}: ${some(unique(items), 6, show)}.`);
  };
  if (configs.length > 1) list('Configuration', configs, (path) => fileLink(path, toRoot));
  list(
    'Commands',
    group.flatMap((runner) => runner.commands),
    (command) => code(cut(command, 80)),
  );
  list(
    'Setup files',
    group.flatMap((runner) => runner.setupFiles),
    (path) => code(path),
  );
  list(
    'Global setup',
    group.flatMap((runner) => runner.globalSetup),
    (path) => code(path),
  );
  for (const note of unique(group.flatMap((runner) => runner.schedule.notes)).slice(0, 6)) add(prose(sentence(note)));
  return lines.join('\n');
}

/** Few services as a table, many as a sentence with the table folded away. */
function services(report: Report, toRoot: string): string {
  const rows = report.services.map((service) => {
    const where = service.at ? placeLink(service.at, toRoot, true) : '';
    return `| ${prose(service.kind, true)} | ${service.image ? code(service.image, true) : ''} | ${prose(service.from, true)} | ${where} |`;
  });
  const table = ['| service | image | from | place |', '|---|---|---|---|', ...rows.slice(0, MOST_SERVICES)].join('\n');
  const whole = rows.length > MOST_SERVICES ? `${table}\n\nAnd ${count(rows.length - MOST_SERVICES, 'more service')}.` : table;
  if (rows.length <= FEW_SERVICES) return whole;
  const kinds = new Map<string, number>();
  for (const { kind } of report.services) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const listed = listText([...kinds].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([kind, times]) => `${kind} (${times})`));
  return details(`${count(rows.length, 'service')} of compose files and workflows: ${prose(listed)}`, whole);
}

function advice(finding: ReportedFinding, toRoot: string): string {
  const { what, why, fix } = finding.wording;
  return `- ${prose([what, why, fix].map(sentence).join(' '))} ${placeLink(finding.places[0], toRoot)}`;
}

/** Section 2: what the scan believes about the suite, so that a reader can tell where it is wrong. */
export function suiteSection(report: Report, adviceFindings: readonly ReportedFinding[], toRoot: string): string {
  const parts: string[] = ['## The suite as understood'];
  const groups = alike(report.runners).map((group) => runnerLines(group, toRoot));
  if (groups.length === 0) parts.push('No test runner was recognised.');
  else parts.push(groups.slice(0, MOST_RUNNERS).join('\n'));
  if (groups.length > MOST_RUNNERS)
    parts.push(details(`${groups.length - MOST_RUNNERS} more ways in which tests are run`, groups.slice(MOST_RUNNERS).join('\n')));
  if (report.services.length > 0) parts.push(services(report, toRoot));
  if (adviceFindings.length > 0)
    parts.push(['Where the suite is forced serial:', '', ...adviceFindings.slice(0, 20).map((finding) => advice(finding, toRoot))].join('\n'));
  return parts.join('\n\n');
}
