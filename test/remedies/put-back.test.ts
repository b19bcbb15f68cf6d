import { describe, expect, test } from 'vitest';
import { repaired } from './repair.js';

const mocha = { runner: 'mocha' } as const;

describe('the environment', () => {
  test('the saved copy itself is put back: a copy of it is', () => {
    const file = (save: string, more = ''): string => `const saved = ${save};
${more}
describe('zones', () => {
  afterEach(() => {
    process.env = saved; // as it was
  });

  it('is Rome', () => {
    process.env.TZ = 'Europe/Rome';
  });
  it('is anywhere', () => {});
});
`;
    expect(repaired('leaked-env', file('Object.assign({}, process.env)', 'const {a} = {a: 1};'), { runner: 'jest' })).toContain(
      '    process.env = {...saved}; // as it was\n',
    );
    expect(repaired('leaked-env', file('{ ...process.env }'), { runner: 'jest' })).toContain('    process.env = { ...saved }; // as it was\n');
    expect(repaired('leaked-env', file('process.env'), { runner: 'jest' })).toMatch(/^refused: /);
  });

  test('one hook around the suites that change it, each variable by its name', () => {
    const file = `import { describe, expect, it } from 'vitest';

// Zones.
describe('zones', () => {
  // Of the shop.
  it('is Rome', () => {
    process.env.TZ = 'Europe/Rome';
  });
  it('is Rome at night', () => {
    process.env['SHOP_LAMP'] = 'on';
  });
  it('is anywhere', () => {});
});
`;
    expect(repaired('leaked-env', file)).toBe(`import { afterEach, describe, expect, it } from 'vitest';

// Zones.
describe('zones', () => {
  const savedTz = process.env.TZ;
  const savedShopLamp = process.env['SHOP_LAMP'];

  afterEach(() => {
    if (savedTz === undefined) delete process.env.TZ;
    else process.env.TZ = savedTz;
    if (savedShopLamp === undefined) delete process.env['SHOP_LAMP'];
    else process.env['SHOP_LAMP'] = savedShopLamp;
  });

  // Of the shop.
  it('is Rome', () => {
    process.env.TZ = 'Europe/Rome';
  });
  it('is Rome at night', () => {
    process.env['SHOP_LAMP'] = 'on';
  });
  it('is anywhere', () => {});
});
`);
  });

  test('the hook stands with the others, in front of all tests of its suite', () => {
    const file = `import { beforeEach, describe, it } from 'vitest';

describe('zones', () => {
  beforeEach(() => {});

  // The first one.
  it('is anywhere', () => {});

  it('is Rome', () => {
    process.env.TZ = 'Europe/Rome';
  });
  it('is anywhere again', () => {});
});
`;
    const hook = `  const savedTz = process.env.TZ;

  afterEach(() => {
    if (savedTz === undefined) delete process.env.TZ;
    else process.env.TZ = savedTz;
  });

`;
    expect(repaired('leaked-env', file)).toBe(file.replace('{ beforeEach', '{ afterEach, beforeEach').replace('  // The first', `${hook}  // The first`));
  });

  test('what hooks of several suites set is put back in front of them all', () => {
    const suite = (name: string): string => `  describe('${name}', () => {
    before(() => {
      process.env.TZ = 'Europe/${name}';
    });
    it('is there', () => {});
  });
`;
    const after = repaired('leaked-env', `describe('zones', () => {\n  it('is anywhere', () => {});\n${suite('Rome')}${suite('Oslo')}});\n`, mocha);
    expect(after.indexOf('  after(() => {')).toBeLessThan(after.indexOf("  it('is anywhere'"));
    expect(after.indexOf('const savedTz')).toBeLessThan(after.indexOf('  after(() => {'));
  });

  test('what a hook sets once is put back once, after it; names are new; no semicolons', () => {
    const file = `const assert = require('node:assert')

const savedTz = 'Rome'
describe('zones', () => {
  before(() => {
    process.env.TZ = savedTz
  }) // for all

  it('is Rome', () => {})
})
describe('no zones', () => {
  it('is anywhere', () => {})
})
`;
    expect(repaired('leaked-env', file, mocha)).toBe(`const assert = require('node:assert')

const savedTz = 'Rome'
describe('zones', () => {
  const savedTz2 = process.env.TZ

  before(() => {
    process.env.TZ = savedTz
  }) // for all

  after(() => {
    if (savedTz2 === undefined) delete process.env.TZ
    else process.env.TZ = savedTz2
  })

  it('is Rome', () => {})
})
describe('no zones', () => {
  it('is anywhere', () => {})
})
`);
  });

  test('where hooks outside suites run for every file, each suite gets its own', () => {
    const suite = (name: string): string => `describe('${name}', () => {
  it('has a zone', () => {
    process.env.TZ = '${name}';
  });
  it('has none', () => {});
});
`;
    const after = repaired('leaked-env', suite('Rome') + suite('Oslo'), mocha);
    expect(after.match(/^ {2}afterEach/gm)).toHaveLength(2);
    expect(after.match(/^ {2}const savedTz2? /gm)).toHaveLength(2);
    expect(repaired('leaked-env', `it('has a zone', () => {\n  process.env.TZ = 'Rome';\n});\nit('has none', () => {});\n`, mocha)).toBe(
      'refused: a hook outside all suites runs around the tests of every file',
    );
  });

  test('words of the runner, however the file has them', () => {
    const file = (head: string, word = 'it'): string => `${head}
${word}('has a zone', () => {
  process.env.TZ = 'Rome';
});
${word}('has none', () => {});
`;
    const hook = (head: string, options: Parameters<typeof repaired>[2] = {}, word?: string): string =>
      repaired('leaked-env', file(head, word), options)
        .split('\n')
        .filter((line) => /after|import|require|[\w.](?:after\w*|end)?\(\(\) => \{$/i.test(line))
        .join(' | ');
    const node = { runner: 'node-test' };
    expect(hook("import { it, vi } from 'vitest';")).toBe("import { afterEach, it, vi } from 'vitest'; | afterEach(() => {");
    expect(hook("import { vi, it } from 'vitest';")).toBe("import { vi, it, afterEach } from 'vitest'; | afterEach(() => {");
    expect(hook("import { afterEach as end, it } from 'vitest';")).toBe("import { afterEach as end, it } from 'vitest'; | end(() => {");
    expect(repaired('leaked-env', file("import {\n  it,\n  vi,\n} from 'vitest';"))).toContain("import {\n  afterEach,\n  it,\n  vi,\n} from 'vitest';");
    expect(repaired('leaked-env', file("import {\n  vi,\n  it\n} from 'vitest';"))).toContain("import {\n  vi,\n  it,\n  afterEach\n} from 'vitest';");
    expect(hook('', { runner: 'jest' })).toBe('afterEach(() => {');
    expect(hook("const { it } = require('node:test');", node)).toBe("const { afterEach, it } = require('node:test'); | afterEach(() => {");
    expect(hook("import test from 'node:test';", node, 'test')).toBe("import test from 'node:test'; | test.afterEach(() => {");
    expect(hook("import { test } from '@playwright/test';", { runner: 'playwright' }, 'test')).toBe(
      "import { test } from '@playwright/test'; | test.afterEach(() => {",
    );
    expect(hook("import test from 'ava';", { runner: 'ava' }, 'test.serial')).toBe("import test from 'ava'; | test.afterEach.always(() => {");
    expect(repaired('leaked-env', file("import { it } from 'vitest';\nconst afterEach = 1;"))).toBe('refused: `afterEach` means something else in this file');
    expect(
      repaired('leaked-env', file("import { it as check } from 'vitest';\nimport { it } from './it.js';"), {
        beside: { 'it.js': "export { it } from 'vitest';" },
      }),
    ).toContain("import { afterEach, it as check } from 'vitest';");
  });

  test('the old word of Mocha stays the word', () => {
    const file = `suite('zones', () => {
  test('has one', () => {
    process.env.TZ = 'Rome';
  });
  test('has none', () => {});
});
`;
    expect(repaired('leaked-env', file, mocha)).toContain('  teardown(() => {\n');
  });

  test('stubs of the runner are taken back by the runner', () => {
    const file = `import { test, vi } from 'vitest';
test('has a zone', () => {
  vi.stubEnv('TZ', 'Rome');
});
test('has none', () => {});
`;
    expect(repaired('leaked-env', file)).toContain('afterEach(() => {\n  vi.unstubAllEnvs();\n});\n');
  });

  test('what may not be put back', () => {
    const file = (head: string, body = "process.env.TZ = 'Rome';"): string => `import { beforeAll, test } from 'vitest';
${head}
test('has a zone', () => { ${body} });
test('has none', () => {});
`;
    expect(repaired('leaked-env', file("beforeAll(() => { process.env.TZ = 'Oslo'; });"))).toBe(
      'refused: another before-hook changes the same for several tests',
    );
    expect(repaired('leaked-env', file("process.env.TZ = 'Oslo';"))).toBe('refused: the file changes the same while it loads');
    expect(repaired('leaked-env', file('', 'process.env[zone()] = 1;'))).toBe('refused: which variables are changed is not known');
    const setup = { beside: { 'setup.js': "process.env.TZ = 'Oslo';" }, setupFiles: ['setup.js'] };
    expect(repaired('leaked-env', file("test('first', () => {});", "process.env.TZ = 'Rome';"), setup)).toBe(
      'refused: a setup file changes the same for all tests',
    );
  });

  test('only the restore is changed where what was saved may be nothing', () => {
    const file = `import { afterEach, test } from 'vitest';
const saved = process.env.TZ;
afterEach(() => {
  process.env.TZ = saved; // as it was
});
test('has a zone', () => {
  process.env.TZ = 'Rome';
});
test('has none', () => {});
`;
    expect(repaired('leaked-env', file)).toBe(
      file.replace('  process.env.TZ = saved;', '  if (saved === undefined) delete process.env.TZ;\n  else process.env.TZ = saved;'),
    );
    const short = file.replace(/afterEach\([^]*?\n}\);/, 'afterEach(() => (process.env.TZ = saved));');
    expect(repaired('leaked-env', short)).toBe('refused: the restore does not stand on a line of its own');
  });
});

describe('the working directory', () => {
  test('a comment that opens the file stays first', () => {
    const file = `/** @jest-environment node */
it('works in a folder', () => {
  process.chdir('/tmp');
});
it('works at home', () => {});
`;
    expect(repaired('leaked-cwd', file, { runner: 'jest' })).toBe(`/** @jest-environment node */
const savedCwd = process.cwd();

afterEach(() => {
  process.chdir(savedCwd);
});

it('works in a folder', () => {
  process.chdir('/tmp');
});
it('works at home', () => {});
`);
  });

  test('tests that run at once need a folder each', () => {
    const file = `import { test } from 'vitest';
test.concurrent('works in a folder', async () => { process.chdir('/tmp'); });
test.concurrent('works at home', async () => {});
`;
    expect(repaired('leaked-cwd', file)).toBe('refused: the tests run at the same time: what one of them puts back, another still needs');
  });
});

describe('globals and properties', () => {
  const file = (line: string): string => `import { test } from 'vitest';
import fs from 'node:fs';
test('changes it', () => {
  ${line}
});
test('uses it', () => {});
`;
  test.each([
    ['console.log = () => {};', 'console.log = savedLog;'],
    ['Date.now = () => 0;', 'Date.now = savedNow;'],
    ['globalThis.shopTenant = 1;', 'if (savedShopTenant === undefined) delete globalThis.shopTenant;\n  else globalThis.shopTenant = savedShopTenant;'],
  ])('%s', (line, back) => {
    const after = repaired('shared-global', file(line));
    expect(after).toContain(back);
    expect(after.indexOf('const saved')).toBeLessThan(after.indexOf('test('));
  });

  test('what has no plain name is left', () => {
    expect(repaired('shared-global', file('const math = Math;\n  math.random = () => 1;'))).toMatch(/^refused: /);
    expect(repaired('shared-global', file("Object.defineProperty(globalThis, 'fetch', { value: 1 });"))).toBe(
      'refused: the property is not assigned by name in this file',
    );
    expect(repaired('shared-global', file('globalThis.shopTenant = 1;'), { path: 'orders.test.ts' })).toBe(
      'refused: whether the property was there before is not known',
    );
    expect(repaired('shared-global', file('(globalThis as any).shopTenant = 1;'), { path: 'orders.test.ts' })).toContain(
      'delete (globalThis as any).shopTenant;',
    );
  });

  test('a global that a hook or a set-up file may make', () => {
    const file = (holder: string): string => `describe('the shop', () => {
  it('is elsewhere', () => {
    ${holder}.url = 'http://elsewhere';
  });
  it('is here', () => {});
});
`;
    for (const holder of ['Shop', 'global.Shop'])
      expect(repaired('shared-global', file(holder), mocha)).toBe('refused: what holds the property may not be there yet where its value would be saved');
    expect(repaired('shared-global', file('globalThis'), mocha)).toContain('const savedUrl = globalThis.url;');
  });

  test('a property that the language does not have is removed', () => {
    const file = (property: string): string => `describe('words', () => {
  it('are tall', () => {
    ${property} = () => 'A';
  });
  it('are as they are', () => {});
});
`;
    expect(repaired('shared-global', file('String.prototype.toTall'), mocha)).toContain(
      'if (savedToTall === undefined) delete String.prototype.toTall;\n    else String.prototype.toTall = savedToTall;\n',
    );
    expect(repaired('shared-global', file('String.prototype.trim'), mocha)).toContain('() => {\n    String.prototype.trim = savedTrim;\n  });');
  });

  test('an object that is not there yet when the suite is declared', () => {
    const file = `import { beforeAll, describe, test } from 'vitest';
describe('reduced', () => {
  beforeAll(() => {
    settings.tax = 10;
  });
  test('adds a tenth', () => {});
});
test('adds a fifth', () => settings.tax);
`;
    const shared = { beside: { 'settings.js': 'export const settings = { tax: 20 };' }, use: { options: { test: { isolate: false } } } };
    expect(repaired('shared-module-state', `import { settings } from './settings.js';\n${file}`, shared)).toContain('const savedTax = settings.tax;');
    expect(repaired('shared-module-state', `const settings = { tax: 20 };\n${file}`)).toContain('const savedTax = settings.tax;');
    expect(repaired('shared-module-state', `${file}const settings = { tax: 20 };\n`)).toBe(
      'refused: what holds the property may not be there yet where its value would be saved',
    );
  });
});

describe('a function of a module that a test replaces', () => {
  const beside = { 'job.js': 'exports.Job = class Job {\n  run() {\n    return 1;\n  }\n};\nexports.limits = { most: 3 };\n' };
  const file = (change: string): string => `const { Job, limits } = require('./job');

describe('child processes', () => {
  jobs();
});
describe('threads', () => {
  jobs();
});

function jobs() {
  describe('jobs', () => {
    it('are slow', () => {
      ${change}
    });
    it('run', () => expect(new Job().run()).toBe(limits.most));
  });
}
`;

  test('is put back in the helper that declares the tests, once for the suites that call it', () => {
    const after = repaired('shared-module-state', file('Job.prototype.run = async () => 2;'), { runner: 'mocha', beside });
    expect(after).toContain(`  describe('jobs', () => {
    const savedRun = Job.prototype.run;

    afterEach(() => {
      Job.prototype.run = savedRun;
    });

    it('are slow', () => {
`);
    expect(after.match(/savedRun/g)).toHaveLength(2);
  });

  test('a value that a later test may build on is left', () => {
    expect(repaired('shared-module-state', file('limits.most = 4;'), { runner: 'mocha', beside })).toBe(
      'refused: a later test may build on what an earlier one leaves in a module',
    );
    const meant = 'const most = limits.most;\n      limits.most = 4;\n      expect(limits.most).toBe(4);\n      limits.most = most;';
    expect(repaired('shared-module-state', file(meant), { runner: 'mocha', beside })).toContain('      limits.most = savedMost;\n');
  });

  test('a mock on which a later test, or a hook before each, builds is left', () => {
    const shop = { runner: 'jest', beside: { 'shop.js': 'exports.Shop = class Shop {\n  find() {}\n  all() {\n    return this.find();\n  }\n};\n' } };
    const told = (hook: string, later: string): string => `const { Shop } = require('./shop');

const shop = new Shop();
${hook}
test('finds all', () => {
  shop.find = jest.fn();
  shop.all();
  expect(shop.find).toHaveBeenCalled();
});
test('finds again', () => {
  ${later}shop.all();
});
test('finds nothing', () => expect(shop.all()).toBeUndefined());
`;
    const why = 'refused: a later test takes `shop.find` for a mock and does not set it first, so it needs what the earlier one leaves';
    expect(repaired('shared-module-state', told('', ''), shop)).toContain('const savedFind = shop.find;');
    expect(repaired('shared-module-state', told('', 'shop.find.mockClear();\n  '), shop)).toBe(why);
    expect(repaired('shared-module-state', told('', 'expect(shop.find).not.toHaveBeenCalledTimes(2);\n  '), shop)).toBe(why);
    expect(repaired('shared-module-state', told('', 'expect(shop.find).toBeDefined();\n  '), shop)).toContain('shop.find = savedFind;');
    expect(repaired('shared-module-state', told('beforeEach(() => shop.find.mockClear?.());\n', ''), shop)).toBe(why);
  });
});
