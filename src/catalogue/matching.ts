import type { Abstract, LibraryCall, Reader } from '../model/abstract.js';
import { constantOf, recordsOf } from '../model/abstract.js';
import type { CallSpec } from '../model/catalogue.js';
import { readSource } from './sources.js';

/** The specs whose conditions hold; those marked `otherwise` only where no conditional one does. */
export function matchingSpecs(call: LibraryCall, reader: Reader): readonly CallSpec[] {
  if (call.specs.length === 1 && !call.specs[0]!.when && !call.specs[0]!.unlessChained) return call.specs;
  const held: CallSpec[] = [];
  let conditional = false;
  for (const spec of call.specs) {
    if (spec.otherwise) continue;
    if (spec.unlessChained?.some((each) => call.chained.includes(each))) continue;
    if (spec.when && !spec.when.every((condition) => holds(call, condition, reader))) continue;
    if (spec.when) conditional = true;
    held.push(spec);
  }
  if (!conditional) held.push(...call.specs.filter((spec) => spec.otherwise && !spec.unlessChained?.some((each) => call.chained.includes(each))));
  return held;
}

/** The call with what its arguments are where the conditions of a spec hold: `{ type: 'mysql', database: 'shop' }` or `{ type: 'sqlite', database: ':memory:' }`. */
export function onItsWay(call: LibraryCall, { when }: CallSpec, reader: Reader): LibraryCall {
  const args = call.args.map((arg, index): Abstract => {
    const asked = when?.filter((condition) => condition.startsWith(`arg${index}.`)) ?? [];
    const ways: readonly Abstract[] =
      asked.length > 0 ? (arg.kind === 'oneOf' ? arg.of : [arg]).flatMap((each): readonly Abstract[] => recordsOf(each) ?? [each]) : [];
    const open = ways.filter((way) => asked.every((condition) => holds({ ...call, args: call.args.with(index, way) }, condition, reader)));
    return open.length === 0 || open.length === ways.length ? arg : open.length === 1 ? open[0]! : { kind: 'oneOf', of: open };
  });
  return args.every((arg, index) => arg === call.args[index]) ? call : { ...call, args };
}

function holds(call: LibraryCall, condition: string, reader: Reader): boolean {
  if (condition.startsWith('?')) return readSource(call, condition.slice(1), reader) !== undefined;
  const negated = condition.startsWith('!');
  const body = negated ? condition.slice(1) : condition;
  const equals = body.indexOf('=');
  const source = equals < 0 ? body : body.slice(0, equals);
  const value = readSource(call, source, reader);
  let result: boolean;
  if (equals < 0) {
    result = value !== undefined && !(value.kind === 'const' && value.value === false);
    // What is unknown may or may not be there: neither side of a condition holds.
    if (value?.kind === 'unknown') return false;
  } else {
    const wanted = body.slice(equals + 1).split('|');
    const known = value?.kind === 'const' ? String(value.value) : constantOf(value);
    const options = value?.kind === 'oneOf' ? value.of.map((each) => (each.kind === 'const' ? String(each.value) : constantOf(each))) : [known];
    result = options.some((each) => each !== undefined && wanted.includes(each));
  }
  return negated ? !result : result;
}
