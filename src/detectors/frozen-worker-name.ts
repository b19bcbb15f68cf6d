import { detector, type Surroundings } from '../model/detector.js';
import { isIn } from '../model/code.js';
import { grouped } from '../model/grouped.js';
import { placeKey } from '../model/place.js';
import type { Finding } from '../model/finding.js';
import { alternatives, holesOf, nameText, type Hole, type Name } from '../model/names.js';
import type { Claim, ResourceKind } from '../model/claims.js';
import { isBeforeEach, type Audited } from '../model/suite.js';
import { frozenVariables } from './frozen-variables.js';
import { OPENS } from './handed.js';
import { DATABASE_NAMES, lastWord } from './separators.js';
import { distinct, noted, plural, seenAt } from './sharing.js';

const WEAK: Readonly<Record<string, string>> = { clock: 'a time stamp', random: 'a random number', pid: 'the process id' };

export default detector({
  id: 'frozen-worker-name',
  axis: ['A', 'R'],
  summary: 'A name looks unique for each worker and is not.',
  wording: {
    what: 'This name takes `{source}`, which {runner} does not set{where}, so all workers get one name.',
    why: '{reason}, and each of them computes the same text.',
    fix: 'Use the worker id of {runner}: {right}.',
  },
  variants: {
    unbounded: {
      what: 'This name uses `{source}` as an index, and its value grows beyond the number of workers.',
      why: 'The number goes up with every test file or replaced worker, so it runs out of the databases that the server has.',
      fix: 'Use the slot of the worker: {right}.',
    },
    long: {
      what: 'This name is longer than the 63 characters that PostgreSQL keeps, and `{source}` stands behind the cut.',
      why: '{reason}, and all of them end up with the same first 63 characters.',
      fix: 'Shorten the name, or put the worker id first.',
    },
    ignored: {
      what: 'The client takes this prefix with `{source}` in it and does not use it.',
      why: '{reason}, and all of them work on the same keys.',
      fix: 'Use a database index for each worker, or put the prefix into the keys.',
    },
    zero: {
      what: 'The first value of `{source}` is 0, which counts as missing here, so the first worker gets the default {values}.',
      why: '{reason}, and the worker whose id is {values} computes the same text.',
      fix: 'Use `??`, which lets 0 through, or add 1.',
    },
    clock: {
      what: 'This name is made from {source}, and {count} make it.',
      why: '{reason}, and two of them can read the clock in the same millisecond.',
      fix: 'Use the worker id, a random UUID or, for a directory, `mkdtemp`.',
    },
    few: {
      what: 'This name is made from {source}, which takes only {values} values.',
      why: '{reason}, and two of them can draw the same value.',
      fix: 'Use the worker id or a random UUID.',
    },
  },
  detect(audited, surroundings) {
    const out: Finding[] = [];
    const seen = new Set<string>();
    for (const { variable, hole, files } of frozenVariables(audited)) {
      out.push({
        rule: 'frozen-worker-name',
        axis: ['A'],
        confidence: 'likely',
        files,
        places: [noted(hole.at, 'the name is decided here')],
        resource: { key: `frozen-worker-name|${variable}|${hole.source}`, title: `\`$${variable}\` from ${hole.source.replace(/^env:/, '$')}` },
        values: {
          source: hole.source.replace(/^env:/, ''),
          runner: runnerTitle(audited),
          reason: audited.schedule.why,
          right: rightId(audited),
          values: '',
          where: ' in global setup',
          count: '',
        },
      });
    }
    const drawn = audited.stories.flatMap(({ file, blocks, handedDrawn = [] }) =>
      handedDrawn
        .filter(({ to, as, helps, hole }) => isFew(hole) && SEPARATES.test(lastWord(as)) && (helps || OPENS.test(to.split('#').at(-1)!)))
        // Each test of the file draws, and the server of the one before may still be there.
        .map((each) => ({
          ...each,
          file,
          isAgain: blocks.some((block) => isBeforeEach(block) && each.hole.at.path === block.at.path && isIn(each.hole.at.span, block.at.span)),
        })),
    );
    for (const [key, group] of grouped(drawn, ({ hole }) => `${placeKey(hole.at)}:few`)) {
      seen.add(key);
      const [{ at, hole, isAgain }] = group;
      const files = [...new Set(group.map(({ file }) => file))];
      out.push({
        rule: 'frozen-worker-name',
        axis: ['A'],
        ...(isAgain ? { confidence: 'likely' } : ofDrawing(files, surroundings)),
        files,
        places: distinct([noted(hole.at, 'the name is decided here'), noted(at, 'and handed over here')]),
        resource: { key: `frozen-worker-name|handed|${hole.source}|${hole.at.path}`, title: `name from ${hole.source}` },
        values: {
          source: WEAK[hole.source] ?? hole.source,
          runner: runnerTitle(audited),
          reason: audited.schedule.why,
          right: rightId(audited),
          values: String(hole.values),
          where: '',
          count: '',
        },
        variant: 'few',
      });
    }
    for (const story of [...audited.setup, ...audited.stories]) {
      for (const claim of story.claims) {
        for (const name of [claim.resource.name, claim.resource.namespace, claim.resource.unit, claim.resource.server, claim.resource.ignored]) {
          if (!name) continue;
          for (const hole of holesOf(name)) {
            const problem = judge(hole, name, claim, audited, surroundings.workerVariables, story.role);
            if (!problem) continue;
            const key = `${placeKey(hole.at)}:${problem.variant ?? ''}`;
            if (seen.has(key)) continue;
            // Read in the same millisecond, the clock makes one name of these.
            const isEqual = (other: Name, kind: ResourceKind): boolean => kind === claim.resource.kind && nameText(other) === nameText(name);
            const isSame = (other: Name, kind: ResourceKind): boolean =>
              (problem.variant !== 'clock' || isEqual(other, kind)) &&
              holesOf(other).some((two) => two.at.path === hole.at.path && two.at.span[0] === hole.at.span[0]);
            const files = audited.stories
              .filter((each) =>
                each.claims.some(({ resource: other }) => [other.name, other.namespace, other.unit].some((one) => one && isSame(one, other.kind))),
              )
              .map((each) => each.file);
            if (problem.variant === 'clock' && files.length < 2) continue;
            seen.add(key);
            out.push({
              rule: 'frozen-worker-name',
              axis: ['A'],
              ...(problem.variant === 'few' ? ofDrawing(files, surroundings) : { confidence: 'likely' }),
              files,
              places: distinct([noted(hole.at, 'the name is decided here'), noted(seenAt(claim), 'and used here')]),
              resource: {
                key: `frozen-worker-name|${claim.resource.kind}|${hole.source}|${hole.at.path}`,
                title: `name from ${hole.source.replace(/^env:/, '$')}`,
              },
              values: {
                source: (WEAK[hole.source] ?? hole.source).replace(/^env:/, ''),
                runner: runnerTitle(audited),
                reason: audited.schedule.why,
                right: rightId(audited),
                values: String(hole.values ?? hole.meets ?? ''),
                where: problem.where ?? '',
                count: plural(files.length, 'test file'),
              },
              ...(problem.variant ? { variant: problem.variant } : {}),
            });
          }
        }
      }
    }
    return out;
  },
});

function judge(
  hole: Hole,
  name: Name,
  claim: Claim,
  audited: Audited,
  workerVariables: ReadonlySet<string>,
  role: string,
): { variant?: 'unbounded' | 'clock' | 'few' | 'long' | 'ignored' | 'zero'; where?: string } | undefined {
  if (claim.resource.ignored === name) return SEPARATING.has(hole.varies) ? { variant: 'ignored' } : undefined;
  const limit = name === claim.resource.name || name === claim.resource.namespace ? LONGEST[claim.resource.kind] : undefined;
  if (limit !== undefined && SEPARATING.has(hole.varies) && knownBefore(name, hole) >= limit) return { variant: 'long' };
  const variable = /^env:(\w+)/.exec(hole.source)?.[1];
  const id = variable === undefined ? undefined : audited.schedule.workerIds.find((each) => each.name === variable);
  if (variable !== undefined && !id && workerVariables.has(variable)) return {};
  if (id && (role === 'global-setup' || hole.varies === 'environment') && id.unsetIn.includes('global-setup')) return { where: ' in global setup' };
  if (id && !id.bounded && claim.resource.kind === 'redis' && claim.resource.name === name) return { variant: 'unbounded' };
  if (hole.meets !== undefined && !otherwiseUnique(name, hole)) return { variant: 'zero' };
  if (isFew(hole) && !otherwiseUnique(name, hole)) return { variant: 'few' };
  if (hole.source === 'clock' && hole.values === undefined && /test|spec|e2e/i.test(hole.at.path) && CHANGES.has(claim.op) && !otherwiseUnique(name, hole))
    return { variant: 'clock' };
  return undefined;
}

/** One file draws for itself: it meets what it drew before, or another run. */
const ofDrawing = (files: readonly string[], { complete }: Surroundings): Pick<Finding, 'confidence' | 'condition'> =>
  files.length < 2 && complete ? { confidence: 'possible', condition: 'another run on the machine draws the same value' } : { confidence: 'likely' };

/** So few values that two of them are equal now and then. */
const isFew = ({ values }: Hole): boolean => values !== undefined && values <= 100_000;

const SEPARATES = new RegExp(`port$|${DATABASE_NAMES.source}`, 'i');

const CHANGES = new Set(['acquire', 'bind', 'create', 'write', 'wipe']);
const SEPARATING = new Set(['worker', 'file', 'test', 'call']);
/** Servers cut longer names, and what stands behind the cut separates nothing. */
const LONGEST: Readonly<Partial<Record<ResourceKind, number>>> = { postgresql: 63 };

/** How many characters stand before the hole at least. */
function knownBefore(name: Name, hole: Hole): number {
  return Math.max(
    0,
    ...alternatives(name).map((each) => {
      if (each.kind !== 'parts' || !each.parts.includes(hole)) return 0;
      return each.parts.slice(0, each.parts.indexOf(hole)).reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
    }),
  );
}

/** Another part of the name is unique by itself. */
function otherwiseUnique(name: Name, hole: Hole): boolean {
  return holesOf(name).some((each) => each !== hole && each.values === undefined && each.varies !== 'environment' && each.varies !== 'run');
}

const runnerTitle = (audited: Audited): string => audited.schedule.runner;
const rightId = (audited: Audited): string => {
  const best = audited.schedule.workerIds.find((each) => each.unique && each.bounded && each.form === 'env');
  return best ? `\`${best.name}\`` : 'none is set, so name by file or with a random UUID';
};
