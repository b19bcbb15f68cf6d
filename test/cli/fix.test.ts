import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tree } from '../project/tree.js';
import { cli, type Ran } from './fake-world.js';

const LEAK = `import { test } from 'vitest';

test('knows the zone', () => {
  process.env.TZ = 'UTC';
});
test('has a zone', () => {});
`;
const PORT = `import { createServer } from 'node:http';
import { test } from 'vitest';

const server = createServer();
test('is served', () => server.listen(4310));
test('is served again', () => server.listen(4310));
`;

function shop(files: Readonly<Record<string, string>> = {}, isRepository = true): string {
  const root = tree({
    'package.json': { name: 'acme-shop', private: true, type: 'module', scripts: { test: 'vitest run' }, devDependencies: { vitest: '^4.1.0' } },
    'test/zone.test.js': LEAK,
    ...files,
  });
  const git = (...words: readonly string[]): unknown => execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop.test', ...words], { cwd: root });
  if (isRepository) {
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'The shop');
  }
  return root;
}

const zone = (root: string): string => readFileSync(join(root, 'test/zone.test.js'), 'utf8');
const run = (root: string, ...words: readonly string[]): Promise<Ran> => cli(['fix', ...words], { cwd: root });

test('repairs, and says what', async () => {
  const root = shop();
  const { status, out, err } = await run(root);
  expect(out).toBe('1 finding repaired in 1 file.\n  test/zone.test.js  leaked-env  Save `process.env.TZ` and put it back in an after-hook.\n');
  expect(err).toBe('');
  expect(status).toBe(0);
  expect(zone(root)).toContain('afterEach(() => {');
  // The file has uncommitted changes now, and nobody minds: there is nothing to do.
  expect(await run(root)).toMatchObject({ status: 0, out: 'Nothing is left that can be repaired.\n' });
});

test('says what would be done, line by line, and does nothing', async () => {
  const root = shop();
  const { status, out } = await run(root, '--dry-run', '--diff');
  expect(zone(root)).toBe(LEAK);
  expect(status).toBe(0);
  expect(out).toContain('--- test/zone.test.js\n+++ test/zone.test.js\n@@ -1,5 +1,12 @@\n');
  expect(out).toContain("-import { test } from 'vitest';\n+import { afterEach, test } from 'vitest';\n");
  expect(out).toContain('1 finding would be repaired in 1 file.');
});

test('colours follow the terminal', async () => {
  const root = shop();
  const { out } = await cli(['fix', '--dry-run', '--diff'], { cwd: root, env: { FORCE_COLOR: '1' } });
  expect(out).toContain("\u001b[32m+import { afterEach, test } from 'vitest';\u001b[39m");
});

test('what is left makes the status 1', async () => {
  const root = shop({ 'test/orders.test.js': PORT });
  const { status, out } = await run(root);
  expect(status).toBe(1);
  expect(out).toMatch(/left to repair by hand\.\n(?: {2}.*\n)*? {2}test\/orders\.test\.js:5 {2}fixed-port {2}Port `4310` is bound .* No repair: .*\.\n/);
  expect((await run(root, '--rule', 'leaked-env')).status).toBe(0);
});

test('uncommitted changes are not touched unless asked', async () => {
  const root = shop();
  writeFileSync(join(root, 'test/zone.test.js'), `${LEAK}// mine\n`);
  const { status, err } = await run(root);
  expect(status).toBe(2);
  expect(err).toBe('isolation-audit: Uncommitted changes in `test/zone.test.js`. Commit them first, or pass `--force`. Nothing has been changed.\n');
  expect(zone(root)).toBe(`${LEAK}// mine\n`);
  expect((await run(root, '--dry-run')).status).toBe(0);
  expect((await run(root, '--force')).status).toBe(0);
  expect(zone(root)).toMatch(/afterEach[^]*\/\/ mine\n$/);
});

test('nor are files that no repository has', async () => {
  const root = shop({}, false);
  const { status, err } = await run(root);
  expect(status).toBe(2);
  expect(err).toContain('no git repository');
  expect(zone(root)).toBe(LEAK);
  const other = shop();
  writeFileSync(join(other, 'test/new.test.js'), LEAK.replace('UTC', 'Rome'));
  expect((await run(other)).err).toContain('`test/new.test.js`');
  expect(zone(other)).toBe(LEAK);
});

test('a root that is none', async () => {
  expect(await run(shop(), 'nowhere')).toMatchObject({ status: 2, err: 'isolation-audit: There is no folder `nowhere`. Name the folder of the project.\n' });
});
