import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { INVOICES, ORDERS, PORT, audit, audited, project, shop, snapshot, tool, write, type Files } from './cli.js';

const both = [INVOICES, ORDERS];
const source = (path: string): string => String(shop[path]);

describe('a test file that cannot be understood is named, and the others are audited', () => {
  const cases: readonly (readonly [name: string, content: string | Buffer, says: RegExp])[] = [
    ['a syntax error', "test('half a", /syntax|parse|unterminated|expected/i],
    ['binary content', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 3, 0, 0]), /binary|NUL/i],
    ['twenty megabytes', `export const rows = [\n${'  "0123456789abcdef",\n'.repeat(1_000_000)}];\n`, /large|MB/i],
    ['ten thousand nested arrays', `export const deep = ${'['.repeat(10_000)}${']'.repeat(10_000)};\n`, /deep|nest/i],
    ['ten thousand nested calls', `${'f('.repeat(10_000)}${')'.repeat(10_000)};\n`, /deep|nest/i],
    ['ten thousand nested blocks', `${'{'.repeat(10_000)}${'}'.repeat(10_000)}\n`, /deep|nest/i],
    ['ten thousand nested templates', `const t = ${'`${'.repeat(10_000)}1${'}`'.repeat(10_000)};\n`, /deep|nest/i],
    ['ten thousand opening brackets', '(['.repeat(5_000), /deep|nest|syntax|parse|expected/i],
  ];

  test.each(cases)('%s', (_name, content, says) => {
    const folder = project({ ...shop, 'checks/broken.test.ts': content });
    const before = snapshot(folder);
    const { held, gaps, status } = audit(folder);
    expect(held).toEqual(both);
    expect(status).toBe(1);
    expect(gaps.filter((gap) => gap.startsWith('checks/broken.test.ts'))).toEqual([expect.stringMatching(says)]);
    expect(snapshot(folder)).toEqual(before);
  });

  test.each(['sums', 'calls'] as const)('long chains of %s are no hindrance', (kind) => {
    const chain = kind === 'sums' ? `const sum = ${'1 + '.repeat(3_000)}1;\n` : `const text = a${'.b()'.repeat(3_000)};\n`;
    const folder = project({ ...shop, 'checks/chain.test.ts': `${chain}${source(ORDERS)}` });
    expect(audit(folder).held).toEqual(expect.arrayContaining(both));
  });

  test('a file that the system will not open', () => {
    const folder = project({ ...shop, 'checks/locked.test.ts': source(ORDERS) });
    const run = tool(['scan', folder, '--no-cache', '--format', 'json', '--output', '-'], {
      preload: true,
      env: { OBSTACLE_REFUSED: 'checks/locked.test.ts' },
    });
    const { held, gaps } = audited(folder, run);
    expect(held).toEqual(both);
    expect(gaps.filter((gap) => gap.startsWith('checks/locked.test.ts'))).toEqual([expect.stringMatching(/permission/)]);
  });

  test('a folder that the system will not list', () => {
    const folder = project({ ...shop, 'checks/private/locked.test.ts': source(ORDERS) });
    const run = tool(['scan', folder, '--no-cache', '--format', 'json', '--output', '-'], { preload: true, env: { OBSTACLE_REFUSED: 'checks/private' } });
    const { held, gaps } = audited(folder, run);
    expect(held).toEqual(both);
    expect(gaps.some((gap) => gap.includes('checks/private') && gap.includes('permission'))).toBe(true);
  });

  test('all test files broken: exit 0, and the report does not look clean', () => {
    const folder = project({ ...shop, [ORDERS]: 'test(', [INVOICES]: 'test(' });
    const { report, status } = audit(folder);
    expect(status).toBe(0);
    expect(report.summary).toMatchObject({ testFiles: 2, ready: 0, notKnown: 2 });
  });
});

describe('files that are odd but can be read are read', () => {
  test('an empty test file, and one of blanks', () => {
    const folder = project({ ...shop, 'checks/empty.test.ts': '', 'checks/blank.test.ts': '\n \n' });
    const { held, gaps } = audit(folder);
    expect(held).toEqual(both);
    expect(gaps.filter((gap) => /empty|blank/.test(gap))).toEqual([]);
  });

  const encodings: readonly (readonly [string, (text: string) => string | Buffer])[] = [
    ['a byte order mark', (text) => `\ufeff${text}`],
    ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
    ['CR only', (text) => text.replaceAll('\n', '\r')],
    ['a byte order mark and CRLF', (text) => `\ufeff${text.replaceAll('\n', '\r\n')}`],
    ['UTF-16, little end first', (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['UTF-16, big end first', (text) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()])],
  ];

  test.each(encodings)('%s: the place is the same line and column', (_name, encode) => {
    const places = (folder: string): readonly unknown[] =>
      audit(folder)
        .report.findings.flatMap((finding) => finding.places)
        .map(({ path, region }) => ({ path, region }));
    const plain = places(project(shop));
    expect(plain.length).toBeGreaterThan(1);
    expect(places(project({ ...shop, [ORDERS]: encode(source(ORDERS)) }))).toEqual(plain);
  });

  test('package.json and tsconfig.json with a byte order mark', () => {
    const folder = project({ ...shop, 'package.json': `\ufeff${String(shop['package.json'])}`, 'tsconfig.json': '\ufeff{ "compilerOptions": {} }' });
    expect(audit(folder).held).toEqual(both);
  });

  test('names with blanks, quotes and letters from elsewhere', () => {
    const odd = 'checks/größe "1" & 東京.test.ts';
    const folder = project({ ...shop, [odd]: source(ORDERS) });
    expect(audit(folder).held).toEqual([...both, odd].sort());
  });
});

describe('a file system that leads in circles', () => {
  test('links to folders above, to themselves, to each other and to nowhere', () => {
    const folder = project(shop);
    symlinkSync('..', join(folder, 'checks/up'), 'dir');
    symlinkSync('self.test.ts', join(folder, 'checks/self.test.ts'));
    symlinkSync('there', join(folder, 'checks/here'));
    symlinkSync('here', join(folder, 'checks/there'));
    symlinkSync('nowhere', join(folder, 'checks/gone.test.ts'));
    symlinkSync('nowhere.json', join(folder, 'tsconfig.json'));
    const before = snapshot(folder);
    const { held, report } = audit(folder);
    expect(held).toEqual(both);
    expect(report.summary.testFiles).toBe(2);
    expect(snapshot(folder)).toEqual(before);
  });

  test('a folder that is called like a test file', () => {
    const folder = project(shop);
    mkdirSync(join(folder, 'checks/folder.test.ts'));
    expect(audit(folder).held).toEqual(both);
  });

  test('modules that import each other', () => {
    const folder = project({
      ...shop,
      'checks/support/ports.ts':
        "import { own } from './own.js';\nexport const PORT = 4310;\nexport const doubled = () => own() * 2;\nexport * from './own.js';\n",
      'checks/support/own.ts':
        "import { PORT } from './ports.js';\nexport const own = () => PORT;\nexport * from './ports.js';\nexport { lost } from './ports.js';\n",
      [ORDERS]: source(ORDERS).replace(String(PORT), 'PORT').replace(/^/, "import { PORT } from './support/own.js';\n"),
    });
    expect(audit(folder).held).toEqual(both);
  });

  test('functions, values and classes that lead to themselves', () => {
    const folder = project({
      ...shop,
      'checks/circles.test.ts': `import { test } from 'vitest';
const even = (n) => n === 0 || odd(n - 1);
const odd = (n) => n !== 0 && even(n - 1);
let a = b, b = a;
const self = { ...self, get: () => self.get() };
class One extends Two {}
class Two extends One {}
function again(port = again()) { return again(port); }
for (const each of [even]) again(each(again(a + b)));
test('ends', () => { new One().listen(again(self.get())); });
`,
    });
    expect(audit(folder).held).toEqual(both);
  });
});

describe('configuration that is missing, broken or computed', () => {
  test('a tsconfig that extends what is not there is named', () => {
    const folder = project({
      ...shop,
      'tsconfig.json': '{ "extends": ["./nowhere.json", "@acme/tsconfig"], "compilerOptions": { "paths": { "~/*": ["./checks/*"] } } }',
    });
    const { held } = audit(folder);
    expect(held).toEqual(both);
  });

  test('a tsconfig that extends itself', () => {
    const folder = project({ ...shop, 'tsconfig.json': '{ "extends": "./tsconfig.json" }' });
    expect(audit(folder).held).toEqual(both);
  });

  test('packages that are not installed', () => {
    const folder = project({
      ...shop,
      'checks/lost.test.ts':
        "import { it } from 'vitest';\nimport lost from 'no-such-package';\nimport './no-such-file.js';\nit('is lost', () => lost.listen(4310));\n",
    });
    expect(audit(folder).held).toEqual(expect.arrayContaining(both));
  });

  const configs: readonly (readonly [name: string, files: Files])[] = [
    ['throws', { 'vitest.config.ts': "import { writeFileSync } from 'node:fs';\nwriteFileSync('was-run', '');\nthrow new Error('no');\n" }],
    ['is computed', { 'vitest.config.ts': "import { read } from './settings.js';\nexport default read(process.env.MODE)(await import('./more.js'));\n" }],
    ['is a function', { 'vitest.config.mts': 'export default async ({ mode }) => ({ test: mode === "ci" ? pick() : {} });\n' }],
    ['has a syntax error', { 'vitest.config.js': 'export default {{\n' }],
    ['is empty', { 'vitest.config.ts': '' }],
    ['imports itself', { 'vitest.config.ts': "import base from './vitest.config.ts';\nexport default { ...base };\n" }],
  ];
  test.each(configs)('a runner configuration that %s', (_name, files) => {
    const folder = project({ ...shop, ...files });
    const { held } = audit(folder);
    expect(held).toEqual(both);
    expect(existsSync(join(folder, 'was-run'))).toBe(false);
  });

  test.each(['throws', 'is computed', 'has a syntax error'])('and the report says so when it %s', (name) => {
    const files = configs.find(([each]) => each === name)?.[1] ?? {};
    const { report, gaps } = audit(project({ ...shop, ...files }));
    const said = [...gaps, ...report.runners.flatMap((runner) => runner.schedule.notes)].join('\n');
    expect(said).toContain(Object.keys(files)[0]);
  });

  test.each(['{ "name": "acme", ', '[]', 'null', ''])('a package.json that reads %j is named', (text) => {
    const folder = project({ ...shop, 'package.json': text });
    const { stdout, stderr, status } = tool(['scan', folder, '--no-cache', '--format', 'json', '--output', '-']);
    expect(status).not.toBeNull();
    expect(stdout + stderr).toContain('package.json');
    expect(stderr).not.toContain('the fault is its own');
  });

  test('an own configuration that throws is a message, not a stack', () => {
    const folder = project({ ...shop, 'isolation-audit.config.mjs': "throw new Error('the moon is full');\n" });
    const { status, stderr } = tool(['scan', folder]);
    expect(status).toBe(2);
    expect(stderr).toContain('isolation-audit.config.mjs');
    expect(stderr).toContain('the moon is full');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('nothing to audit', () => {
  test.each([
    ['a package without tests', { 'package.json': '{ "name": "acme-empty", "private": true }', 'src/index.js': 'export {};\n' }],
    ['an empty folder', {}],
    ['a folder of something else', { 'README.md': '# Notes\n', 'photo.test.jpg': 'x' }],
  ] as const)('%s: exit 0 and a report that says that there is nothing', (_name, files) => {
    const folder = project(files);
    const { status, stdout, stderr } = tool(['scan', folder, '--output', '-', '--no-cache']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/no tests? (files?|suite)|no test runner/i);
    expect(snapshot(folder)).toEqual(snapshot(project(files)));
  });

  test.each([
    ['nowhere', /no folder/],
    ['package.json', /is a file/],
  ])('`scan %s`', (name, says) => {
    const { status, stderr } = tool(['scan', join(project(shop), name)]);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
  });

  test('`--since` where there is no repository', () => {
    const folder = project(shop);
    const { status, stderr } = tool(['scan', folder, '--since', 'main'], { env: { GIT_CEILING_DIRECTORIES: join(folder, '..') } });
    expect(status).toBe(2);
    expect(stderr).toMatch(/git/i);
    expect(existsSync(join(folder, 'test-isolation-audit.md'))).toBe(false);
  });
});

describe('commands that cannot be followed', () => {
  test.each([
    [['scan', '--formats', 'json'], '--format'],
    [['scan', '--format', 'jsn'], 'json'],
    [['scan', '--fail-on', 'likly'], 'likely'],
    [['scan', '--rule', 'fixed-prt'], 'fixed-port'],
    [['scna'], 'scan'],
  ])('%j is answered with %s', (args, hint) => {
    const folder = project(shop);
    const { status, stdout, stderr } = tool(args, { cwd: folder });
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(snapshot(folder)).toEqual(snapshot(project(shop)));
  });

  test.each([
    ['package.json/audit.md', /part of the path is a file/],
    ['checks', /folder/],
  ])('a report cannot be written to %s', (output, says) => {
    const folder = project(shop);
    const before = snapshot(folder);
    const { status, stderr } = tool(['scan', folder, '--no-cache', '--output', join(folder, output)]);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr).toContain(output);
    expect(snapshot(folder)).toEqual(before);
  });
});

describe('a cache or baseline that is damaged or foreign', () => {
  const scan = (folder: string): string => {
    const { status, stdout, stderr } = tool(['scan', folder, '--format', 'json', '--output', '-']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    return stdout;
  };

  test.each([
    ['nothing', () => ''],
    ['noise', () => '\u0000\u0001{{{'],
    ['JSON of someone else', () => '{"version":1,"entries":{}}\n'],
    ['another version of the tool', (text: string) => text.replace(/"version":"[^"]*"/, '"version":"0.0.0-other"')],
    ['half of it', (text: string) => text.slice(0, text.length / 2)],
    ['facts of another shape', (text: string) => text.replaceAll(/"functions":/g, '"f":')],
    [
      'null for every entry',
      (text: string) =>
        text
          .split('\n')
          .map((line, at) => (at % 2 === 0 && at > 0 && line ? 'null' : line))
          .join('\n'),
    ],
  ] as const)('a cache that holds %s gives the same report', (_name, damage) => {
    const folder = project({ ...shop, 'node_modules/.package-lock.json': '{}' });
    const first = scan(folder);
    const [cache] = readdirSync(join(folder, 'node_modules/.cache/isolation-audit'));
    const path = join(folder, 'node_modules/.cache/isolation-audit', cache ?? '');
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    expect(scan(folder)).toBe(first);
    expect(scan(folder)).toBe(first);
  });

  test('a cache that cannot be written is no failure', () => {
    const folder = project({ ...shop, 'node_modules/.cache/isolation-audit': 'a file where the folder would be' });
    expect(JSON.parse(scan(folder))).toHaveProperty('findings');
  });

  test.each([
    ['noise', '{{{', /not valid JSON/],
    ['something else', '{ "name": "acme" }', /not a baseline/],
    ['a later version', '{ "kind": "isolation-audit baseline", "version": 99, "findings": {} }', /version 99/],
    ['no findings', '{ "kind": "isolation-audit baseline", "version": 1 }', /findings/],
  ])('a baseline that holds %s is refused', (_name, text, says) => {
    const folder = project({ ...shop, 'accepted.json': text });
    const before = snapshot(folder);
    const { status, stderr } = tool(['scan', folder, '--no-cache', '--baseline', join(folder, 'accepted.json')]);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr).toContain('accepted.json');
    expect(snapshot(folder)).toEqual(before);
  });
});

describe('interrupted', () => {
  test('SIGINT midway leaves the old report and nothing half-written', () => {
    const old = '# An older report\n';
    const folder = project({ ...shop, 'test-isolation-audit.md': old });
    const before = snapshot(folder);
    const { signal } = tool(['scan', folder, '--no-cache'], { preload: true, env: { OBSTACLE_INTERRUPTS: ORDERS } });
    expect(signal).toBe('SIGINT');
    expect(snapshot(folder)).toEqual(before);
  });

  test('the report is rewritten whole when the next run is left alone', () => {
    const folder = project({ ...shop, 'test-isolation-audit.md': '# An older report\n' });
    write(folder, '.test-isolation-audit.md.1.tmp', '# Half a rep');
    tool(['scan', folder, '--no-cache']);
    const text = readFileSync(join(folder, 'test-isolation-audit.md'), 'utf8');
    expect(text).not.toContain('older');
    expect(text).toContain(String(PORT));
  });
});
