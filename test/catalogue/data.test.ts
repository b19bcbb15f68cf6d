import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue as library } from '../../src/catalogue/index.js';
import type { CallSpec, Opening } from '../../src/model/catalogue.js';

const named = library.map((entry) => [entry.packages.join(', '), entry] as const);

const EXPORTED = /^(new )?[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/;
const METHOD = /^[A-Za-z_$][\w$]*#(\(\)|\*|\[(asyncDispose|dispose)\]|([A-Za-z_$][\w$]*|\*)(\.([A-Za-z_$][\w$]*|\*|\[(asyncDispose|dispose)\]))*)$/;
const PATH = String.raw`(arg\d+|arg\*)(\.([\w$-]+|\*))*`;
const TRANSFORM = String.raw`(@(url\.(path|host|port|user|scheme|query\.[\w$]+)|dsn\.\w+|search_path|number|text|record|type|made\.arg\d+(\.[\w$]+)*))*`;
const SOURCE = new RegExp(
  String.raw`^(=.*|env\.\w+(@.*)?|member|result|class\.[\w$]+|receiver(\.name)?|receiver(@made\.arg\d+(\.[\w$]+)*)+|${PATH}${TRANSFORM})$`,
);
const CONDITION = new RegExp(String.raw`^[!?]?(member|env\.\w+|${PATH})${TRANSFORM}(=.+)?$`);

const alternatives = (spec: CallSpec): readonly string[] => spec.call.split('|');
const typeOf = (alternative: string): string | undefined => (alternative.includes('#') ? alternative.split('#')[0] : undefined);
const sourcesOf = (opening: Opening): readonly string[] =>
  [opening.same, opening.server, opening.port, opening.name, opening.namespace, opening.unit].flatMap((each) => each ?? []);

describe.each(named)('%s', (_name, entry) => {
  const handleTypes = new Set(
    entry.calls
      .flatMap(alternatives)
      .map(typeOf)
      .filter((type) => type !== undefined),
  );

  test('calls keep the grammar', () => {
    expect(entry.calls.flatMap(alternatives).filter((each) => !EXPORTED.test(each) && !METHOD.test(each))).toEqual([]);
  });

  test('no call is written twice with the same conditions', () => {
    const seen = entry.calls.flatMap((spec) => alternatives(spec).map((each) => `${each} ${JSON.stringify({ ...spec, call: '' })}`));
    expect(seen.filter((each, at) => seen.indexOf(each) !== at)).toEqual([]);
  });

  test('sources and conditions keep the grammar', () => {
    const sources = entry.calls.flatMap((spec) => [
      ...(spec.opens ? sourcesOf(spec.opens) : []),
      ...[spec.narrows?.name, spec.narrows?.namespace, spec.narrows?.unit, spec.unit, spec.changes?.cell].flatMap((each) => each ?? []),
      ...(spec.statement ? [spec.statement.in] : []),
      ...(spec.releases && spec.releases !== 'receiver' ? [spec.releases] : []),
      ...(spec.restores && spec.restores.what !== 'all' && spec.restores.what !== 'receiver' ? [spec.restores.what] : []),
      ...(spec.gives?.prefix ? [spec.gives.prefix] : []),
      ...(spec.scoped ? [spec.scoped.callback] : []),
    ]);
    expect(sources.filter((each) => !SOURCE.test(each))).toEqual([]);
    expect(entry.calls.flatMap((spec) => spec.when ?? []).filter((each) => !CONDITION.test(each))).toEqual([]);
  });

  test('handle types have a source', () => {
    const made = new Set([...entry.calls.map((spec) => spec.returns), ...Object.values(entry.types ?? {})]);
    expect([...handleTypes].filter((type) => !made.has(type))).toEqual([]);
  });

  test('written types stand for handle types', () => {
    expect(Object.values(entry.types ?? {}).filter((type) => !handleTypes.has(type))).toEqual([]);
  });

  test('what is owed can be paid', () => {
    const owing = entry.calls.filter((spec) => spec.owes !== undefined && !spec.owes.startsWith('rm(') && !/^clear|^close/.test(spec.owes));
    const owed = new Set(
      owing
        .map((spec) => (spec.returns === 'receiver' || spec.returns === undefined ? typeOf(alternatives(spec)[0]!) : spec.returns))
        .filter((type) => type !== undefined),
    );
    const paid = new Set(
      entry.calls
        .filter((spec) => spec.releases !== undefined)
        .flatMap(alternatives)
        .map(typeOf),
    );
    const exported = entry.calls.some((spec) => spec.releases !== undefined && alternatives(spec).some((each) => typeOf(each) === undefined));
    expect(exported ? [] : [...owed].filter((type) => !paid.has(type))).toEqual([]);
  });

  test('specs hang together', () => {
    for (const spec of entry.calls) {
      if (spec.wipes) expect(spec.op, spec.call).toBe('wipe');
      if (spec.op === 'wipe') expect(spec.wipes, spec.call).toBeDefined();
      if (spec.otherwise) expect(spec.when, spec.call).toBeUndefined();
      if (spec.returns === 'receiver')
        expect(
          alternatives(spec).every((each) => typeOf(each) !== undefined),
          spec.call,
        ).toBe(true);
      if (spec.releases === 'receiver' && !entry.ambient)
        expect(alternatives(spec).some((each) => typeOf(each) !== undefined) || spec.call.includes('gracefulShutdown'), spec.call).toBe(true);
    }
  });

  test('an otherwise has a when to stand against', () => {
    const conditional = new Set(entry.calls.filter((spec) => spec.when || spec.unlessChained).flatMap(alternatives));
    const lonely = entry.calls.filter((spec) => spec.otherwise).filter((spec) => !alternatives(spec).some((each) => conditional.has(each)));
    expect(lonely.map((spec) => spec.call)).toEqual([]);
  });

  test('tokens stand in every text that imports it', () => {
    const missed = entry.packages.filter(
      (each) =>
        each !== 'global' && !entry.tokens.some((token) => each.toLowerCase().includes(token.toLowerCase()) || each.replace(/^node:/, '').includes(token)),
    );
    const ok = entry.packages.some((each) => each === 'global') && missed.every((each) => each.startsWith('node:'));
    expect(ok ? [] : missed).toEqual([]);
    expect(entry.tokens.length).toBeGreaterThan(0);
  });

  test('versions and source are given', () => {
    expect(entry.versions).not.toBe('');
    expect(entry.source).toMatch(/^(measured|read) /);
  });
});

describe('the list', () => {
  test('names every file of the folder', () => {
    const files = readdirSync(new URL('../../src/catalogue/node/', import.meta.url)).filter((each) => each.endsWith('.ts'));
    expect(library.length).toBe(files.length);
  });

  test('no package has two entries that speak of one call', () => {
    const owners = new Map<string, string[]>();
    library.forEach((entry, at) => {
      for (const packageName of entry.packages) {
        for (const call of new Set(entry.calls.flatMap(alternatives).filter((each) => typeOf(each) === undefined))) {
          const key = `${packageName}: ${call}`;
          owners.set(key, [...(owners.get(key) ?? []), String(at)]);
        }
      }
    });
    expect([...owners].filter(([, entries]) => entries.length > 1).map(([key]) => key)).toEqual([]);
  });
});
