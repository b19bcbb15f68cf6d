import { callAt, isSame, pathOf } from '../model/code.js';
import type { Claim } from '../model/claims.js';
import type { Call, FileFacts, Value } from '../model/facts.js';
import { constantText } from '../model/names.js';
import { refusal } from '../model/remedy.js';
import { strategy, type Shared } from '../model/plan.js';
import { allValues } from '../model/values.js';
import { decision } from './support/code.js';
import { Draft } from './support/edits.js';
import { namedElsewhere } from './support/others.js';
import { isOurs, libraryNeeds } from './support/ours.js';
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
    for (const claim of claims) {
      const at = claim.decidedAt ?? claim.at;
      if (!isOurs(shared, at)) {
        const why = fromVariable(shared, claim.resource, at, 'path', variables);
        if (why) return refusal(`\`${at.path}\` names \`${shown(constantText(claim.resource.name)!)}\` too, which is no code of the tests`);
        continue;
      }
      const main = shared.audited.setup.find((story) => story.role === 'global-setup' && (story.file === at.path || story.reached.includes(at.path)));
      if (main) return refusal(`global setup reads \`${at.path}\` too, and belongs to no worker`);
      const facts = shared.project.facts(at.path);
      const text = shared.project.text(at.path);
      const value = facts && text !== undefined ? origin(facts, text, decision(facts, at.span), top) : undefined;
      if (!value) return refusal(`how \`${at.path}\` makes the path is not written out in one place`);
      const steps = stepsOf(claim, value, text!, top);
      draft.replace(at.path, value.at, `\`\${workerDirectory()}/${steps}\``);
      draft.uses(at.path, 'workerDirectory');
    }
    let says = `Put \`${shown(top)}\` into the worker's directory.`;
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
      needs: libraryNeeds(shared),
      edits,
      creates,
    };
  },
});

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
  if (!claims.some((claim) => isOurs(shared, claim.decidedAt ?? claim.at))) return undefined;
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
    if (!NEEDS_FOLDER.test(nameOf(claim)) || isRecursive(claim)) continue;
    // What the product makes while it loads is no claim of a test.
    if (!isOurs(shared, claim.at) && /\bmkdir|\bensureDir/.test(project.text(claim.at.path) ?? '')) continue;
    const path = constantText(claim.resource.name)!;
    const folder = path.slice(0, path.lastIndexOf('/'));
    const isMade = makes.some((each) => each.path === shown(folder) || (!each.isOne && each.path.startsWith(`${shown(folder)}/`)));
    if (folder.length >= top.length && !isMade) return folder;
  }
  return undefined;
}

/** Calls of `node:fs` that fail where the folder is missing. */
const NEEDS_FOLDER = /^(?:writeFile|appendFile|truncate|createWriteStream|copyFile|rename|symlink|link|open|mkdir)(?:Sync)?$/;

/** What of the path stands at the place: all of it, or what the variable there holds. */
function stepsOf(claim: Claim, value: Value, text: string, top: string): string {
  const whole = constantText(claim.resource.name)!;
  const last = top.slice(top.lastIndexOf('/') + 1);
  const own = `${last}${whole.slice(top.length)}`;
  const names = [...text.slice(...value.at).matchAll(/(['"`])((?:\\.|(?!\1).)*)\1/g)].flatMap((match) => match[2]!.split('/'));
  // A variable that holds less than the whole path: only the steps that are written there.
  const steps = own.split('/').filter((step, index) => index === 0 || names.includes(step));
  return steps.join('/');
}

/** The expression that names the top of the path: a variable is followed to where it is declared in the file. */
function origin(facts: FileFacts, text: string, value: Value | undefined, top: string, depth = 0): Value | undefined {
  if (!value || depth > 4) return undefined;
  const last = top.slice(top.lastIndexOf('/') + 1);
  const inside = [...allValues(facts)].filter((each) => value.at[0] <= each.at[0] && each.at[1] <= value.at[1]);
  const calls = facts.calls.filter((call) => value.at[0] <= call.at[0] && call.at[1] <= value.at[1]);
  const names = calls.flatMap((call) => call.args.map((arg) => arg.value)).concat(inside);
  if (names.some((each) => each.kind === 'const' && typeof each.value === 'string' && each.value.split('/').includes(last))) return value;
  for (const each of names) {
    if (each.kind !== 'ref') continue;
    const declared = facts.functions
      .flatMap((fn) => fn.body)
      .find((step) => step.do === 'bind' && step.declares && step.to.kind === 'binding' && step.to.binding === each.binding);
    const found = declared?.do === 'bind' ? origin(facts, text, declared.value, top, depth + 1) : undefined;
    if (found) return found;
  }
  return value.kind === 'text' && isSame(value.at, value.at) && text.slice(...value.at).includes(last) ? value : undefined;
}
