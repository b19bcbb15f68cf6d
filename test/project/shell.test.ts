import { describe, expect, test } from 'vitest';
import { parseShell } from '../../src/project/shell.js';

const read = (text: string): unknown[] => parseShell(text).map(({ env, words }) => (Object.keys(env).length > 0 ? [env, ...words] : words));

describe('parseShell', () => {
  test('splits at operators and lines, not inside quotes', () => {
    expect(read('npm run lint && jest -t "a && b" ; exit 0\nmocha \\\n  --exit # done')).toEqual([
      ['npm', 'run', 'lint'],
      ['jest', '-t', 'a && b'],
      ['exit', '0'],
      ['mocha', '--exit'],
    ]);
  });

  test('takes assignments before the first word and defaults of variables', () => {
    expect(read('A=1 DB=${DB:-\'mongodb://localhost/vote\'} NAME="x ${Y}" vitest run')).toEqual([
      [{ A: '1', DB: 'mongodb://localhost/vote', NAME: 'x ${Y}' }, 'vitest', 'run'],
    ]);
  });

  test('keeps expressions of GitHub and substitutions as text, and knows where commands are installed', () => {
    expect(read('jest --shard=${{ matrix.part }} --x=$(date +%s)')).toEqual([['jest', '--shard=${{ matrix.part }}', '--x=$(date +%s)']]);
    expect(read('node $(yarn bin jest) `npm bin`/mocha')).toEqual([['node', 'node_modules/.bin/jest', 'node_modules/.bin/mocha']]);
  });

  test('passes over redirections, here documents and keywords', () => {
    expect(read('if [ -f a ]; then ! mocha 2>&1 > out.txt; fi')).toEqual([['[', '-f', 'a', ']'], ['mocha']]);
    expect(read('cat <<EOF > a.sh\njest\nEOF\nava')).toEqual([['cat'], ['ava']]);
  });

  test('ends on any prefix of odd text', () => {
    const text = 'A="b\' ${c:-$(d `e "f\' <<X && (g) \\';
    for (let end = 0; end <= text.length; end++) expect(Array.isArray(parseShell(text.slice(0, end)))).toBe(true);
  });

  test('says where a command stands', () => {
    const text = 'npm ci\nA=1 jest -i\n';
    expect(parseShell(text).map(({ start, end }) => text.slice(start, end).trim())).toEqual(['npm ci', 'A=1 jest -i']);
  });
});
