import { isBuiltin } from 'node:module';
import { analyze, outlineOf, runners } from '../core.js';
import type { Resolved } from '../model/abstract.js';
import { baseOf } from '../model/code.js';
import type { BindingId, Call, FileFacts, Target, Value } from '../model/facts.js';
import type { Finding } from '../model/finding.js';
import type { Surroundings } from '../model/detector.js';
import { lineAt, type Place } from '../model/place.js';
import type { Repair } from '../model/remedy.js';
import type { Audited, FileStory } from '../model/suite.js';
import { dirOf, joinPath, packageName } from './packages.js';
import { merged } from './report/findings.js';
import { tried } from './repairs.js';
import { placesOf } from './report/places.js';
import { silencer } from './report/silence.js';
import { withAliases, type ResolveImport } from './resolve-import.js';
import type { SourceTexts } from './source-texts.js';
import { workerVariables } from './surroundings.js';
import type { SuiteUse } from './test-files.js';

export interface OneFile {
  readonly path: string;
  /** Without byte order mark, as the facts count it. */
  readonly text: string;
  readonly facts: FileFacts;
  readonly suite: SuiteUse;
  /** For setup files, which run with every test file. */
  readonly texts: SourceTexts;
}

interface Audit {
  readonly findings: readonly Finding[];
  /** The line of a place, counted from 1. */
  readonly lineOf: (place: Place) => number;
  /** The repair of one of these findings in this file, tried out. */
  readonly repair: (finding: Finding) => Repair;
}

/** Rules about what is left behind: a hook that nobody has seen could put it back. */
const PUT_BACK = new Set(['leaked-cwd', 'leaked-env', 'leaked-mock', 'leaked-timers', 'shared-global', 'shared-module-state']);

let alone: Surroundings | undefined;

/**
 * What one test file proves by itself, with the setup files that its runner loads along with it: a suite of one file. What it imports
 * from the project is not read, so what only that could tell stays unsaid. Ignore comments have been heeded.
 */
export function auditOneFile(file: OneFile): Audit {
  const { path, text, facts, texts } = file;
  const { findings, audited } = look(file);
  const places = placesOf({ ...texts, asked: new Map([[path, facts]]), text: (each) => (each === path ? text : texts.text(each)) });
  return {
    findings,
    lineOf: (place) => lineAt(places.lines(place.path), place.span[0]) + 1,
    repair: (finding) => tried({ finding, path, text, audited, before: findings, again: (changed) => look({ ...file, ...changed }).findings }),
  };
}

function look({ path, text, facts, suite, texts }: OneFile): { readonly findings: readonly Finding[]; readonly audited: Audited | undefined } {
  const own = new Map<string, FileFacts | undefined>([[path, facts]]);
  for (const each of [...suite.setupFiles, ...suite.globalSetup]) if (each !== path) own.set(each, texts.facts(each));
  const resolve = withAliases(withoutLooking, suite.layout);
  const { findings, audited } = analyze({
    suites: [{ ...suite, testFiles: [path] }],
    sourcesOf: () => ({
      facts: (file) => own.get(file),
      data: () => undefined,
      has: (file) => own.has(file),
      environment: () => [],
      resolveImport: (from, specifier): Resolved => resolve(from, specifier),
    }),
    outline: (file) => outlineIn(file === path ? text : own.has(file) ? texts.text(file) : undefined),
    surroundings: (alone ??= { containers: [], sharedHosts: false, workerVariables: workerVariables(runners), served: [], complete: false }),
  });
  const stories = audited.flatMap((each) => [...each.audited.setup, ...each.audited.stories]);
  const isHidden = suite.missing.length > 0 || stories.some((story) => hasUnseenHooks(own.get(story.file), story));
  const told = merged(findings.map(({ finding }) => finding)).filter((finding) => !isHidden || !PUT_BACK.has(finding.rule));
  const asked: SourceTexts = { ...texts, asked: new Map([[path, facts]]), text: (file) => (file === path ? text : texts.text(file)) };
  const silence = silencer(asked, placesOf(asked), []);
  return { findings: told.filter((finding) => !silence.isSilenced(finding)), audited: audited[0]?.audited };
}

const outlineIn = (text: string | undefined): ReturnType<typeof outlineOf> | undefined => (text === undefined ? undefined : outlineOf(text));

/** Where an import leads as its text tells: files of the project are named and never looked for. */
const withoutLooking: ResolveImport = (from, specifier) => {
  const bare = specifier.replace(/\?.*$/, '');
  if (isBuiltin(bare)) return { package: bare.startsWith('node:') ? bare : `node:${bare}`, subpath: '' };
  const name = packageName(bare);
  if (name !== undefined) return { package: name, subpath: bare.slice(name.length + 1) };
  const file = /^\.{1,2}(?:\/|$)/.test(bare) ? joinPath(dirOf(from), bare) : undefined;
  return file === undefined ? { missing: true } : { file };
};

/** Code of the project that is called outside tests and hooks, or only loaded, may register hooks of its own. */
function hasUnseenHooks(facts: FileFacts | undefined, { blocks, file }: FileStory): boolean {
  if (!facts) return true;
  const loads = (call: Call): boolean =>
    call.callee.kind === 'outer' && call.callee.name === 'require' && call.args[0] !== undefined && isOfProject(call.args[0].value);
  if (facts.imports.some((each) => each.form === 'side-effect' && isOfProject(each.from))) return true;
  if (facts.calls.some((call) => call.waited === 'floating' && loads(call))) return true;
  const names = new Set(facts.imports.flatMap((each) => (each.binding !== undefined && !each.typeOnly && isOfProject(each.from) ? [each.binding] : [])));
  for (const step of facts.functions[0]?.body ?? []) {
    const value = step.do === 'bind' ? baseOf(step.value) : undefined;
    if (step.do === 'bind' && value?.kind === 'result' && loads(facts.calls[value.call]!)) for (const id of boundBy(step.to)) names.add(id);
  }
  return facts.calls.some((call) => {
    const root = baseOf(call.callee);
    const isUnseen = root.kind === 'ref' ? names.has(root.binding) : root.kind === 'result' && loads(facts.calls[root.call]!);
    if (!isUnseen) return false;
    if (call.in === 0) return true;
    const around = blocks.filter(({ seenAt: { path, span } }) => path === file && span[0] <= call.at[0] && call.at[1] <= span[1]);
    return around.length > 0 && around.every((block) => block.role === 'suite');
  });
}

/** What is computed may be anything. */
function isOfProject(specifier: Value): boolean {
  if (specifier.kind !== 'const' || typeof specifier.value !== 'string') return true;
  return !isBuiltin(specifier.value) && packageName(specifier.value) === undefined;
}

function boundBy(target: Target): readonly BindingId[] {
  if (target.kind === 'binding') return [target.binding];
  return target.kind === 'pattern' ? [...target.parts.flatMap((part) => boundBy(part.to)), ...(target.rest ? boundBy(target.rest) : [])] : [];
}
