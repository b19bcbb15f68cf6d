import { detector } from '../model/detector.js';
import type { VariableUse } from '../model/claims.js';
import type { Finding } from '../model/finding.js';
import type { Audited, Block, FileStory } from '../model/suite.js';
import { distinct, noted, seenAt } from './sharing.js';
import { grouped } from '../model/grouped.js';

export default detector({
  id: 'order-dependent-test',
  axis: ['W'],
  summary: 'A test reads what only an earlier test wrote.',
  wording: {
    what: 'This test reads `{name}`, which only an earlier test writes{more}.',
    why: 'Run alone, in another order or in another worker, it finds `{name}` empty.',
    fix: 'Make `{name}` in a before-hook, or in the test that needs it.',
  },
  variants: {
    'late-mock': {
      what: '`{name}` is mocked{more}, but modules stay loaded from one test file to the next.',
      why: '{reason}, so where an earlier file has loaded what imports `{name}`, the mock has no effect.',
      fix: 'Run the files that mock modules in a project of their own with isolation on.',
    },
  },
  detect: (audited) => [...audited.stories.flatMap((story) => dependent(story)), ...lateMocks(audited)],
});

/** `vi.mock` where files share the modules that are loaded. */
function lateMocks(audited: Audited): Finding[] {
  const { crossFile } = audited.schedule;
  if (!crossFile.includes('module') || crossFile.includes('module-mock') || audited.stories.length < 2) return [];
  return audited.stories.flatMap((story): Finding[] => {
    const mocks = story.changes.filter(
      (each) => each.state === 'module-mock' && !each.undone && each.by.role === 'module' && each.at.path === story.file && /^[.#~@]/.test(each.cell),
    );
    const [first] = mocks;
    if (!first) return [];
    return [
      {
        rule: 'order-dependent-test',
        axis: ['W'],
        confidence: 'likely',
        files: [story.file],
        places: distinct(mocks.slice(0, 12).map((each, index) => noted(each.at, index === 0 ? 'mocked here' : 'and here'))),
        resource: { key: `order-dependent-test|mock ${first.cell}`, title: `the mock of \`${first.cell}\`` },
        values: {
          name: first.cell,
          more: mocks.length > 1 ? ` (and ${mocks.length - 1} more ${mocks.length === 2 ? 'module' : 'modules'})` : '',
          reason: audited.schedule.whyWithin,
        },
        variant: 'late-mock',
      },
    ];
  });
}

function dependent(story: FileStory): Finding[] {
  const byVariable = grouped(story.variables, ({ key }) => key);
  const found: { read: VariableUse; write: VariableUse }[] = [];
  for (const uses of byVariable.values()) {
    const writers = uses.filter((each) => each.op === 'write');
    // Set up by a hook, or while the file loads: every test finds it.
    if (writers.length === 0 || writers.some((each) => each.by.role !== 'test')) continue;
    const firstOf = new Map<number, VariableUse>();
    for (const use of uses) if (use.by.block !== undefined && !firstOf.has(use.by.block)) firstOf.set(use.by.block, use);
    for (const [block, first] of firstOf) {
      const test = story.blocks[block];
      if (first.op !== 'read' || first.by.role !== 'test' || !test || inSerialSuite(test, story) || isGuarded(first)) continue;
      const write = writers.find((each) => each.by.block !== undefined && each.by.block < block && sameLane(story.blocks[each.by.block]!, test));
      if (write) {
        found.push({ read: first, write });
        break;
      }
    }
  }
  if (found.length === 0) return [];
  const [first] = found as [{ read: VariableUse; write: VariableUse }];
  const names = [...new Set(found.map((each) => each.read.name))];
  return [
    {
      rule: 'order-dependent-test',
      axis: ['W'],
      confidence: 'likely',
      files: [story.file],
      places: distinct([
        noted(seenAt(first.read), 'read here'),
        noted(seenAt(first.write), 'written here, by an earlier test'),
        ...found.slice(1, 8).flatMap((each) => [noted(seenAt(each.read), `\`${each.read.name}\` is read here`), noted(seenAt(each.write), 'and written here')]),
      ]),
      resource: {
        key: `order-dependent-test|${names.sort().join(',')}`,
        title: `variables that tests hand on: ${names.map((name) => `\`${name}\``).join(', ')}`,
      },
      values: { name: first.read.name, more: names.length > 1 ? ` (and ${names.length - 1} more ${names.length === 2 ? 'variable' : 'variables'})` : '' },
    },
  ];
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
