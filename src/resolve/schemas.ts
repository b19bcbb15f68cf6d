import type { Abstract, FunctionValue, RecordValue, Schema } from '../model/abstract.js';
import { constantOf } from '../model/abstract.js';
import type { Place } from '../model/place.js';
import { returned } from './calls.js';
import { property } from './evaluate.js';
import { orElse } from './operators.js';
import { deepProperty, fields, merged, recordOf } from './objects.js';
import { keyOf } from './frames.js';
import type { Resolver } from './resolver.js';
import { environment } from './environment.js';

const nothing = (at: Place): Abstract => ({ kind: 'const', value: undefined, at });

function schemaOf(at: Place, schema: Schema): RecordValue {
  return recordOf(
    at,
    `${schema.fields ? keyOf(schema.fields) : ''}=${schema.fallback ? keyOf(schema.fallback) : ''}`,
    () => undefined,
    () => undefined,
    { schema },
  );
}

const asRecord = (value: Abstract | undefined): RecordValue | undefined => (value?.kind === 'record' ? value : undefined);
const schemaIn = (value: Abstract | undefined): Schema | undefined => asRecord(value)?.schema;

/** Packages whose exports make schemas; the functions of others read a whole environment by one. */
const MAKERS = new Set([
  'zod',
  'zod/v4',
  'zod/v3',
  'zod/mini',
  'joi',
  '@hapi/joi',
  'yup',
  'valibot',
  'envalid',
  'envsafe',
  '@sinclair/typebox',
  'typebox',
  'superstruct',
]);
const OBJECTS = new Set(['object', 'strictObject', 'looseObject', 'Object', 'keys', 'type']);
/** Functions that take `(schema, value)` or `(value, schema)` and give the value back. */
const READERS = new Set(['parse', 'Parse', 'Decode', 'Default', 'Cast', 'attempt', 'assert', 'create', 'mask']);

/** Calls of validation libraries: what they make of the environment. */
export function schemaCall(r: Resolver, packageName: string, path: readonly string[], args: readonly Abstract[], at: Place): Abstract | undefined {
  const name = path.at(-1) ?? '';
  const [first, second] = args;
  const process: Abstract = { kind: 'outer', path: ['process', 'env'], at };
  switch (packageName) {
    case '@t3-oss/env-core':
    case '@t3-oss/env-nextjs':
    case '@t3-oss/env-nuxt': {
      if (name !== 'createEnv' || !first) return undefined;
      const part = (key: string): Abstract[] => {
        const found = property(r, first, key, at);
        return found?.kind === 'record' ? [found] : [];
      };
      const from = (source: Abstract, ...parts: readonly string[]): Abstract =>
        read(r, source, { fields: asRecord(merged(r, parts.flatMap(part), at)) ?? fields(at, {}) }, at);
      // `@t3-oss/env-nextjs` 0.13: these lie over the environment, and are only for what clients may know.
      const [over] = part('experimental__runtimeEnv');
      if (over) return merged(r, [from(process, 'server'), from(over, 'shared', 'client')], at);
      const source = part('runtimeEnvStrict')[0] ?? property(r, first, 'runtimeEnv', at);
      return from(source && source.kind !== 'const' ? source : process, 'shared', 'client', 'server');
    }
    case 'znv':
      return name === 'parseEnv' && first && asRecord(second) ? read(r, first, { fields: asRecord(second)! }, at) : undefined;
    case 'env-schema': {
      const properties = first && deepProperty(r, first, ['schema', 'properties'], at);
      return asRecord(properties) ? read(r, process, { fields: asRecord(properties)! }, at) : undefined;
    }
    case 'envalid':
    case 'envsafe':
      if (name === 'cleanEnv' || name === 'customCleanEnv') return first && asRecord(second) ? read(r, first, { fields: asRecord(second)! }, at) : undefined;
      if (name === 'envsafe' || (packageName === 'envsafe' && name === 'default'))
        return asRecord(first) ? read(r, process, { fields: asRecord(first)! }, at) : undefined;
      if (name === 'testOnly') return first;
      // `makeValidator(fn)` gives a function that is called like `str`.
      if (name === 'makeValidator' || name === 'makeExactValidator' || name === 'makeStructuredValidator')
        return { kind: 'library', package: packageName, path: ['validator'], at };
      return schemaOf(at, optionsOf(r, first, at));
    default:
  }
  if (!MAKERS.has(packageName) || name === '') return undefined;
  if (OBJECTS.has(name) && asRecord(first)) return schemaOf(at, { fields: asRecord(first)! });
  if (READERS.has(name) && args.length > 1) {
    const [schema, value] = schemaIn(first) ? [schemaIn(first)!, second!] : [schemaIn(second), first!];
    return schema && read(r, value, schema, at);
  }
  if (name === 'preprocess') return second;
  // Valibot: `optional(schema, default)`, `fallback(schema, value)`, `pipe(schema, ...)`
  if (schemaIn(first))
    return schemaOf(at, {
      ...schemaIn(first)!,
      ...(second && !schemaIn(second) && second.kind !== 'fn' && packageName === 'valibot' ? { fallback: second } : {}),
    });
  return schemaOf(at, packageName.endsWith('typebox') ? optionsOf(r, args.at(-1), at) : {});
}

/** `{ default, devDefault }`: the second counts outside production, so in tests. */
function optionsOf(r: Resolver, options: Abstract | undefined, at: Place): Schema {
  const record = asRecord(options);
  const fallback = record?.get('devDefault') ?? record?.get('default');
  return fallback && !(fallback.kind === 'const' && fallback.value === undefined)
    ? { fallback: fallback.kind === 'fn' ? returned(r, fallback, [], undefined, at) : fallback }
    : {};
}

/** Methods of a schema. */
export function schemaMethod(r: Resolver, receiver: RecordValue, method: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  const schema = receiver.schema!;
  const [first] = args;
  switch (method) {
    case 'default':
    case 'catch':
    case 'prefault':
    case 'failover':
      return first && schemaOf(at, { ...schema, fallback: first.kind === 'fn' ? returned(r, first, [], undefined, at) : first });
    case 'transform':
      return schemaOf(at, first?.kind === 'fn' ? { ...schema, changes: [...(schema.changes ?? []), first] } : schema);
    case 'extend':
    case 'safeExtend':
    case 'augment':
    case 'setKey':
    case 'keys':
    case 'shape':
    case 'append':
    case 'merge':
    case 'and':
    case 'concat': {
      const more = schemaIn(first)?.fields ?? asRecord(first);
      const all = more && merged(r, schema.fields ? [schema.fields, more] : [more], at);
      return schemaOf(at, asRecord(all) ? { ...schema, fields: asRecord(all)! } : schema);
    }
    case 'parse':
    case 'parseAsync':
    case 'validateSync':
    case 'cast':
    case 'validateAsync':
    case 'decode':
    case 'check':
      return first && read(r, first, schema, at);
    case 'safeParse':
    case 'safeParseAsync':
    case 'spa':
      return first && fields(at, { success: { kind: 'const', value: true, at }, data: read(r, first, schema, at), error: nothing(at) });
    case 'validate':
      return first && fields(at, { value: read(r, first, schema, at), error: nothing(at) });
    default:
      return receiver;
  }
}

/** What a value becomes when it is read by a schema. */
function read(r: Resolver, value: Abstract, schema: Schema, at: Place): Abstract {
  const { fields: shape } = schema;
  if (shape) {
    return passed(
      r,
      recordOf(
        at,
        `read${keyOf(value)}${keyOf(shape)}`,
        (key) => {
          const field = shape.get(key);
          return field ? read(r, property(r, value, key, at) ?? nothing(at), fieldSchema(r, field, at), at) : property(r, value, key, at);
        },
        () => shape.keys(),
      ),
      schema.changes,
      at,
    );
  }
  const { fallback } = schema;
  return passed(r, fallback ? orElse(value, () => fallback) : value, schema.changes, at);
}

/** A field is a schema, or (znv, JSON Schema) options around one. */
function fieldSchema(r: Resolver, field: Abstract, at: Place): Schema {
  const own = schemaIn(field);
  if (own) return own;
  const record = asRecord(field);
  const inner = schemaIn(record?.get('schema')) ?? optionsOf(r, field, at);
  const defaults = record?.get('defaults');
  const fallback = defaults && (property(r, defaults, 'test', at) ?? nothing(at));
  const known = fallback && fallback.kind !== 'const' ? fallback : defaults && property(r, defaults, '_', at);
  return known && known.kind !== 'unknown' && !(known.kind === 'const' && known.value === undefined) ? { ...inner, fallback: known } : inner;
}

function passed(r: Resolver, value: Abstract, changes: readonly FunctionValue[] | undefined, at: Place): Abstract {
  return (changes ?? []).reduce((current, change) => returned(r, change, [current], undefined, at), value);
}

/** `env.get('X').default('y').asString()` of env-var: text that comes from the environment until it is read. */
export function envVarMethod(value: Extract<Abstract, { kind: 'text' }>, method: string, args: readonly Abstract[]): Abstract | undefined {
  if (!value.from?.includes(ENV_VAR)) return undefined;
  if (method === 'default') {
    const fallback = args[0]!;
    return orElse(value, () => (fallback.kind === 'text' ? { ...fallback, from: [...(fallback.from ?? []), ENV_VAR] } : fallback));
  }
  return value;
}
const ENV_VAR = 'env-var';

export function envVar(r: Resolver, name: Abstract | undefined, at: Place): Abstract | undefined {
  const known = constantOf(name);
  if (known === undefined) return undefined;
  const value = environment(r, known, at);
  const tag = (each: Abstract): Abstract => (each.kind === 'text' ? { ...each, from: [...(each.from ?? []), ENV_VAR] } : each);
  return value.kind === 'oneOf' ? { kind: 'oneOf', of: value.of.map(tag) } : tag(value);
}
