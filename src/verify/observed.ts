/** Makes findings of what only a run has shown. Pure; it must not know how a run is made. */
import { titleOf } from '../core.js';
import type { Resource, ResourceKind } from '../model/claims.js';
import type { Finding, NotedPlace } from '../model/finding.js';
import { constantName, unknownName } from '../model/names.js';
import type { Report } from '../model/report.js';
import { isConfirmed, type Meeting, type ObservedSuite, type ThingUse, type Verdict } from '../model/verdict.js';
import type { Suites, WholeSuite } from '../project/suspects.js';
import { withVerdicts } from './judged.js';
import { SERVICES } from './services.js';

/** What a report says after whole runs: meetings that were confirmed, and that no finding told, are findings now and have the verdict. */
export function tellObserved(
  seen: readonly ObservedSuite[],
  { suites, reportWith, placeOf }: Pick<Suites, 'suites' | 'reportWith' | 'placeOf'>,
): { readonly report: Report; readonly observed: readonly ObservedSuite[] } {
  const made = new Map<Meeting, Finding>();
  for (const { title, dir, meetings } of seen) {
    const suite = suites.find((each) => each.title === title && each.dir === dir)!;
    for (const meeting of meetings) if (isShown(meeting)) made.set(meeting, findingOf(meeting, suite, placeOf));
  }
  const report = reportWith([...made.values()]);
  const numbers = new Map(report.findings.flatMap(({ observed, resource, number }) => (observed ? [[resource.key, number]] : [])));
  const verdicts = new Map<number, Verdict>();
  const observed = seen.map((suite) => ({
    ...suite,
    meetings: suite.meetings.map((meeting): Meeting => {
      const { verdict, ...rest } = meeting;
      const number = numbers.get(made.get(meeting)?.resource.key ?? '');
      if (number === undefined || !verdict) return meeting;
      verdicts.set(number, verdict);
      return { ...rest, finding: number };
    }),
  }));
  return { report: { ...report, findings: withVerdicts(report.findings, verdicts) }, observed };
}

type Shown = Meeting & { readonly verdict: Verdict & Required<Pick<Verdict, 'a' | 'b'>> };
const isShown = (meeting: Meeting): meeting is Shown => isConfirmed(meeting.verdict) && meeting.verdict?.a !== undefined && meeting.verdict.b !== undefined;

/** Tests that are pointed at, the failing one first. */
const MOST_PLACES = 10;

function findingOf({ service, database, things, verdict }: Shown, { dir, schedule }: WholeSuite, placeOf: Suites['placeOf']): Finding {
  const { a, b, word } = verdict;
  const kind = (Object.keys(SERVICES) as ResourceKind[]).find((each) => SERVICES[each] === service)!;
  const resource: Resource = { kind, server: unknownName('only a run has shown it'), name: constantName(database === '' ? 'all of the server' : database) };
  const thing = things.find(({ name }) => name === verdict.contested) ?? things[0]!;
  const files = [...new Set([a.file, b.file, ...thing.uses.map(({ file }) => file)])];
  const others = thing.uses.filter(({ file, name }) => file !== b.file || (name !== b.name && name !== ''));
  const at = (test: Pick<ThingUse, 'file' | 'name'>, note: string): NotedPlace => ({ ...placeOf(test), note });
  return {
    rule: kind === 'redis' ? 'shared-redis-keyspace' : 'hardcoded-database-name',
    variant: 'observed',
    axis: ['A'],
    confidence: word === 'CONFIRMED' ? 'certain' : 'likely',
    places: [
      at(b, 'this test fails'),
      ...others.slice(0, MOST_PLACES).map((use) => at(use, `${use.does === 'read' ? 'read' : 'changed'} here, in another worker`)),
    ],
    files,
    // Nothing that another run may name in another way: fingerprints are made of it.
    resource: { key: ['observed', service, database, dir].join(' ').trim(), title: titleOf(resource, false), resource },
    values: {
      title: titleOf(resource, false),
      count: `${files.length} test files`,
      contested: thing.name.replace(/ (.+)$/s, ' `$1`'),
      reason: schedule.why,
    },
  };
}
