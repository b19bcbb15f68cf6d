/** Puts what was found before a change to the test on both trees: as it was, and as it is now. */
import type { Report, ReportedFinding } from '../model/report.js';
import { isConfirmed, type FixCheck, type Verdict } from '../model/verdict.js';
import { suitesOf, suspectsOf, type SuiteToRun, type Suspect } from '../project/suspects.js';
import type { Bench } from './bench.js';
import { withEarlierTree } from './earlier-tree.js';
import { goneFrom, judgeFixAtOnce, judgeFixInWorker, type Fixed } from './fixes.js';
import type { VerifyOptions } from './index.js';
import { chosen } from './leaks.js';
import { BUDGET, collision, leak, PROCEDURES, putToTheTest, tryEach, type TestOptions, type Verdicts } from './trying.js';

export async function checkAgainst(options: VerifyOptions & { readonly against: string }, begun: number): Promise<Report> {
  const { against, rules, resource, signal, ...rest } = options;
  const now = await suspectsOf(rest);
  return withEarlierTree(rest.root, against, async (earlier) => {
    signal?.throwIfAborted();
    const { suspects } = await suspectsOf({ ...options, root: earlier });
    const left = new Set(now.report.findings.flatMap(({ fingerprints }) => Object.values(fingerprints)));
    // Of files that shared something one alone may be left with it.
    const isGone = ({ finding: { fingerprints, confidence } }: Suspect): boolean => {
      const all = Object.values(fingerprints);
      return confidence !== 'possible' && all.filter((each) => left.has(each)).length < Math.min(2, all.length);
    };
    const asked = rules !== undefined || resource !== undefined;
    const before = await proveBefore(asked ? suspects : suspects.filter(isGone), { ...options, root: earlier }, begun);
    const checks = await checkFixes(before, now.suites, options, begun);
    return { ...now.report, verification: { milliseconds: Date.now() - begun, untried: [], fixes: { against, checks } } };
  });
}

export interface ChangeOptions extends TestOptions, Pick<VerifyOptions, 'config'> {
  /** Whether the change is for this finding. */
  readonly isMeant: (finding: ReportedFinding) => boolean;
  readonly change: () => Promise<void>;
}

/** Puts findings to the test, changes the project, and runs the same orders again. */
export async function checkChange({ isMeant, change, config, ...options }: ChangeOptions): Promise<readonly FixCheck[]> {
  const begun = Date.now();
  const asked = { root: options.root, ...(config === undefined ? {} : { config }) };
  const { suspects } = await suspectsOf(asked);
  const before = await proveBefore(
    suspects.filter(({ finding }) => isMeant(finding)),
    options,
    begun,
  );
  await change();
  const { suites } = await suitesOf(asked);
  return checkFixes(before, suites, options, begun);
}

/** Findings as they were put to the test before a change. */
interface Before {
  readonly suspects: readonly Suspect[];
  readonly verdicts: Verdicts;
}

/** In half of the time, since what is confirmed is run again afterwards. */
async function proveBefore(suspects: readonly Suspect[], options: TestOptions, begun: number): Promise<Before> {
  const budget = (options.budget ?? BUDGET) / 2;
  return { suspects, verdicts: await putToTheTest(suspects, { ...options, budget, phase: 'Putting findings to the test as it was before' }, begun) };
}

/** Runs what broke the tests before on the tree as it is now. */
async function checkFixes({ suspects, verdicts }: Before, suites: readonly SuiteToRun[], options: TestOptions, begun: number): Promise<readonly FixCheck[]> {
  const { root } = options;
  const proved = suspects.filter(({ finding }) => isConfirmed(verdicts.verdicts.get(finding.number)));
  const moved = proved.map((suspect) => ({
    ...suspect,
    suite: suites.find(({ runner, dir }) => runner === suspect.suite.runner && dir === suspect.suite.dir) ?? suspect.suite,
  }));
  const { done, untried } = await tryEach(moved, { ...options, phase: 'Running the same orders as it is now' }, begun, (suspect, bench) =>
    judgedFix(suspect, verdicts.verdicts.get(suspect.finding.number)!, root, bench),
  );
  return suspects.map(({ finding }): FixCheck => {
    const { number, rule, resource, places } = finding;
    const before = verdicts.verdicts.get(number);
    const why = [...verdicts.untried, ...untried].find((each) => each.finding === number)?.why;
    const unproved = before && !isConfirmed(before) ? `before, it was ${before.word}: ${before.why}` : (why ?? 'it was not tried');
    return {
      rule,
      resource: resource.title,
      path: places[0].path,
      line: places[0].region.startLine,
      ...(before ? { before } : {}),
      ...(done.get(number) ?? { word: 'UNPROVED', why: unproved, trials: [] }),
    };
  });
}

async function judgedFix(suspect: Suspect, { a, b, trials }: Verdict, root: string, bench: Bench): Promise<Fixed> {
  if (!a || !b) return { word: 'UNPROVED', why: 'the earlier verdict names no tests', trials: [] };
  const [pair, run, procedure] = [{ a, b, trials }, bench.inOneWorker(suspect), PROCEDURES[suspect.finding.rule]!];
  const gone = goneFrom(root, pair);
  if (gone) return gone;
  if (procedure === collision) return judgeFixAtOnce(pair, () => procedure(suspect, bench), run);
  const [after, alone] = [[chosen(a), chosen(b)], [chosen(b)]];
  return procedure === leak ? judgeFixInWorker(pair, after, alone, run) : judgeFixInWorker(pair, alone, after, run);
}
