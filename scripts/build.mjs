// Makes dist: declarations file by file, code in few chunks, since loading four hundred small modules costs more than scanning a small project.
// Knows nothing of tests, docs or packing.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

// Made aside and moved at the end: a build that fails leaves the last good one, and two at once do not meet.
const cache = join(root, 'node_modules/.cache/isolation-audit');
mkdirSync(cache, { recursive: true });
const dist = mkdtempSync(join(cache, 'dist-'));
process.on('exit', () => rmSync(dist, { recursive: true, force: true }));

const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', dist], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// Jest before 27 does not know `node:fs`.
const plainBuiltins = { name: 'plain-builtins', resolveId: (id) => (id.startsWith('node:') ? { id: id.slice('node:'.length), external: true } : null) };
const setups = ['jest', 'mocha', 'node-test', 'playwright'];
const runtimeTypes = ['src/worker/index.d.ts', ...setups.map((name) => `src/setup/${name}.d.ts`)];
keepDeclarations('src/index.d.ts', 'rules/plugin.d.ts', 'src/setup/vitest.d.ts', ...runtimeTypes);
alsoForRequire(...runtimeTypes);

// Chunks lie as deep as the files that ask `import.meta.url` for package.json and docs: src/project, src/cli.
await bundle({ index: 'src/index.ts', 'cli/main': 'src/cli/main.ts', 'eslint-plugin': 'rules/plugin.ts' }, { dir: '.', chunks: 'chunks/' });
// What runs inside the tests of others: few, small files, and for `require` too. All lie in one folder, since one starts another by its path.
await bundle({ index: 'src/worker/index.ts', 'setup-vitest': 'src/setup/vitest.ts' }, { dir: 'worker', alone: true });
await bundle(
  {
    index: 'src/worker/index.ts',
    service: 'src/worker/service/main.ts',
    ...Object.fromEntries(setups.map((name) => [`setup-${name}`, `src/setup/${name}.ts`])),
  },
  { dir: 'worker', format: 'cjs', alone: true, builtins: plainBuiltins },
);
// What verify starts: its hub, and what runs inside the tests of a run. They find each other by their path.
await bundle({ hub: 'src/verify/hub/main.ts' }, { dir: 'verify' });
await bundle({ preload: 'src/verify/preload/main.ts' }, { dir: 'verify', format: 'cjs', alone: true });
// What verify hands to runners by its path, as it stands.
cpSync(join(root, 'src/verify/inside'), join(dist, 'verify'), { recursive: true });
// jscodeshift is told a codemod by its path, which is to be short. It compiles each `.js` that is required, in packages too, which modules do not survive: so a
// `.cjs` imports them.
const codemods = readdirSync(join(root, 'codemods')).flatMap((name) => (name.endsWith('.ts') ? [name.slice(0, -3)] : []));
await bundle(Object.fromEntries(codemods.map((id) => [id, `codemods/${id}.ts`])), { dir: 'codemods' });
for (const id of codemods) {
  const text = `module.exports = async (...given) => (await import('../dist/codemods/${id}.js')).default(...given);\n`;
  writeFileSync(join(root, 'codemods', `${id}.cjs`), text);
}
// Jest before 28 and TypeScript's `moduleResolution: node` know no `exports`: they find a part of a package as a folder.
legacyFolder('worker', 'index.cjs', 'worker/index.d.cts');
for (const name of setups) legacyFolder(`setup/${name}`, `setup-${name}.cjs`, `setup/${name}.d.cts`);
chmodSync(join(dist, 'cli/main.js'), 0o755);
chmodSync(dist, 0o755);
rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(dist, join(root, 'dist'));

/**
 * Bundles entries into a folder of dist. Packages stay outside, except in what has to load `alone`: it imports nothing but Node's own.
 * @param {Readonly<Record<string, string>>} input
 * @param {{ dir: string, format?: 'esm' | 'cjs', chunks?: string, alone?: boolean, builtins?: import('rolldown').Plugin }} output
 */
async function bundle(input, { dir, format = 'esm', chunks = '', alone = false, builtins }) {
  const bundled = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    ...(alone ? {} : { external: (id) => !/^[./]/.test(id) && !/^[A-Za-z]:/.test(id) }),
    ...(builtins ? { plugins: [builtins] } : {}),
    resolve: { extensionAlias: { '.js': ['.ts'] } },
  });
  const extension = format === 'cjs' ? 'cjs' : 'js';
  // Named always: Jest calls a set-up file that is a function.
  await bundled.write({
    dir: join(dist, dir),
    format,
    ...(format === 'cjs' ? { exports: 'named' } : {}),
    entryFileNames: `[name].${extension}`,
    chunkFileNames: `${chunks}[name]-[hash].${extension}`,
  });
  await bundled.close();
}

/** Names the parts of dist in a folder of the package, for those who look there. */
function legacyFolder(path, main, types) {
  const way = path.replace(/[^/]+/g, '..');
  mkdirSync(join(root, path), { recursive: true });
  writeFileSync(
    join(root, path, 'package.json'),
    `${JSON.stringify({ main: `${way}/dist/worker/${main}`, types: `${way}/dist/src/${types}` }, undefined, 2)}\n`,
  );
}

/** The same declarations once more for CommonJS: TypeScript takes `.d.ts` in a package of modules for those of a module. */
function alsoForRequire(...entries) {
  const made = new Set();
  const visit = (path) => {
    if (made.has(path)) return;
    made.add(path);
    const text = readFileSync(join(dist, path), 'utf8');
    writeFileSync(join(dist, path.replace(/\.d\.ts$/, '.d.cts')), text.replace(/((?:from|import\()\s*'\.[^']+)\.js'/g, "$1.cjs'"));
    for (const [, specifier] of text.matchAll(/(?:from|import\()\s*'(\.[^']+)\.js'/g)) visit(join(dirname(path), `${specifier}.d.ts`));
  };
  entries.forEach(visit);
}

/** Deletes the declarations that a user's compiler never reads from the entries, and the folders they leave empty. */
function keepDeclarations(...entries) {
  const kept = new Set();
  const visit = (path) => {
    if (kept.has(path)) return;
    kept.add(path);
    for (const [, specifier] of readFileSync(path, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)\.js'/g)) visit(join(dirname(path), `${specifier}.d.ts`));
  };
  for (const entry of entries) visit(join(dist, entry));
  for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' }).sort().reverse()) {
    const target = join(dist, path);
    if (target.endsWith('.d.ts')) {
      if (!kept.has(target)) rmSync(target);
    } else if (readdirSync(target).length === 0) rmdirSync(target);
  }
}
