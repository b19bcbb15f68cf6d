import type { Report, ReportedFinding, ReportedPlace } from '../model/report.js';
import type { FixCheck, Meeting, ObservedSuite, RepeatedSuite, SharedThing, TestName, TraceStep, Trial, Verdict } from '../model/verdict.js';
import { bestFirst, count, excerpt, headline, isAdvice, markOf, placeText, prospect, ruleUrl, sentence, some, confidenceText, tally } from './digest.js';
import { markup, prose, type Markup } from './html-text.js';
import type { Reporter } from './reporter.js';
import { fixesOf, meetingText, observedText, proved, repeatedText, trialsText, untriedByReason, usersOf, verdictTally, type Proved } from './verdicts.js';

/** One page that needs no other file and no script: what was proved, with the order of commands in two lanes, and all findings. */
export const html: Reporter = (report) => {
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${report.project}: test isolation audit</title>
        <style>
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <header>
          <h1>${report.project}: test isolation audit</h1>
          <p class="lead">${prose(headline(report))} ${prose(prospect(report) ?? '')}</p>
        </header>
        <main>${proofs(report)}${findings(report)}</main>
        <footer>${report.tool.name} ${report.tool.version}</footer>
      </body>
    </html> `;
  return page.html;
};

/** What running the tests has proved; nothing in the report of a scan. */
function proofs(report: Report): Markup | undefined {
  if (!report.verification) return undefined;
  const { repeated = [], observed = [], fixes } = report.verification;
  const all = proved(report);
  const { told, unproved, next } = fixesOf(fixes?.checks ?? []);
  const untried = untriedByReason(report);
  return markup` <section>
    <h2>Put to the test</h2>
    <p>${prose(verdictTally(report, all))}</p>
    ${all.map((finding) => verdictOf(finding))}${repeated.map(whole)}${observed.flatMap(watched)}${told.map(fix)}${next.map((text) => markup`<p>${prose(text)}</p>`)}
    ${reasons(
      'What could not be proved',
      unproved.map(({ why, times }) => markup`<li>${count(times, 'finding')}: ${prose(why)}</li>`),
    )}
    ${reasons(
      'What could not be tried',
      untried.map(
        ({ why, findings: of }) => markup`<li>${count(of.length, 'finding')}: ${prose(why)} (${[...new Set(of.map(({ rule }) => rule))].join(', ')})</li>`,
      ),
    )}
  </section>`;
}

const reasons = (title: string, items: readonly Markup[]): Markup | undefined =>
  items.length === 0
    ? undefined
    : markup`<details>
        <summary>${title}</summary>
        <ul>
          ${items}
        </ul>
      </details>`;

function verdictOf(finding: Proved): Markup {
  const { verdict, rule, places, wording, number } = finding;
  return markup` <article id="verdict-${number}" class="${verdict.word.toLowerCase()}">
    <h3><span class="word">${verdict.word}${markOf(finding)}</span> ${rule} <small>${placeText(places[0])}</small></h3>
    <p>${prose(`${sentence(wording.what)} ${sentence(verdict.why)}`)}</p>
    ${evidence(verdict)}
  </article>`;
}

/** Who, in which order, how often, and what failed. */
function evidence(verdict: Verdict): Markup {
  const { a, b, trace, failure, again, versions } = verdict;
  const trials = trialsText(verdict);
  return markup` ${trials === undefined ? undefined : markup`<p>${prose(trials)}</p>`} ${timeline(verdict, trace, a, b)}
  ${failure === undefined ? undefined : markup`<p class="failure"><b>B fails:</b> <code>${failure}</code></p>`} ${runs(verdict.trials)}
  ${again === undefined ? undefined : markup`<p>Again: <code class="command">${again}</code></p>`}
  ${versions.length === 0 ? undefined : markup`<p class="aside">${versions.join(', ')}</p>`}`;
}

/** Two lanes, A and B, from top to bottom as the commands went on; what both touch is marked. */
function timeline({ contested }: Verdict, trace: readonly TraceStep[], a: TestName | undefined, b: TestName | undefined): Markup | undefined {
  if (!a && !b && trace.length === 0) return undefined;
  const isTimed = trace.some(({ at }) => at !== undefined);
  const cell = (role: 'A' | 'B', step: TraceStep): Markup =>
    step.role === role ? markup`<td class="${step.contested ? 'step contested' : 'step'}"><code>${step.what}</code></td>` : markup`<td></td>`;
  const lane = (role: 'A' | 'B', test: TestName | undefined): Markup =>
    markup`<th scope="col"><span class="lane">${role}</span> ${test?.name} <small>${test?.file}</small></th>`;
  return markup` <table class="timeline">
    ${
      contested === undefined
        ? undefined
        : markup`<caption>
            Both touch
            <mark>${contested}</mark>
          </caption>`
    }
    <thead>
      <tr>
        ${isTimed ? markup`<th scope="col" class="time">ms</th>` : undefined}${lane('A', a)}${lane('B', b)}
      </tr>
    </thead>
    <tbody>
      ${trace.map(
        (step) =>
          markup` <tr>
            ${isTimed ? markup`<td class="time">${step.at}</td>` : undefined}${cell('A', step)}${cell('B', step)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const runs = (trials: readonly Trial[]): Markup | undefined =>
  trials.length === 0
    ? undefined
    : markup`<p class="runs">
        ${trials.map(({ order, passed, milliseconds }) => markup`<span class="${passed ? 'passed' : 'failed'}">${order} ${passed ? 'passed' : 'failed'}, ${(milliseconds / 1000).toFixed(1)} s</span> `)}
      </p>`;

function whole(suite: RepeatedSuite): Markup {
  const { failing, parallel, versions } = suite;
  return markup` <article>
    ${repeatedText(suite).map((text) => markup`<p>${prose(text)}</p>`)}
    ${failing.length === 0 ? undefined : markup`<ul>${failing.map(({ file, name, times, failure }) => markup`<li><code>${name}</code> in <code>${file}</code> fails ${times} of ${parallel.length} times${failure === undefined ? undefined : markup`: <code>${failure}</code>`}</li>`)}</ul>`}
    <p class="aside">${versions.join(', ')}</p>
  </article>`;
}

const watched = (suite: ObservedSuite): readonly Markup[] => [markup`<p>${prose(observedText(suite))}</p>`, ...suite.meetings.map(meeting)];

function meeting(each: Meeting): Markup {
  const { things, verdict } = each;
  const by = (thing: SharedThing, isChange: boolean): string => some(usersOf(thing, isChange), 4, (file) => file);
  return markup` <article class="${verdict?.word.toLowerCase() ?? 'seen'}">
    <p>${prose(meetingText(each))}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">what</th>
          <th scope="col">changed by</th>
          <th scope="col">read by</th>
        </tr>
      </thead>
      <tbody>
        ${things.map(
          (thing) =>
            markup` <tr>
              <td><code>${thing.name}</code></td>
              <td>${by(thing, true)}</td>
              <td>${by(thing, false)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${verdict ? evidence(verdict) : undefined}
  </article>`;
}

function fix({ word, rule, path, line, resource, why, before, trials, failure }: FixCheck): Markup {
  return markup` <article class="${word.toLowerCase()}">
    <h3><span class="word">${word}</span> ${rule} <small>${path}:${line}</small></h3>
    <p>${prose(sentence(`${resource}: ${why}`))}</p>
    ${
      before
        ? markup`<details>
            <summary>Before</summary>
            ${evidence(before)}
          </details>`
        : undefined
    }
    ${failure === undefined ? undefined : markup`<p class="failure"><b>Now B fails:</b> <code>${failure}</code></p>`} ${runs(trials)}
  </article>`;
}

function findings(report: Report): Markup {
  const all = [...report.findings].sort(bestFirst);
  return markup` <section>
    <h2>Findings</h2>
    <p>${prose(tally(report))}</p>
    ${all.map((each) => finding(each, report))}
  </section>`;
}

function finding(each: ReportedFinding, report: Report): Markup {
  const { rule, wording, condition, places, verdict, number } = each;
  const url = ruleUrl(report, rule);
  return markup` <details>
    <summary><b>${isAdvice(each) ? 'advice' : confidenceText(each)}</b> ${rule} <small>${placeText(places[0])}</small> ${prose(wording.what)}</summary>
    <p>${prose(sentence(wording.why))} ${condition === undefined ? undefined : prose(`Condition: ${sentence(condition)}`)}</p>
    <p>Fix: ${prose(sentence(wording.fix))}</p>
    <ul>
      ${places.map(placeItem)}
    </ul>
    <p class="aside">
      ${verdict ? markup`<a href="#verdict-${number}">${verdict.word}</a> ` : undefined}${url === undefined ? undefined : markup`<a href="${url}">${rule}</a>`}
    </p>
  </details>`;
}

const placeItem = (place: ReportedPlace): Markup =>
  markup`<li>
    <code>${placeText(place)}</code> ${prose(place.note)}${place.code === undefined ? undefined : markup`<pre>${excerpt(place.code, 160).join('\n')}</pre>`}
  </li>`;

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --bad: #c6362c; --good: #2a8a4a; --mark: #f2c94c; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0; }
.lead { font-size: 1.1rem; } small, .aside, footer { color: #888; font-weight: normal; }
code, pre { font: 0.85rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
pre { background: var(--soft); padding: 0.5rem; margin: 0.25rem 0; }
article { border: 1px solid var(--line); border-left: 4px solid #888; border-radius: 4px; padding: 0.75rem 1rem; margin: 1rem 0; }
.confirmed, .flaky-confirmed, .not-fixed, .broken { border-left-color: var(--bad); } .fixed { border-left-color: var(--good); }
.word { font-size: 0.8rem; letter-spacing: 0.04em; padding: 0.1rem 0.4rem; border-radius: 3px; background: var(--soft); }
.failure code { color: var(--bad); }
table { border-collapse: collapse; width: 100%; margin: 0.75rem 0; } th { text-align: left; vertical-align: bottom; } td { vertical-align: top; }
th, td { border-bottom: 1px solid var(--line); padding: 0.25rem 0.5rem; }
caption { text-align: left; padding: 0.25rem 0.5rem; } mark { background: var(--mark); color: #000; padding: 0 0.25rem; }
.timeline { table-layout: fixed; } .timeline td + td { border-left: 1px solid var(--line); } .time { width: 4rem; text-align: right; color: #888; }
.lane { font-size: 1.1rem; } .timeline th small { display: block; } .contested { box-shadow: inset 3px 0 var(--mark); background: var(--soft); }
.runs { display: flex; flex-wrap: wrap; gap: 0.25rem; font-size: 0.85rem; } .runs span { border: 1px solid; border-radius: 3px; padding: 0 0.4rem; }
.passed { color: var(--good); } .failed { color: var(--bad); }
details { border-bottom: 1px solid var(--line); padding: 0.4rem 0; } summary { cursor: pointer; }
.command { user-select: all; }
@media print { details { break-inside: avoid; } }
`;
