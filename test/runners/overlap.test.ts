import { describe, expect, test } from 'vitest';
import jest from '../../src/runners/jest.js';
import mocha from '../../src/runners/mocha.js';
import { schedule, useOf } from './use.js';

const files = (commands: readonly string[], runner = jest) => {
  const { overlap, by, reason } = schedule(runner, { commands }).files;
  return [overlap, by, reason];
};

describe('which command decides', () => {
  test('the main script, also where others differ, and the difference is told', () => {
    const given = schedule(jest, { commands: ['script test: jest -i', 'script test:unit: jest unit', 'script test:all: jest'] });
    expect(given.files).toMatchObject({ overlap: 'serial', by: 'command', reason: 'script test passes `-i`' });
    expect(given.notes).toContain('Commands disagree: script test passes `-i`, script test:unit and script test:all run test files in parallel.');
  });

  test('a serial main script that is not called test', () => {
    expect(files(['script test: jest', 'script test:integration: jest --runInBand'])).toEqual([
      'serial',
      'command',
      'script test:integration passes `--runInBand`',
    ]);
  });

  test('a workflow', () => {
    expect(files(['script test: jest', 'workflow ci.yml job test: jest -w 1'])).toEqual([
      'serial',
      'command',
      'workflow ci.yml job test passes `--maxWorkers=1`',
    ]);
  });

  test.each(['test:debug', 'test:watch', 'test:trace', 'test:update-snapshots', 'test:ui'])('not script %s, which is for looking closely', (script) => {
    expect(files(['script test: jest', `script ${script}: jest -i`]).slice(0, 2)).toEqual(['parallel', 'default']);
  });

  test('not one that looks for open handles, where others do not', () => {
    expect(files(['script test: jest --maxWorkers=4', 'script test:local: jest --detectOpenHandles']).slice(0, 2)).toEqual(['parallel', 'default']);
    expect(files(['script test: jest', 'script test:local: jest --detectOpenHandles']).slice(0, 2)).toEqual(['parallel', 'default']);
    expect(files(['script test: jest --detectOpenHandles', 'script test:local: jest --detectOpenHandles']).slice(0, 2)).toEqual(['serial', 'command']);
  });

  test('scripts of other names only when all agree', () => {
    expect(files(['script unit: jest', 'script citgm: jest -i']).slice(0, 2)).toEqual(['parallel', 'default']);
    expect(schedule(jest, { commands: ['script unit: jest', 'script citgm: jest -i'] }).notes).toEqual(['Commands disagree: script citgm passes `-i`.']);
    expect(files(['script unit: jest -i', 'script citgm: jest -i'])).toEqual(['serial', 'command', 'script unit passes `-i`']);
  });

  test('a command that switches parallel runs on, if it is a main one or the only kind', () => {
    expect(files(['script test: mocha --parallel', 'script test:cover: mocha'], mocha)).toEqual(['parallel', 'command', 'script test passes `--parallel`']);
    expect(files(['script test: mocha', 'script test:fast: mocha --parallel'], mocha).slice(0, 2)).toEqual(['serial', 'default']);
    expect(files(['script check: mocha --parallel'], mocha).slice(0, 2)).toEqual(['parallel', 'command']);
  });
});

test('the place is that of the command or of the option', () => {
  const at = { path: 'package.json', span: [10, 20] } as const;
  const use = useOf(jest, { commands: ['jest -i'] });
  expect(jest.schedule({ ...use, commands: use.commands.map((each) => ({ ...each, at })) }).files.at).toEqual(at);
  expect(jest.schedule(useOf(jest, { options: { maxWorkers: 1 }, optionPlaces: { maxWorkers: at } })).files.at).toEqual(at);
  expect(jest.schedule(useOf(jest)).files).not.toHaveProperty('at');
});

test('what the package says itself comes before what the root hands on to it', () => {
  const [inherited, own] = [
    { path: 'package.json', span: [10, 20] },
    { path: 'packages/orders/package.json', span: [10, 20] },
  ] as const;
  const use = useOf(jest, { dir: 'packages/orders', commands: ['jest -i --ci', 'jest -i'] });
  expect(jest.schedule({ ...use, commands: use.commands.map((each, at) => ({ ...each, at: at === 0 ? inherited : own })) }).files.at).toEqual(own);
});
