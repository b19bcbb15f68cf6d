/**
 * Runs the twins of a rule under their real runner: `collides` must fail when its tests run in parallel, `isolated` must not.
 * It knows nothing of the rules: what to run and which symptom to expect stands in each scenario's truth.json.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { containerImage, recreateDatabases, startServices, type ServiceName, type Services } from '../../scripts/services.mjs';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const suites = join(repository, 'fixtures', 'suites');
const barrier = join(repository, 'fixtures', 'barrier.cjs');

/** What a scenario's truth.json says. */
export interface Truth {
  /** One line for people: what goes wrong here. */
  readonly story: string;
  /** The command, as a shell reads it, under which `collides` fails and `isolated` passes. Tests meet at `// meets:` lines. */
  readonly parallel: string;
  /** The command under which `collides` passes; nobody waits at a barrier. Absent where the fault needs no second worker. */
  readonly serial?: string;
  /** What the output of the failing run must hold: the source of a regular expression. */
  readonly symptom: string;
  /** Services started from nothing for this scenario. */
  readonly needs?: readonly ServiceName[];
  /** Postgres databases made anew before every run, with the tables of the twin's schema.sql. */
  readonly databases?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Kill the run after so many milliseconds and count it as a failure with the text `run: timed out`. */
  readonly timeout?: number;
  /** Tests do not meet: the fault shows without a second worker, or the tests would wait for themselves. */
  readonly alone?: boolean;
  /** The tests start containers by themselves: REDIS_IMAGE names an image that is there. Belongs in test/containers. */
  readonly docker?: boolean;
}

export interface Scenario {
  readonly rule: string;
  readonly name: string;
  readonly path: string;
  readonly truth: Truth;
}

export function scenarios(...rules: readonly string[]): readonly Scenario[] {
  return folders(suites)
    .filter((each) => rules.includes(each))
    .flatMap((each) =>
      folders(join(suites, each)).map((name) => {
        const path = join(suites, each, name);
        return { rule: each, name, path, truth: JSON.parse(readFileSync(join(path, 'truth.json'), 'utf8')) as Truth };
      }),
    );
}

const folders = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path)
        .filter((name) => statSync(join(path, name)).isDirectory())
        .sort()
    : [];

/** How often `isolated` must pass in parallel. Its tests meet, so that more runs show little more. */
const ROUNDS = Number(process.env['ISOLATION_AUDIT_ROUNDS'] ?? 1);

export interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Declares the tests of all twins of a rule. */
export function twins(rule: string): void {
  for (const scenario of scenarios(rule)) declare(scenario, scenario.truth);
}

/** Declares, for each rule, those of the first twins that use a service, once more where it comes from elsewhere: what they do serially is known already. */
export function twinsOn(service: ServiceName): void {
  const rules = folders(suites).filter((rule) => existsSync(join(repository, 'test', 'truth', `${rule}.test.ts`)));
  for (const rule of rules) {
    const first = scenarios(rule).find(({ truth: { needs } }) => needs?.includes(service));
    if (!first) continue;
    const { serial: _known, ...truth } = first.truth;
    declare(first, truth);
  }
}

function declare(scenario: Scenario, truth: Truth): void {
  describe(`${scenario.rule}/${scenario.name}`, () => {
    let services: Services | undefined;
    beforeAll(async () => {
      if (truth.needs?.length) services = await startServices(truth.needs);
    }, 120_000);
    afterAll(async () => services?.stop());
    const run = async (twin: 'collides' | 'isolated', command: string, meet: boolean): Promise<Outcome> => {
      const folder = join(scenario.path, twin);
      const schema = join(folder, 'schema.sql');
      if (services && truth.databases) await recreateDatabases(services, truth.databases, existsSync(schema) ? readFileSync(schema, 'utf8') : undefined);
      return runTwin(
        folder,
        command,
        { ...services?.env, ...(truth.docker ? { REDIS_IMAGE: containerImage('redis') } : {}), ...truth.env },
        { meet: meet && !truth.alone, timeout: truth.timeout ?? 60_000 },
      );
    };

    const patience = 60_000 + (truth.timeout ?? 60_000) * ROUNDS;

    test('collides fails in parallel', { timeout: patience }, async () => {
      const outcome = await run('collides', truth.parallel, true);
      expect(outcome.code, outcome.output).not.toBe(0);
      expect(outcome.output).toMatch(new RegExp(truth.symptom));
      expect(outcome.output).not.toContain('barrier: nobody else came');
    });
    test('isolated passes in parallel, every time', { timeout: patience }, async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const outcome = await run('isolated', truth.parallel, true);
        expect(outcome.code, outcome.output).toBe(0);
      }
    });
    const { serial } = truth;
    if (serial !== undefined) {
      test('collides passes serially', { timeout: patience }, async () => {
        const outcome = await run('collides', serial, false);
        expect(outcome.code, outcome.output).toBe(0);
      });
    }
  });
}

/** One run of one twin in a copy of its own, with the packages that its package.json declares. */
export async function runTwin(
  folder: string,
  command: string,
  env: Readonly<Record<string, string>>,
  how: { readonly meet: boolean; readonly timeout: number },
): Promise<Outcome> {
  const { project, place, remove } = twinCopy(folder);
  try {
    if (how.meet) sourcesOf(project).forEach((path) => writeFileSync(path, withMeetings(readFileSync(path, 'utf8'), path)));
    const meeting = join(place, 'barrier');
    mkdirSync(meeting);
    return await shell(command, project, { ...env, ...(how.meet ? { ISOLATION_AUDIT_BARRIER: meeting } : {}) }, how.timeout);
  } finally {
    remove();
  }
}

/** A twin in a folder of its own, with the packages that its package.json declares, and what lies beside it. */
export function twinCopy(folder: string): { readonly project: string; readonly place: string; readonly remove: () => void } {
  const place = mkdtempSync(join(tmpdir(), 'isolation-audit-twin-'));
  const project = join(place, 'project');
  cpSync(folder, project, { recursive: true });
  linkPackages(project);
  return { project, place, remove: () => rmSync(place, { recursive: true, force: true, maxRetries: 3 }) };
}

/** `// meets: stored` on a line of its own, or `// meets: stored 3` for three. */
export function withMeetings(text: string, path: string): string {
  return text.replace(/^([ \t]*)\/\/ meets: ([\w-]+)(?: (\d+))?[ \t]*$/gm, (_, indent: string, point: string, count?: string) => {
    const load = isCommonJs(text, path) ? `require(${JSON.stringify(barrier)})` : `(await import(${JSON.stringify(barrier)})).default`;
    return `${indent}await ${load}.meet(${JSON.stringify(point)}${count ? `, ${count}` : ''});`;
  });
}

const isCommonJs = (text: string, path: string): boolean => extname(path) === '.cjs' || (extname(path) === '.js' && !/^(?:import|export)\b/m.test(text));

function sourcesOf(project: string): readonly string[] {
  return readdirSync(project, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?[jt]sx?$/.test(name) && !name.startsWith('node_modules'))
    .map((name) => join(project, name));
}

function linkPackages(project: string): void {
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Record<string, Record<string, string> | undefined>;
  const declared = Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] });
  for (const name of declared) {
    const from = join(repository, 'node_modules', name);
    const to = join(project, 'node_modules', name);
    if (!existsSync(from)) throw new Error(`${relative(repository, project)} declares ${name}, which this repository does not have`);
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(from, to, 'junction');
  }
}

/** What must not reach a runner that runs under our own: the ids and options of the outer one. */
const OUTER = /^(?:VITEST|JEST_|NODE_TEST|NODE_OPTIONS$|NODE_ENV$|TEST$|MODE$|PROD$|DEV$|BASE_URL$|SSR$|PG|DATABASE_URL$|REDIS_URL$|ISOLATION_AUDIT_BARRIER$)/;

function shell(command: string, cwd: string, env: Readonly<Record<string, string>>, timeout: number): Promise<Outcome> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OUTER.test(name)));
  const path = [join(repository, 'node_modules', '.bin'), dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      cwd,
      shell: true,
      detached: process.platform !== 'win32',
      env: { ...inherited, PATH: path, FORCE_COLOR: '0', CI: '1', ...env },
    });
    let output = '';
    let timedOut = false;
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    const killAll = (): void => {
      try {
        if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
    };
    const timer = setTimeout(() => {
      timedOut = true;
      killAll();
    }, timeout);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      killAll();
      resolve({ code: timedOut ? 124 : (code ?? 1), output: timedOut ? `${output}\nrun: timed out\n` : output });
    });
  });
}
