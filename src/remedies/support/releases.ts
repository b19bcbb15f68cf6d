import type { Call, FileFacts } from '../../model/facts.js';
import { importList } from '../../model/import-lists.js';
import { refusal, type Broken, type Refusal } from '../../model/remedy.js';
import { importedAs, originOf } from '../../model/code.js';
import type { Needed } from './hooks.js';

/** The call that releases something, as an expression of the file. */
export interface Release {
  readonly code: string;
  readonly isAsync: boolean;
  /** Names that have to be imported for it. */
  readonly needs: readonly Needed[];
}

/** What removes the directory that a call of `mkdtemp` or `mkdtempSync` has made. */
export function removalOf(broken: Broken, { callee, at }: Call, name: string): Release | Refusal {
  const { facts, text } = broken;
  const path = text.slice(callee.at[0], callee.at[1]);
  const isSync = path.endsWith('mkdtempSync');
  if (!isSync && !(path.endsWith('mkdtemp') && /\bawait\s+$/.test(text.slice(0, at[0])))) return refusal('which call removes it is not known');
  const options = '{ recursive: true, force: true }';
  if (callee.kind === 'member')
    return { code: `${path.slice(0, path.lastIndexOf('.'))}.${isSync ? 'rmSync' : 'rm'}(${name}, ${options})`, isAsync: !isSync, needs: [] };
  const origin = callee.kind === 'ref' ? originOf(callee.binding, facts) : undefined;
  if (origin?.name !== (isSync ? 'mkdtempSync' : 'mkdtemp')) return refusal('which call removes it is not known');
  return namedRemoval(broken, [origin.from], isSync, `(${name}, ${options})`);
}

/** What removes a path, by what the file takes from `node:fs`. */
export function pathRemoval(broken: Broken, name: string, isDirectory: boolean): Release | Refusal {
  const { facts } = broken;
  const args = `(${name}, ${isDirectory ? '{ recursive: true, force: true }' : '{ force: true }'})`;
  const whole = wholeOf(facts, ['fs', 'node:fs']);
  if (whole !== undefined) return { code: `${whole}.rmSync${args}`, isAsync: false, needs: [] };
  const wholePromises = wholeOf(facts, PROMISES);
  if (wholePromises !== undefined) return { code: `${wholePromises}.rm${args}`, isAsync: true, needs: [] };
  const sync = namedRemoval(broken, ['fs', 'node:fs'], true, args);
  return 'kind' in sync ? namedRemoval(broken, PROMISES, false, args) : sync;
}

const PROMISES = ['fs/promises', 'node:fs/promises'];

/** `fs` of `import fs from 'node:fs'`, `import * as fs` and `const fs = require('fs')`. */
function wholeOf(facts: FileFacts, modules: readonly string[]): string | undefined {
  return importedAs(facts, ({ from, name }) => modules.includes(from) && /^(?:default|\*|module\.exports)$/.test(name));
}

function namedRemoval({ facts, text }: Broken, modules: readonly string[], isSync: boolean, args: string): Release | Refusal {
  const word = isSync ? 'rmSync' : 'rm';
  const known = importedAs(facts, ({ from, name }) => modules.includes(from) && name === word);
  if (known !== undefined) return { code: `${known}${args}`, isAsync: !isSync, needs: [] };
  if (facts.bindings.some((each) => each.name === word)) return refusal(`\`${word}\` means something else in this file`);
  const list = importList(facts, text, modules);
  return list ? { code: `${word}${args}`, isAsync: !isSync, needs: [{ from: list, name: word }] } : refusal(`\`${word}\` is not imported`);
}
