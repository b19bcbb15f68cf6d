import { describe, expect, test } from 'vitest';
import type { ReportedFile, ReportedResource } from '../../src/model/report.js';
import { repairOrder } from '../../src/reporters/repair-order.js';
import { findings, report } from './report.js';

const resource = (key: string, holds: readonly string[]): ReportedResource => ({
  key,
  title: key,
  rules: ['fixed-port'],
  axis: ['A'],
  confidence: 'certain',
  findings: [1],
  claimants: holds,
  wipers: [],
  frees: [],
  holds,
});
const file = (path: string, heldBy: readonly string[], gaps: readonly string[] = []): ReportedFile => ({
  path,
  runner: 'jest',
  status: heldBy.length > 0 ? 'held' : 'ready',
  heldBy,
  gaps,
});

function order(resources: readonly ReportedResource[], files: readonly ReportedFile[], firstResources: readonly string[] = []): readonly string[] {
  const ready = files.filter((each) => each.status === 'ready').length;
  const entries = resources.map((each) => ({ resource: each, findings: [findings[0]!] as const }));
  return repairOrder({ ...report, files, summary: { ...report.summary, ready, firstResources } }, entries).map(
    (step) => `${step.resource.key} ${step.readyThen}`,
  );
}

describe('the order of repair', () => {
  const files = [
    file('a', ['database']),
    file('b', ['database', 'port']),
    file('c', ['database', 'port']),
    file('d', ['path']),
    file('e', ['path']),
    file('f', []),
  ];
  const resources = [resource('port', ['b', 'c']), resource('database', ['a', 'b', 'c']), resource('path', ['d', 'e'])];

  test('takes what makes most files ready at each step, not what holds most', () => {
    expect(order(resources, files)).toEqual(['path 3', 'database 4', 'port 6']);
  });

  test('begins with what the summary names', () => {
    expect(order(resources, files, ['database', 'port'])).toEqual(['database 2', 'port 4', 'path 6']);
  });

  test('a file that could not be seen through is not ready however much is repaired', () => {
    expect(order([resource('path', ['d', 'e'])], [file('d', ['path'], ['a call was not followed']), file('e', ['path'])])).toEqual(['path 1']);
  });

  test('a file stays held by what the report leaves out', () => {
    expect(order([resource('port', ['b'])], [file('b', ['port', 'baselined'])])).toEqual(['port 0']);
  });
});
