/**
 * Objects that a test file makes empty for its tests to fill (`const order = {}`): what one test puts there the later ones are meant to
 * find, and who empties it begins anew. It knows how the object is made, and no rule.
 */
import type { StateChange } from '../model/claims.js';
import type { Audited, FileStory } from '../model/suite.js';
import type { Leak } from './leaks.js';
import { isOwnState } from './exposure.js';
import { visibleAs } from './observed.js';

/**
 * Neither the file nor a hook gives the property: a later test that asks for it counts on the one that has put it there, and who takes it
 * away leaves the object as the file has made it (`for (const key in order) delete order[key]`).
 */
export function isHandedOver(audited: Audited, { story, change }: Leak): boolean {
  const { cell } = change;
  const [object, part] = cell.slice(cell.indexOf('#') + 1).split('.');
  if (part === undefined || !isMadeEmpty(audited, story, change, object!)) return false;
  return !isGivenBefore(story, `${story.file}#${object!}.${part === '*' ? '' : part}`);
}

const isGivenBefore = ({ changes }: FileStory, cell: string): boolean =>
  changes.some(({ by, cell: own, removes }) => by.role !== 'test' && !removes && own.startsWith(cell));

/** `const order = {}`. What has properties is looked at as a whole by those that get it. A helper may have it as a parameter. */
function isMadeEmpty(audited: Audited, story: FileStory, change: StateChange, name: string): boolean {
  const facts = isOwnState(story, change) ? audited.facts(story.file) : undefined;
  if (!facts) return false;
  const { path, span } = change.at;
  const [binding, ...others] = visibleAs(facts, name, path === facts.path ? span : undefined, ({ form }) => form !== 'param');
  if (binding === undefined || others.length > 0) return false;
  return facts.functions[facts.bindings[binding]!.in]!.body.some(
    (step) =>
      step.do === 'bind' &&
      step.declares &&
      step.to.kind === 'binding' &&
      step.to.binding === binding &&
      step.value.kind === 'record' &&
      step.value.entries.length === 0,
  );
}
