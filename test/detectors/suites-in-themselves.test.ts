import { expect, test } from 'vitest';
import { audit } from './audit.js';

test('a function that declares a suite and is called again inside it is read once', () => {
  const { stories, findings } = audit({
    'a.test.js': `
const run = (level, declare) => describe(level, declare);
function tolls(level) {
  run(level, () => {
    it('is paid', () => { process.env.TOLL = level; });
    it('is free', () => { expect(process.env.TOLL).toBe(undefined); });
    if (level !== 'local') tolls('local');
  });
}
tolls('national');
`,
  });
  expect(stories[0]!.blocks.map(({ role }) => role)).toEqual(['suite', 'test', 'test']);
  expect(findings.map(({ rule }) => rule)).toEqual(['leaked-env']);
});
