/** What a remedy makes of one file: the text after the repair, checked, or why there is none. Knows no single remedy. */
import { expect } from 'vitest';
import { repairOf, runners } from '../../src/core.js';
import { placeIn, type Finding } from '../../src/model/finding.js';
import { edited } from '../../src/model/remedy.js';
import { audit, type Files, type Given } from '../detectors/audit.js';

interface Options extends Given {
  readonly path?: string;
  /** Other files of the project. */
  readonly beside?: Files;
}

/** The repaired text, or `refused: ` and why. */
export function repaired(rule: string, text: string, options: Options = {}): string {
  const plain = once(rule, text, options);
  const tabs = (each: string): string => each.replace(/^(?: {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2));
  const carriage = (each: string): string => each.replaceAll('\n', '\r\n');
  expect(once(rule, tabs(text), options)).toBe(tabs(plain));
  expect(once(rule, carriage(text), options)).toBe(carriage(plain));
  return plain;
}

function once(rule: string, text: string, { path = 'orders.test.js', beside = {}, ...given }: Options): string {
  const { audited, findings } = audit({ ...beside, [path]: text }, given);
  const finding = findings.find((each) => each.rule === rule && each.places.some((place) => place.path === path));
  if (!finding) throw new Error(`${rule} finds nothing`);
  const repair = repairOf({
    finding,
    text,
    facts: audited.facts(path)!,
    story: audited.stories.find((each) => each.file === path)!,
    setup: audited.setup,
    schedule: audited.schedule,
    vocabulary: runners.find((each) => each.id === audited.schedule.runner)!.vocabulary,
    libraries: {},
    factsOf: (file) => audited.facts(file),
  });
  if (repair.kind === 'refusal') return `refused: ${repair.why}`;
  const after = edited(text, repair.edits);
  const again = audit({ ...beside, [path]: after }, given);
  expect(again.audited.facts(path)!.gaps).toEqual([]);
  const names = (list: readonly Finding[]): string[] => list.map((each) => `${each.rule} ${each.resource.key}`);
  expect(names(again.findings.filter((each) => placeIn(each, path)))).not.toContain(names([finding])[0]);
  expect(names(findings)).toEqual(expect.arrayContaining(names(again.findings)));
  return after;
}
