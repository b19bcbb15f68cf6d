import { isIn, isSame } from '../model/code.js';
import type { Span } from '../model/facts.js';
import { escapeRegex } from '../model/patterns.js';
import type { Place } from '../model/place.js';
import { refusal, remedy, type Broken, type Edit } from '../model/remedy.js';
import { allValues } from '../model/values.js';

export default remedy({
  id: 'name-each-test',
  rules: ['hardcoded-resource-name'],
  summary: 'Numbers a name that tests which run at the same time have copied from each other: the first of them keeps it.',
  repair(broken) {
    const { finding, text, facts } = broken;
    const name = /^`(.+)`$/.exec(finding.values['name'] ?? '')?.[1];
    if (finding.variant !== 'once' || name === undefined) return refusal('other files may use the name too');
    const places = finding.places.filter(({ path }) => path === facts.path);
    const tests = testsOf(broken, places);
    const titles = facts.calls.flatMap(({ at, args }) => (tests.some((each) => isSame(each, at)) && args[0] ? [args[0].value.at] : []));
    const found = [...text.matchAll(new RegExp(`(?<![\\w-])${escapeRegex(name)}(?![\\w-])`, 'g'))].map(({ index }): Span => [index, index + name.length]);
    const literals = [...allValues(facts)].filter(({ kind, at }) => (kind === 'const' || kind === 'text') && /^['"`]/.test(text.slice(...at)));
    const edits: Edit[] = [];
    for (const span of found.filter((each) => !titles.some((title) => isIn(each, title)))) {
      const test = tests.findIndex((each) => isIn(span, each));
      if (test < 0) return refusal(`\`${name}\` stands outside of these tests too`);
      if (!literals.some(({ at }) => isIn(span, at))) return refusal(`\`${name}\` is more than a name in these tests`);
      if (/^[A-Za-z]+$/.test(name) && !places.some((each) => isIn(span, each.span)))
        return refusal(`\`${name}\` is a word that may mean something else in these tests`);
      if (test > 0) edits.push({ span, text: numbered(name, test + 1) });
    }
    if (tests.length < 2 || edits.length === 0) return refusal('the name is not written in the tests themselves');
    if (edits.some((each) => text.includes(each.text))) return refusal('the numbered names are taken');
    const given = [...new Set(edits.map((each) => `\`${each.text}\``))].join(' and ');
    return { kind: 'edits', says: `Leave \`${name}\` to the first test, and name it ${given} in the ${tests.length === 2 ? 'other' : 'others'}.`, edits };
  },
});

/** Spans of the tests that the finding names, in their order. */
function testsOf({ story, facts }: Broken, places: readonly Place[]): readonly Span[] {
  return story.blocks
    .filter(({ role, at }) => role === 'test' && at.path === facts.path && places.some(({ span }) => isIn(span, at.span)))
    .map(({ at }) => at.span)
    .sort((a, b) => a[0] - b[0]);
}

/** `log-secret` makes `log-secret-2`, `log_secret` makes `log_secret_2`, `orders` makes `orders2`: as a table it could bear no other sign. */
const numbered = (name: string, number: number): string => `${name}${name.includes('-') ? '-' : name.includes('_') || /\d$/.test(name) ? '_' : ''}${number}`;
