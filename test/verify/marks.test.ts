import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { suitesOf } from '../../src/project/suspects.js';
import { openBench } from '../../src/verify/bench.js';
import type { Command } from '../../src/verify/recording.js';
import { buildPrograms } from './programs.js';
import { suiteFolder } from './suite-folder.js';

let programs: string;
beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);

const HEAD = "const Redis = require('ioredis');\nconst pause = () => new Promise((resolve) => setImmediate(resolve));\n";
const RUNNERS = {
  Jest: { command: 'jest', packages: { jest: '30' }, head: HEAD, atOnce: (title: string, body: string) => `test.concurrent('${title}', ${body});` },
  Mocha: { command: 'mocha checks', packages: { mocha: '11' }, head: `${HEAD}const [test, beforeAll, afterAll] = [it, before, after];` },
  'node:test': {
    command: 'node --test checks/',
    packages: {},
    head: `${HEAD}const { after: afterAll, before: beforeAll, beforeEach, describe, test } = require('node:test');`,
    atOnce: (title: string, body: string) => `test('${title}', ${body});`,
  },
  Playwright: {
    command: 'playwright test',
    packages: { '@playwright/test': '1' },
    head: `${HEAD}const { test } = require('@playwright/test');\nconst { afterAll, beforeAll, beforeEach, describe } = test;`,
  },
  Vitest: {
    command: 'vitest run',
    packages: { vitest: '4' },
    head: `import Redis from 'ioredis';\nimport { afterAll, beforeAll, beforeEach, describe, test } from 'vitest';\n${HEAD.split('\n')[1]}\n`,
    atOnce: (title: string, body: string) => `test.concurrent('${title}', ${body});`,
  },
} as const;
type Runner = keyof typeof RUNNERS;

/** What a suite of one file sends, as its laboratory has recorded it. */
async function sentBy(runner: Runner, body: string): Promise<readonly Command[]> {
  const { command, packages, head } = RUNNERS[runner];
  const root = suiteFolder({ post: `${head}\n${body}` }, { command, packages: { ioredis: '5', ...packages } });
  const [suite] = (await suitesOf({ root })).suites;
  const bench = openBench({ root, programs });
  onTestFinished(() => bench.close());
  expect(await bench.prepare({ suite: suite!, resources: suite!.resources })).toBeUndefined();
  const { outcome, recording } = await bench.wholeSuite(suite!, { files: suite!.testFiles, workers: 1, limit: 60_000 });
  expect(outcome.fault).toBeUndefined();
  expect([...new Set(outcome.tests.map(({ state }) => state))]).toEqual(['passed']);
  return recording.commands;
}

/** Keys that are named as the test that sets them. */
const keysOf = ({ touches }: Command): readonly string[] => touches.map(({ name }) => name).filter((name) => name !== '');

const LETTERS = `
const early = new Redis(6379);
let late;
describe('letters', () => {
  beforeAll(async () => {
    late = new Redis(6379);
    await early.set('nobody', '1');
  });
  afterAll(() => Promise.all([early.quit(), late.quit()]));
  for (let at = 0; at < 25; at++) {
    describe('to town ' + at, () => {
      const own = 'letters to town ' + at + ' arrive';
      beforeEach(() => late.set(own, 'hook'));
      test('arrive', async () => {
        for (let times = 0; times < 10; times++) {
          await Promise.all([early.set(own, '1'), late.set(own, '2')]);
          await late.pipeline().set(own, '3').get(own).exec();
        }
      });
    });
  }
});
`;

test.each(Object.keys(RUNNERS) as Runner[])('%s: a thousand commands of tests are told by their test, none wrong', { timeout: 90_000 }, async (runner) => {
  const commands = await sentBy(runner, LETTERS);
  const ofTests = commands.filter((command) => keysOf(command).some((name) => name.startsWith('letters')));
  expect(ofTests).toHaveLength(1025);
  expect(ofTests.filter((command) => command.test !== keysOf(command)[0])).toEqual([]);
  expect(new Set(ofTests.map(({ file }) => file?.endsWith('checks/post.test.js')))).toEqual(new Set([true]));
  // What a hook for all tests does belongs to the file; Playwright runs it within the first test.
  const ofHook = commands.find((command) => keysOf(command).includes('nobody'))!;
  expect(ofHook.test).toBe(runner === 'Playwright' ? 'letters to town 0 arrive' : undefined);
});

describe('tests that run at once are told by their file', () => {
  const body = (title: string): string => `async () => {
    for (let times = 0; times < 20; times++) {
      await redis.set('${title}', '1');
      await pause();
    }
  }`;
  test.each(['Jest', 'Vitest', 'node:test'] as const)('%s', { timeout: 90_000 }, async (runner) => {
    const { atOnce } = RUNNERS[runner];
    const commands = await sentBy(
      runner,
      `const redis = new Redis(6379);
afterAll(() => redis.quit());
describe('post', ${runner === 'node:test' ? '{ concurrency: true }, ' : ''}() => {
  ${atOnce('goes', body('post goes'))}
  ${atOnce('comes', body('post comes'))}
});`,
    );
    const ofTests = commands.filter((command) => keysOf(command).some((name) => name.startsWith('post')));
    expect(ofTests).toHaveLength(40);
    expect(ofTests.filter((command) => command.test !== undefined && command.test !== keysOf(command)[0])).toEqual([]);
    expect(ofTests.filter(({ test: told }) => told === undefined).length).toBeGreaterThan(20);
    expect(ofTests.every(({ file }) => file?.endsWith('checks/post.test.js'))).toBe(true);
  });
});
