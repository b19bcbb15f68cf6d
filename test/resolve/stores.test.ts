import { expect, test } from 'vitest';
import { places } from '../detectors/audit.js';

/** Functions that keep what they make under a name, for everybody who asks for it later. */
const keeping: readonly (readonly [string, string])[] = [
  [
    `a map of the module`,
    `const kept = new Map();\nexport function remember(name, make) { if (!kept.has(name)) { kept.set(name, make()); } return kept.get(name); }`,
  ],
  [`an object of the module`, `const kept = {};\nexport function remember(name, make) { if (!kept[name]) { kept[name] = make(); } return kept[name]; }`],
  [
    `a map on the global object`,
    `export function remember(name, make) { const own = globalThis; if (!own.kept) { own.kept = new Map(); } if (!own.kept.has(name)) { own.kept.set(name, make()); } return own.kept.get(name); }`,
  ],
  [
    `a map on the global object, made where it is missing`,
    `export function remember(name, make) { const own = globalThis; own.kept ??= new Map(); if (!own.kept.has(name)) own.kept.set(name, make()); return own.kept.get(name); }`,
  ],
  [
    `an object on the global object`,
    `export const remember = (name, make) => { const own = global; own.kept ??= {}; own.kept[name] ??= make(); return own.kept[name]; };`,
  ],
  [`a package`, `export { remember } from '@epic-web/remember';`],
];

test.each(keeping)('a client that %s keeps is one', (_, text) => {
  const files = {
    'remember.ts': text,
    'db.ts': `import { Pool } from 'pg'; import { remember } from './remember';\nexport const pool = remember('pool', () => new Pool({ database: 'shop' }));\nexport const put = () => pool.query('INSERT INTO t VALUES (1)');`,
    ...Object.fromEntries(
      ['a', 'b'].map((each) => [
        `${each}.test.ts`,
        `import { test } from 'vitest'; import { put } from './db';\ntest('${each}', async () => { await put(); });`,
      ]),
    ),
  };
  expect(places('hardcoded-database-name', files)).toEqual(['db.ts:2']);
});
