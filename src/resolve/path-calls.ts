import type { Abstract } from '../model/abstract.js';
import { constantOf, text, unknown } from '../model/abstract.js';
import { HOME, lastStep, normalisePath, TEMPORARY, WORKING_DIRECTORY } from '../model/paths.js';
import type { Place } from '../model/place.js';
import { fields } from './objects.js';
import type { Resolver } from './resolver.js';
import { property } from './evaluate.js';
import { flatten, joined, mapEach, oneOf, partsOf } from './text.js';

const absolute = (part: unknown): boolean => typeof part === 'string' && (/^(\/|<(root|cwd|tmp|home)>|[A-Za-z]:[\\/]|file:)/.test(part) || part === '');

/** Functions of `node:path`. */
export function pathCall(name: string, given: readonly Abstract[], at: Place): Abstract | undefined {
  // They throw where an argument is `undefined` or `null`, so whatever leads here has another value.
  if (given.some(isNothing)) return unknown('a path with a part that is `undefined`', at);
  const args = given.map((each) => (each.kind === 'oneOf' ? oneOf(each.of.filter((one) => !isNothing(one))) : each));
  switch (name) {
    case 'join':
      return joinPaths(args, false, at);
    case 'resolve': {
      const rooted = args.some((each) => each.kind === 'text' && absolute(each.parts[0]));
      return joinPaths(rooted ? args : [text(WORKING_DIRECTORY, at), ...args], true, at);
    }
    case 'dirname':
      return args[0] && piece(args[0], (flat) => flat.slice(0, Math.max(0, flat.lastIndexOf('/'))) || (flat.startsWith('/') ? '/' : '.'), at);
    case 'normalize':
      return args[0];
    case 'basename':
      return args[0] && piece(args[0], (flat) => withoutEnd(lastStep(flat), constantOf(args[1]) ?? ''), at);
    case 'extname':
      return args[0] && piece(args[0], (flat) => /.(\.[^./]*)$/.exec(flat)?.[1] ?? '', at);
    case 'parse':
      return (
        args[0] &&
        fields(at, {
          dir: pathCall('dirname', args, at),
          base: pathCall('basename', args, at),
          ext: pathCall('extname', args, at),
          name: piece(args[0], (flat) => lastStep(flat).replace(/(.)\.[^.]*$/, '$1'), at),
        })
      );
    case 'sep':
      return text('/', at);
    default:
      return undefined;
  }
}

/**
 * The folders of a program that `env-paths` gives: those of the user on Linux, wherever it runs (read in env-paths 3.0.0).
 * What stands in `XDG_*` variables is not asked for.
 */
export function userFolders(r: Resolver, [name, options]: readonly Abstract[], at: Place): Abstract | undefined {
  const program = constantOf(name);
  const given = options && property(r, options, 'suffix', at);
  const suffix = given === undefined ? 'nodejs' : constantOf(given);
  if (program === undefined || suffix === undefined) return undefined;
  const own = suffix === '' ? program : `${program}-${suffix}`;
  return fields(at, {
    data: text(`${HOME}/.local/share/${own}`, at),
    config: text(`${HOME}/.config/${own}`, at),
    cache: text(`${HOME}/.cache/${own}`, at),
    log: text(`${HOME}/.local/state/${own}`, at),
    temp: text(`${TEMPORARY}/${own}`, at),
  });
}

const isNothing = (value: Abstract): boolean => value.kind === 'const' && (value.value === undefined || value.value === null);

/** A piece of a path, cut from its text with what varies in it. */
function piece(path: Abstract, cut: (flat: string) => string, at: Place): Abstract {
  return mapEach(path, (each) => {
    if (each.kind !== 'text') return each.kind === 'unknown' ? each : unknown('a path that is no text', at);
    const { flat, restore } = flatten(each);
    const known = restore(cut(flat));
    return known.parts.length > 0 ? known : text('', at);
  });
}

const withoutEnd = (whole: string, end: string): string => (end !== '' && whole !== end && whole.endsWith(end) ? whole.slice(0, -end.length) : whole);

function joinPaths(args: readonly Abstract[], resolving: boolean, at: Place): Abstract {
  if (args.some((each) => each.kind === 'oneOf')) {
    const position = args.findIndex((each) => each.kind === 'oneOf');
    const options = (args[position] as Extract<Abstract, { kind: 'oneOf' }>).of;
    return oneOf(
      options.slice(0, 6).map((each) =>
        joinPaths(
          args.map((arg, index) => (index === position ? each : arg)),
          resolving,
          at,
        ),
      ),
    );
  }
  if (args.some((each) => each.kind === 'const' && each.value === undefined)) return unknown('a path with a part that is `undefined`', at);
  let from = 0;
  if (resolving)
    args.forEach((each, index) => {
      if (each.kind === 'text' && absolute(each.parts[0])) from = index;
    });
  const parts: ReturnType<typeof partsOf>[number][] = [];
  args.slice(from).forEach((each, index) => {
    if (index > 0) parts.push('/');
    parts.push(...partsOf(each));
  });
  const whole = joined(parts);
  return { kind: 'text', parts: whole.map((part, index) => (typeof part === 'string' ? normalisePath(part, index > 0) : part)), at };
}
