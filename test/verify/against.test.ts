import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { withEarlierTree } from '../../src/verify/earlier-tree.js';
import { checkChange, verify, type VerifyOptions } from '../../src/verify/index.js';
import { buildPrograms } from './programs.js';

let programs: string;
beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);

type Files = Readonly<Record<string, string>>;

interface Project {
  readonly root: string;
  write(files: Files): void;
  git(...words: string[]): string;
  worktrees(): readonly string[];
}

/** A repository with one commit. */
function committed(files: Files): Project {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'isolation-audit-against-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (all: Files): void => {
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  const git = (...words: string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...words], { cwd: root, encoding: 'utf8' });
  write(files);
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'start');
  const worktrees = (): readonly string[] => git('worktree', 'list', '--porcelain').match(/^worktree .*$/gm) ?? [];
  return { root, write, git, worktrees };
}

const MANIFEST = JSON.stringify({ name: 'harbour', private: true, scripts: { test: 'node --test checks/' } });
const check = (name: string, path: string, expected = name): string => `
const assert = require('node:assert');
const fs = require('node:fs');
const { test } = require('node:test');
test('${name} is logged', () => {
  fs.writeFileSync(${path}, '${name}');
  assert.equal(fs.readFileSync(${path}, 'utf8'), '${expected}');
});
`;
const SHARED = "'checks/log.txt'";
const HARBOUR: Files = {
  'package.json': MANIFEST,
  '.gitignore': '*.txt\n',
  'checks/arrival.test.js': check('arrival', SHARED),
  'checks/departure.test.js': check('departure', SHARED),
};

const checked = async (project: Project, more: Partial<VerifyOptions> = {}) => {
  const report = await verify({ root: project.root, against: 'HEAD', programs, ...more });
  expect(project.worktrees()).toEqual([`worktree ${project.root}`]);
  return report.verification?.fixes?.checks.map(({ rule, word, why, before, trials }) => ({ rule, word, why, before: before?.word, trials }));
};
const LIMIT = { timeout: 120_000 };

test('a fix that gives each file its own path is proved on both trees, and nothing is left or changed', LIMIT, async () => {
  const project = committed(HARBOUR);
  project.write({ 'checks/arrival.test.js': check('arrival', "'checks/arrival.txt'"), 'notes.md': 'new' });
  const status = project.git('status', '--porcelain');
  expect(await checked(project)).toMatchObject([{ rule: 'shared-path', word: 'FIXED', before: 'CONFIRMED' }]);
  expect(project.git('status', '--porcelain')).toBe(status);
});

test('what still fails is not fixed, what fails alone is broken, and what is gone proves nothing', LIMIT, async () => {
  const project = committed(HARBOUR);
  const [proof] = (await checked(project, { rules: ['shared-path'] }))!;
  expect(proof).toMatchObject({ word: 'NOT-FIXED', before: 'CONFIRMED' });
  expect(proof!.trials.filter(({ order, passed }) => order === 'bad' && !passed)).toHaveLength(3);

  for (const name of ['arrival', 'departure']) project.write({ [`checks/${name}.test.js`]: check(name, `'checks/${name}.txt'`, 'nothing') });
  expect(await checked(project)).toMatchObject([{ word: 'BROKEN', why: 'it fails alone, and did not before' }]);

  rmSync(join(project.root, 'checks/arrival.test.js'));
  project.write({ 'checks/departure.test.js': check('departure', "'checks/own.txt'") });
  expect(await checked(project)).toMatchObject([{ word: 'UNPROVED', why: '`checks/arrival.test.js` is not there any more' }]);
});

test('a test of the same file that failed before as well does not make a fix broken', LIMIT, async () => {
  const unfinished = "\ntest('is not finished', () => assert.fail());\n";
  const files = (path: string): Files => ({
    ...HARBOUR,
    'checks/arrival.test.js': check('arrival', path) + unfinished,
    'checks/departure.test.js': check('departure', SHARED) + unfinished,
  });
  const project = committed(files(SHARED));
  project.write(files("'checks/arrival.txt'"));
  expect(await checked(project)).toMatchObject([{ word: 'FIXED', before: 'CONFIRMED' }]);
});

test('a change that is made between two runs of the tests is judged by them', LIMIT, async () => {
  const project = committed(HARBOUR);
  const checks = await checkChange({
    root: project.root,
    programs,
    isMeant: ({ rule }) => rule === 'shared-path',
    change: () => {
      project.write({ 'checks/arrival.test.js': check('arrival', "'checks/arrival.txt'") });
      return Promise.resolve();
    },
  });
  expect(checks).toMatchObject([{ word: 'FIXED', path: 'checks/arrival.test.js', before: { word: 'CONFIRMED' } }]);
});

const LEAK = (after: string): string => `
const assert = require('node:assert');
const { after, test } = require('node:test');
${after}
test('speaks German', () => { process.env.SPEECH = 'de'; });
test('speaks what it always does', () => assert.equal(process.env.SPEECH, undefined));
`;

test('a leak within a worker is fixed when the same order passes', LIMIT, async () => {
  const project = committed({ 'package.json': MANIFEST, 'checks/speech.test.js': LEAK('') });
  const asked = { rules: ['leaked-env'] };
  expect(await checked(project, asked)).toMatchObject([{ word: 'NOT-FIXED', before: 'CONFIRMED', why: 'it still fails in the bad order' }]);
  project.write({ 'checks/speech.test.js': LEAK('require("node:test").afterEach(() => { delete process.env.SPEECH; });') });
  expect(await checked(project)).toMatchObject([{ word: 'FIXED', before: 'CONFIRMED' }]);
  project.write({ 'checks/speech.test.js': LEAK("process.env.SPEECH = 'fr';") });
  expect(await checked(project, asked)).toMatchObject([{ word: 'BROKEN' }]);
});

test('an interrupt takes the earlier tree away, and the next run what a killed one has left', LIMIT, async () => {
  const project = committed(HARBOUR);
  project.write({ 'checks/arrival.test.js': check('arrival', "'checks/arrival.txt'") });
  const controller = new AbortController();
  const stopped = verify({
    root: project.root,
    against: 'HEAD',
    programs,
    signal: controller.signal,
    onProgress: ({ phase }) => {
      if (phase.startsWith('Putting')) setTimeout(() => controller.abort(), 200);
    },
  });
  await expect(stopped).rejects.toThrow('aborted');
  expect(project.worktrees()).toHaveLength(1);

  const gone = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
  const left = join(mkdtempSync(join(realpathSync(tmpdir()), `isolation-audit-tree-${gone}-`)), 'tree');
  onTestFinished(() => rmSync(dirname(left), { recursive: true, force: true }));
  project.git('worktree', 'add', '--detach', '--quiet', left, 'HEAD');
  await withEarlierTree(project.root, 'HEAD', () => Promise.resolve());
  expect(project.worktrees()).toHaveLength(1);
  expect(existsSync(dirname(left))).toBe(false);
});

test('packages are those that are installed, but the project has its own of then', LIMIT, async () => {
  const project = committed({
    '.gitignore': 'node_modules',
    'app/package.json': '{}',
    'app/main.js': 'then',
    'parts/crane/package.json': '{}',
    'hooks/none': '',
  });
  project.write({
    'app/main.js': 'now',
    'app/node_modules/@dock/rope/index.js': '',
    'app/node_modules/.cache/tool': '',
    'app/node_modules/.bin/rope': '',
    '.git/hooks/post-checkout': '#!/bin/sh\ntouch "$(git rev-parse --git-common-dir)/hook-ran"\n',
  });
  execFileSync('chmod', ['+x', join(project.root, '.git/hooks/post-checkout')]);
  symlinkSync('../../parts/crane', join(project.root, 'app/node_modules/crane'));
  const place = await withEarlierTree(join(project.root, 'app'), 'HEAD', (earlier) => {
    const modules = join(earlier, 'node_modules');
    expect(readFileSync(join(earlier, 'main.js'), 'utf8')).toBe('then');
    expect(readdirSync(modules).sort()).toEqual(['.bin', '@dock', 'crane']);
    expect(realpathSync(join(modules, '@dock/rope'))).toBe(join(project.root, 'app/node_modules/@dock/rope'));
    expect(realpathSync(join(modules, 'crane'))).toBe(join(dirname(earlier), 'parts/crane'));
    return Promise.resolve(earlier);
  });
  expect(existsSync(dirname(dirname(place)))).toBe(false);
  expect(existsSync(join(project.root, 'app/node_modules/@dock/rope/index.js'))).toBe(true);
  expect(existsSync(join(project.root, '.git/hook-ran'))).toBe(false);
});

test.each([
  ['-x', '`--against -x` names no git ref. Pass a branch, a tag or a commit: --against origin/main.'],
  ['nowhere', '`--against nowhere`: git knows no commit of that name.'],
])('a ref that is none is said: %s', async (ref, message) => {
  const project = committed({ 'package.json': '{}' });
  await expect(withEarlierTree(project.root, ref, () => Promise.resolve())).rejects.toThrow(message);
});

test('a folder that was not there then is said', async () => {
  const project = committed({ 'package.json': '{}' });
  project.write({ 'later/package.json': '{}' });
  const work = withEarlierTree(join(project.root, 'later'), 'HEAD', () => Promise.resolve());
  await expect(work).rejects.toThrow('`--against HEAD`: the folder of the project is not in that commit. Name a later one.');
  expect(project.worktrees()).toHaveLength(1);
});
