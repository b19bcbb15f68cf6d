/** Variables that tests share while they run at the same time. It knows uses of variables, and no state of the process. */
import type { VariableUse } from '../model/claims.js';
import type { Step } from '../model/facts.js';
import type { Finding } from '../model/finding.js';
import { isWithin, type Audited, type FileStory } from '../model/suite.js';
import { distinct, noted, seenAt } from './sharing.js';
import { grouped } from '../model/grouped.js';

/** Variables outside the tests that several tests write while they run at the same time. */
export function concurrent(story: FileStory, audited: Audited): Finding[] {
  const isAtOnce = (use: VariableUse): boolean => {
    const block = use.by.block === undefined ? undefined : story.blocks[use.by.block];
    return block?.role === 'test' && !block.modifiers.includes('serial') && (block.modifiers.includes('concurrent') || audited.schedule.tests === 'concurrent');
  };
  const writes = grouped(
    story.variables.filter((use) => use.op === 'write' && use.via.length === 0 && isAtOnce(use)),
    ({ key }) => key,
  );
  const reads = (key: string): readonly VariableUse[] => story.variables.filter((use) => use.key === key && use.op === 'read' && isAtOnce(use));
  const byTests = [...writes.values()].flatMap((uses): Finding[] => {
    const [first, ...rest] = uses;
    const second = rest.find((each) => each.by.block !== first.by.block);
    if (!second || reads(first.key).length === 0) return [];
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
  return byTests.length > 0 ? byTests : beforeEach(story, audited, reads);
}

/** Variables that a hook makes anew before each of several tests which run at the same time. */
function beforeEach(story: FileStory, audited: Audited, reads: (key: string) => readonly VariableUse[]): Finding[] {
  const seen = new Set<string>();
  return story.variables.flatMap((use): Finding[] => {
    const hook = use.by.block === undefined ? undefined : story.blocks[use.by.block];
    if (use.op !== 'write' || use.via.length > 0 || seen.has(use.key)) return [];
    if (hook?.role !== 'hook' || hook.when !== 'before' || hook.scope !== 'test' || hook.modifiers.includes('serial')) return [];
    const readers = reads(use.key).filter((read) => isWithin(story.blocks, story.blocks[read.by.block!]!.parent, hook.parent));
    const other = readers.find((read) => read.by.block !== readers[0]?.by.block);
    if (!other || isConstant(use, audited)) return [];
    seen.add(use.key);
    return [
      {
        rule: 'shared-module-state',
        axis: ['P'],
        confidence: 'likely',
        files: [story.file],
        variant: 'concurrent-hook',
        places: distinct([noted(seenAt(use), 'written here'), noted(seenAt(readers[0]!), 'read here'), noted(seenAt(other), 'and here, at the same time')]),
        resource: { key: `shared-module-state|${story.file}#${use.name}`, title: `\`${use.name}\`` },
        values: { cell: `\`${use.name}\`` },
      },
    ];
  });
}

/** The same value each time: whoever writes last changes nothing. */
function isConstant(use: VariableUse, audited: Audited): boolean {
  const within = (steps: readonly Step[]): Step | undefined => {
    for (const step of steps) {
      if (step.do === 'bind' && step.at[0] === use.at.span[0] && step.at[1] === use.at.span[1]) return step;
      const inner =
        step.do === 'branch'
          ? [...step.then, ...step.else]
          : step.do === 'try'
            ? [...step.body, ...(step.catch ?? []), ...(step.finally ?? [])]
            : 'body' in step
              ? step.body
              : [];
      const found = within(inner);
      if (found) return found;
    }
    return undefined;
  };
  for (const fn of audited.facts(use.at.path)?.functions ?? []) {
    const step = within(fn.body);
    if (step?.do === 'bind') return step.value.kind === 'const';
  }
  return false;
}
