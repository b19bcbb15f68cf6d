import { cases } from './cases.js';

cases('shared-path', {
  valid: [
    `import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('writes the export', () => {
  const folder = mkdtempSync(join(tmpdir(), 'orders-'));
  writeFileSync(join(folder, 'orders.csv'), 'id');
  expect(readFileSync(join(folder, 'orders.csv'), 'utf8')).toBe('id');
});
`,
  ],
  invalid: {
    [`import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('writes the export', () => {
  writeFileSync('out/orders.csv', 'id');
  expect(readFileSync('out/orders.csv', 'utf8')).toBe('id');
});
`]: [[5, '`out/orders.csv` is written by 1 test file. Write below a directory that `mkdtemp` makes for each test or worker.']],
  },
});
