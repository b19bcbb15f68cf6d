import { detector } from '../model/detector.js';
import type { Finding } from '../model/finding.js';
import type { Audited, FileStory } from '../model/suite.js';
import { handedOn } from './handed-on.js';
import { distinct, noted, seenAt } from './sharing.js';

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
  const found = handedOn(story);
  if (found.length === 0) return [];
  const first = found[0]!;
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
