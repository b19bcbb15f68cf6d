import { describe, expect, test } from 'vitest';
import { places } from './audit.js';

const jest = { runner: 'jest' } as const;

describe('a client that a helper opens for test files', () => {
  const helper = `import Redis from 'ioredis';
export async function build() {
  const redis = new Redis();
  return { find: (key) => redis.get(key), stop: () => redis.quit() };
}
`;
  const file = (made: string, end = ''): string => `import { build } from './build.js';
let found;
let built;
beforeAll(async () => { ${made} });
it('a', async () => { expect(await found('a')).toBe(null); });
${end}`;
  const whole = 'built = await build(); found = built.find;';
  const part = 'const { find } = await build(); found = find;';
  const ends = file(whole, 'afterAll(() => built.stop());');
  const among = (last: string, { others = 3, setup = '' } = {}): readonly string[] =>
    places(
      'missing-cleanup',
      {
        'build.js': helper,
        'setup.js': setup,
        ...Object.fromEntries(Array.from({ length: others }, (_, at) => [`${at}.test.js`, ends])),
        'last.test.js': last,
      },
      setup ? { ...jest, setupFiles: ['setup.js'] } : jest,
    );

  test('is left open by the one that ends nothing', () => {
    expect(among(file(part))).toEqual(['last.test.js:4']);
    expect(among(file(whole))).toEqual(['last.test.js:4']);
  });

  test('is nobody’s affair where too few files end theirs', () => {
    expect(among(file(part), { others: 2 })).toEqual([]);
  });

  test('may be ended by what the file calls or hands on, or by a setup file', () => {
    expect(among(file(part, 'afterAll(() => stopAll());'))).toEqual([]);
    expect(among(file(part, 'afterAll(shop.close);'))).toEqual([]);
    expect(among(file(part), { setup: 'afterAll(() => closeClients());' })).toEqual([]);
  });

  test('need not be there where the file expects that it is not made, or does not run', () => {
    expect(among(file('await expect(build()).rejects.toThrow();'))).toEqual([]);
    expect(among(`import { build } from './build.js';\nit.skip('a', async () => { const { find } = await build(); await find('a'); });`)).toEqual([]);
  });
});
