import { describe, expect, test } from 'vitest';
import { audit } from './audit.js';

/** Rule, place, place of the test that meets it. */
function early(body: string, imports = ''): readonly string[] {
  const told = audit({ 'a.test.js': `${imports}\n${body}`, 'b.test.js': `it('b', () => {});` }, { runner: 'mocha' });
  return told.findings
    .filter(({ variant, confidence }) => variant === 'early' && confidence !== 'possible')
    .map(({ rule, places }) =>
      [rule, told.line(places[0]), ...places.filter(({ note }) => note.startsWith('this test')).map((each) => told.line(each))].join(' '),
    );
}

const waits = `describe('waits', () => { it('a', async () => { await new Promise((done) => setTimeout(done, 10)); }); });`;
const lolex = `const lolex = require('lolex');`;
const ticks = `it('ticks', () => { clock.tick(10); });`;

describe('what a suite changes while it is declared and puts back behind its tests', () => {
  test('is met by the tests that stand before it', () => {
    const suite = `describe('ticks', () => {\n  const clock = lolex.install();\n  after(() => clock.uninstall());\n  ${ticks}\n});`;
    expect(early(`${waits}\n${suite}`, lolex)).toEqual(['leaked-timers a.test.js:4 a.test.js:2']);
    expect(early(`${suite}\n${waits}`, lolex)).toEqual([]);
    expect(early(suite, lolex)).toEqual([]);
  });

  test('is met by those that look at it, and say nothing of their own', () => {
    const suite = `describe('de', () => {\n  process.env.SHOP_LOCALE = 'de';\n  after(() => { delete process.env.SHOP_LOCALE; });\n  it('b', () => { expect(process.env.SHOP_LOCALE).to.equal('de'); });\n});`;
    const before = (body: string): string => `describe('en', () => { it('a', () => { ${body} }); });\n${suite}`;
    expect(early(before(`expect(process.env.SHOP_LOCALE).to.equal(undefined);`))).toEqual(['leaked-env a.test.js:4 a.test.js:2']);
    expect(early(before(`process.env.SHOP_LOCALE = 'en'; expect(process.env.SHOP_LOCALE).to.equal('en');`))).toEqual([]);
    expect(early(before(`expect(1).to.equal(1);`))).toEqual([]);
  });

  test('is done in time in a hook, or at the head of the file', () => {
    const hook = `describe('ticks', () => { let clock; before(() => { clock = lolex.install(); }); after(() => clock.uninstall()); ${ticks} });`;
    expect(early(`${waits}\n${hook}`, lolex)).toEqual([]);
    const head = `const clock = lolex.install(); after(() => clock.uninstall());`;
    expect(early(`${head}\n${waits}\n${ticks}`, lolex)).toEqual([]);
  });
});
