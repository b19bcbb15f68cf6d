import { holesOf, type Hole, type Name } from '../model/names.js';
import type { Audited } from '../model/suite.js';

/** Variables that global setup fills from a worker id which is not set there, and the test files that read them for a name. */
export function frozenVariables(audited: Audited): readonly { readonly variable: string; readonly hole: Hole; readonly files: readonly string[] }[] {
  return audited.setup
    .flatMap((story) => (story.role === 'global-setup' ? story.changes : []))
    .flatMap((change) => {
      const variable = /^process\.env\.(\w+)$/.exec(change.cell)?.[1];
      const hole =
        change.wrote &&
        holesOf(change.wrote).find((each) => audited.schedule.workerIds.some((id) => each.source === `env:${id.name}` && id.unsetIn.includes('global-setup')));
      if (variable === undefined || !hole) return [];
      const files = audited.stories.filter((each) => each.claims.some(({ resource }) => isFrom(variable, resource))).map((each) => each.file);
      return files.length > 0 ? [{ variable, hole, files }] : [];
    });
}

/** Whether a variable decides the name, the schema or the prefix. */
export function isFrom(variable: string, { name, namespace }: { readonly name: Name; readonly namespace?: Name }): boolean {
  return [name, namespace].some((each) => each !== undefined && holesOf(each).some((hole) => hole.source.split('#')[0] === `env:${variable}`));
}
