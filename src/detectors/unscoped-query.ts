import { detector } from '../model/detector.js';
import type { Finding } from '../model/finding.js';
import type { Claim } from '../model/claims.js';
import { constantText } from '../model/names.js';
import { writers } from './databases.js';
import { byTest, distinct, holdings, isPrivate, noted, plural, reachingBeyond, removesNothing, seenAt, toldTitle, withOwnUnits } from './sharing.js';

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
      ...holdings(audited, ['postgresql', 'mysql', 'mongodb', 'neo4j', 'database', 'redis', 'elasticsearch']).map((each) => withOwnUnits(audited, each)),
      ...reachingBeyond(audited, ['redis'], 'count'),
    ]) {
      const { writing } = writers(holding);
      const changedBy = (unit: string | undefined, file: string): boolean => (holding.files.get(file) ?? []).some(({ claim }) => writesTo(unit, claim));
      for (const [file, claims] of holding.files) {
        const counts = claims.filter(
          (each) =>
            each.story.role === 'test' &&
            each.claim.by.role === 'test' &&
            !isPrivate(each.claim.resource) &&
            ((each.claim.op === 'count' && each.claim.at.path === file) || isSweep(each.claim)) &&
            writing.some((other) => other !== file && changedBy(unitOf(each.claim), other)),
        );
        const first = counts[0];
        if (!first) continue;
        const unit = unitOf(first.claim);
        const others = writing.filter((each) => each !== file && counts.some(({ claim }) => changedBy(unitOf(claim), each)));
        out.push({
          rule: 'unscoped-query',
          axis: ['A', 'W'],
          confidence: 'likely',
          files: [file, ...others].sort(),
          places: distinct([
            ...counts.slice(0, 6).map((each, index) => noted(each.claim.at, index === 0 ? 'all rows are asked for here' : 'and here')),
            ...others.slice(0, 6).flatMap((each) =>
              [...(holding.files.get(each) ?? [])]
                .filter((other) => counts.some(({ claim }) => writesTo(unitOf(claim), other.claim)))
                .sort(byTest)
                .slice(0, 1)
                .map((other) => noted(seenAt(other.claim), 'written here, in another file')),
            ),
          ]),
          resource: { key: holding.key, title: holding.title, resource: holding.resource },
          values: {
            unit: unit === undefined ? 'the rows' : `\`${unit}\``,
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

/** The table, collection or label that is asked for, where it is known. */
const unitOf = ({ resource }: Claim): string | undefined => (resource.unit ? constantText(resource.unit) : undefined);

/** What writes to another table changes no count of this one; what empties the database does. */
const writesTo = (unit: string | undefined, claim: Claim): boolean =>
  CHANGES.has(claim.op) && !removesNothing(claim) && (unit === undefined || unitOf(claim) === unit || (claim.op === 'wipe' && claim.wipes !== 'unit'));

const CHANGES = new Set<Claim['op']>(['write', 'wipe', 'create']);
