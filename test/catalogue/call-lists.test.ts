import { expect, test } from 'vitest';
import { on } from '../../src/catalogue/call-lists.js';

test('writes each method of each handle type in full', () => {
  expect(on('Pool', 'end [asyncDispose]')).toBe('Pool#end|Pool#[asyncDispose]');
  expect(on('Pool Client', 'query end')).toBe('Pool#query|Pool#end|Client#query|Client#end');
});
