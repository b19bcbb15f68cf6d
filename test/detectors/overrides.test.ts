import { describe, expect, test } from 'vitest';
import { places, type Files } from './audit.js';

/** Two test files that start a server of the product, whose port stands in its settings. */
const serving = (settings: string, before: string, helper = ''): Files => ({
  'config.js': settings,
  'server.js': `const http = require('node:http');\nconst config = require('./config');\nlet server;\nexports.start = () => { server = http.createServer(); server.listen(config.port); };\nexports.stop = () => server.close();`,
  'test/helper.js': `const config = require('../config');\n${helper}\nmodule.exports = require('../server');`,
  ...Object.fromEntries(
    ['a', 'b'].map((name) => [
      `test/${name}.test.js`,
      `const server = require('./helper');\nconst config = require('../config');\n${before}\nbefore(() => server.start());\nafter(() => server.stop());\nit('answers', () => {});`,
    ]),
  ),
});
const ports = (files: Files): readonly string[] => places('fixed-port', files, { runner: 'mocha' });

describe('a setting of the product that the tests write', () => {
  const written = `module.exports = { port: 3000 };`;
  const filled = `const config = module.exports;\nconfig.port = 3000;`;

  test.each([written, filled])('is what the product reads: %s', (settings) => {
    expect(ports(serving(settings, ''))).toHaveLength(1);
    expect(ports(serving(settings, 'config.port = 3007;'))).toEqual(['test/a.test.js:3']);
    expect(ports(serving(settings, '', 'config.port = 3007;'))).toEqual(['test/helper.js:2']);
    expect(ports(serving(settings, 'config.port = 0;'))).toEqual([]);
    expect(ports(serving(settings, 'before(() => { config.port = 0; });'))).toEqual([]);
    expect(ports(serving(settings, '', 'config.port = 0;'))).toEqual([]);
  });

  test('stays what it is where a test alone, or a branch, writes it', () => {
    expect(ports(serving(written, `it('is another', () => { config.port = 0; });`))).toEqual(['config.js:1']);
    const part = (setting: string): string =>
      `describe('a', () => { describe('b', () => { before(() => { config.port = ${setting}; }); it('is another', () => {}); }); });`;
    expect(ports(serving(written, part('0')))).toEqual(['config.js:1']);
    expect(ports(serving(written, `if (process.env.CI) config.port = 3007;`))).toEqual(['config.js:1']);
  });

  test('is what is written last, of several', () => {
    expect(ports(serving(written, 'config.port = 0;', 'config.port = 3007;'))).toEqual([]);
    expect(ports(serving(written, `config.port = 3008; before(() => { config.port = 3009; });`, ''))).toEqual(['test/a.test.js:3']);
  });

  test('is older than what a module of the product has read while it was loaded', () => {
    const files = serving(written, 'config.port = 0;');
    const server = files['server.js']!.replace('let server;', 'const { port } = config;\nlet server;').replace('config.port', 'port');
    expect(ports({ ...files, 'server.js': server })).toEqual(['config.js:1']);
  });

  test('is told of the file that writes it, and of no other', () => {
    const files = serving(written, '');
    const other = files['test/b.test.js']!.replace('before(', 'config.port = 0;\nbefore(');
    expect(ports({ ...files, 'test/b.test.js': other, 'test/c.test.js': files['test/a.test.js']! })).toEqual(['config.js:1']);
    expect(ports({ ...files, 'test/b.test.js': other })).toEqual([]);
  });
});
