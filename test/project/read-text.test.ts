import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decode, readText } from '../../src/project/read-text.js';
import { tree } from './tree.js';

test('removes a byte order mark and decodes UTF-16 of both byte orders', () => {
  const bytes = Buffer.from('const ü = 1;', 'utf16le');
  expect(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]))).toEqual({ text: 'const ü = 1;' });
  expect(decode(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(bytes).swap16()]))).toEqual({ text: 'const ü = 1;' });
  expect(decode(Buffer.from('\ufeffconst a = 1;'))).toEqual({ text: 'const a = 1;' });
  expect(decode(Buffer.from([0xfe, 0xff, 0]))).toEqual({ text: '' });
  expect(decode(Buffer.alloc(0))).toEqual({ text: '' });
});

test('keeps line ends as they are', () => {
  expect(decode(Buffer.from('a\r\nb\r'))).toEqual({ text: 'a\r\nb\r' });
});

test('tells binary, large, missing and folder apart', () => {
  const root = tree({ 'image.ts': Buffer.from([1, 0, 2]), 'large.ts': 'x'.repeat(2000), 'folder/a.ts': '' });
  expect(readText(join(root, 'image.ts'))).toMatchObject({ why: 'binary' });
  expect(readText(join(root, 'large.ts'), 1000)).toMatchObject({ why: 'too-large' });
  expect(readText(join(root, 'gone.ts'))).toEqual({ detail: 'the file does not exist' });
  expect(readText(join(root, 'folder'))).toEqual({ detail: 'it is a folder' });
});
