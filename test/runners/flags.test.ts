import { describe, expect, test } from 'vitest';
import { flag, flagOn, readFlags, splitShort } from '../../src/runners/support/flags.js';

const grammar = {
  values: ['maxWorkers', 'config'],
  lists: ['projects'],
  optional: { debug: ['cli'] },
  aliases: { w: 'maxWorkers', i: 'runInBand', s: 'silent' },
};
const read = (text: string) => readFlags(text.split(' '), grammar);

describe('values of flags', () => {
  test.each([
    ['jest --maxWorkers=1', 'maxWorkers', '1'],
    ['jest --maxWorkers 1', 'maxWorkers', '1'],
    ['jest -w 1', 'maxWorkers', '1'],
    ['jest -w=1', 'maxWorkers', '1'],
    ['jest --max-workers=1', 'maxWorkers', '1'],
    ['jest --maxWorkers=2 --maxWorkers=1', 'maxWorkers', '1'],
    ['jest --config', 'config', 'true'],
    ['jest --config --ci', 'config', 'true'],
    ['jest --debug cli', 'debug', 'cli'],
    ['jest --debug tests', 'debug', 'true'],
  ])('%s', (text, name, value) => expect(flag(read(text), name)).toBe(value));
});

describe('switches', () => {
  test.each([
    ['jest -i', 'runInBand', true],
    ['jest -is', 'silent', true],
    ['jest --run-in-band', 'runInBand', true],
    ['jest --no-file-parallelism', 'fileParallelism', false],
    ['jest --file-parallelism=false', 'fileParallelism', false],
    ['jest --fileParallelism false', 'fileParallelism', false],
    ['jest --runInBand --no-runInBand', 'runInBand', false],
    ['jest tests', 'runInBand', undefined],
  ])('%s', (text, name, value) => expect(flagOn(read(text), name)).toBe(value));
});

test('words that belong to no flag are the rest', () => {
  expect(read('jest src -w 2 --projects a b --ci lib -- more').rest).toEqual(['src', 'lib', 'more']);
});

test('a short flag and its number in one word come apart', () => {
  expect(splitShort(['playwright', '-j4', '-j50%', '-jest', '-x1'], 'j')).toEqual(['playwright', '-j', '4', '-j', '50%', '-jest', '-x1']);
});
