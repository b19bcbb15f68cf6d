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

const setups = ['jest', 'mocha', 'node-test', 'playwright'];
const runtimeTypes = ['src/worker/index.d.ts', ...setups.map((name) => `src/setup/${name}.d.ts`)];
keepDeclarations('src/index.d.ts', 'rules/plugin.d.ts', 'src/setup/vitest.d.ts', ...runtimeTypes);
alsoForRequire(...runtimeTypes);

const bundle = await rolldown({
  cwd: root,
  input: { index: 'src/index.ts', 'cli/main': 'src/cli/main.ts', 'eslint-plugin': 'rules/plugin.ts' },
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && !/^[A-Za-z]:/.test(id),
  resolve: { extensionAlias: { '.js': ['.ts'] } },
});
// Chunks lie as deep as the files that ask `import.meta.url` for package.json and docs: src/project, src/cli.
await bundle.write({ dir: dist, format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' });
await bundle.close();
// What runs inside the tests of others: few, small files, and for `require` too. All lie in one folder, since one starts another by its path.
const runtime = await rolldown({
  cwd: root,
  input: { index: 'src/worker/index.ts', 'setup-vitest': 'src/setup/vitest.ts' },
  platform: 'node',
  resolve: { extensionAlias: { '.js': ['.ts'] } },
});
await runtime.write({ dir: join(dist, 'worker'), format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' });
await runtime.close();
const required = await rolldown({
  cwd: root,
  input: {
    index: 'src/worker/index.ts',
    service: 'src/worker/service/main.ts',
    ...Object.fromEntries(setups.map((name) => [`setup-${name}`, `src/setup/${name}.ts`])),
  },
  platform: 'node',
  resolve: { extensionAlias: { '.js': ['.ts'] } },
});
// Named always: Jest calls a set-up file that is a function.
await required.write({ dir: join(dist, 'worker'), format: 'cjs', exports: 'named', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' });
await required.close();
// What verify starts: its hub, and what runs inside the tests of a run. They find each other by their path.
const hub = await rolldown({
  cwd: root,
  input: { hub: 'src/verify/hub/main.ts' },
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && !/^[A-Za-z]:/.test(id),
  resolve: { extensionAlias: { '.js': ['.ts'] } },
});
await hub.write({ dir: join(dist, 'verify'), format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' });
await hub.close();
const preload = await rolldown({
  cwd: root,
  input: { preload: 'src/verify/preload/main.ts' },
  platform: 'node',
  resolve: { extensionAlias: { '.js': ['.ts'] } },
});
await preload.write({ dir: join(dist, 'verify'), format: 'cjs', entryFileNames: '[name].cjs' });
await preload.close();
// What verify hands to runners by its path, as it stands.
cpSync(join(root, 'src/verify/inside'), join(dist, 'verify'), { recursive: true });
// jscodeshift is told a codemod by its path, which is to be short. It compiles each `.js` that is required, in packages too, which modules do not survive: so a
// `.cjs` imports them.
const codemods = readdirSync(join(root, 'codemods')).filter((name) => name.endsWith('.ts'));
const transforms = await rolldown({
  cwd: root,
  input: Object.fromEntries(codemods.map((name) => [name.replace(/\.ts$/, ''), `codemods/${name}`])),
  platform: 'node',
  external: (id) => !/^[./]/.test(id) && !/^[A-Za-z]:/.test(id),
  resolve: { extensionAlias: { '.js': ['.ts'] } },
});
await transforms.write({ dir: join(dist, 'codemods'), format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' });
await transforms.close();
for (const name of codemods) {
  const id = name.replace(/\.ts$/, '');
  const text = `module.exports = async (...given) => (await import('../dist/codemods/${id}.js')).default(...given);\n`;
  writeFileSync(join(root, 'codemods', `${id}.cjs`), text);
}
chmodSync(join(dist, 'cli/main.js'), 0o755);
chmodSync(dist, 0o755);
rmSync(join(root, 'dist'), { recursive: true, force: true });
renameSync(dist, join(root, 'dist'));

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
