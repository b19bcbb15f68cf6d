import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readBaseline } from '../../src/project/baseline.js';
import { UserError } from '../../src/project/user-error.js';
import { markdown } from '../../src/reporters/markdown.js';
import { clean, report } from '../reporters/report.js';
import { cli, folder } from './fake-world.js';

const files = (path: string): readonly string[] => readdirSync(path).sort();

describe('where reports go', () => {
  test('by default Markdown goes to the root and a summary to standard output', async () => {
    const cwd = folder();
    const { out, err, status } = await cli([], { cwd });
    expect(readFileSync(join(cwd, 'test-isolation-audit.md'), 'utf8')).toBe(markdown(report));
    expect(out).toContain('3 of 13 test files are ready');
    expect(out).toContain('Report: test-isolation-audit.md');
    expect(err).toBe('');
    expect(status).toBe(1);
    expect(files(cwd)).toEqual(['test-isolation-audit.md']);
  });

  test('the root can be another folder, with and without the command name', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'shop'));
    await cli(['shop'], { cwd });
    const { asked, out } = await cli(['scan', 'shop'], { cwd });
    expect(asked[0]!.root).toBe(join(cwd, 'shop'));
    expect(files(join(cwd, 'shop'))).toEqual(['test-isolation-audit.md']);
    expect(out).toContain('Report: shop/test-isolation-audit.md');
  });

  test('a bare format is all that is printed', async () => {
    const cwd = folder();
    for (const argv of [
      ['--format', 'sarif', '--output', '-'],
      ['--format', 'sarif'],
    ]) {
      const { out, status } = await cli(argv, { cwd });
      expect(JSON.parse(out)).toHaveProperty('runs');
      expect(status).toBe(1);
    }
    expect(files(cwd)).toEqual([]);
  });

  test('--output names the file of the first format', async () => {
    const cwd = folder();
    const { out } = await cli(['--format', 'sarif', '--output', 'out/audit.sarif'], { cwd });
    expect(out).toBe('');
    expect(JSON.parse(readFileSync(join(cwd, 'out/audit.sarif'), 'utf8'))).toHaveProperty('runs');
    expect(files(cwd)).toEqual(['out']);
  });

  test('name=file adds to the default', async () => {
    const cwd = folder();
    const { out } = await cli(['--format', 'sarif=a.sarif,json=a.json', '--format', 'github=notes.txt'], { cwd });
    expect(files(cwd)).toEqual(['a.json', 'a.sarif', 'notes.txt', 'test-isolation-audit.md']);
    expect(out).toContain('Report: a.sarif');
  });

  test('links in a report elsewhere still lead to the files', async () => {
    const cwd = folder();
    await cli(['--output', 'docs/audit/report.md'], { cwd });
    expect(readFileSync(join(cwd, 'docs/audit/report.md'), 'utf8')).toContain('](../../test/helpers/db.ts#L4)');
  });

  test('a report outside of the project holds nothing of where the project lies', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'shop'));
    await cli(['shop', '--output', 'audit.md'], { cwd });
    expect(readFileSync(join(cwd, 'audit.md'), 'utf8')).toBe(markdown(report));
  });

  test('--output - prints the Markdown', async () => {
    const cwd = folder();
    expect((await cli(['--output', '-'], { cwd })).out).toBe(markdown(report));
    expect(files(cwd)).toEqual([]);
  });

  test('--quiet prints nothing', async () => {
    const cwd = folder();
    const { out, err } = await cli(['--quiet'], { cwd, tty: true });
    expect(out + err).toBe('');
    expect(files(cwd)).toEqual(['test-isolation-audit.md']);
  });

  test.each([
    [['--format', 'sarif,json'], '`sarif` and `json` cannot both go to standard output'],
    [['--format', 'sarif=a,json=a'], 'Two formats write to a.'],
    [['--format', 'sraif'], '`sraif` is not a format; did you mean `sarif`.'],
    [['--format', 'yaml'], '`yaml` is not a format; there are `markdown`, `html`, `json`, `sarif`, `github`, `terminal`.'],
    [['--format', 'sarif='], 'names no file'],
  ])('%j is refused before anything is scanned', async (argv, message) => {
    const cwd = folder();
    const { err, status, asked } = await cli(argv, { cwd });
    expect(err).toContain(message);
    expect([status, asked]).toEqual([2, []]);
    expect(files(cwd)).toEqual([]);
  });

  test('a path that cannot be written is a message, and leaves nothing behind', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'taken'), 'mine');
    mkdirSync(join(cwd, 'folder'));
    const below = await cli(['--output', 'taken/audit.md'], { cwd });
    const over = await cli(['--output', 'folder'], { cwd });
    expect(below.err).toMatch(/^isolation-audit: Cannot write the report to .*taken\/audit\.md: a part of the path is a file\./);
    expect(over.err).toContain('it is a folder');
    expect([below.status, over.status]).toEqual([2, 2]);
    expect(files(cwd)).toEqual(['folder', 'taken']);
    expect(readFileSync(join(cwd, 'taken'), 'utf8')).toBe('mine');
  });

  test('an older report is replaced whole', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'test-isolation-audit.md'), 'old '.repeat(100_000));
    await cli([], { cwd });
    expect(readFileSync(join(cwd, 'test-isolation-audit.md'), 'utf8')).toBe(markdown(report));
  });
});

describe('exit status', () => {
  const without = (...levels: readonly string[]) => ({
    ...report,
    findings: report.findings.filter((each) => !levels.includes(each.confidence) || each.axis.length === 0),
  });

  test.each([
    ['certain', report, 1],
    ['certain', without('certain'), 0],
    ['likely', without('certain'), 1],
    ['likely', without('certain', 'likely'), 0],
    ['possible', without('certain', 'likely'), 1],
    ['never', report, 0],
    ['possible', clean, 0],
  ] as const)('--fail-on %s', async (level, from, status) => {
    expect((await cli(['--fail-on', level, '--quiet'], { cwd: folder(), report: from })).status).toBe(status);
  });

  test('the configuration can say it, and the option is stronger', async () => {
    expect((await cli(['-q'], { cwd: folder(), settings: { failOn: 'never' } })).status).toBe(0);
    expect((await cli(['-q', '--fail-on', 'certain'], { cwd: folder(), settings: { failOn: 'never' } })).status).toBe(1);
  });

  test('likely is the default, and advice about a serial suite alone fails nothing', async () => {
    expect((await cli([], { cwd: folder(), report: without('certain') })).status).toBe(1);
    expect((await cli([], { cwd: folder(), report: without('certain', 'likely', 'possible') })).status).toBe(0);
  });

  test.each(['markdown', 'json', 'sarif', 'github', 'terminal'])('%s does not change it', async (format) => {
    expect((await cli(['--format', format], { cwd: folder() })).status).toBe(1);
    expect((await cli(['--format', format], { cwd: folder(), report: clean })).status).toBe(0);
  });

  test('a mistake of the user is one sentence and 2', async () => {
    const { err, status } = await cli([], { cwd: folder(), fails: new UserError('The configuration a.json is not JSON: line 3. Correct it.') });
    expect([err, status]).toEqual(['isolation-audit: The configuration a.json is not JSON: line 3. Correct it.\n', 2]);
  });

  test('a fault of ours says so, with its stack, and leaves no report', async () => {
    const cwd = folder();
    const { err, status } = await cli([], { cwd, fails: new TypeError('x is undefined') });
    expect(err).toContain('the fault is its own');
    expect(err).toContain('TypeError: x is undefined\n    at ');
    expect(status).toBe(2);
    expect(existsSync(join(cwd, 'test-isolation-audit.md'))).toBe(false);
  });
});

describe('baseline', () => {
  test('--update-baseline records every fingerprint, asks for a scan without a baseline, and is no failure', async () => {
    const cwd = folder();
    const { asked, out, status } = await cli(['--baseline', 'accepted.json', '--update-baseline'], { cwd, settings: { baseline: 'other.json' } });
    expect(asked[0]!.baseline).toBe(false);
    const known = readBaseline(join(cwd, 'accepted.json'))!.fingerprints;
    expect([...known].sort()).toEqual(report.findings.flatMap((each) => Object.values(each.fingerprints)).sort());
    expect(out).toContain('Report: test-isolation-audit.md');
    expect(out).toContain('Baseline: accepted.json');
    expect(status).toBe(0);
    expect(files(cwd)).toEqual(['accepted.json', 'test-isolation-audit.md']);
  });

  test('the configuration can name it, relative to the root', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'shop'));
    const { asked } = await cli(['shop', '-q'], { cwd, settings: { baseline: 'accepted.json' } });
    expect(asked[0]!.baseline).toBe(join(cwd, 'shop/accepted.json'));
  });
});

describe('what the scan is asked', () => {
  test('nothing but the root by default', async () => {
    const cwd = folder();
    const { asked } = await cli(['-q'], { cwd });
    expect(asked).toEqual([{ root: cwd, types: false, cache: true, filter: true }]);
  });

  test('options are handed on, paths resolved', async () => {
    const cwd = folder();
    const argv = [
      '-q',
      '--config',
      'a.json',
      '--baseline',
      'b.json',
      '--since',
      'origin/main',
      '--rule',
      'fixed-port',
      '--rule',
      'leaked-env,leaked-cwd',
      '--types',
      '--no-cache',
      '--no-filter',
    ];
    const { asked } = await cli(argv, { cwd });
    expect(asked).toEqual([
      {
        root: cwd,
        config: join(cwd, 'a.json'),
        baseline: join(cwd, 'b.json'),
        since: 'origin/main',
        rules: ['fixed-port', 'leaked-env', 'leaked-cwd'],
        types: true,
        cache: false,
        filter: false,
      },
    ]);
  });
});

describe('colours', () => {
  const coloured = async (argv: readonly string[], env: Readonly<Record<string, string>>, tty: boolean): Promise<boolean> =>
    (await cli(argv, { cwd: folder(), env, tty })).out.includes('\u001b[');

  test('only on a terminal', async () => {
    expect(await coloured([], { TERM: 'xterm' }, true)).toBe(true);
    expect(await coloured([], { TERM: 'xterm' }, false)).toBe(false);
    expect(await coloured([], { TERM: 'dumb' }, true)).toBe(false);
  });

  test('NO_COLOR and --no-color switch them off, FORCE_COLOR on', async () => {
    expect(await coloured([], { NO_COLOR: '1' }, true)).toBe(false);
    expect(await coloured([], { NO_COLOR: '' }, true)).toBe(true);
    expect(await coloured(['--no-color'], { FORCE_COLOR: '3' }, true)).toBe(false);
    expect(await coloured([], { FORCE_COLOR: '1' }, false)).toBe(true);
    expect(await coloured([], { FORCE_COLOR: '0' }, true)).toBe(false);
  });

  test('never in a file', async () => {
    const cwd = folder();
    await cli(['--format', 'terminal=summary.txt'], { cwd, env: { FORCE_COLOR: '3' } });
    expect(readFileSync(join(cwd, 'summary.txt'), 'utf8')).not.toContain('\u001b');
  });
});
