import { describe, expect, test } from 'vitest';
import { audit, places, type Case, type Files, type Given } from './audit.js';

/** What the module of a server keeps between the requests of browser tests. */
const MODULE = 'test/app/src/routes/votes/+server.js';
const given = (use: Given['use'] = {}, below = false): Given => ({
  runner: 'playwright',
  use: { configPath: 'test/app/playwright.config.js', dir: 'test/app', options: { webServer: { command: 'vite dev' } }, ...use },
  served: [{ server: 'test/app', path: MODULE, routes: ['/votes'], below }],
});

const visits = (name: string, ...paths: readonly string[]): Files => ({
  [`test/app/test/${name}.test.js`]: [
    `import { expect, test } from '@playwright/test';`,
    ...paths.map((path, index) => `test('${name} ${index}', async ({ page }) => { await page.goto(${path}); });`),
  ].join('\n'),
});
const both: Files = { ...visits('casts', `'/votes'`), ...visits('lists', `'/votes?all=1'`) };
const counter = `let votes = 0;\n\nexport function POST() {\n  votes += 1;\n}\nexport const GET = () => new Response(votes);\n`;

const cases: readonly (Omit<Case, 'rule'> & { readonly app: string })[] = [
  { what: 'a number that requests count up', app: counter, files: both, finds: [`${MODULE}:1`] },
  {
    what: 'a list to which requests add',
    app: `const cast = [];\nexport const POST = async ({ request }) => { cast.push(await request.json()); };\n`,
    files: both,
    finds: [`${MODULE}:1`],
  },
  {
    what: 'a property of an object',
    app: `const state = { open: true };\nexport const POST = async ({ url }) => { state.open = url.searchParams.has('open'); };\n`,
    files: both,
    finds: [`${MODULE}:1`],
  },
  {
    what: 'paths behind the address of the server',
    app: counter,
    files: visits('casts', '`${base}/votes`', '`http://localhost:5173/votes`'),
    finds: [`${MODULE}:1`],
  },
  { what: 'an app in a folder of the server', app: counter, files: visits('casts', `'/polls/votes'`, `'/polls/votes'`), finds: [`${MODULE}:1`] },
  { what: 'other paths', app: counter, files: { ...visits('casts', `'/vote'`), ...visits('lists', `'/votes/7'`, `'/results'`) } },
  {
    what: 'all paths below, where requests for them come to it',
    app: counter,
    files: { ...visits('casts', `'/votes/7'`), ...visits('lists', '`/votes/${id}`') },
    given: given({}, true),
    finds: [`${MODULE}:1`],
  },
  { what: 'one test alone', app: counter, files: visits('casts', `'/votes'`) },
  {
    what: 'what stands under a key that requests bring',
    app: `const votes = {};\nexport const POST = ({ url }) => { votes[url.search] = 1; };\n`,
    files: both,
  },
  { what: 'what is filled when it is first asked for', app: `let known;\nexport const GET = async () => (known ??= await read());\n`, files: both },
  { what: 'what is only ever set to one value', app: `let isWarm = false;\nexport const GET = () => { isWarm = true; };\n`, files: both },
  { what: 'what is written while the module loads', app: `let votes = 0;\nvotes += 1;\nexport const GET = () => new Response(votes);\n`, files: both },
  {
    what: 'tests of one file in turn, which can put it back',
    app: `${counter}export const DELETE = () => { votes = 0; };\n`,
    files: visits('casts', `'/votes'`, `'/votes'`),
  },
  {
    what: 'tests of one file at the same time, which can put it back',
    app: `${counter}export const DELETE = () => { votes = 0; };\n`,
    files: visits('casts', `'/votes'`, `'/votes'`),
    given: given({ options: { webServer: { command: 'vite dev' }, fullyParallel: true } }),
    finds: [`${MODULE}:1`],
  },
  { what: 'a server that the runner does not start', app: counter, files: both, given: given({ options: {} }) },
];

describe('what a server keeps between requests', () => {
  test.each(cases)('$what', ({ app, files, finds = [], given: own = given() }) => {
    expect(places('shared-module-state', { [MODULE]: app, ...files }, own)).toEqual(finds);
  });

  test('is one finding for a module, which names the tests that come to it', () => {
    const [only, ...more] = audit({ [MODULE]: `let open = '';\n${counter}export const PUT = ({ url }) => { open = url.hash; };\n`, ...both }, given()).findings;
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      axis: ['A', 'W'],
      files: ['test/app/test/casts.test.js', 'test/app/test/lists.test.js'],
      values: { cell: '`open` and `votes`', are: 'are', count: '2 tests come' },
    });
  });
});
