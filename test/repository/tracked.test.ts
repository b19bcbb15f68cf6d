import { describe, expect, test } from 'vitest';
import { read, tracked } from './tree.js';

const text = tracked().filter(
  (path) => /\.(ts|mts|cts|tsx|js|mjs|cjs|jsx|json|ya?ml|md|txt|sh|sql|cypher|env)$|^\.ci\/run$|\/\.env/.test(path) && path !== 'package-lock.json',
);

function lines(paths: readonly string[], pattern: RegExp): readonly string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
}

describe('tracked files', () => {
  test('hold no path of the machine they were written on', () => {
    expect(lines(text, /(^|[^\w.$}-])\/(work|farm|root|Users\/\w+|home\/\w+)\//)).toEqual([]);
  });

  test('leave nothing to do later in published code', () => {
    expect(
      lines(
        text.filter((path) => path.startsWith('src/')),
        /\b(TODO|FIXME|XXX|HACK)\b|[Nn]ot implemented/,
      ),
    ).toEqual([]);
  });

  test('silence a checker only with a reason', () => {
    const code = text.filter((path) => /^(src|scripts)\//.test(path));
    expect(
      lines(code, /@ts-(ignore|nocheck)|\bas any\b|(eslint|prettier)-(disable|ignore)(?!-next-line \S+ -- \S)/).filter(
        (line) => !line.startsWith('test/repository/tracked.test.ts'),
      ),
    ).toEqual([]);
  });

  test('name no package registry', () => {
    const registries = read('package-lock.json').match(/"resolved": "(?!https:\/\/registry\.npmjs\.org\/)[^"]+"/g) ?? [];
    expect(registries).toEqual([]);
  });

  test('include a lock that knows the platform packages of every system', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { optionalDependencies?: Record<string, string> }> };
    const known = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    const missing = Object.values(packages)
      .flatMap((each) => Object.keys(each.optionalDependencies ?? {}))
      .filter((name) => !known.has(name));
    // npm leaves out what the registry it talks to does not have, and `npm ci` then refuses the lock.
    expect([...new Set(missing)]).toEqual([]);
  });

  test('are named in kebab-case', () => {
    const names = text.filter((path) => /^(src|test|scripts|docs)\//.test(path) && !path.endsWith('README.md'));
    expect(names.filter((path) => !/^[a-z0-9./-]+$/.test(path))).toEqual([]);
  });
});
