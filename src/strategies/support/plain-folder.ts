import type { Claim } from '../../model/claims.js';
import { callAt, originOf, pathOf } from '../../model/code.js';
import type { FileFacts, Value } from '../../model/facts.js';
import { constantText } from '../../model/names.js';
import { lastStep } from '../../model/paths.js';
import type { Shared } from '../../model/plan.js';
import type { Edit } from '../../model/remedy.js';
import { nameGiven } from './code.js';
import type { Draft } from './edits.js';
import { isOfConfiguration } from './main-process.js';

/** A claim on a path below the temporary directory, with the expression that names the path. */
export interface Named {
  readonly claim: Claim;
  readonly path: string;
  readonly value: Value;
}

/**
 * `const OUT = join(tmpdir(), 'exports')` becomes `mkdtempSync(join(tmpdir(), 'exports-'))`: another folder each time the file is loaded, so in each run too. Only for
 * a folder that the tests of each file make if it is not there, remove afterwards, and know by that one constant. Answers whether it was done.
 */
export function madeAnew(shared: Shared, named: readonly Named[], top: string, draft: Draft): boolean {
  const places = new Map(named.map((each) => [`${each.path}:${each.value.at.join()}`, each]));
  const edits = [...places.values()].map(({ path, value }) => ({ path, edit: anew(shared, path, value, top) }));
  const known = new Map(named.map((each) => [each.claim, each]));
  const isSafe =
    shared.use.runner !== 'playwright' &&
    edits.every(({ edit }) => edit !== undefined) &&
    shared.audited.setup.every(({ claims }) => !claims.some((claim) => known.has(claim))) &&
    shared.audited.stories.every(({ claims, blocks }) => {
      const own = claims.flatMap((claim) => known.get(claim) ?? []);
      return own.length === 0 || isOwnFolder(shared, own, top, (block) => block !== undefined && blocks[block]?.when === 'after');
    });
  if (!isSafe) return false;
  for (const { path, edit } of edits) {
    const { name, from } = makerIn(shared.project.text(path)!, shared.project.facts(path)!);
    if (from !== undefined) draft.uses(path, name, from);
    draft.replace(path, edit!.span, `${name}(${edit!.text})`);
  }
  return true;
}

const MAKER = 'mkdtempSync';

/** One file's tests name it in one place, make it where it is not there, remove it in an after-hook, and ask for nothing but what is in it. */
function isOwnFolder({ project }: Shared, own: readonly Named[], top: string, isAfter: (block: number | undefined) => boolean): boolean {
  const whole = own.flatMap(({ claim }) => (constantText(claim.resource.name) === top ? [claim] : []));
  const does = ({ at }: Claim, name: RegExp, more = /(?:)/): boolean => {
    const facts = project.facts(at.path);
    const call = facts && callAt(facts, at);
    return call !== undefined && name.test(pathOf(call.callee, facts!)?.at(-1) ?? '') && more.test((project.text(at.path) ?? '').slice(...call.at));
  };
  return (
    new Set(own.map(({ path, value }) => `${path}:${value.at.join()}`)).size === 1 &&
    whole.some((claim) => does(claim, /^mkdir(?:Sync)?$/, /\brecursive\b/)) &&
    whole.some((claim) => does(claim, /^rm(?:Sync)?$/, /\brecursive\b/) && isAfter(claim.by.block)) &&
    whole.every((claim) => does(claim, /^(?:mkdir|rm)(?:Sync)?$/, /\brecursive\b/) || does(claim, /^(?:readdir|opendir)(?:Sync)?$/))
  );
}

/** The expression as the prefix of a new folder, where it is a constant of its module that ends with the name. */
function anew(shared: Shared, path: string, value: Value, top: string): Edit | undefined {
  const [facts, text] = [shared.project.facts(path), shared.project.text(path)];
  if (!facts || text === undefined || isOfConfiguration(shared, path) || LOADED_AGAIN.test(text)) return undefined;
  const written = text.slice(...value.at);
  const name = lastStep(top);
  const found = written.lastIndexOf(name);
  const end = found + name.length;
  if (nameGiven(facts, value) === undefined || found < 0 || written.indexOf(name) !== found || !/^['"`][\s,)]*$/.test(written.slice(end))) return undefined;
  return { span: value.at, text: `${written.slice(0, end)}-${written.slice(end)}` };
}

/** Modules that are loaded once more for a test would have another folder than the test, and a file system that is none has no such call. */
const LOADED_AGAIN = /\bresetModules\b|\bmock\w*\(\s*['"](?:node:)?(?:fs|os|path)['"]/;

/** How the file calls it, and the module that it has to be imported from. */
function makerIn(text: string, facts: FileFacts): { readonly name: string; readonly from?: readonly string[] } {
  const whole = facts.bindings.find((binding, id) => {
    const origin = binding.in === 0 ? originOf(id, facts) : undefined;
    return origin !== undefined && FS.includes(origin.from) && ['default', '*', 'module.exports'].includes(origin.name);
  });
  if (whole) return { name: `${whole.name}.${MAKER}` };
  return { name: MAKER, from: /['"]node:/.test(text) ? FS : [...FS].reverse() };
}

const FS = ['node:fs', 'fs'];
