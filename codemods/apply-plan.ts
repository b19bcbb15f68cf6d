import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../src/project/user-error.js';
import { readPlanFile } from '../src/project/plan-file.js';
import type { Transform } from './harness/transform.js';

/**
 * Applies the part of a plan file that is about this file: `--plan=plan.json`, written by `isolation-audit fix --plan --output plan.json`. A file that is not
 * what it was then stays as it is, and so do all files of which the plan says nothing.
 */
const applyPlan: Transform = ({ path, source }, api, { plan }) => {
  if (typeof plan !== 'string') throw new UserError('Name the file of the plan: --plan=plan.json. `isolation-audit fix --plan --output plan.json` writes it.');
  const { root, files } = readPlanFile(plan, readFileSync(plan, 'utf8'));
  const change = files.find((each) => !each.isNew && resolve(root, each.path) === resolve(path));
  if (!change) return source;
  if (change.before !== source) {
    api.report(`${path}: it is not what it was when the plan was made, and stays as it is`);
    return source;
  }
  for (const each of files) if (each.isNew) api.report(`${each.path}: a new file, which jscodeshift does not make: its text is in the plan`);
  return change.after;
};
export default applyPlan;
