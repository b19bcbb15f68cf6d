import { describe, expect, test } from 'vitest';
import { repaired } from './repair.js';

const mocha = { runner: 'mocha' } as const;
/** The hooks of the repaired text, on one line each. */
const hooks = (text: string): string =>
  text.startsWith('refused')
    ? text
    : [...text.matchAll(/[\w.]*after\w*(?:\.always)?\((?:async )?\(\) => \{\s*([^]*?)\s*\}\);/g)].map(([whole]) => whole.replace(/\s+/g, ' ')).join(' ');

describe('fake clocks', () => {
  const file = (head: string, on: string): string => `${head}
describe('the shop', () => {
  beforeEach(() => {
    ${on}
  });
  it('is closed', () => {});
});
describe('the market', () => {
  it('is open', () => {});
});
`;
  test.each([
    ['jest', '', 'jest.useFakeTimers();', 'jest.useRealTimers();'],
    [
      'jest',
      "import { jest, beforeEach, describe, it } from '@jest/globals';",
      'jest.useFakeTimers({ now: 0 });\n    jest.setSystemTime(1);',
      'jest.useRealTimers();',
    ],
    ['mocha', "const sinon = require('sinon');", 'sinon.useFakeTimers();', 'sinon.restore();'],
    ['mocha', "const timekeeper = require('timekeeper');", 'timekeeper.freeze(new Date(0));', 'timekeeper.reset();'],
    ['mocha', "import MockDate from 'mockdate';", 'MockDate.set(0);', 'MockDate.reset();'],
    ['mocha', "import sinon from 'sinon';\nconst sandbox = sinon.createSandbox();", 'sandbox.useFakeTimers();', 'sandbox.restore();'],
    ['jasmine', '', 'jasmine.clock().install();', 'jasmine.clock().uninstall();'],
    ['node-test', "import { beforeEach, describe, it, mock } from 'node:test';", 'mock.timers.enable();', 'mock.timers.reset();'],
  ])('%s %s', (runner, head, on, off) => {
    expect(hooks(repaired('leaked-timers', file(head, on), { runner }))).toBe(`afterEach(() => { ${off} });`);
  });

  test('a clock that nobody can name', () => {
    const own = file("const sinon = require('sinon');", 'const box = sinon.createSandbox();\n    box.useFakeTimers();');
    expect(repaired('leaked-timers', own, mocha)).toBe('refused: what takes it back has no name outside the test');
    expect(repaired('leaked-timers', file("import { useFakeTimers } from 'sinon';", 'useFakeTimers();'), mocha)).toBe(
      'refused: which call takes it back is not known',
    );
  });

  test('a clock within the clock of a hook', () => {
    const within = `const sinon = require('sinon');
describe('the shop', () => {
  let clock;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => {
    clock.restore();
  });
  it('is closed', () => {
    const clock = sinon.useFakeTimers();
    clock.tick(1);
  });
  it('is open', () => {
    clock.tick(1);
  });
});
describe('the market', () => {
  it('is open', () => {});
});
`;
    expect(repaired('leaked-timers', within, mocha)).toBe(
      'refused: another clock is switched on around it, and the two have to be switched off in their order',
    );
  });

  test('a line in the hook that is there already', () => {
    const there = file("const sinon = require('sinon');", 'sinon.useFakeTimers();').replace(
      "  it('is closed'",
      "  afterEach(() => {\n    sinon.reset();\n  });\n  it('is closed'",
    );
    expect(repaired('leaked-timers', there, mocha)).toContain('  afterEach(() => {\n    sinon.reset();\n    sinon.restore();\n  });\n  it(');
  });
});

describe('spies and interceptors', () => {
  const file = (head: string, change: string, more = ''): string => `${head}
${more}
describe('the shop', () => {
  it('is closed', async () => {
    ${change}
  });
  it('is open', () => {});
});
`;
  const vitest = "import { describe, it, vi } from 'vitest';\nimport * as door from './door.js';";
  const beside = { 'door.js': 'export const state = () => 1;' };
  test.each([
    ['vitest', vitest, "vi.spyOn(door, 'state');", 'vi.restoreAllMocks();'],
    ['vitest', vitest, "vi.stubGlobal('fetch', 1);", 'vi.unstubAllGlobals();'],
    ['jest', "const door = require('./door');", "jest.spyOn(door, 'state').mockReturnValue(2);", 'jest.restoreAllMocks();'],
    ['mocha', "const sinon = require('sinon');\nconst door = require('./door');", "sinon.stub(door, 'state');", 'sinon.restore();'],
    ['node-test', "const { describe, it, mock } = require('node:test');\nconst door = require('./door');", "mock.method(door, 'state');", 'mock.restoreAll();'],
    ['mocha', "const nock = require('nock');", "nock('http://shop.test').persist().get('/').reply(200);", 'nock.cleanAll();'],
    ['mocha', "const nock = require('nock');", 'nock.disableNetConnect();', 'nock.enableNetConnect();'],
  ])('%s: %s', (runner, head, change, undo) => {
    const use = runner === 'vitest' ? { version: '4.1.0' } : {};
    const options = { runner, use, beside: { ...beside, ...(runner === 'mocha' ? { 'b.test.js': "it('b', () => {});" } : {}) } };
    expect(hooks(repaired('leaked-mock', file(head, change), options))).toBe(`afterEach(() => { ${undo} });`);
  });

  test('handlers that one test lays over the others', () => {
    const head = `import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, it } from 'vitest';
const server = setupServer();
beforeAll(() => server.listen());
afterAll(() => server.close());`;
    expect(repaired('leaked-mock', file(head, 'server.use(one);'))).toContain('  afterEach(() => {\n    server.resetHandlers();\n  });\n');
  });

  test('older versions of Vitest empty other mocks too', () => {
    const change = "vi.spyOn(door, 'state');";
    const old = { use: { version: '3.2.0' }, beside };
    expect(hooks(repaired('leaked-mock', file(vitest, change), old))).toBe('afterEach(() => { vi.restoreAllMocks(); });');
    expect(repaired('leaked-mock', file(vitest, change, 'const ring = vi.fn(() => 1);'), old)).toBe(
      'refused: in this version of the runner it would empty the other mocks too',
    );
  });

  test('what the file replaces for all tests stays', () => {
    const head = "const door = require('./door');\njest.spyOn(door, 'lock');";
    expect(repaired('leaked-mock', file(head, "jest.spyOn(door, 'state');"), { runner: 'jest', beside })).toBe(
      'refused: the file changes the same while it loads',
    );
  });
});

describe('where all at once would take back what a setup file has replaced', () => {
  const beside = { 'setup.js': "const sinon = require('sinon');\nsinon.stub(console, 'warn');\n" };
  const file = (declared: string, replace: string): string => `const fs = require('node:fs');
const sinon = require('sinon');

describe('exports', () => {
  ${declared}
  beforeEach(() => {
    ${replace}
  });
  afterEach(() => {
    readFile.reset();
  });

  it('are read', () => {});
});
describe('bills', () => {
  it('are read', () => {});
});
`;

  test('the stub that the suite holds is restored by itself', () => {
    const given = { runner: 'mocha', beside, setupFiles: ['setup.js'] } as const;
    expect(repaired('leaked-mock', file('let readFile;', "readFile = sinon.stub(fs, 'readFile').returns('');"), given)).toContain(
      '    readFile.reset();\n    readFile.restore();\n',
    );
    expect(repaired('leaked-mock', file('const readFile = { reset() {} };', "sinon.stub(fs, 'readFile').returns('');"), given)).toBe(
      'refused: a setup file changes the same for all tests',
    );
  });
});
