import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { program } from '../../src/cli/arguments.js';
import { cli, folder } from './fake-world.js';

describe('arguments', () => {
  test.each([
    [['--formt', 'json'], "error: unknown option '--formt'\n(Did you mean --format?)"],
    [['scan', '--fail-on', 'sure'], 'Allowed choices are certain, likely, possible, never.'],
    [['--output'], "option '-o, --output <file>' argument missing"],
    [['scan', 'a', 'b'], 'too many arguments'],
    [['scna'], 'There is no folder `scna`; did you mean `scan`.'],
    [['packages/none'], 'There is no folder `packages/none`. Name the folder of the project.'],
    [['--update-baseline'], '`--update-baseline` needs to know the file: add `--baseline FILE`, or `baseline` in the configuration.'],
    [['--baseline', 'b.json', '--update-baseline', '--since', 'main'], '`--since` makes it a part'],
    [['--baseline', 'b.json', '--update-baseline', '--rule', 'fixed-port'], '`--rule` makes it a part'],
  ])('%j is a mistake with a message', async (argv, message) => {
    const { err, out, status, asked } = await cli(argv, { cwd: folder() });
    expect(err).toContain(message);
    expect([out, status, asked]).toEqual(['', 2, []]);
  });

  test('a wrong option leads to the help of its command', async () => {
    expect((await cli(['explain', '--format', 'x'], { cwd: folder() })).err).toContain('Run `isolation-audit explain --help` for the options.');
  });

  test('a file is no root', async () => {
    const { err, status } = await cli([new URL(import.meta.url).pathname], { cwd: folder() });
    expect(err).toContain('is a file, not a folder.');
    expect(status).toBe(2);
  });

  test('help goes to standard output and is no failure', async () => {
    const { out, err, status } = await cli(['--help'], { cwd: folder() });
    expect(out).toContain('Usage: isolation-audit');
    expect(out).toContain('Exit status: 0');
    expect([err, status]).toEqual(['', 0]);
    expect((await cli(['scan', '--help'], { cwd: folder() })).out).toContain('--fail-on <level>');
  });

  test('docs/cli.md has a row for every option, in the same words', () => {
    const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8').replace(/ {2,}/g, ' ');
    const top = program('0.0.0', () => undefined);
    for (const command of top.commands) {
      expect(page).toContain(`isolation-audit ${command.name()}`);
      for (const option of command.options.filter((each) => !each.hidden)) expect(page).toContain(`| \`${option.flags}\` | ${option.description} |`);
    }
  });
});
