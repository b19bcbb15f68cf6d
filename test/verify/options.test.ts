import { expect, test } from 'vitest';
import { exactly, keptOptions, withoutStack } from '../../src/verify/runners/adapter.js';

const table = { dropped: { '--maxWorkers': true, '--watch': false, '-t': true }, valued: ['--config', '-r'] };

test.each([
  ['options that a start decides go, with their values', ['--maxWorkers', '4', '--watch', '-t', 'basket', '--bail'], ['--bail']],
  ['values with an equals sign are one word', ['--maxWorkers=4', '--config=a.js'], ['--config=a.js']],
  ['options that stay keep their values', ['--config', 'jest.db.js', '-r', './setup.js'], ['--config', 'jest.db.js', '-r', './setup.js']],
  ['files and patterns go', ['test/**/*.spec.js', 'checks/', '--no-isolate'], ['--no-isolate']],
  ['what only a shell could fill in goes', ['--config', '$CONFIG', '--shard=$PART', '--ci'], ['--ci']],
])('%s', (_, words, kept) => {
  expect(keptOptions(words, table)).toEqual(kept);
});

test('a pattern for names fits them and no other', () => {
  const pattern = new RegExp(exactly(['adds 1 + 1', 'a|b']));
  expect(['adds 1 + 1', 'a|b', 'adds 1 + 12', 'a', 'xa|b'].filter((name) => pattern.test(name))).toEqual(['adds 1 + 1', 'a|b']);
});

test('a stack is no message', () => {
  expect(withoutStack('Error: gone\n    at a (b.js:1:2)\n    at c (d.js:3:4)')).toBe('gone');
});
