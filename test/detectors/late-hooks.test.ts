import { describe, expect, test } from 'vitest';
import { audit, type Files, type Given } from './audit.js';

/** Hooks of a module belong to the first test file that a worker loads it for. */
const file = (name: string, load = "const { tolls } = require('./support/tolls');"): string =>
  `${load}\nit('${name}', () => {\n  expect(tolls.get('${name}')).toBeUndefined();\n});\n`;
const clears = 'beforeEach(() => exports.tolls.clear());\nexports.tolls = new Map();\n';
const FILES = { 'a.test.js': file('a'), 'b.test.js': file('b') };

function lateHooks(files: Files, given: Given = { runner: 'mocha' }, wanted = 'late-hooks'): readonly string[] {
  const told = audit(files, given);
  return told.findings
    .filter(({ variant }) => variant === wanted)
    .map(
      ({ places, files: held, axis, confidence }) =>
        `${told.line(places[0])} ${held.join(' ')} ${axis.join('')}${confidence === 'likely' ? '' : ` ${confidence}`}`,
    );
}

describe('hooks that a module declares while it is loaded', () => {
  const modules = { ...FILES, 'support/tolls.js': clears };

  test('are told where workers keep modules from file to file, or would', () => {
    expect(lateHooks(modules)).toEqual(['support/tolls.js:1 a.test.js b.test.js A']);
    expect(lateHooks(modules, { runner: 'mocha', use: { options: { parallel: true } } })).toEqual(['support/tolls.js:1 a.test.js b.test.js AW']);
    const imports = "import { tolls } from './support/tolls.js';";
    const vitest = {
      'a.test.js': file('a', imports),
      'b.test.js': file('b', imports),
      'support/tolls.js': "import { beforeEach } from 'vitest';\nexport const tolls = new Map();\nbeforeEach(() => tolls.clear());\n",
    };
    expect(lateHooks(vitest, { use: { options: { test: { isolate: false, globals: true } } } })).toEqual(['support/tolls.js:3 a.test.js b.test.js AW']);
    expect(lateHooks(vitest, {})).toEqual([]);
  });

  test('are not told of one file, of a runner without parallel runs, of what the runner loads itself, nor where each file calls them', () => {
    expect(lateHooks({ 'a.test.js': file('a'), 'support/tolls.js': clears })).toEqual([]);
    expect(lateHooks(modules, { runner: 'mocha', use: { version: '7.2.0' } })).toEqual([]);
    expect(lateHooks(modules, { runner: 'mocha', setupFiles: ['support/tolls.js'] })).toEqual([]);
    const called = 'exports.tolls = new Map();\nexports.clear = () => beforeEach(() => exports.tolls.clear());\n';
    const calls = "const { clear, tolls } = require('./support/tolls');\nclear();";
    expect(lateHooks({ 'a.test.js': file('a', calls), 'b.test.js': file('b', calls), 'support/tolls.js': called })).toEqual([]);
    expect(lateHooks({ ...FILES, 'support/tolls.js': 'exports.tolls = new Map();\nafterEach(() => exports.tolls.clear());\n' })).toEqual([]);
  });

  test('that end what the module keeps are told, and not those that only come after each test or end nothing', () => {
    const early = (support: string): readonly string[] => lateHooks({ ...FILES, 'support/tolls.js': support }, { runner: 'mocha' }, 'early-end');
    const opens = "const { Pool } = require('pg');\nconst pool = new Pool();\nexports.tolls = pool;\n";
    expect(early(`${opens}after(() => pool.end());\n`)).toEqual(['support/tolls.js:4 a.test.js b.test.js A']);
    const forgets = 'let open = [];\nexports.tolls = { add: (each) => open.push(each) };\nafter(() => {\n  open = [];\n});\n';
    expect(early(forgets)).toEqual(['support/tolls.js:3 a.test.js b.test.js A possible']);
    expect(early(`${opens}afterEach(() => pool.end());\n`)).toEqual([]);
    expect(early(`${opens}after(() => console.log('over'));\n`)).toEqual([]);
    expect(early(`${opens}before(() => console.log('to come'));\nafter(() => pool.end());\n`)).toEqual([]);
  });

  test('of a test file without tests are those of all files, and of one with tests its own', () => {
    const own = { 'a.test.js': file('a'), 'b.test.js': file('b'), 'support/tolls.js': 'exports.tolls = new Map();\n' };
    const alone = { ...own, 'hooks.test.js': "beforeEach(() => console.log('next'));\n" };
    expect(lateHooks(alone)).toEqual([]);
    expect(lateHooks(alone, { runner: 'mocha' }, 'root-hooks')).toEqual(['hooks.test.js:1 a.test.js b.test.js A']);
    expect(lateHooks({ ...own, 'hooks.test.js': "beforeEach(() => console.log('next'));\nit('c', () => {});\n" })).toEqual([]);
  });
});
