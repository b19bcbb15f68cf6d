import { readdirSync, readFileSync } from 'node:fs';
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import { renderPage } from '../../src/cli/render-page.js';
import { cli, folder } from './fake-world.js';

const PAGES = new URL('../../docs/rules/', import.meta.url);
const ids = readdirSync(PAGES)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => name.slice(0, -3))
  .sort();

describe('explain', () => {
  test('prints the page of every rule', async () => {
    for (const id of ids) {
      const { out, status } = await cli(['explain', id], { cwd: folder() });
      expect(status).toBe(0);
      expect(out).toContain('What collides');
      expect(readFileSync(new URL(`${id}.md`, PAGES), 'utf8')).toContain('#');
    }
  });

  test('without a rule lists them all', async () => {
    const { out, status } = await cli(['explain'], { cwd: folder() });
    expect(status).toBe(0);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(ids);
  });

  test('an unknown rule is a mistake', async () => {
    const { err, status } = await cli(['explain', 'fixed-prot'], { cwd: folder() });
    expect(err).toContain('There is no rule `fixed-prot`; did you mean `fixed-port`.');
    expect(status).toBe(2);
  });
});

describe('a rule page on a terminal', () => {
  const page =
    '<!-- generated -->\n# `fixed-port`\n\nTwo tests bind\none port, see [the page](https://example.org/p) and [it](./x.md).\n\n| | |\n|---|---|\n| What | Port {port} is bound by `a\\|b` tests. |\n\n- one item that is long enough to be broken into two lines here\n\n```ts file=a.test.ts\nlisten(4310)\n```\n';

  test('has no marks of Markdown, and wraps', () => {
    expect(renderPage(page, new Chalk({ level: 0 }), 40).split('\n')).toEqual([
      'fixed-port',
      '',
      'Two tests bind one port, see the page',
      '(https://example.org/p) and it.',
      '',
      'What: Port {port} is bound by `a|b`',
      '  tests.',
      '',
      '- one item that is long enough to be',
      '  broken into two lines here',
      '',
      '    a.test.ts:',
      '    listen(4310)',
      '',
    ]);
  });

  test('colours where there are some', () => {
    expect(renderPage(page, new Chalk({ level: 1 }), 40)).toContain('\u001b[1m');
  });
});
