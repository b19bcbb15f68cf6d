import { expect, test } from 'vitest';
import { places, type Files } from './audit.js';

/** Two test files that start a server which this code of the product opens. */
const suite = (start: string, before = ''): Files => ({
  'server.js': `const http = require('http');
${before}
exports.start = () => { ${start} };`,
  ...Object.fromEntries(['a', 'b'].map((name) => [`${name}.test.js`, `const { start } = require('./server');\ntest('orders', () => { start(); });`])),
});
const LISTENS = 'http.createServer().listen(7431);';
const bound = (files: Files, runner = 'jest'): readonly string[] => places('fixed-port', files, { runner });

const STANDS_IN = (name: string): string =>
  `const make = () => { if (process.env.NODE_ENV === '${name}') return { listen() {} }; return http.createServer(); };`;

test.each([
  ['a branch', suite(`if (process.env.NODE_ENV !== 'test') ${LISTENS}`), suite(`if (process.env.NODE_ENV !== 'production') ${LISTENS}`)],
  ['a return', suite(`if (process.env.NODE_ENV === 'test') return; ${LISTENS}`), suite(`if (process.env.NODE_ENV === 'production') return; ${LISTENS}`)],
  [
    'a constant of the file',
    suite(`if (!isTest) ${LISTENS}`, `const isTest = process.env.NODE_ENV === 'test';`),
    suite(`if (isTest) ${LISTENS}`, `const isTest = process.env.NODE_ENV === 'test';`),
  ],
  ['what a function gives back', suite('make().listen(7431);', STANDS_IN('test')), suite('make().listen(7431);', STANDS_IN('production'))],
])('what the runner sets decides which way the product takes: %s', (_what, never, always) => {
  expect(bound(never)).toEqual([]);
  expect(bound(always)).toEqual(['server.js:3']);
});

test('a runner that sets no variable decides nothing', () => {
  expect(bound(suite(`if (process.env.NODE_ENV !== 'test') ${LISTENS}`), 'mocha')).toEqual(['server.js:3']);
});
