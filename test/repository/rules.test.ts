import { describe, expect, test } from 'vitest';
import type { Rule } from '../../src/model/finding.js';
import { files, folders, has, members, read } from './tree.js';

const HEADINGS = ['What collides', 'Why it breaks in parallel', 'How to isolate it', 'When it is fine', 'What this rule cannot see'];
const ids = members('src/detectors');
const load = async (id: string): Promise<Rule> => ((await import(`../../src/detectors/${id}.ts`)) as { default: Rule }).default;

describe.each(ids)('rule %s', (id) => {
  test('is called what its file is called', async () => {
    expect((await load(id)).id).toBe(id);
  });

  test('says what it finds, why it breaks, and what to do', async () => {
    const { summary, wording, variants = {} } = await load(id);
    const sentences = [summary, ...[wording, ...Object.values(variants)].flatMap((each) => [each.what, each.why, each.fix])].filter(
      (text) => text !== undefined,
    );
    expect(sentences.filter((text) => text === '' || text.includes('rite:'))).toEqual([]);
  });

  test('is tried on its twins under their real runner, unless it is advice that nothing can break', async () => {
    const { axis } = await load(id);
    expect(axis.length === 0 || has(`test/truth/${id}.test.ts`) || has(`test/containers/${id}.test.ts`)).toBe(true);
  });

  test('has a page with every heading, in order', () => {
    const page = read(`docs/rules/${id}.md`);
    expect([...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]).filter((heading) => heading !== undefined && HEADINGS.includes(heading))).toEqual(
      HEADINGS,
    );
    expect(page).not.toContain('Write: ');
  });

  test('is a rule of ESLint with a test, unless it speaks of the suite as a whole', async () => {
    const { axis } = await load(id);
    expect([has(`rules/${id}.ts`), has(`test/rules/${id}.test.ts`)]).toEqual([axis.length > 0, axis.length > 0]);
  });

  test('has twins that run', () => {
    const stories = folders(`fixtures/suites/${id}`);
    expect(stories.length).toBeGreaterThan(0);
    for (const story of stories) expect([story, ...folders(`fixtures/suites/${id}/${story}`)]).toEqual([story, 'collides', 'isolated']);
  });
});

/** Projects full of look-alikes, in which no rule may find anything, are in `clean`. */
test('every fixture suite and every page belongs to a rule', () => {
  const pages = files('docs/rules')
    .map((path) => path.replace(/\.md$/, ''))
    .filter((name) => name !== 'README');
  const suites = folders('fixtures/suites').filter((name) => name !== 'clean'); // Look-alikes, of no rule.
  expect([...pages, ...suites].filter((id) => id !== 'clean' && !ids.includes(id))).toEqual([]);
});
