import { callAt, isIn, pathOf } from '../model/code.js';
import type { Claim } from '../model/claims.js';
import type { Call, FileFacts, Value } from '../model/facts.js';
import { constantText } from '../model/names.js';
import { lastStep } from '../model/paths.js';
import { refusal, type Refusal } from '../model/remedy.js';
import { strategy, type Plan, type Shared } from '../model/plan.js';
import { allValues } from '../model/values.js';
import { decision, declaredAs } from './support/code.js';
import { Draft } from './support/edits.js';
import { isOfGlobalSetup } from './support/main-process.js';
import { namedElsewhere } from './support/others.js';
import { isOurs, LIBRARY_NEEDS, needsLibrary } from './support/ours.js';
import { numbered, PLAIN_NEEDS } from './support/plain.js';
import { madeAnew, type Named } from './support/plain-folder.js';
import { pointEnvironment, type Variable } from './support/setup.js';
import { fromVariable } from './support/variables.js';

/** Below the worker's directory the path keeps its steps, so that files and folders which belong together stay together. */
export default strategy({
  id: 'own-path',
  kinds: ['filesystem', 'sqlite'],
  summary: 'A path below the directory of the worker, which is removed after the run.',
  plan(shared) {
    if (shared.finding.variant === 'once') return refusal('tests of one file use it at the same time: make a directory for each with `mkdtemp`');
    if (shared.finding.variant === 'built') return refusal('a tool writes there: give it an output folder for each test file');
    const path = constantText(shared.resource.name);
    const top = path === undefined ? undefined : topOf(shared, path);
    if (path === undefined || top === undefined)
      return refusal(path === undefined ? 'the path is not known' : `\`${shown(path)}\` is checked in, or a folder around it all`);
    const claims = shared.audited.stories
      .concat(shared.audited.setup)
      .flatMap((story) => story.claims)
      .filter((claim) => {
        const name = constantText(claim.resource.name);
        return (claim.resource.kind === 'filesystem' || claim.resource.kind === 'sqlite') && name !== undefined && (name === top || name.startsWith(`${top}/`));
      });
    const bound = boundTo(shared, claims, top);
    if (bound !== undefined) return refusal(bound);
    const around = shared.audited.stories
      .flatMap((story) => story.claims)
      .find(({ resource, op }) => resource.kind === 'filesystem' && op !== 'read' && top.startsWith(`${constantText(resource.name) ?? '?'}/`));
    if (around) return refusal(`\`${around.at.path}\` changes a folder around it, which is checked in`);
    const unmade = unmadeFolder(shared, claims, top);
    if (unmade !== undefined) return refusal(`no code of the suite makes the folder \`${shown(unmade)}\`, so it would be missing below the worker's`);
    const draft = new Draft();
    const creates = new Map<string, string>();
    const variables = new Map<string, Variable>();
    const heads = new Map<string, readonly Value[]>();
    const named: Named[] = [];
    for (const claim of claims) {
      const at = claim.decidedAt ?? claim.at;
      if (!isOurs(shared, at.path)) {
        const why = fromVariable(shared, claim.resource, at, 'path', variables);
        if (why) return refusal(`\`${at.path}\` names \`${shown(constantText(claim.resource.name)!)}\` too, which is no code of the tests`);
        continue;
      }
      if (isOfGlobalSetup(shared, at.path)) return refusal(`global setup reads \`${at.path}\` too, and belongs to no worker`);
      const facts = shared.project.facts(at.path);
      const text = shared.project.text(at.path);
      const value = facts && text !== undefined ? pathFrom(facts, text, decision(facts, at.span), top) : undefined;
      if (!value) return refusal(`how \`${at.path}\` makes the path is not written out in one place`);
      if (!shared.runtime) {
        named.push({ claim, path: at.path, value });
        continue;
      }
      const head = headOf(facts!, value);
      if (head && isTemporaryFolder(facts!, head)) heads.set(at.path, [...(heads.get(at.path) ?? []), head]);
      else draft.replace(at.path, value.at, `\`\${workerDirectory()}/${stepsOf(claim, value, text!, top)}\``);
      draft.uses(at.path, 'workerDirectory');
    }
    // Whoever makes it reads the variable too.
    if (variables.size === 0 && claims.every((claim) => claim.op === 'release' || claim.op === 'wipe'))
      return refusal('who makes it is not seen, and would go on where it is');
    for (const [path, those] of heads) {
      const facts = shared.project.facts(path)!;
      if (handsFolderOn(facts)) return refusal(`\`${path}\` hands on the directory around it, where others look for it`);
      for (const head of those) draft.replace(path, folderToReplace(facts, head, those).at, 'workerDirectory()');
    }
    const plain = shared.runtime ? undefined : plainly(shared, named, top, draft);
    if (plain && 'kind' in plain) return plain;
    let says = plain?.says ?? `Put \`${shown(top)}\` into the worker's directory.`;
    if (variables.size > 0) {
      const set = pointEnvironment(shared, [...variables.values()], draft, creates);
      if (typeof set !== 'string') return set;
      says = set;
    }
    const elsewhere = variables.size === 0 ? namedElsewhere(shared, shown(top), (each) => draft.changed(each)) : undefined;
    if (elsewhere) return elsewhere;
    const edits = draft.done(shared);
    if ('kind' in edits) return edits;
    return {
      kind: 'plan',
      says,
      why: 'Nothing of it is checked in, and only code of the tests names it.',
      needs: plain?.needs ?? LIBRARY_NEEDS,
      edits,
      creates,
    };
  },
});

/**
 * Without the library the path becomes a folder that is made anew, or stays where it is under another name, so that what makes and removes it goes on to. In the
 * project such names are told to git and to tools that watch files, and a database may have been filled there before the tests.
 */
function plainly(shared: Shared, named: readonly Named[], top: string, draft: Draft): Pick<Plan, 'says' | 'needs'> | Refusal {
  if (shared.resource.kind !== 'filesystem') return needsLibrary('workerDatabase', 'the file may have been filled before the tests');
  if (!/^(?:<tmp>|\/tmp)\//.test(top)) return needsLibrary('workerDirectory', 'only below the temporary directory another name means nothing to anybody');
  const isAnew = madeAnew(shared, named, top, draft);
  for (const { path, value } of isAnew ? [] : named) {
    const why = numbered(shared, { path, within: value, name: lastStep(top), longest: 255, separator: '-' }, draft);
    if (why) return why;
  }
  const twice = namedElsewhere(shared, lastStep(top), (each) => draft.changed(each));
  if (twice) return twice;
  return isAnew
    ? { says: `Make a folder anew in the place of \`${shown(top)}\`.`, needs: [] }
    : { says: `Name \`${shown(top)}\` for each worker.`, needs: PLAIN_NEEDS };
}

const shown = (path: string): string => path.replace(/^<(?:root|cwd)>\//, '');

/** Where in the project a path begins. */
const baseOf = ({ dir }: Shared['use'], path: string): string => (path.startsWith('<cwd>/') && dir !== '' ? `${dir}/` : '');

/** The first step of the path that the project does not have. Nothing where the path itself is checked in. */
function topOf({ project, use }: Shared, path: string): string | undefined {
  const lead = /^(?:<(?:root|cwd|tmp)>|\/tmp)\//.exec(path)?.[0];
  if (lead === undefined) return undefined;
  const base = baseOf(use, path);
  const isInside = lead === '<root>/' || lead === '<cwd>/';
  const steps = path
    .slice(lead.length)
    .split('/')
    .filter((step) => step !== '');
  for (let count = 1; count <= steps.length; count++) {
    const here = `${base}${steps.slice(0, count).join('/')}`;
    if (!isInside || (!project.has(here) && !project.hasFolder(here))) return `${lead}${steps.slice(0, count).join('/')}`;
  }
  return undefined;
}

/** Why the path may be found by where it lies: `node_modules` beside code, a file in an application that the tests start. */
function boundTo(shared: Shared, claims: readonly Claim[], top: string): string | undefined {
  const { audited, use } = shared;
  if (!/^<(?:root|cwd)>\//.test(top)) return undefined;
  const path = `${baseOf(use, top)}${shown(top)}`;
  const cut = path.lastIndexOf('/');
  if (/^(?:node_modules|package\.json|tsconfig.*\.json|\.env.*)$/.test(path.slice(cut + 1))) return `\`${path}\` is found by where it lies`;
  // Where a variable says it, others ask the variable.
  if (!claims.some((claim) => isOurs(shared, (claim.decidedAt ?? claim.at).path))) return undefined;
  const folder = path.slice(0, Math.max(0, cut));
  const holdsTests = folder === '' || folder === use.dir || audited.stories.some(({ file }) => file.startsWith(`${folder}/`));
  return holdsTests ? undefined : `\`${path}\` lies in a folder of other files, which may look for it there`;
}

/** A folder that a call needs and that nothing which is seen makes: it lies there before the tests run, and would not in the worker's directory. */
function unmadeFolder(shared: Shared, claims: readonly Claim[], top: string): string | undefined {
  const { project, audited } = shared;
  const callOf = ({ at }: Claim): Call | undefined => {
    const facts = project.facts(at.path);
    return facts && callAt(facts, at);
  };
  const nameOf = (claim: Claim): string => {
    const call = callOf(claim);
    return (call && pathOf(call.callee, project.facts(claim.at.path)!)?.at(-1)) ?? '';
  };
  const isRecursive = (claim: Claim): boolean => /\brecursive\b/.test((project.text(claim.at.path) ?? '').slice(...(callOf(claim)?.at ?? [0, 0])));
  const makes = [...audited.stories, ...audited.setup]
    .flatMap((story) => story.claims)
    .flatMap((claim) => {
      const path = claim.op === 'create' ? constantText(claim.resource.name) : undefined;
      return path === undefined ? [] : [{ path: shown(path), isOne: nameOf(claim).startsWith('mkdir') && !isRecursive(claim) }];
    });
  for (const claim of claims) {
    if (!FILE_SYSTEM.test(claim.client) || !NEEDS_FOLDER.test(nameOf(claim)) || isRecursive(claim)) continue;
    // What the product makes while it loads is no claim of a test.
    if (!isOurs(shared, claim.at.path) && /\bmkdir|\bensureDir/.test(project.text(claim.at.path) ?? '')) continue;
    const path = constantText(claim.resource.name)!;
    const folder = path.slice(0, path.lastIndexOf('/'));
    const isMade = makes.some((each) => each.path === shown(folder) || (!each.isOne && each.path.startsWith(`${shown(folder)}/`)));
    if (folder.length >= top.length && !isMade) return folder;
  }
  return undefined;
}

/** `db.open()` of a store on the disk makes its folders. */
const FILE_SYSTEM = /(?:^|[-:])fs\b/;
/** Calls of `node:fs` that fail where the folder is missing. */
const NEEDS_FOLDER = /^(?:writeFile|appendFile|truncate|createWriteStream|copyFile|rename|symlink|link|open|mkdir)(?:Sync)?$/;

/** What of the path stands at the place: all of it, or what the variable there holds. */
function stepsOf(claim: Claim, value: Value, text: string, top: string): string {
  const whole = constantText(claim.resource.name)!;
  const last = lastStep(top);
  const own = `${last}${whole.slice(top.length)}`;
  const names = [...text.slice(...value.at).matchAll(/(['"`])((?:\\.|(?!\1).)*)\1/g)].flatMap((match) => match[2]!.split('/'));
  // A variable that holds less than the whole path: only the steps that are written there.
  const steps = own.split('/').filter((step, index) => index === 0 || names.includes(step));
  return steps.join('/');
}

/** The expression to change: below the temporary directory its beginning says enough, whatever the name is made of. */
function pathFrom(facts: FileFacts, text: string, value: Value | undefined, top: string): Value | undefined {
  const named = origin(facts, text, value, top);
  const made = value?.kind === 'ref' ? declaration(facts, value) : value;
  const head = made && headOf(facts, made);
  return named ?? (head && head !== made && isTemporaryFolder(facts, head) ? made : undefined);
}

/** The expression that names the top of the path: a variable is followed to where it is declared in the file, where it is the path or the folder around it. */
function origin(facts: FileFacts, text: string, value: Value | undefined, top: string, depth = 0): Value | undefined {
  if (!value || depth > 4) return undefined;
  const last = lastStep(top);
  const inside = [...allValues(facts)].filter((each) => isIn(each.at, value.at));
  const args = facts.calls.filter((call) => isIn(call.at, value.at)).flatMap((call) => call.args.map((arg) => arg.value));
  if ([...args, ...inside].some((each) => each.kind === 'const' && typeof each.value === 'string' && each.value.split('/').includes(last))) return value;
  const head = headOf(facts, value);
  const found = head?.kind === 'ref' ? origin(facts, text, declaration(facts, head), top, depth + 1) : undefined;
  return found ?? (value.kind === 'text' && text.slice(...value.at).includes(last) ? value : undefined);
}

/** What a path begins with: `root` of `join(root, 'out')`, `root + '/out'` and `${root}/out`. */
function headOf(facts: FileFacts, value: Value): Value | undefined {
  if (value.kind === 'text') return value.parts[0] && headOf(facts, value.parts[0]);
  if (value.kind === 'op') return value.op === '+' ? value.args[0] && headOf(facts, value.args[0]) : undefined;
  const call = value.kind === 'result' ? facts.calls[value.call]! : undefined;
  const first = call?.args[0]?.value;
  return first && PATHS.test(pathOf(call.callee, facts)?.at(-1) ?? '') ? headOf(facts, first) : value;
}

/** Functions that make a path of the one they are given first. */
const PATHS = /^(?:join|resolve|normalize|realpath|realpathSync)$/;

/** What a name of the file is declared as, in whatever function. */
const declaration = (facts: FileFacts, { binding }: Extract<Value, { kind: 'ref' }>): Value | undefined => declaredAs(facts, binding, facts.functions);

/** `tmpdir()`, or a name for it. */
function isTemporaryFolder(facts: FileFacts, value: Value): boolean {
  if (value.kind === 'ref') return isTmpdir(facts, declaration(facts, value));
  return isTmpdir(facts, value);
}

const isTmpdir = (facts: FileFacts, value: Value | undefined): boolean =>
  value?.kind === 'result' && pathOf(facts.calls[value.call]!.callee, facts)?.at(-1) === 'tmpdir';

/** What to replace of a name for the directory: what it is declared as, where nothing else asks for it; else the name where it stands. */
function folderToReplace(facts: FileFacts, head: Value, heads: readonly Value[]): Value {
  if (head.kind !== 'ref') return head;
  const uses = [...allValues(facts)].filter((each) => each.kind === 'ref' && each.binding === head.binding);
  return uses.every((each) => heads.includes(each)) ? (declaration(facts, head) ?? head) : head;
}

/** `locations.push(os.tmpdir())`: the directory itself, and not as the beginning of a path. */
function handsFolderOn(facts: FileFacts): boolean {
  const values = [...allValues(facts)];
  const declared = new Set(facts.functions.flatMap((fn) => fn.body.flatMap((step) => (step.do === 'bind' && step.declares ? [step.value] : []))));
  return values.some((value) => isTemporaryFolder(facts, value) && !declared.has(value) && !beginsPath(facts, values, value));
}

const beginsPath = (facts: FileFacts, values: readonly Value[], value: Value): boolean =>
  values.some((each) => each !== value && isIn(value.at, each.at) && headOf(facts, each) === value);
