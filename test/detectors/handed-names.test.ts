import { expect, test } from 'vitest';
import { places, type Files } from './audit.js';

/** Four test files that hand a name to one helper; two of them the same. */
const handing = (helper: string, first: string): Files => ({
  'test/helper.ts': helper,
  ...Object.fromEntries(
    ['orders', 'orders', 'carts', 'invoices'].map((name, index) => [
      `${index}.test.ts`,
      `import { test } from '@playwright/test'; import { create } from './test/helper.js';\ntest('a', async ({ page }) => {\n  await create(${first}, '${name}');\n});\n`,
    ]),
  ),
});

const found = (files: Files): readonly string[] => places('hardcoded-resource-name', files, { runner: 'playwright' });

test('a name that a helper types into a page is text', () => {
  const helper = `export async function create(page, collectionName) { await page.getByLabel('Name').fill(collectionName); }`;
  expect(found(handing(helper, 'page'))).toEqual([]);
});

test('a name that a helper looks for on a page, in a step of its own, is text', () => {
  const helper = `import { test } from '@playwright/test';
export async function create(page, collectionName) { await test.step('looks', async () => { await page.locator('li').filter({ hasText: collectionName }).click(); }); }`;
  expect(found(handing(helper, 'page'))).toEqual([]);
});

test('a name that a helper sends to a server is one', () => {
  const helper = `export async function create(client, collectionName) { await client.put('/collections/' + collectionName); }`;
  expect(found(handing(helper, 'client'))).toEqual(['0.test.ts:3']);
});
