// Packs the package and looks at the tarball as a stranger gets it: its files, its types, its command. Knows nothing of the sources.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Everything that users need; a file that no line allows fails the check. */
const ALLOWED = [
  /^package\.json$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^codemods\/[\w-]+\.cjs$/,
  /^dist\/[\w./-]+\.([cm]?js|d\.c?ts)$/,
  /^docs\/rules\/[\w-]+\.md$/,
  /^(worker|setup\/[\w-]+)\/package\.json$/,
  /^docs\/(report\.schema\.json|worker\.md)$/,
];

const SETUP = ['jest', 'mocha', 'node-test', 'playwright'].map((runner) => `setup/${runner}`);

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'isolation-audit-pack-'));
const tool = (name, ...args) => execFileSync(join(root, 'node_modules/.bin', name), args, { cwd: root, stdio: 'inherit' });
let failed = false;

try {
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root, encoding: 'utf8' }));
  const paths = packed.files.map((file) => file.path);
  const unexpected = paths.filter((path) => !ALLOWED.some((pattern) => pattern.test(path)));
  const missing = [
    'LICENSE',
    'README.md',
    'dist/index.js',
    'dist/src/index.d.ts',
    'dist/cli/main.js',
    'codemods/apply-plan.cjs',
    'codemods/put-env-back.cjs',
    'dist/eslint-plugin.js',
    'dist/rules/plugin.d.ts',
    'dist/worker/index.js',
    'dist/worker/index.cjs',
    'dist/worker/service.cjs',
    'dist/verify/vitest-run.mjs',
    'docs/report.schema.json',
  ].filter((path) => !paths.includes(path));
  for (const path of unexpected) console.error(`The package holds ${path}, which users do not need: leave it out by "files" in package.json.`);
  for (const path of missing) console.error(`The package lacks ${path}.`);
  failed ||= unexpected.length > 0 || missing.length > 0;

  const tarball = join(folder, packed.filename);
  tool('publint', 'run', tarball, '--strict');
  // Suites of CommonJS need the runtime library, and those that a compiler checks find it by `moduleResolution: node` too; the rest of the package is for import alone.
  tool('attw', tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'worker', ...SETUP);
  tool('attw', tarball, '--profile', 'strict', '--entrypoints', 'worker', ...SETUP);

  execFileSync('tar', ['-xzf', tarball, '-C', folder]);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  // As Jest before 28, which knows no `exports`, and before 27, which knows no `node:fs`.
  const { resolve } = createRequire(import.meta.url);
  for (const part of ['worker', ...SETUP]) resolve(join(folder, 'package', part));
  for (const path of paths.filter((each) => /^dist\/worker\/.*\.cjs$/.test(each))) {
    if (!/require\(["']node:/.test(readFileSync(join(folder, 'package', path), 'utf8'))) continue;
    console.error(`${path} requires a module of Node as \`node:...\`, which Jest before 27 does not find.`);
    failed = true;
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const said = execFileSync(process.execPath, [join(folder, 'package/dist/cli/main.js'), '--version'], { encoding: 'utf8' }).trim();
  if (said !== version) {
    console.error(`The packed command says version ${said}, package.json says ${version}.`);
    failed = true;
  }
  console.log(`${paths.length} files, ${Math.round(packed.size / 1024)} kB packed, ${Math.round(packed.unpackedSize / 1024)} kB unpacked.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  failed = true;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
