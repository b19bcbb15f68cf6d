/** What one test leaves in a variable for a later one: the order of the tests is then part of what they test. */
import type { VariableUse } from '../model/claims.js';
import { grouped } from '../model/grouped.js';
import type { Block, FileStory } from '../model/suite.js';
import { remembered } from '../model/remembered.js';

export interface HandedOn {
  /** The first thing that a test does with the variable. */
  readonly read: VariableUse;
  /** By an earlier test; no hook writes it, nor the file while it loads. */
  readonly write: VariableUse;
}

/** One for each variable that a test reads and only earlier tests write. Asked for each change of a file, so it is found once. */
export const handedOn = remembered((story: FileStory): readonly HandedOn[] => {
  const byVariable = grouped(story.variables, ({ key }) => key);
  const found: HandedOn[] = [];
  for (const uses of [...byVariable.values()].flatMap(byPart)) {
    const writers = uses.filter((each) => each.op === 'write');
    if (writers.some(isPrepared)) continue;
    const firstOf = new Map<number, VariableUse>();
    for (const use of uses) if (use.by.block !== undefined && !firstOf.has(use.by.block)) firstOf.set(use.by.block, use);
    for (const [block, first] of firstOf) {
      const test = story.blocks[block];
      if (first.op !== 'read' || first.by.role !== 'test' || !test || inSerialSuite(test, story) || isGuarded(first)) continue;
      const write = writers.find(
        (each) => !each.removes && each.by.block !== undefined && each.by.block < block && sameLane(story.blocks[each.by.block]!, test),
      );
      if (write) {
        found.push({ read: first, write });
        break;
      }
    }
  }
  return found;
});

/** Set up by a hook, or while the file loads: every test finds it. */
const isPrepared = ({ op, by }: VariableUse): boolean => op === 'write' && by.role !== 'test';

/** Of an object each property that is written, for itself: what is done to the whole is done to all of them. */
function byPart(uses: readonly VariableUse[]): readonly (readonly VariableUse[])[] {
  const written = new Set(uses.flatMap(({ op, part }) => (op === 'write' && part !== undefined ? [part] : [])));
  if (written.size === 0) return [uses];
  const toAll = uses.filter(({ op, part }) => op === 'write' && part === undefined);
  const ofPart = (part: string): readonly VariableUse[] =>
    uses.flatMap((each) => (each.part === part ? [{ ...each, name: `${each.name}.${part}` }] : toAll.includes(each) ? [each] : []));
  const ofOthers = uses.filter((each) => (each.part !== undefined && !written.has(each.part)) || toAll.includes(each));
  // Who looks at the whole of what hooks fill finds what they gave.
  const ofWhole = uses.some(isPrepared) ? [] : uses.filter(({ op, part }) => op === 'write' || part === undefined);
  return [...[...written].map(ofPart), ofOthers, ofWhole];
}

/** Tests of a serial suite tell one story on purpose, and the runner keeps them together. */
function inSerialSuite(test: Block, story: FileStory): boolean {
  for (let suite = test.parent; suite !== undefined; suite = story.blocks[suite]?.parent) if (story.blocks[suite]?.modifiers.includes('serial')) return true;
  return (
    test.parent === undefined &&
    test.modifiers.includes('serial') &&
    story.blocks.every((each) => each.role !== 'test' || each.modifiers.includes('serial') || each.parent !== undefined) &&
    story.blocks.some((each) => each.role === 'suite')
  );
}

const isGuarded = (use: VariableUse): boolean => use.via.length > 0;
const sameLane = (a: Block, b: Block): boolean => !a.modifiers.includes('skip') && !b.modifiers.includes('skip');
