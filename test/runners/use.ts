import picomatch from 'picomatch';
import type { Command, Layout, Runner, RunnerUse, Schedule } from '../../src/model/runner.js';

/** A command as the project hands it over: `script test: jest -i`, `DB=1 jest` with its variables. */
export function command(text: string): Command {
  const [from, line] = /^(\w.*?): (.*)$/.exec(text)?.slice(1) ?? ['script test', text];
  const words = line!.split(' ');
  const env: Record<string, string> = {};
  while (/^[A-Z_]+=/.test(words[0]!)) {
    const [name, value] = words.shift()!.split('=');
    env[name!] = value!;
  }
  return { words, env, from: from! };
}

export interface Given extends Partial<Omit<RunnerUse, 'commands'>> {
  readonly commands?: readonly string[];
}

export const useOf = (runner: Runner, given: Given = {}): RunnerUse => ({
  runner: runner.id,
  dir: '',
  options: {},
  computed: [],
  ...given,
  commands: (given.commands ?? []).map(command),
});

export const schedule = (runner: Runner, given: Given = {}): Schedule => runner.schedule(useOf(runner, given));
export const layout = (runner: Runner, given: Given = {}): Layout => runner.layout(useOf(runner, given));

/** Which of the paths, relative to the layout's folder, are test files. */
export function picks(layout: Layout, paths: readonly string[]): string[] {
  const include = picomatch([...layout.include], { dot: true });
  const exclude = picomatch([...layout.exclude], { dot: true });
  const any = (sources: readonly string[] | undefined, path: string): boolean => (sources ?? []).some((source) => new RegExp(source).test(`/${path}`));
  return paths.filter(
    (path) =>
      ((layout.include.length > 0 && include(path)) || any(layout.includeRegex, path)) &&
      !(layout.exclude.length > 0 && exclude(path)) &&
      !any(layout.excludeRegex, path),
  );
}
