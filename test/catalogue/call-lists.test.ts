import { expect, test } from 'vitest';
import { inForms, on } from '../../src/catalogue/call-lists.js';

test('writes each method of each handle type in full', () => {
  expect(on('Pool', 'end [asyncDispose]')).toBe('Pool#end|Pool#[asyncDispose]');
  expect(on('Pool Client', 'query end')).toBe('Pool#query|Pool#end|Client#query|Client#end');
});

test('writes each name in each form', () => {
  expect(inForms('mkdir rm', ['*', '*Sync', 'promises.*'])).toBe('mkdir|mkdirSync|promises.mkdir|rm|rmSync|promises.rm');
});
