/** Reads the suites of fixtures/end-to-end and makes projects of them in which they run. Knows nothing of rules and repairs. */
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServiceName, Services } from '../../../scripts/services.mjs';
import { withMeetings } from '../../truth/twins.js';
import { project, type Files, type Project } from '../worker/project.js';

const folder = fileURLToPath(new URL('../../../fixtures/end-to-end', import.meta.url));

/** What a suite's suite.json says. */
interface Told {
  /** One line for people: what the tests share. */
  readonly story: string;
  readonly needs: readonly ServiceName[];
  /** As a CI job of the project would set it; `{redis}` and the like are the ports of the servers. */
  readonly env: Readonly<Record<string, string>>;
  /** What the project documents to be run once, before the tests. */
  readonly prepare?: string;
  readonly serial: string;
  /** With four workers. Tests meet at their `// meets:` lines. */
  readonly parallel: string;
  /** What the output of the parallel run holds before the repair: the source of a regular expression. */
  readonly symptom: string;
  /** Rule and place of each finding. */
  readonly finds: readonly string[];
  /** What the scan still says once nothing collides: that the suite is told to run serially, which stays for people to take away. */
  readonly leaves?: readonly string[];
}

export interface Suite extends Told {
  readonly name: string;
  readonly files: Files;
  /** What somebody changed who followed docs/worker.md; only where `fix` does not repair the suite whole. */
  readonly byHand: Files | undefined;
}

export function suites(): readonly Suite[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const told = JSON.parse(readFileSync(join(path, 'suite.json'), 'utf8')) as Told;
      const fixed = join(path, 'fixed');
      return { name, ...told, files: filesOf(join(path, 'project')), byHand: existsSync(fixed) ? filesOf(fixed) : undefined };
    });
}

export function filesOf(path: string): Files {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1)).filter((name) => !name.startsWith('node_modules/'));
  return Object.fromEntries(paths.sort().map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

export interface Runnable {
  readonly serially: () => ReturnType<Project['run']>;
  /** `patience`: milliseconds that a test waits for the others; one that fails before never comes. */
  readonly inParallel: (patience: number) => ReturnType<Project['run']>;
}

/** The suite with these files, installed and prepared. */
export async function runnable(suite: Suite, files: Files, services: Services): Promise<Runnable> {
  const members = Object.entries(files).flatMap(([name, text]) => (name.endsWith('package.json') ? [[dirname(name), manifestOf(text)] as const] : []));
  const own = new Set(members.map(([, { name }]) => name));
  const packages = [...new Set(members.flatMap(([, manifest]) => manifest.packages))].filter((name) => !own.has(name) && name !== 'isolation-audit');
  const meeting = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, /\.[cm]?[jt]s$/.test(name) ? withMeetings(text, name) : text]));
  const { path, run } = project(meeting, packages);
  for (const [place, { name }] of members) {
    if (place === '.') continue;
    const link = join(path, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(path, place), link, 'junction');
  }
  const env = envOf(suite, services);
  if (suite.prepare !== undefined) {
    const { code, output } = await run(suite.prepare, env);
    if (code !== 0) throw new Error(`\`${suite.prepare}\` failed:\n${output}`);
  }
  return {
    serially: () => run(suite.serial, { ...env, ISOLATION_AUDIT_BARRIER: '' }),
    inParallel: (patience) => run(suite.parallel, { ...env, ISOLATION_AUDIT_PATIENCE: String(patience) }),
  };
}

function manifestOf(text: string): { readonly name: string; readonly packages: readonly string[] } {
  const { name, dependencies, devDependencies } = JSON.parse(text) as Readonly<Record<'dependencies' | 'devDependencies', object | undefined>> & {
    name: string;
  };
  return { name, packages: Object.keys({ ...dependencies, ...devDependencies }) };
}

function envOf({ env }: Suite, { urls }: Services): Readonly<Record<string, string>> {
  const port = (name: string): string => {
    const url = urls[name as ServiceName];
    if (url === undefined) throw new Error(`suite.json names ${name}, which was not started`);
    return new URL(url).port;
  };
  return Object.fromEntries(Object.entries(env).map(([name, text]) => [name, text.replace(/\{(\w+)\}/g, (_, service: string) => port(service))]));
}
