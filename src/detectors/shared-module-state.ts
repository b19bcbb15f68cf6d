import { detector } from '../model/detector.js';
import type { VariableUse } from '../model/claims.js';
import type { Finding } from '../model/finding.js';
import type { Audited, FileStory } from '../model/suite.js';
import { isByTests, leakFindings, leaks, type Leak } from './leaks.js';
import { isObserved } from './observed.js';
import { distinct, noted, seenAt } from './sharing.js';

export default detector({
  id: 'shared-module-state',
  axis: ['W', 'P'],
  summary: 'A test changes state that a module keeps, and another test sees it.',
  wording: {
    what: '{cell} is {done} and not put back{more}.',
    why: '{reason}, so {victim} see the change.',
    fix: 'Put the earlier value back in an after-hook, or make the object anew for each test.',
  },
  variants: {
    'normal-only': {
      what: '{cell} is {done} and put back only when nothing throws in between{more}.',
      fix: 'Move the restore into an after-hook or `finally`.',
    },
    constant: {
      what: '{cell} is {done} and put back to a constant, not to what stood there before{more}.',
      fix: 'Save the value before the test and put that back in an after-hook.',
    },
    alias: { what: '{cell} is {done}, and what is put back is the changed object itself{more}.', fix: 'Save a copy before changing it.' },
    concurrent: {
      what: '{cell} is written by tests that run at the same time.',
      why: 'Each of them reads what another has written last.',
      fix: 'Make the variable in each test.',
    },
  },
  detect: (audited) => [
    ...leakFindings(
      'shared-module-state',
      leaks(audited, ['module']).filter((leak) => leak.change.by.role !== 'module' && tells(audited, leak)),
      {
        title: (cell) => `\`${cell.replace(/^.*#/, '')}\``,
        keyOf: (leak) => leak.change.cell,
        reason: audited.schedule.whyWithin,
        atCell: true,
      },
    ),
    ...audited.stories.flatMap((story) => concurrent(story, audited)),
  ],
});

/** What another file keeps counts where tests change it on purpose or look at it; caches of product code are its own affair. */
function tells(audited: Audited, leak: Leak): boolean {
  const { change, story } = leak;
  if (change.at.path === story.file) return true;
  const isCollection = !change.cell.slice(change.cell.indexOf('#')).includes('.');
  return isCollection ? isObserved(audited, story, change.cell) : isByTests(leak) && !/#this\.|\.\*$/.test(change.cell);
}

/** Variables outside the tests that several tests write while they run at the same time. */
function concurrent(story: FileStory, audited: Audited): Finding[] {
  const isAtOnce = (use: VariableUse): boolean => {
    const block = use.by.block === undefined ? undefined : story.blocks[use.by.block];
    return block?.role === 'test' && !block.modifiers.includes('serial') && (block.modifiers.includes('concurrent') || audited.schedule.tests === 'concurrent');
  };
  const writes = new Map<string, VariableUse[]>();
  for (const use of story.variables)
    if (use.op === 'write' && use.via.length === 0 && isAtOnce(use)) writes.set(use.key, [...(writes.get(use.key) ?? []), use]);
  return [...writes.values()].flatMap((uses): Finding[] => {
    const [first, ...rest] = uses;
    const second = rest.find((each) => each.by.block !== first!.by.block);
    if (!first || !second || !story.variables.some((use) => use.key === first.key && use.op === 'read' && isAtOnce(use))) return [];
    return [
      {
        rule: 'shared-module-state',
        axis: ['P'],
        confidence: 'likely',
        files: [story.file],
        variant: 'concurrent',
        places: distinct([noted(seenAt(first), 'written here'), noted(seenAt(second), 'and here, at the same time')]),
        resource: { key: `shared-module-state|${story.file}#${first.name}`, title: `\`${first.name}\`` },
        values: { cell: `\`${first.name}\`` },
      },
    ];
  });
}
