import { detector } from '../model/detector.js';
import type { Finding } from '../model/finding.js';
import type { Claim } from '../model/claims.js';
import { writers } from './databases.js';
import { byTest, distinct, holdings, noted, plural, reachingBeyond, seenAt, toldTitle } from './sharing.js';

export default detector({
  id: 'unscoped-query',
  axis: ['A', 'W'],
  summary: 'A test counts or reads the rows of everybody.',
  wording: {
    what: 'A test reads all of {unit} in {title}, which {others} to.',
    why: '{reason}, so the count changes while the test runs.',
    fix: 'Ask only for the rows that the test made, or give each worker its own database.',
  },
  detect(audited) {
    const out: Finding[] = [];
    for (const holding of [
      ...holdings(audited, ['postgresql', 'mysql', 'mongodb', 'neo4j', 'database', 'redis', 'elasticsearch']),
      ...reachingBeyond(audited, ['redis'], 'count'),
    ]) {
      const { writing } = writers(holding);
      for (const [file, claims] of holding.files) {
        const counts = claims.filter(
          (each) =>
            each.story.role === 'test' && each.claim.by.role === 'test' && ((each.claim.op === 'count' && each.claim.at.path === file) || isSweep(each.claim)),
        );
        const others = writing.filter((each) => each !== file);
        if (counts.length === 0 || others.length === 0) continue;
        const first = counts[0]!;
        out.push({
          rule: 'unscoped-query',
          axis: ['A', 'W'],
          confidence: 'likely',
          files: [file, ...others].sort(),
          places: distinct([
            ...counts.slice(0, 6).map((each, index) => noted(each.claim.at, index === 0 ? 'all rows are asked for here' : 'and here')),
            ...others.slice(0, 6).flatMap((each) =>
              [...(holding.files.get(each) ?? [])]
                .filter((other) => other.claim.op === 'write')
                .sort(byTest)
                .slice(0, 1)
                .map((other) => noted(seenAt(other.claim), 'written here, in another file')),
            ),
          ]),
          resource: { key: holding.key, title: holding.title, resource: holding.resource },
          values: {
            unit:
              first.claim.resource.unit?.kind === 'parts' && typeof first.claim.resource.unit.parts[0] === 'string'
                ? `\`${first.claim.resource.unit.parts[0]}\``
                : 'the rows',
            title: toldTitle(holding.title),
            others: `${plural(others.length, 'other test file')} ${others.length === 1 ? 'writes' : 'write'}`,
            reason: audited.schedule.why,
          },
        });
      }
    }
    return out;
  },
});

/** `UPDATE invoices SET state = 'reminded'`, as nightly jobs do. */
const isSweep = (claim: Claim): boolean => claim.op === 'write' && claim.note === 'all rows';
