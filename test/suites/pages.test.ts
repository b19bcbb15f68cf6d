import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { scan } from '../../src/index.js';
import { examplesIn, type Example } from './pages.js';

const pages = fileURLToPath(new URL('../../docs/rules', import.meta.url));
const ids = readdirSync(pages)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => name.slice(0, -3));

const MANIFEST = '{ "name": "example", "private": true, "type": "module", "scripts": { "test": "vitest run" }, "devDependencies": { "vitest": "^4.1.0" } }\n';

async function rulesFoundIn(example: Example): Promise<readonly string[]> {
  const project = mkdtempSync(join(tmpdir(), 'isolation-audit-page-'));
  try {
    for (const [path, text] of Object.entries({ 'package.json': MANIFEST, ...example.files })) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text);
    }
    const report = await scan({ root: project, cache: false });
    return [...new Set(report.findings.filter((finding) => finding.confidence !== 'possible').map((finding) => finding.rule))].sort();
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

describe.each(ids)('the page of %s', (id) => {
  const examples = examplesIn(readFileSync(join(pages, `${id}.md`), 'utf8'));

  test('has code that collides and code that does not', () => {
    const filled = examples.filter((example) => Object.keys(example.files).length > 0).map((example) => example.kind);
    expect(filled).toEqual(expect.arrayContaining(['collides', 'isolated']));
  });

  test.each(examples.map((example) => [example.kind, example.line, example] as const))('%s at line %i', async (kind, _line, example) => {
    expect(await rulesFoundIn(example)).toEqual(kind === 'collides' ? [id] : []);
  });
});

test('fences belong to the heading above them', () => {
  const page =
    '## What collides\n```ts file=a.ts\nnone\n```\n### Collides\n```ts file=a.test.ts\nlet a;\n```\ntext\n```sh\nls\n```\n## When it is fine\n### Isolated\n````ts file=b.ts\n```\n````\n';
  expect(examplesIn(page)).toEqual([
    { kind: 'collides', line: 5, files: { 'a.test.ts': 'let a;\n' } },
    { kind: 'isolated', line: 14, files: { 'b.ts': '```\n' } },
  ]);
});
