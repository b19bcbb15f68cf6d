import { readdirSync, readFileSync } from 'node:fs';
import { Chalk } from 'chalk';
import { suggest } from '../project/settings-check.js';
import { errorCode, UserError } from '../project/user-error.js';
import { colorLevel } from './colors.js';
import { renderPage } from './render-page.js';
import type { World } from './world.js';

/** The rule pages ship with the package; this file is two folders below it, built or not. */
const PAGES = new URL('../../docs/rules/', import.meta.url);

function ruleIds(): readonly string[] {
  try {
    return readdirSync(PAGES)
      .filter((name) => name.endsWith('.md') && name !== 'README.md')
      .map((name) => name.slice(0, -3))
      .sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

const page = (rule: string): string => readFileSync(new URL(`${rule}.md`, PAGES), 'utf8');

/** The first line that says something: neither heading, table, comment nor quote. */
function firstSentence(text: string): string {
  const line = text.split(/\r?\n/).find((each) => /^[A-Za-z`*]/.test(each)) ?? '';
  return line.replace(/\*\*/g, '');
}

export function explainCommand(request: { readonly rule?: string; readonly color: boolean }, world: World): 0 {
  const paint = new Chalk({ level: colorLevel(world, world.stdout, request.color) });
  const width = Math.max(40, Math.min(world.stdout.columns ?? 80, 100));
  const known = ruleIds();
  const { rule } = request;
  if (rule === undefined) {
    const longest = Math.max(0, ...known.map((each) => each.length));
    world.stdout.write(known.map((each) => `${paint.bold(each.padEnd(longest))}  ${firstSentence(page(each))}\n`).join(''));
    return 0;
  }
  if (!known.includes(rule)) throw new UserError(`There is no rule \`${rule}\`${suggest(rule, known)}.`);
  world.stdout.write(renderPage(page(rule), paint, width));
  return 0;
}
