import { describe, expect, test } from 'vitest';
import { places, type Files, type Given } from './audit.js';

/** Classes of shared databases, ports, paths and queues met in repairs of real suites. */
interface Case {
  readonly what: string;
  readonly rule: string;
  readonly files: Files;
  readonly given?: Given;
  /** Primary places at *likely* or better. */
  readonly finds: readonly string[];
}

const spec = (body: string, imports = ''): string => `import { afterEach, beforeEach, expect, test } from 'vitest';\n${imports}\n${body}\n`;
const emptying = (lines: readonly string[]): Files => ({
  'setup.ts': [
    `import { Pool } from 'pg'; import { afterEach } from 'vitest';`,
    ...lines,
    `const pool = new Pool({ connectionString: process.env.DATABASE_URL });`,
    `afterEach(async () => { await pool.query('TRUNCATE orders'); });`,
  ].join('\n'),
  'a.test.ts': spec(`test('a', () => {});`),
  'b.test.ts': spec(`test('b', () => {});`),
});

const cases: readonly Case[] = [
  {
    what: 'the database of a URL that the configuration gives, emptied by a setup file',
    rule: 'unscoped-wipe',
    files: emptying([]),
    given: { setupFiles: ['setup.ts'], environment: { DATABASE_URL: 'postgres://localhost:5432/orders_spec' } },
    finds: ['setup.ts:3'],
  },
  {
    what: 'the same where the setup file first puts the worker into the URL that it read',
    rule: 'unscoped-wipe',
    files: emptying([
      `const base = process.env.DATABASE_URL;`,
      `const url = new URL(base);`,
      'url.pathname = `/orders_spec_${process.env.VITEST_POOL_ID ?? "1"}`;',
      `process.env.DATABASE_URL = url.toString();`,
    ]),
    given: { setupFiles: ['setup.ts'], environment: { DATABASE_URL: 'postgres://localhost:5432/orders_spec' } },
    finds: [],
  },
];

describe('shared databases, ports, paths and queues', () => {
  test.each(cases)('$rule: $what', ({ rule, files, given, finds }) => {
    expect(places(rule, files, given ?? {})).toEqual(finds);
  });
});
