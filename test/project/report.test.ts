import { describe, expect, test } from 'vitest';
import type { FileFacts } from '../../src/model/facts.js';
import type { Confidence, Finding, NotedPlace } from '../../src/model/finding.js';
import { lineStarts } from '../../src/model/place.js';
import type { ReportedFile } from '../../src/model/report.js';
import type { FileStory } from '../../src/model/suite.js';
import { fingerprinted, merged } from '../../src/project/report/findings.js';
import { countedGaps } from '../../src/project/report/gaps.js';
import { placesOf, type Places } from '../../src/project/report/places.js';
import { claimPlaces, firstToRepair, holders, resourceRows } from '../../src/project/report/resources.js';
import type { SourceTexts } from '../../src/project/source-texts.js';

const noted = (path: string, start = 0, note = 'here'): NotedPlace => ({ path, span: [start, start + 1], note });

interface Draft {
  readonly rule?: string;
  readonly key?: string;
  readonly confidence?: Confidence;
  readonly axis?: Finding['axis'];
  readonly files?: readonly string[];
  readonly places?: Finding['places'];
  readonly values?: Finding['values'];
}

function finding({
  rule = 'fixed-port',
  key = 'port 4310',
  confidence = 'certain',
  axis = ['A'],
  files = ['a.test.ts', 'b.test.ts'],
  places = [noted('a.test.ts')],
  values = {},
}: Draft): Finding {
  return { rule, axis, confidence, places, files, values, resource: { key, title: key } };
}

function texts(files: Readonly<Record<string, string>>): SourceTexts {
  const asked = new Map(
    Object.entries(files).map(([path, text]): [string, FileFacts] => [
      path,
      { language: 'typescript', path, bindings: [], functions: [], calls: [], imports: [], exports: [], gaps: [], directives: [], lines: lineStarts(text) },
    ]),
  );
  return { asked, text: (path) => files[path], facts: (path) => asked.get(path), data: () => undefined, dataSpan: () => undefined, has: () => false };
}
const nowhere: Places = placesOf(texts({}));

describe('findings of several suites', () => {
  test('at one place of one resource become one, which counts the files of both', () => {
    const unit = finding({
      confidence: 'likely',
      files: ['a.test.ts', 'b.test.ts'],
      values: { count: '2 test files', port: '4310' },
      places: [noted('helper.ts'), noted('a.test.ts', 5)],
    });
    const slow = finding({
      axis: ['A', 'W'],
      files: ['b.test.ts', 'c.test.ts'],
      values: { count: '2 test files', port: '4310' },
      places: [noted('helper.ts'), noted('c.test.ts', 9)],
    });
    expect(merged([unit, slow])).toEqual([
      {
        ...slow,
        files: ['a.test.ts', 'b.test.ts', 'c.test.ts'],
        places: [noted('helper.ts'), noted('c.test.ts', 9), noted('a.test.ts', 5)],
        values: { count: '3 test files', port: '4310' },
      },
    ]);
  });

  test('stay apart when their first places or resources differ', () => {
    expect(merged([finding({}), finding({ places: [noted('a.test.ts', 7)] }), finding({ key: 'port 4311' }), finding({ rule: 'shared-path' })])).toHaveLength(
      4,
    );
  });

  test('are ordered by confidence, files held, rule, path and offset, whatever order they come in', () => {
    const wanted = [
      finding({ files: ['a', 'b', 'c'], places: [noted('z')] }),
      finding({ places: [noted('a', 3)] }),
      finding({ places: [noted('a', 20)] }),
      finding({ places: [noted('b', 1)] }),
      finding({ rule: 'shared-path', places: [noted('a')] }),
      finding({ confidence: 'likely', files: ['a', 'b', 'c', 'd'], places: [noted('c')] }),
      finding({ confidence: 'possible', files: ['a', 'b', 'c', 'd', 'e'], places: [noted('d')] }),
    ];
    expect(merged(wanted.toReversed())).toEqual(wanted);
  });
});

describe('fingerprints', () => {
  test('differ by rule, resource and file, and not by offset, confidence or files', () => {
    const print = (draft: Draft): string => Object.values(fingerprinted([finding(draft)])[0]?.fingerprints ?? {}).join();
    const same = [{}, { places: [noted('a.test.ts', 99, 'moved')] as const }, { confidence: 'likely' as const }, { files: [] }].map(print);
    expect(new Set(same).size).toBe(1);
    const different = [{}, { rule: 'shared-path' }, { key: 'port 4311' }, { places: [noted('b.test.ts')] as const }].map(print);
    expect(new Set(different).size).toBe(4);
  });

  test('of equal faults in one file are told apart, and a place they share is not', () => {
    const twins = fingerprinted([1, 2].map((at) => finding({ places: [noted('a.test.ts', at), noted('helper.ts')] }))).map((each) => each.fingerprints);
    expect(twins[0]?.['a.test.ts']).not.toBe(twins[1]?.['a.test.ts']);
    expect(twins[0]?.['helper.ts']).toBe(twins[1]?.['helper.ts']);
  });
});

describe('places', () => {
  const shown = (text: string, start: number, end: number) => placesOf(texts({ 'a.ts': text })).shown({ path: 'a.ts', span: [start, end], note: 'here' });

  test('carry line, column and the lines as they stand', () => {
    expect(shown('one();\n  two();\r\nthree();\n', 9, 14)).toMatchObject({
      region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 8 },
      code: '  two();',
    });
  });

  test('show at most five lines, and not all of a line without end', () => {
    expect(shown('a\n'.repeat(9), 0, 18).code).toBe('a\na\na\na\na');
    expect(shown('x'.repeat(5000), 0, 10).code).toHaveLength(400);
  });

  test('past the end of a text, or in a text that is gone, have no lines', () => {
    expect(shown('short', 50, 60)).not.toHaveProperty('code');
    expect(nowhere.shown(noted('gone.ts'))).toEqual({ ...noted('gone.ts'), region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 } });
  });

  test('in files that are no code are counted in their text', () => {
    const places = placesOf({ ...texts({}), text: () => 'services:\n  db:\n    image: postgres\n' });
    expect(places.bare({ path: 'compose.yml', span: [20, 25] }, 'started here').region).toMatchObject({ startLine: 3 });
  });
});

describe('resources', () => {
  const wipe = (file: string, path: string, at: number): FileStory => ({
    file,
    role: 'test',
    blocks: [],
    changes: [],
    obligations: [],
    variables: [],
    gaps: [],
    reached: [],
    claims: [
      {
        resource: { kind: 'redis', server: { kind: 'parts', parts: ['localhost'] }, name: { kind: 'parts', parts: ['0'] } },
        op: 'wipe',
        by: { file, role: 'test', scope: 'test' },
        at: { path, span: [at, at + 1] },
        via: [],
        decidedAt: { path: 'config.ts', span: [3, 4] },
        client: 'ioredis',
        assumed: [],
      },
    ],
  });

  test('group findings; what is only possible, or stays in one worker, holds nothing back', () => {
    const findings = [
      finding({ key: 'redis 0', rule: 'unscoped-wipe', files: ['a', 'b'], places: [noted('helper.ts', 4), noted('config.ts', 3)] }),
      finding({ key: 'redis 0', rule: 'shared-redis-keyspace', confidence: 'likely', axis: ['R', 'A'], files: ['b', 'c'] }),
      finding({ key: 'port', confidence: 'possible', files: ['d'] }),
      finding({ key: 'env TZ', axis: ['W'], files: ['d'] }),
      finding({ key: 'file', files: ['c'] }),
    ];
    const numbers = new Map(findings.map((each, index) => [each, index + 1]));
    const rows = resourceRows(
      findings,
      numbers,
      holders(findings),
      claimPlaces([wipe('a', 'helper.ts', 4), wipe('d', 'helper.ts', 4), wipe('z', 'elsewhere.ts', 4)]),
      nowhere,
    );
    expect(
      rows.map(({ key, rules, axis, confidence, findings: told, claimants, wipers, frees, holds, decidedAt }) => ({
        key,
        rules,
        axis,
        confidence,
        told,
        claimants,
        wipers,
        frees,
        holds,
        decided: decidedAt?.path,
      })),
    ).toEqual([
      {
        key: 'redis 0',
        rules: ['shared-redis-keyspace', 'unscoped-wipe'],
        axis: ['A', 'R'],
        confidence: 'certain',
        told: [1, 2],
        claimants: ['a', 'b', 'c'],
        wipers: ['a'],
        frees: ['a', 'b'],
        holds: ['a', 'b', 'c'],
        decided: 'config.ts',
      },
      {
        key: 'file',
        rules: ['fixed-port'],
        axis: ['A'],
        confidence: 'certain',
        told: [5],
        claimants: ['c'],
        wipers: [],
        frees: [],
        holds: ['c'],
        decided: undefined,
      },
      {
        key: 'env TZ',
        rules: ['fixed-port'],
        axis: ['W'],
        confidence: 'certain',
        told: [4],
        claimants: ['d'],
        wipers: [],
        frees: [],
        holds: [],
        decided: undefined,
      },
      {
        key: 'port',
        rules: ['fixed-port'],
        axis: ['A'],
        confidence: 'possible',
        told: [3],
        claimants: ['d'],
        wipers: [],
        frees: [],
        holds: [],
        decided: undefined,
      },
    ]);
  });

  /** What to repair first, when these resources hold these files. */
  function plan(held: Readonly<Record<string, readonly string[]>>, gaps: readonly string[] = []): ReturnType<typeof firstToRepair> {
    const findings = Object.entries(held).map(([key, files]) => finding({ key, files }));
    const heldBy = holders(findings);
    const files = [...heldBy].map(([path, keys]): ReportedFile => ({
      path,
      runner: 'vitest',
      status: 'held',
      heldBy: [...keys],
      gaps: gaps.includes(path) ? ['?'] : [],
    }));
    return firstToRepair(resourceRows(findings, new Map(), heldBy, claimPlaces([]), nowhere), [
      ...files,
      { path: 'free', runner: 'vitest', status: 'ready', heldBy: [], gaps: [] },
    ]);
  }

  test('to repair first are the fewest that free four files in five', () => {
    expect(plan({ small: ['e'], large: ['a', 'b', 'c', 'd'] })).toEqual({ keys: ['large'], ready: 5 });
    expect(plan({ small: ['d', 'e'], large: ['a', 'b', 'c'] })).toEqual({ keys: ['large', 'small'], ready: 6 });
  });

  test('that only together free a file are both named', () => {
    expect(plan({ one: ['a', 'b', 'c'], two: ['a', 'b', 'c', 'd'] })).toEqual({ keys: ['two', 'one'], ready: 5 });
  });

  test('whose repair leaves a file unknown make it not ready', () => {
    expect(plan({ one: ['a', 'b'] }, ['a'])).toEqual({ keys: ['one'], ready: 2 });
  });

  test('are none where nothing is held', () => {
    expect(plan({})).toEqual({ keys: [], ready: 1 });
  });
});

test('equal gaps are counted together with their first place, and one place counts once', () => {
  const at = (path: string, start: number) => ({ path, span: [start, start] as const });
  const gaps = countedGaps(
    [{ what: 'eval', at: at('b.ts', 1) }, { what: 'eval', at: at('a.ts', 9) }, { what: 'eval', at: at('a.ts', 9) }, { what: 'folder' }],
    nowhere,
  );
  expect(gaps.map(({ what, at: first, count }) => ({ what, first: first?.path, count }))).toEqual([
    { what: 'eval', first: 'a.ts', count: 2 },
    { what: 'folder', first: undefined, count: 1 },
  ]);
});
