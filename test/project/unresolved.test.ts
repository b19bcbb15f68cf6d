import { expect, test } from 'vitest';
import { unresolvedDatabases } from '../../src/project/report/unresolved.js';
import { audit } from '../detectors/audit.js';

const storyOf = (open: string): Parameters<typeof unresolvedDatabases>[0] =>
  audit({
    'a.test.ts': `import { Pool } from 'pg';
import { test } from 'vitest';
import { config } from 'somewhere';
const db = new Pool({ database: ${open} });
test('adds', () => db.query('INSERT INTO orders VALUES (1)'));`,
  }).stories.find((each) => each.file === 'a.test.ts')!;

test('who writes to a database without a known name is not called ready', () => {
  expect(unresolvedDatabases(storyOf('config.database'))).toEqual(['it writes to a PostgreSQL database whose name is not known']);
});

test('a known name is no gap', () => {
  expect(unresolvedDatabases(storyOf(`'orders_spec'`))).toEqual([]);
  expect(unresolvedDatabases(storyOf('`orders_${process.env.VITEST_POOL_ID}`'))).toEqual([]);
});
