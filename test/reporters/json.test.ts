import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Name } from '../../src/model/names.js';
import type { Report } from '../../src/model/report.js';
import type { JsonReport } from '../../src/reporters/json.js';
import { json, SCHEMA_VERSION } from '../../src/reporters/json.js';
import { clean, large, proved, report } from './report.js';

type Schema = Readonly<Record<string, unknown>>;
const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as Schema;

/** The published schema lets new fields through; here none may be missing from it. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const out = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, closed(each)]));
  return 'properties' in out && out['type'] === 'object' ? { ...out, additionalProperties: false } : out;
}

function faults(from: Report, against: Schema): unknown {
  const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(against);
  validate(JSON.parse(json(from)));
  return validate.errors ?? [];
}

const names: readonly Name[] = [
  { kind: 'unknown', why: 'a call', at: { path: 'a.ts', span: [1, 2] } },
  {
    kind: 'oneOf',
    names: [
      {
        kind: 'parts',
        parts: ['shop_', { varies: 'worker', source: 'env:VITEST_POOL_ID', fixed: 'import', values: 4, at: { path: 'a.ts', span: [1, 2] } } as never],
      },
    ],
  },
];

describe('JSON', () => {
  test('is the report with its schema version', () => {
    const parsed = JSON.parse(json(report)) as JsonReport;
    expect(parsed).toEqual({ schemaVersion: SCHEMA_VERSION, ...report });
  });

  test.each([
    ['a report', report],
    ['a clean one', clean],
    ['a large one', large(30)],
  ])('%s follows the documented schema', (_, from) => {
    expect(faults(from, schema)).toEqual([]);
  });

  test('the schema knows every field that a report has', () => {
    expect(faults(report, closed(schema) as Schema)).toEqual([]);
  });

  test('and every field of a verdict', () => {
    expect(faults(proved, closed(schema) as Schema)).toEqual([]);
  });

  test('resolved names of resources follow the schema', () => {
    const [first, ...rest] = report.findings;
    const named = names.map((name): Report => ({
      ...report,
      findings: [{ ...first!, resource: { ...first!.resource, resource: { kind: 'postgresql', server: name, name, namespace: name } } }, ...rest],
    }));
    for (const each of named) expect(faults(each, schema)).toEqual([]);
  });

  test('the schema refuses what is not a report', () => {
    expect(faults({ ...report, findings: [{ ...report.findings[0]!, places: [] as never }] }, schema)).not.toEqual([]);
    expect(faults({ ...report, summary: {} as never }, schema)).not.toEqual([]);
  });
});
