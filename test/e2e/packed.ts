/** The packed package in small projects: what npm would install is linked. Knows no linter. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { project, type Files } from './cli.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packs the package once for a test file; gives the function that makes a project with it, and with these packages of ours. */
export function packed(): (files: Files, packages: Readonly<Record<string, string>>) => string {
  let unpacked = '';
  beforeAll(() => {
    unpacked = mkdtempSync(join(tmpdir(), 'isolation-audit-packed-'));
    const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', unpacked], { cwd: root, encoding: 'utf8' });
    const [{ filename }] = JSON.parse(said) as [{ filename: string }];
    execFileSync('tar', ['-xzf', join(unpacked, filename), '-C', unpacked]);
  });
  afterAll(() => rmSync(unpacked, { recursive: true, force: true }));
  return (files, packages) => {
    const folder = project(files);
    cpSync(join(unpacked, 'package'), join(folder, 'node_modules/isolation-audit'), { recursive: true });
    for (const [name, from] of [...Object.keys(manifest.dependencies).map((each) => [each, each]), ...Object.entries(packages)]) {
      mkdirSync(dirname(join(folder, 'node_modules', name!)), { recursive: true });
      symlinkSync(join(root, 'node_modules', from!), join(folder, 'node_modules', name!), 'junction');
    }
    return folder;
  };
}
