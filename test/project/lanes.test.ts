import { expect, test } from 'vitest';
import type { Finding } from '../../src/model/finding.js';
import { lanesOf } from '../../src/project/lanes.js';
import type { SuiteUse } from '../../src/project/test-files.js';
import vitest from '../../src/runners/vitest.js';
import { useOf } from '../runners/use.js';

const shared = (...files: readonly string[]): Finding => ({ axis: ['A'], files }) as unknown as Finding;
const suite = (testFiles: readonly string[]): SuiteUse => ({ use: useOf(vitest, { dir: 'shop' }), runner: vitest, testFiles }) as unknown as SuiteUse;
const FREE = ['shop/c.test.ts', 'shop/d.test.ts'];

test('files of a lane are named from the folder of their package', () => {
  const files = ['shop/a.test.ts', 'shop/b.test.ts'];
  expect(lanesOf([shared(...files)], [suite([...files, ...FREE])])).toEqual([
    {
      dir: 'shop',
      files,
      alone: 'vitest run --no-file-parallelism a.test.ts b.test.ts',
      others: 'vitest run --exclude a.test.ts --exclude b.test.ts',
    },
  ]);
});

test('a suite with such a file outside of its package has no lane', () => {
  const files = ['shop/a.test.ts', 'common/b.test.ts'];
  expect(lanesOf([shared(...files)], [suite([...files, ...FREE])])).toEqual([]);
});
