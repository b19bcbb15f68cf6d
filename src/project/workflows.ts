import { posix } from 'node:path';
import type { Span } from '../model/facts.js';
import type { Place } from '../model/place.js';
import type { Json } from '../model/runner.js';
import { isObject, spanIndex } from './json-file.js';
import { joinPath } from './packages.js';
import type { ProjectGap, Walk } from './walk.js';
import { parseYaml } from './yaml-file.js';

/** A shell text of a CI file. */
interface CiScript {
  readonly text: string;
  /** Merged from the workflow, the job and the step. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** `workflow ci.yml job test`. */
  readonly from: string;
  readonly path: string;
  /** Range of the text's value in the file. */
  readonly span: Span;
}
interface CiService {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly from: string;
  readonly at: Place;
}
interface CiVariable {
  readonly name: string;
  readonly value: string;
  readonly from: string;
  readonly at: Place;
}
export interface Ci {
  readonly scripts: readonly CiScript[];
  readonly services: readonly CiService[];
  readonly variables: readonly CiVariable[];
  readonly gaps: readonly ProjectGap[];
}

const CI_FILE =
  /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.github\/actions\/.+\/action\.ya?ml|\.gitlab-ci\.ya?ml|\.travis\.ya?ml|\.circleci\/config\.ya?ml|azure-pipelines[^/]*\.ya?ml|\.azure-pipelines\/.+\.ya?ml|\.buildkite\/pipeline[^/]*\.ya?ml|bitbucket-pipelines\.ya?ml|\.drone\.ya?ml|appveyor\.ya?ml|\.woodpecker(?:\/.+)?\.ya?ml)$/;
/** Releases, labels and stale issues make up half of all workflows: their variables are noise, and parsing is the cost. */
const MAY_TEST =
  /(?<!la)test|e2e|\bunit|integration|\bcover|\bspec\b|\bcheck\b|\bverify\b|services\s*:|mocha|\bava\b|\btap\b|playwright|jasmine|(?:run|yarn|pnpm|make)\s+(?:ci|all)\b/i;
const SCRIPT_KEYS = new Set(['run', 'script', 'command', 'before_script', 'test_script', 'bash']);
const ENV_KEYS = new Set(['env', 'environment', 'variables']);

export function isCiFile(path: string): boolean {
  return (path.startsWith('.') || !path.includes('/')) && CI_FILE.test(path);
}

/** What the CI files of the project run, with which variables, beside which services. */
export function readCi(walk: Walk, paths: readonly string[] = walk.files.filter(isCiFile)): Ci {
  const scripts: CiScript[] = [];
  const services: CiService[] = [];
  const variables: CiVariable[] = [];
  const gaps: ProjectGap[] = [];
  for (const path of paths) {
    const read = walk.read(path);
    if (read.text === undefined) {
      gaps.push({ path, why: read.detail });
      continue;
    }
    if (!MAY_TEST.test(read.text)) continue;
    const parsed = parseYaml(read.text);
    if ('error' in parsed) {
      gaps.push({ path, why: `not valid YAML: ${parsed.error}` });
      continue;
    }
    const at = spanIndex(parsed.spans);
    const place = (keys: readonly string[]): Place => ({ path, span: at(...keys) ?? [0, 0] });
    const label = path.startsWith('.github/workflows/') ? `workflow ${posix.basename(path)}` : `file ${path}`;
    visit(parsed.value, [], {}, '', {
      script: (text, keys, env, cwd) => scripts.push({ text, env, cwd, from: `${label}${jobOf(keys)}`, path, span: place(keys).span }),
      service: (name, image, ports, env, keys) => services.push({ name, image, ports, env, from: `${label}${jobOf(keys)}`, at: place(keys) }),
      variable: (name, value, keys) => variables.push({ name, value, from: `${label}${jobOf(keys)}`, at: place(keys) }),
    });
  }
  return { scripts, services, variables, gaps };
}

interface Sink {
  script(text: string, keys: readonly string[], env: Readonly<Record<string, string>>, cwd: string): void;
  service(name: string, image: string, ports: readonly string[], env: Readonly<Record<string, string>>, keys: readonly string[]): void;
  variable(name: string, value: string, keys: readonly string[]): void;
}

/**
 * The formats differ in their outer keys and agree on the inner ones: a map of variables reaches everything below its own
 * parent, and scripts are texts or lists of texts. So one walk reads them all.
 */
function visit(node: Json | undefined, keys: readonly string[], env: Readonly<Record<string, string>>, cwd: string, sink: Sink): void {
  if (keys.length > 24) return;
  if (Array.isArray(node)) {
    node.forEach((item: Json, index) => visit(item, [...keys, String(index)], env, cwd, sink));
    return;
  }
  if (!isObject(node)) return;
  let here = env;
  for (const key of ENV_KEYS) {
    const own = textMap(node[key]);
    // Variables of a service are set inside its container, not for the tests.
    if (!own || keys.at(-2) === 'services') continue;
    here = { ...here, ...own };
    // What an expression gives is known only to those who run it.
    for (const [name, value] of Object.entries(own)) if (!value.includes('${{')) sink.variable(name, value, [...keys, key, name]);
  }
  const run = isObject(node['defaults']) && isObject(node['defaults']['run']) ? node['defaults']['run'] : node;
  const folder = run['working-directory'] ?? node['working_directory'];
  const place = typeof folder === 'string' && !/[$~]/.test(folder) ? (joinPath('', folder) ?? cwd) : cwd;
  for (const [key, value] of Object.entries(node)) {
    if (ENV_KEYS.has(key)) continue;
    if (key === 'services' && keys.length > 0) readServices(value, [...keys, key], sink);
    if (!SCRIPT_KEYS.has(key)) visit(value, [...keys, key], here, place, sink);
    else if (typeof value === 'string') sink.script(value, [...keys, key], here, place);
    else if (Array.isArray(value))
      value.forEach((line: Json, index) => typeof line === 'string' && sink.script(line, [...keys, key, String(index)], here, place));
    else visit(value, [...keys, key], here, place, sink);
  }
}

function readServices(value: Json, keys: readonly string[], sink: Sink): void {
  if (!isObject(value)) return;
  for (const [name, service] of Object.entries(value)) {
    const image = isObject(service) ? service['image'] : service;
    if (typeof image !== 'string') continue;
    const body = isObject(service) ? service : {};
    const ports = Array.isArray(body['ports']) ? body['ports'].map(String) : [];
    sink.service(name, image, ports, textMap(body['env']) ?? {}, isObject(service) ? [...keys, name, 'image'] : [...keys, name]);
  }
}

/** GitHub keeps expressions: `${{ matrix.db }}` stays text. */
function textMap(value: Json | undefined): Record<string, string> | undefined {
  if (!isObject(value)) return undefined;
  const map: Record<string, string> = {};
  for (const [key, each] of Object.entries(value))
    if (typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean') map[key] = String(each);
  return map;
}

function jobOf(keys: readonly string[]): string {
  const at = keys.indexOf('jobs');
  return at >= 0 && keys[at + 1] !== undefined ? ` job ${keys[at + 1]}` : '';
}
