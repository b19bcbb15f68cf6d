import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scan } from '../../src/index.js';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'isolation-audit-types-'));
  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('package.json', JSON.stringify({ name: 'carts', devDependencies: { vitest: '4.0.0', ioredis: '6.0.0' } }));
  write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'esnext', moduleResolution: 'bundler', target: 'es2022', strict: true } }));
  // A client whose package is known only through its types.
  write('node_modules/ioredis/package.json', JSON.stringify({ name: 'ioredis', version: '6.0.0', types: 'index.d.ts' }));
  write('node_modules/ioredis/index.d.ts', 'export declare class Redis { flushall(): Promise<string>; set(key: string, value: string): Promise<string>; }\n');
  write('src/shop.d.ts', "import type { Redis } from 'ioredis';\nexport interface Shop { readonly redis: Redis }\nexport declare function openShop(): Shop;\n");
  const suite =
    "import { beforeEach, test } from 'vitest';\nimport { openShop } from '../src/shop';\n\nconst shop = openShop();\nbeforeEach(() => shop.redis.flushall());\ntest('keeps a cart', async () => {\n  await shop.redis.set('cart', 'full');\n});\n";
  write('test/carts.test.ts', suite);
  write('test/coupons.test.ts', suite.replaceAll('cart', 'coupon'));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('types tell what a receiver is that values do not explain', async () => {
  const without = await scan({ root, cache: false });
  const withTypes = await scan({ root, cache: false, types: true });
  expect(without.findings).toEqual([]);
  expect(withTypes.findings.map((each) => `${each.confidence} ${each.rule} ${each.places[0].path}:${each.places[0].region.startLine}`)).toEqual([
    'possible unscoped-wipe test/carts.test.ts:5',
    'possible unscoped-wipe test/coupons.test.ts:5',
  ]);
});
