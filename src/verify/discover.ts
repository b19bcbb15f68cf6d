/** Watches whole suites in one worker, and says what their test files share on servers: also what the source did not tell. */
import type { Finding } from '../model/finding.js';
import type { Meeting, ObservedSuite, Verdict } from '../model/verdict.js';
import type { WholeSuite } from '../project/suspects.js';
import type { Bench } from './bench.js';
import { nonePasses } from './judged.js';
import { meetingsOf, worstPair } from './meetings.js';
import type { Recording, ServiceKind } from './recording.js';
import { adapters } from './runners/index.js';
import { judgePair, SERVICES } from './services.js';
import { collision, onEachSuite, PROCEDURES, verdictOf, type Clock, type TestOptions } from './trying.js';

/** Runs each suite twice, as two workers, and puts what no finding tells to the test. Findings have the numbers of their order. Rejects when the signal says stop. */
export async function discover(
  suites: readonly WholeSuite[],
  told: readonly Finding[],
  options: TestOptions,
  begun: number,
): Promise<readonly ObservedSuite[]> {
  return onEachSuite(suites, options, begun, (suite, bench, clock, progress) => {
    options.onProgress?.({ phase: `Watching ${suite.title}`, ...progress });
    return observe(suite, told, bench, clock);
  });
}

async function observe(suite: WholeSuite, told: readonly Finding[], bench: Bench, clock: Clock): Promise<ObservedSuite> {
  const { title, dir, testFiles, runner } = suite;
  const base = { title, dir, files: 0, commands: 0, meetings: [], versions: [] };
  const needed = { suite, resources: suite.resources };
  if (!suite.resources.some(({ kind }) => SERVICES[kind])) return { ...base, why: 'no server is known that its tests use' };
  if (adapters.get(runner)?.wholeSuite === undefined) return { ...base, why: `${title} cannot be watched whole` };
  const hindered = await bench.prepare(needed);
  if (hindered !== undefined) return { ...base, why: hindered };

  const recordings: Recording[] = [];
  for (const role of ['A', 'B'] as const) {
    const { outcome, recording } = await bench.wholeSuite(suite, { role, files: testFiles, workers: 1, limit: clock.limit() });
    const why = nonePasses(outcome, 'in one worker');
    if (why !== undefined) return { ...base, why };
    recordings.push(recording);
  }
  const [first, second] = recordings as [Recording, Recording];
  const files = new Set(first.commands.flatMap(({ file }) => file ?? []));
  if (files.size === 0 && first.commands.length > 0) return { ...base, why: `it is not seen which test file of ${title} sends what` };
  const meetings: Meeting[] = [];
  for (const meeting of meetingsOf([first, second])) {
    const known = told.findIndex((finding) => tells(finding, meeting));
    if (known >= 0) meetings.push({ ...meeting, finding: known + 1 });
    else if (clock.isOver()) meetings.push(meeting);
    else meetings.push({ ...meeting, verdict: await tried(meeting, suite, bench) });
  }
  return {
    ...base,
    files: files.size,
    commands: first.commands.length,
    meetings,
    versions: bench.versions(needed),
    ...refusedIn(first),
  };
}

/** The finding is about such a server, and about two of the files. */
function tells({ rule, resource, files }: Finding, { service, things }: Meeting): boolean {
  if (PROCEDURES[rule] !== collision || SERVICES[resource.resource?.kind ?? 'filesystem'] !== service) return false;
  const users = new Set(things.flatMap(({ uses }) => uses.map(({ file }) => file)));
  return files.filter((file) => users.has(file)).length > 1;
}

async function tried(meeting: Meeting, suite: WholeSuite, bench: Bench): Promise<Verdict> {
  const begun = Date.now();
  const needed = { suite, resources: suite.resources };
  const judged = await judgePair(...worstPair(meeting), meeting.service as ServiceKind, bench.atOnce(needed));
  return verdictOf(judged, needed, bench, begun);
}

/** Addresses outside this machine that the tests wanted to reach. */
function refusedIn({ dials }: Recording): Pick<ObservedSuite, 'why'> {
  const addresses = [...new Set(dials.filter(({ refused }) => refused).map(({ address }) => address))];
  return addresses.length === 0 ? {} : { why: `the tests dial ${addresses.slice(0, 3).join(', ')}, which is not theirs to reach here` };
}
