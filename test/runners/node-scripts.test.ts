import { expect, test } from 'vitest';
import nodeScripts from '../../src/runners/node-scripts.js';
import { layout, schedule } from './use.js';

test('one after another as far as is known, and side by side when somebody lets them', () => {
  expect(schedule(nodeScripts)).toMatchObject({ files: { overlap: 'serial', by: 'default' }, canParallel: true, unit: 'process', crossFile: ['file'] });
});

test('the files are found by the scripts of the package, not by patterns', () => {
  expect(layout(nodeScripts, { dir: 'packages/api' })).toMatchObject({ dir: 'packages/api', include: [] });
});
