import { callAt, isIn } from '../model/code.js';
import { detector } from '../model/detector.js';
import type { Finding } from '../model/finding.js';
import { grouped } from '../model/grouped.js';
import type { Place } from '../model/place.js';
import type { Audited, Block, FileStory } from '../model/suite.js';
import { handedOn } from './handed-on.js';
import { distinct, noted, seenAt } from './sharing.js';

export default detector({
  id: 'order-dependent-test',
  axis: ['A', 'W'],
  summary: 'A test reads what only an earlier test wrote, or counts on hooks that only an earlier test file has.',
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
    'late-hooks': {
      what: 'The hooks of `{name}` run only for the first test file that a worker loads it for; {count} test files count on them.',
      why: '{reason}, and a worker loads a module once: in the files after the first one its hooks are missing.',
      fix: 'Let the runner give the hooks to every file (`mochaHooks` of a file that `require` names, `setupFiles`), or declare them in a function that each test file calls.',
    },
    'root-hooks': {
      what: 'The hooks of `{name}` stand outside all suites, so that they run for every file of one process; {count} test files count on them.',
      why: '{reason}, and each worker loads files of its own: where `{name}` is not one of them, its hooks are missing.',
      fix: 'Let the runner give the hooks to every file (`mochaHooks` of a file that `require` names), or declare them in a function that each test file calls.',
    },
    'early-end': {
      what: 'What the after-hook of `{name}` ends is ended after the first test file of each worker; {count} test files count on it.',
      why: '{reason}, and a worker loads a module once: the hook belongs to the first file, and the files after it find ended what the module keeps.',
      fix: 'Let the hook also forget what it ends, so that the next file makes it anew, or declare the hook in a function that each test file calls.',
    },
  },
  detect: (audited) => [...audited.stories.flatMap((story) => dependent(story)), ...lateMocks(audited), ...lateHooks(audited)],
});

/** Hooks that a module declares while it is loaded, for all test files that import it; of a test file without tests, for all that one process loads. */
function lateHooks(audited: Audited): Finding[] {
  const { schedule, stories } = audited;
  const isToCome = schedule.rootHooks === 'run';
  // One process gives them to all files; several do not.
  if (!schedule.crossFile.includes('module') || (isToCome && schedule.parallelSwitch === undefined)) return [];
  const known = new Set(audited.setup.flatMap((story) => [story.file, ...story.reached]));
  const hooks = stories.flatMap((story) => {
    const own = isToCome && !story.blocks.some(({ role }) => role === 'test');
    return story.blocks.flatMap((block, index) => {
      const confidence = block.when === 'before' ? 'likely' : ends(story, index);
      return confidence && (own || block.at.path !== story.file) && !known.has(block.at.path) && isLoaded(audited, block) ? [{ story, block, confidence }] : [];
    });
  });
  return [...grouped(hooks, ({ block }) => block.at.path)].flatMap(([path, own]): Finding[] => {
    const before = own.filter(({ block }) => block.when === 'before');
    const all = before.length > 0 ? before : own;
    const isForAll = all.some(({ story }) => story.file === path);
    const counting = isForAll ? stories.filter((story) => story.blocks.some(({ role }) => role === 'test')) : all.map(({ story }) => story);
    const files = [...new Set(counting.map(({ file }) => file))].sort();
    if (files.length < 2) return [];
    return [
      {
        rule: 'order-dependent-test',
        axis: isToCome ? ['A'] : ['A', 'W'],
        ...(all.some(({ confidence }) => confidence === 'likely')
          ? { confidence: 'likely' }
          : { confidence: 'possible', condition: 'the hook ends something that it does not forget' }),
        files,
        places: distinct([
          ...all.map(({ block }) => noted(block.at, 'declared here, as the module is loaded')),
          ...all.slice(0, 12).flatMap(({ story, block }) => (story.file === path ? [] : [noted(block.seenAt, 'counted on here')])),
        ]),
        resource: { key: `order-dependent-test|hooks ${path}`, title: `the hooks of \`${path}\`` },
        values: { name: path, count: String(files.length), reason: isToCome ? schedule.why : schedule.whyWithin },
        variant: before.length === 0 ? 'early-end' : isForAll ? 'root-hooks' : 'late-hooks',
      },
    ];
  });
}

/** What an after-hook for all tests does to the files to come. Where it also changes what the module keeps, it may forget what it ends. */
function ends({ blocks, changes, obligations }: FileStory, index: number): Finding['confidence'] | undefined {
  const { when, scope, at } = blocks[index]!;
  if (when !== 'after' || scope === 'test') return undefined;
  const isHere = ({ path, span }: Place): boolean => path === at.path && isIn(span, at.span);
  if (changes.some(({ by, state }) => by.block === index && state === 'module')) return 'possible';
  return obligations.some(({ released }) => released && isHere(released.at)) ? 'likely' : undefined;
}

/** A hook outside all suites that a file declares by itself, and not where another one calls it. */
function isLoaded(audited: Audited, { role, parent, at }: Block): boolean {
  if (role !== 'hook' || parent !== undefined) return false;
  const facts = audited.facts(at.path);
  return facts !== undefined && callAt(facts, at)?.in === 0;
}

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
