import { statSync } from 'node:fs';
import { suggest } from '../project/settings-check.js';
import { UserError } from '../project/user-error.js';
import { commands } from './arguments.js';

/** The root as typed must be a folder; a mistyped command is a folder that is not there. */
export function checkRoot(typed: string, root: string): void {
  const stats = statSync(root, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return;
  const near = /[/\\.]/.test(typed) ? '' : suggest(typed, commands);
  const hint = near.startsWith('; did') ? `${near}.` : '. Name the folder of the project.';
  throw new UserError(stats ? `\`${typed}\` is a file, not a folder${hint}` : `There is no folder \`${typed}\`${hint}`);
}
