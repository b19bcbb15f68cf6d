import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SETTINGS_FILES } from '../project/settings.js';
import { UserError } from '../project/user-error.js';
import { writeForUser } from '../project/write-file.js';
import { shown } from './outputs.js';
import type { World } from './world.js';

/** Everything is a comment: a fresh configuration changes nothing. */
const BODY = `  // Folders to audit, relative to this file, when not the whole project.
  // roots: ['packages/api', 'packages/worker'],

  // Test files to audit, and to leave out.
  // include: ['test/**/*.test.ts'],
  // exclude: ['test/manual/**'],

  // By rule: off, or the least confidence that it reports.
  // rules: { 'missing-cleanup': 'off', 'shared-path': 'likely' },

  // Names that are known to be the test's own. A * stands for any text.
  // safeNames: ['tmp_*'],

  // Entries for clients of your own that come from a package: docs/configuration.md has an example.
  // catalogue: [],

  // The confidence from which findings make the exit status 1.
  // failOn: 'likely',

  // Findings accepted for now, written by scan --update-baseline.
  // baseline: 'isolation-audit.baseline.json',
`;

const TYPED = `import { defineConfig } from 'isolation-audit';

/** Read by \`isolation-audit scan\`. Every key is optional. */
export default defineConfig({
${BODY}});
`;
const PLAIN = `/**
 * Read by \`isolation-audit scan\`. Every key is optional.
 * @type {import('isolation-audit').Settings}
 */
export default {
${BODY}};
`;

function usesTypeScript(root: string): boolean {
  if (existsSync(join(root, 'tsconfig.json'))) return true;
  try {
    return /"typescript"\\s*:/.test(readFileSync(join(root, 'package.json'), 'utf8'));
  } catch {
    return false;
  }
}

export function initCommand(request: { readonly root: string }, world: World): 0 {
  const root = resolve(world.cwd, request.root);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new UserError(`There is no folder \`${request.root}\`. Name the folder of the project.`);
  const there = SETTINGS_FILES.find((name) => existsSync(join(root, name)));
  if (there !== undefined) throw new UserError(`\`${shown(join(root, there), world.cwd)}\` is there already and stays as it is. Edit it, or remove it first.`);
  const typed = usesTypeScript(root);
  const file = join(root, `isolation-audit.config.${typed ? 'ts' : 'mjs'}`);
  writeForUser(file, typed ? TYPED : PLAIN, 'the configuration');
  world.stdout.write(`Wrote ${shown(file, world.cwd)}. Every key in it is a comment: the next scan is the same as the last.\n`);
  return 0;
}
