/** What a caller asks about: rules by their ids, a resource by a part of its name. */
import type { Finding } from '../model/finding.js';
import { ruleIds } from '../model/rule-ids.js';
import { suggest } from './settings-check.js';
import { UserError } from './user-error.js';

export function checkRules(rules: readonly string[] | undefined): void {
  const strange = rules?.find((rule) => !ruleIds.includes(rule));
  if (strange !== undefined) throw new UserError(`There is no rule \`${strange}\`${suggest(strange, ruleIds)}.`);
}

/** Whether a finding is about the resource: a part of its title as the report has it, or of its key. All are, where none is named. */
export const isAbout = ({ resource: { title, key } }: Pick<Finding, 'resource'>, resource: string | undefined): boolean =>
  resource === undefined || title.includes(resource) || key.includes(resource);

/** Of a resource that is named something has to be found, else the name is a mistake. */
export function checkResource(resource: string | undefined, isFound: boolean): void {
  if (resource !== undefined && !isFound) throw new UserError(`Nothing is found about a resource \`${resource}\`. Name it as the report does.`);
}
