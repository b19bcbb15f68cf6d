import { expect, test } from 'vitest';
import lab from '../../src/runners/lab.js';
import { places } from '../detectors/audit.js';
import { repaired } from '../remedies/repair.js';
import { layout, picks, schedule } from './use.js';

test('one process, all files first, nothing at once', () => {
  const given = schedule(lab, { version: '26.0.1' });
  expect(given).toMatchObject({ mode: 'Lab 26.0, one process', preloadsAll: true, rootHooks: 'file', canParallel: false, restores: [], workerIds: [] });
  expect(given.files).toMatchObject({ overlap: 'serial', by: 'default' });
});

const TREE = ['test/orders.js', 'test/unit/invoices.test.js', 'test/unit/lines.ts', 'test/.labrc.js', 'spec/orders.js', 'lib/orders.js'];
test.each([
  ['lab -a @hapi/code -t 100 -L -m 10000', {}, ['test/orders.js', 'test/unit/invoices.test.js']],
  ['lab -f', {}, ['test/orders.js']],
  ['lab spec', {}, ['spec/orders.js']],
  ['lab -P invoices', {}, ['test/unit/invoices.test.js']],
  ['lab --typescript', {}, ['test/orders.js', 'test/unit/invoices.test.js', 'test/unit/lines.ts']],
  ['lab', { paths: ['spec'] }, ['spec/orders.js']],
  ['lab', { pattern: '\\.test' }, ['test/orders.js', 'test/unit/invoices.test.js']],
])('%s with %j', (command, options, found) => {
  expect(picks(layout(lab, { commands: [command], options }), TREE)).toEqual(found);
});

const words = {
  'all at once': `const { describe, it, before, beforeEach, after, afterEach } = (exports.lab = Lab.script());`,
  'one object': `const lab = exports.lab = Lab.script(); const { describe, it, before, beforeEach, after, afterEach } = lab;`,
  'one by one': `const lab = exports.lab = Lab.script(); const describe = lab.experiment; const it = lab.test; const { before, beforeEach, after, afterEach } = lab;`,
};
const orders = (taken: string, hooks: string): string => `const Lab = require('@hapi/lab');
${taken}
describe('orders', () => { ${hooks}
  it('is open', { timeout: 9 }, () => { if (process.env.ORDERS !== 'open') throw new Error(); });
});
describe('closed orders', () => { it('reads', () => { if (process.env.ORDERS) throw new Error(); }); });`;
test.each(
  Object.entries(words).flatMap(
    ([way, taken]) =>
      [
        [way, 'before', taken, 'before(() => { process.env.ORDERS = "open"; });', ['a.test.js:3']],
        [way, 'beforeEach', taken, 'beforeEach(() => { process.env.ORDERS = "open"; });', ['a.test.js:3']],
        [way, 'after', taken, 'before(() => { process.env.ORDERS = "open"; }); after(() => { delete process.env.ORDERS; });', []],
        [way, 'afterEach', taken, 'beforeEach(() => { process.env.ORDERS = "open"; }); afterEach(() => { delete process.env.ORDERS; });', []],
      ] as const,
  ),
)('words taken %s: %s', (_way, _hook, taken, hooks, finds) => {
  expect(places('leaked-env', { 'a.test.js': orders(taken, hooks) }, { runner: 'lab' })).toEqual(finds);
});

test('words of an import', () => {
  const text = `import { script } from '@hapi/lab';
export const lab = script();
const { it } = lab;
it('is open', () => { process.env.ORDERS = 'open'; });
it('reads', () => { console.log(process.env.ORDERS); });`;
  expect(places('leaked-env', { 'a.test.js': text }, { runner: 'lab' })).toEqual(['a.test.js:4']);
});

test.each([
  ['const { it } = (exports.lab = Lab.script());', 'const { afterEach, it } = (exports.lab = Lab.script());', 'afterEach'],
  ['const { it, afterEach } = (exports.lab = Lab.script());', 'const { it, afterEach } = (exports.lab = Lab.script());', 'afterEach'],
  ['const lab = (exports.lab = Lab.script());\nconst { it } = lab;', 'const lab = (exports.lab = Lab.script());\nconst { afterEach, it } = lab;', 'afterEach'],
  ['const lab = (exports.lab = Lab.script());\nconst it = lab.it;', 'const lab = (exports.lab = Lab.script());\nconst it = lab.it;', 'lab.afterEach'],
])('a repair takes the hook from where the words are: %s', (taken, left, hook) => {
  const text = (words: string, put: string): string => `const Lab = require('@hapi/lab');
${words}
${put}it('is open', () => {
  process.env.ORDERS = 'open';
});
it('reads', () => {
  console.log(process.env.ORDERS);
});
`;
  const put = `const savedOrders = process.env.ORDERS;

${hook}(() => {
  if (savedOrders === undefined) delete process.env.ORDERS;
  else process.env.ORDERS = savedOrders;
});

`;
  expect(repaired('leaked-env', text(taken, ''), { runner: 'lab' })).toBe(text(left, put));
});
