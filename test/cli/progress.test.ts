import { describe, expect, test } from 'vitest';
import { progressLine } from '../../src/cli/progress.js';

function line(isTTY: boolean, times: readonly number[]): { text: string; show: () => void; clear: () => void } {
  const rest = [...times];
  const state = { text: '' };
  const { show, clear } = progressLine({ isTTY, columns: 30, write: (chunk) => (state.text += chunk) }, () => rest.shift() ?? 0);
  return {
    get text() {
      return state.text;
    },
    show: () => show({ phase: 'Reading test files', done: 7, total: 120 }),
    clear,
  };
}

describe('progress', () => {
  test('a short scan draws nothing', () => {
    const short = line(true, [0, 100, 499]);
    short.show();
    short.show();
    short.clear();
    expect(short.text).toBe('');
  });

  test('a long one draws one line and takes it away', () => {
    const long = line(true, [0, 600, 610, 700]);
    long.show();
    long.show();
    long.show();
    expect(long.text).toBe('\r\u001b[KReading test files: 7 of 120'.repeat(2));
    long.clear();
    expect(long.text.endsWith('\r\u001b[K')).toBe(true);
  });

  test('nothing where there is no terminal', () => {
    const piped = line(false, [0, 5000]);
    piped.show();
    piped.clear();
    expect(piped.text).toBe('');
  });
});
