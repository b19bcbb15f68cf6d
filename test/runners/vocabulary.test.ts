import { describe, expect, test } from 'vitest';
import type { Runner, Word } from '../../src/model/runner.js';
import { runners } from '../../src/runners/index.js';
import { schedule } from './use.js';

const runner = (id: string): Runner => runners.find((each) => each.id === id)!;

/** The word and modifiers that a chain of names stands for. */
function spoken(id: string, chain: string): string {
  const { words, members, modifiers } = runner(id).vocabulary;
  const [first, ...rest] = chain.split('.');
  let word: Word | undefined = words[first!];
  const said: string[] = word?.modifier ? [word.modifier] : [];
  for (const name of rest) {
    const member: Word | undefined = members[name];
    const modifier = modifiers[name];
    if (member) word = member;
    else if (modifier) said.push(modifier);
    else return 'nothing';
  }
  return word ? [word.when, word.role, word.scope && `of ${word.scope}`, ...said].filter(Boolean).join(' ') : 'nothing';
}

test.each([
  ['jest', 'it', 'test'],
  ['jest', 'xit', 'test skip'],
  ['jest', 'fdescribe', 'suite only'],
  ['jest', 'test.concurrent.only.each', 'test concurrent only each'],
  ['jest', 'test.failing', 'test fails'],
  ['jest', 'beforeAll', 'before hook of file'],
  ['jest', 'setup', 'nothing'],
  ['vitest', 'test.extend', 'test extend'],
  ['vitest', 'it.skipIf', 'test if'],
  ['vitest', 'describe.sequential', 'suite serial'],
  ['vitest', 'aroundEach', 'around hook of test'],
  ['vitest', 'test.beforeEach', 'before hook of test'],
  ['mocha', 'context', 'suite'],
  ['mocha', 'specify.only', 'test only'],
  ['mocha', 'before', 'before hook of file'],
  ['mocha', 'suiteTeardown', 'after hook of file'],
  ['mocha', 'xdescribe', 'suite skip'],
  ['node-test', 'default', 'test'],
  ['node-test', 'describe.todo', 'suite todo'],
  ['node-test', 'test.before', 'before hook of file'],
  ['ava', 'default.serial', 'test serial'],
  ['ava', 'default.after.always', 'after hook of file always'],
  ['ava', 'default.serial.beforeEach', 'before hook of test serial'],
  ['ava', 'default.failing', 'test fails'],
  ['playwright', 'test.describe', 'suite'],
  ['playwright', 'test.describe.serial.only', 'suite serial only'],
  ['playwright', 'test.fixme', 'test skip'],
  ['playwright', 'test.beforeAll', 'before hook of file'],
  ['playwright', 'test.describe.configure', 'nothing'],
  ['jasmine', 'fit', 'test only'],
  ['jasmine', 'it.only', 'nothing'],
  ['tap', 'default.test', 'test'],
  ['tap', 't.teardown', 'after hook of file'],
  ['tap', 't.tearDown', 'after hook of file'],
  ['tap', 'test.skip', 'test skip'],
  ['japa', 'test.group', 'suite'],
  ['japa', 'default.group', 'suite'],
  ['japa', 'test.failing', 'test fails'],
  ['lab', 'experiment.only', 'suite only'],
  ['lab', 'afterEach', 'after hook of test'],
])('%s: %s is %s', (id, chain, meaning) => expect(spoken(id, chain)).toBe(meaning));

test('members of the first parameter', () => {
  expect(runner('node-test').vocabulary.context).toMatchObject({ test: { role: 'test' }, after: 'cleanup', beforeEach: { role: 'hook', scope: 'test' } });
  expect(runner('ava').vocabulary).toMatchObject({ context: { teardown: 'cleanup' }, sharedContext: 'context' });
  expect(runner('tap').vocabulary.context).toMatchObject({ test: { role: 'test' }, teardown: 'cleanup', tearDown: 'cleanup' });
  expect(runner('vitest').vocabulary).toMatchObject({ context: { onTestFinished: 'cleanup' }, cleanups: ['onTestFinished', 'onTestFailed'] });
  expect(runner('mocha').vocabulary.sharedContext).toBe('this');
});

describe.each(runners.map((each) => [each.id, each] as const))('%s', (id, each) => {
  test('answers for an empty use, in words fit for a sentence', () => {
    const given = schedule(each);
    expect(given.runner).toBe(id);
    expect([given.mode, given.files.reason, given.why, given.whyWithin].filter((text) => text === '' || /[.!]$|undefined|\bshould\b/.test(text))).toEqual([]);
    expect(each.layout({ runner: id, dir: 'packages/shop', options: {}, computed: [], commands: [] })).toMatchObject({ dir: 'packages/shop' });
  });

  test('survives options of any type', () => {
    const odd = [null, 1, true, 'x', [], [null, 1, ['a']], { a: null }];
    const keys = [
      'test',
      'projects',
      'workers',
      'maxWorkers',
      'testMatch',
      'testRegex',
      'roots',
      'files',
      'require',
      'spec',
      'helpers',
      'include',
      'exclude',
      'extensions',
      'moduleNameMapper',
      'fakeTimers',
      'env',
      'rootDir',
      'testDir',
      'webServer',
    ];
    for (const value of odd) {
      const options = Object.fromEntries(keys.map((key) => [key, value]));
      expect(() => [
        schedule(each, { options }),
        each.layout({ runner: id, dir: '', options, computed: [], commands: [] }),
        each.split?.({ runner: id, dir: '', options, computed: [], commands: [] }),
      ]).not.toThrow();
    }
  });
});
