import type { Command, Runner } from '../model/runner.js';
import { commandReader, type Started } from './commands.js';
import { isObject, jsonSpans, spanIndex } from './json-file.js';
import { joinPath, type Package, type Packages } from './packages.js';
import type { Walk } from './walk.js';
import type { Ci } from './workflows.js';

export interface FoundCommand {
  readonly started: Started;
  readonly command: Command;
  /** The script's own text holds the words. */
  readonly isWritten: boolean;
}

/** All starts of runners: package scripts first, since they hold the text, then CI files. */
export function commandsOf(walk: Walk, packages: Packages, ci: Ci, runners: readonly Runner[]): FoundCommand[] {
  const reader = commandReader(walk, packages, runners);
  const texts = new Map<string, string>();
  const textOf = (path: string): string => {
    const text = texts.get(path) ?? walk.read(path).text ?? '';
    texts.set(path, text);
    return text;
  };
  const found: FoundCommand[] = [];
  for (const owner of packages.all) {
    if (owner.fixture) continue;
    const scripts = Object.entries(isObject(owner.json['scripts']) ? owner.json['scripts'] : {});
    if (scripts.length === 0) continue;
    const at = scriptPlaces(owner);
    for (const [name, text] of scripts.sort(([a], [b]) => rank(a) - rank(b))) {
      if (typeof text !== 'string') continue;
      for (const started of reader.script(owner, name)) {
        const span = at('scripts', name);
        found.push({
          started,
          isWritten: started.words.every((word) => text.includes(word)),
          command: { ...said(started), from: `script ${name}`, ...(span ? { at: { path: owner.path, span } } : {}) },
        });
      }
    }
  }
  for (const script of ci.scripts) {
    for (const started of reader.read(script.text, script.cwd, script.env)) {
      const span = started.range ? within(textOf(script.path), script.span, script.text.slice(...started.range)) : script.span;
      found.push({ started, isWritten: false, command: { ...said(started), from: script.from, at: { path: script.path, span } } });
    }
  }
  return found;
}

const said = ({ words, env, envFiles, writtenIn }: Started): Pick<Command, 'words' | 'env' | 'envFiles' | 'writtenIn'> => ({
  words,
  env,
  ...(envFiles ? { envFiles } : {}),
  ...(writtenIn === undefined ? {} : { writtenIn }),
});

function scriptPlaces(owner: Package): ReturnType<typeof spanIndex> {
  let index: ReturnType<typeof spanIndex> | undefined;
  return (...path) => (index ??= spanIndex(jsonSpans(owner.text)))(...path);
}

/** The script people mean by "the tests" comes first. */
function rank(name: string): number {
  if (name === 'test') return 0;
  return name.startsWith('test') ? 1 : 2;
}

/** The place of a command inside a block of text whose lines are indented in the file. */
function within(source: string, [start, end]: readonly [number, number], text: string): readonly [number, number] {
  const line = text.trim().split('\n')[0] ?? '';
  const at = source.indexOf(line, start);
  return line !== '' && at >= 0 && at < end ? [at, at + line.length] : [start, end];
}

export function configOf(started: Started, walk: Walk): string | undefined {
  const { words } = started;
  const short = started.runner !== 'mocha' && started.runner !== 'node-test';
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') break;
    const inline = /^(?:--config|-c)=(.+)$/.exec(word)?.[1];
    const value = inline ?? (word === '--config' || (short && word === '-c') ? words[at + 1] : undefined);
    if (value === undefined) continue;
    if (value.startsWith('{')) return value;
    const path = /[$<]/.test(value) ? undefined : joinPath(started.cwd, value);
    if (path === undefined) return undefined;
    const choices = [
      path,
      ...['.js', '.ts', '.cjs', '.mjs', '.json'].map((extension) => path + extension),
      `${path}/playwright.config.ts`,
      `${path}/playwright.config.js`,
    ];
    return choices.find((choice) => walk.has(choice)) ?? path;
  }
  return undefined;
}
