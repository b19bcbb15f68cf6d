import type { Report, ReportedFinding } from '../model/report.js';
import { bestFirst, count, headline, isAdvice, oneLine } from './digest.js';
import type { Reporter } from './reporter.js';

/** GitHub shows ten annotations of a level per step and drops the rest without a word. */
const MOST = 10;

const data = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text: string): string => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

function command(level: 'error' | 'warning', finding: ReportedFinding): string {
  const { path, region } = finding.places[0];
  const lines =
    region.endLine > region.startLine ? `,endLine=${region.endLine}` : `,endLine=${region.startLine},col=${region.startColumn},endColumn=${region.endColumn}`;
  return `::${level} file=${property(path)},line=${region.startLine}${lines},title=${property(finding.rule)}::${data(oneLine(finding))}`;
}

/** GitHub Actions workflow commands, best findings first. Possible findings stay in the other formats. */
export const github: Reporter = (report: Report) => {
  const findings = report.findings.filter((finding) => !isAdvice(finding)).sort(bestFirst);
  const certain = findings.filter((finding) => finding.confidence === 'certain');
  const likely = findings.filter((finding) => finding.confidence === 'likely');
  const lines = [...certain.slice(0, MOST).map((each) => command('error', each)), ...likely.slice(0, MOST).map((each) => command('warning', each))];
  const rest = Math.max(0, certain.length - MOST) + Math.max(0, likely.length - MOST);
  const more = rest > 0 ? ` ${count(rest, 'more finding is', 'more findings are')} not shown here: GitHub shows ten of a level for one step.` : '';
  lines.push(`::notice title=isolation-audit::${data(headline(report) + more)}`);
  return `${lines.join('\n')}\n`;
};
