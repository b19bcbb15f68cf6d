import { expect, test } from 'vitest';
import { audit } from '../detectors/audit.js';

/** What the story of a test file does not know, and whether that hides something. */
const gapsOf = (head: string, body: string): readonly (readonly [string, boolean])[] => {
  const { stories } = audit({ 'a.test.ts': `import { test, vi } from 'vitest';\n${head}\ntest('adds', async () => { ${body} });` });
  return stories.find((each) => each.file === 'a.test.ts')!.gaps.map(({ why, hides }) => [why, hides]);
};
const NOT_FOUND = 'the import `./orders` is not found';

test.each([
  ['a function', `import { wipe } from './orders';`, `await wipe();`],
  ['a method', `import * as orders from './orders';`, `await orders.all.wipe();`],
  ['a class', `import { Orders } from './orders';`, `new Orders();`],
])('what is called of an import that leads nowhere was not followed: %s', (_, head, body) => {
  expect(gapsOf(head, body)).toEqual([[NOT_FOUND, true]]);
});

test.each([
  ['a type', `import { Order } from './orders';`, `const order: Order = { id: 1 };`],
  ['what the test itself puts in its place', `import { wipe } from './orders'; vi.mock('./orders', () => ({ wipe: () => 0 }));`, `wipe();`],
])('nothing is hidden behind %s', (_, head, body) => {
  expect(gapsOf(head, body)).toEqual([[NOT_FOUND, false]]);
});

test('styles and packages are no code of the project', () => {
  expect(gapsOf(`import './orders.css'; import { add } from 'somewhere';`, 'add();')).toEqual([]);
});
