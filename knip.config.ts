import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { KnipConfig } from 'knip';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Fixtures are projects of their own that run on our packages: what their manifests name is used. */
const fixtures = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
  .filter((path) => basename(path) === 'package.json' && !path.includes('node_modules'))
  .map((path) => JSON.parse(readFileSync(join('fixtures', path), 'utf8')) as Manifest)
  .flatMap(({ dependencies, devDependencies }) => Object.keys({ ...dependencies, ...devDependencies }));

export default {
  // scripts/services.mjs takes its back ends as whole modules, by name, so all that they export is used.
  entry: [
    'src/cli/main.ts',
    'rules/plugin.ts',
    'codemods/*.ts',
    'src/worker/index.ts',
    'src/worker/service/main.ts',
    'src/verify/hub/main.ts',
    'src/verify/preload/main.ts',
    'src/setup/*.ts',
    'src/verify/inside/*',
    'scripts/*.mjs',
    'scripts/services/*.mjs',
    'test/e2e/*.cjs',
  ],
  project: ['src/**/*.{ts,cjs,mjs}', 'rules/**/*.ts', 'codemods/**/*.ts', 'test/**/*.{ts,cjs}', 'scripts/**/*.mjs'],
  ignore: ['fixtures/**'],
  // The package check starts two by path, tests the third and the fourth; `typescript` is what typescript-estree runs on.
  ignoreDependencies: [...new Set(fixtures), 'oxlint', 'mariadb', '@arethetypeswrong/cli', 'publint'],
  ignoreBinaries: ['taskset', 'apt-get', 'nsenter'],
  ignoreExportsUsedInFile: { interface: true, type: true },
} satisfies KnipConfig;
