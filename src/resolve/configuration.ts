import type { Abstract, RecordValue } from '../model/abstract.js';
import { constantOf, unknown } from '../model/abstract.js';
import { WORKING_DIRECTORY } from '../model/paths.js';
import type { Place } from '../model/place.js';
import { argumentsOf } from './calls.js';
import { documentAt, exists, foldersAbove, inFolder, isData, projectFile } from './documents.js';
import { environment } from './environment.js';
import { isFromOutside, OPTIONAL, property } from './evaluate.js';
import { orElse } from './operators.js';
import { exportOf } from './modules.js';
import { alternativesOf, deepProperty, fields, merged, pathKeys, recordOf } from './objects.js';
import { keyOf } from './frames.js';
import type { Resolver } from './resolver.js';
import { envVar, schemaCall } from './schemas.js';
import { oneOf } from './text.js';

const isAbsent = (value: Abstract | undefined): boolean => value === undefined || (value.kind === 'const' && value.value === undefined);

/** Calls of packages that give configuration: what they read comes from files of the project and from the environment. */
export function configurationCall(r: Resolver, callee: Extract<Abstract, { kind: 'library' }>, args: readonly Abstract[], at: Place): Abstract | undefined {
  const path = callee.path.filter((each) => each !== 'default');
  const name = path.join('.');
  const [first, second] = args;
  switch (callee.package) {
    case 'config': {
      if (name === 'get') return lookUp(r, nodeConfig(r, at), first, '.', at);
      if (name === 'has') return { kind: 'const', value: true, at };
      return name === 'util.toObject' ? (first ?? nodeConfig(r, at)) : undefined;
    }
    case 'nconf':
      if (name === 'get') return first ? lookUp(r, nconf(r, callee.at.path, at), first, ':', at) : undefined;
      if (name === 'required') return callee;
      return ['argv', 'env', 'file', 'defaults', 'overrides', 'use', 'add', 'load', 'set', 'remove', 'reset'].includes(name)
        ? { ...callee, path: [] }
        : undefined;
    case 'convict':
      return name === '' && first ? convict(r, first, at) : undefined;
    case 'env-var':
      return name === 'get' || /^from\.get$/.test(name) ? envVar(r, first, at) : name === 'from' ? { ...callee, path: [] } : undefined;
    case 'getenv': {
      const variable = constantOf(first);
      return variable === undefined || name === 'multi' ? undefined : withFallback(environment(r, variable, at), second);
    }
    case 'dotenv':
    case 'dotenv-safe':
    case 'dotenv-flow':
    case '@next/env':
    case 'dotenv-expand':
      if (name === 'config' || name === 'load' || name === 'expand' || name === 'loadEnvConfig')
        return fields(at, {
          parsed: variables(r, at),
          combinedEnv: variables(r, at),
          required: variables(r, at),
          error: { kind: 'const', value: undefined, at },
        });
      return name === 'parse' ? variables(r, at) : undefined;
    case '@nestjs/config':
      if (name === 'ConfigService') return { ...callee, path };
      if (/^ConfigService\.(get|getOrThrow)$/.test(name)) {
        const variable = constantOf(first);
        return variable === undefined || !/^[A-Z][A-Z\d_]*$/.test(variable)
          ? undefined
          : withFallback(environment(r, variable, at), second?.kind === 'record' ? args[2] : second);
      }
      return name === 'registerAs' ? second : undefined;
    default:
      return schemaCall(r, callee.package, path, args, at);
  }
}

/** A variable over a setting of a file. Where nobody is known to set it, the file speaks. */
const overriding = (value: Abstract, below: Abstract): Abstract => (isFromOutside(value) ? below : orElse(value, () => below));

const withFallback = (value: Abstract, fallback: Abstract | undefined): Abstract => (fallback && !isAbsent(fallback) ? orElse(value, () => fallback) : value);

const variables = (r: Resolver, at: Place): RecordValue =>
  recordOf(
    at,
    'env',
    (key) => environment(r, key, at),
    () => undefined,
  );

/** `config.db.host`: a property of a package that is a configuration object itself. */
export function configurationMember(r: Resolver, value: Extract<Abstract, { kind: 'library' }>, key: string, at: Place): Abstract | undefined {
  const path = value.path.filter((each) => each !== 'default');
  if (/^(?:node:)?process$/.test(value.package) && path.length === 1 && path[0] === 'env') return environment(r, key, at);
  if (value.package !== 'config' || path.length > 0 || ['get', 'has', 'util', 'default'].includes(key)) return undefined;
  return property(r, nodeConfig(r, at), key, at);
}

function lookUp(r: Resolver, whole: Abstract, path: Abstract | undefined, separator: string, at: Place): Abstract | undefined {
  const keys = pathKeys(path, separator);
  if (!keys) return unknown('a setting whose name is computed', at);
  return deepProperty(r, whole, keys, at) ?? unknown(`the setting \`${keys.join(separator)}\``, at);
}

/** Methods of configuration objects that a library made. */
export function configurationMethod(r: Resolver, receiver: RecordValue, method: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  const [first] = args;
  switch (method) {
    case 'get':
      return first ? lookUp(r, receiver, first, receiver.separator!, at) : receiver;
    case 'getProperties':
    case 'getSchema':
    case 'validate':
    case 'load':
    case 'loadFile':
    case 'set':
      return receiver;
    default:
      return undefined;
  }
}

const CODE = ['.js', '.ts', '.mjs', '.cjs', '.mts', '.cts', '.json', '.json5', '.jsonc', '.yaml', '.yml'];

/**
 * The settings that node-config gives to code of a file: `default`, the deployment's file, local files and
 * custom-environment-variables over each other. The deployment of tests is `test` unless the project says otherwise.
 */
function nodeConfig(r: Resolver, at: Place): Abstract {
  const folder = configFolder(r, at);
  if (folder === undefined) return unknown('the settings of config, whose folder is not found', at);
  const deployments = [
    ...new Set(
      ['NODE_CONFIG_ENV', 'NODE_ENV'].flatMap((name) => alternativesOf(environment(r, name, at)).map(constantOf)).filter((each) => each !== undefined),
    ),
  ].slice(0, 3);
  // Scripts may start the product too; tests run as `test` where they can.
  const chosen = deployments.includes('test') || deployments.length === 0 ? ['test'] : deployments;
  const load = (name: string): Abstract | undefined => loadLayer(r, `${folder}/${name}`, at);
  const mapped = load('custom-environment-variables');
  return oneOf(
    chosen.map((deployment) => {
      const layers = ['default', deployment, 'local', `local-${deployment}`].map(load).filter((each): each is Abstract => each !== undefined);
      const files = layers.length === 1 ? layers[0]! : merged(r, layers, at, true);
      return mapped?.kind === 'record' ? overlaid(r, files, mapped, at) : files;
    }),
  );
}

/** Whether node-config takes a setting from an environment variable where that is set. */
export function isMapped(r: Resolver, keys: readonly string[], at: Place): boolean {
  const folder = configFolder(r, at);
  const mapping = folder === undefined ? undefined : loadLayer(r, `${folder}/custom-environment-variables`, at);
  const found = mapping?.kind === 'record' ? deepProperty(r, mapping, keys, at) : undefined;
  return found?.kind === 'text' || (found?.kind === 'record' && found.get('__name') !== undefined);
}

function configFolder(r: Resolver, at: Place): string | undefined {
  const given = constantOf(environment(r, 'NODE_CONFIG_DIR', at));
  const named = given === undefined ? undefined : projectFolder(r, given, at.path);
  return (
    named ??
    foldersAbove(at.path)
      .map((each) => inFolder(each, 'config'))
      .find((each) => layer(r, `${each}/default`) !== undefined || layer(r, `${each}/test`) !== undefined)
  );
}

function loadLayer(r: Resolver, base: string, at: Place): Abstract | undefined {
  const path = layer(r, base);
  return path === undefined ? undefined : exportOf(r, path, isData(path) ? 'default' : /\.[cm]?ts$|\.mjs$/.test(path) ? 'default' : 'module.exports', at);
}

const projectFolder = (r: Resolver, path: string, file: string): string | undefined => {
  const found = CODE.map((extension) =>
    projectFile(r, /^[./<]/.test(path) ? `${path}/default${extension}` : `${WORKING_DIRECTORY}/${path}/default${extension}`, file),
  ).find((each) => each !== undefined && exists(r, each));
  return found?.slice(0, found.lastIndexOf('/'));
};

const layer = (r: Resolver, base: string): string | undefined => CODE.map((extension) => base + extension).find((path) => exists(r, path));

/** Settings with the environment variables that a mapping names for them: `{ db: { host: 'DB_HOST' } }`. */
function overlaid(r: Resolver, files: Abstract, mapping: RecordValue, at: Place): Abstract {
  return recordOf(
    at,
    `${keyOf(files)}<${keyOf(mapping)}`,
    (key) => {
      const below = property(r, files, key, at);
      const mapped = mapping.get(key);
      const variable = mapped?.kind === 'record' ? constantOf(mapped.get('__name')) : constantOf(mapped);
      if (variable !== undefined) {
        const value = environment(r, variable, at);
        if (below && !isAbsent(below) && below.kind !== 'unknown') return overriding(value, below);
        return value.kind === 'text' ? { ...value, from: [...(value.from ?? []), OPTIONAL] } : value;
      }
      return mapped?.kind === 'record' ? overlaid(r, below && !isAbsent(below) ? below : fields(at, {}), mapped, at) : below;
    },
    () => {
      const [one, two] = [files.kind === 'record' ? files.keys() : undefined, mapping.keys()];
      return one && two ? [...new Set([...one, ...two])] : undefined;
    },
  );
}

/** What a file hands to the named methods, whatever object they are called on. */
function handed(r: Resolver, file: string, methods: readonly string[]): { readonly method: string; readonly args: Abstract[] }[] {
  return (r.index(file)?.facts.calls ?? []).flatMap((call) => {
    const { callee } = call;
    return callee.kind === 'member' && typeof callee.key === 'string' && methods.includes(callee.key)
      ? [{ method: callee.key, args: argumentsOf(r, call, file, undefined) }]
      : [];
  });
}

const DOCUMENT = /\.(json|json5|jsonc|ya?ml)$/;
const OF_TESTS = /(?:^|[./-])test\.\w+$/;

function fileLayer(r: Resolver, args: readonly Abstract[], at: Place): Abstract | undefined {
  const paths = args.flatMap((each): readonly (Abstract | undefined)[] =>
    each.kind === 'record' ? [property(r, each, 'file', at)] : each.kind === 'list' ? each.items : [each],
  );
  const named = paths.flatMap((each) => (each ? alternativesOf(each) : [])).filter((each) => DOCUMENT.test(constantOf(each) ?? ''));
  // Of the files of several deployments that of the tests; of a list the first.
  const found = named.find((each) => OF_TESTS.test(constantOf(each)!)) ?? (named.length > paths.length ? undefined : named[0]);
  return documentAt(r, found, at);
}

/** nconf looks into its stores in the order they were added; the files that set it up are the importing one and the exporting one. */
function nconf(r: Resolver, home: string, at: Place): Abstract {
  const calls = [...new Set([home, at.path])].flatMap((file) => handed(r, file, ['defaults', 'overrides', 'file', 'env']));
  const layers: Abstract[] = [];
  for (const { method, args } of calls) {
    const found = method === 'file' ? fileLayer(r, args, at) : method === 'env' ? undefined : args[0];
    if (found) layers.unshift(found);
  }
  const files = layers.length > 0 ? merged(r, layers, at, true) : undefined;
  if (!calls.some((each) => each.method === 'env')) return files ?? unknown('the settings of nconf', at);
  return recordOf(
    at,
    `nconf${files ? keyOf(files) : ''}`,
    (key) => {
      const below = files && property(r, files, key, at);
      const value = /^[A-Z][A-Z\d_]*$/.test(key) ? environment(r, key, at) : undefined;
      return value ? (below && !isAbsent(below) ? overriding(value, below) : value) : below;
    },
    () => undefined,
  );
}

/** convict: every leaf of the schema has a default and may have a variable; loaded files lie between. */
function convict(r: Resolver, schema: Abstract, at: Place): Abstract | undefined {
  const source = alternativesOf(schema)[0]!;
  if (source.kind !== 'record') return undefined;
  let loaded: readonly Abstract[] | undefined;
  let isAsking = false;
  // Which file is loaded, the settings say themselves as they stand before: `config.loadFile(`${config.get('env')}.json`)`.
  const loads = (): readonly Abstract[] => {
    if (loaded || isAsking) return loaded ?? [];
    isAsking = true;
    const all = handed(r, at.path, ['loadFile', 'load']).flatMap(({ method, args }) =>
      method === 'load' ? args.filter((each) => each.kind === 'record') : [fileLayer(r, args, at)],
    );
    isAsking = false;
    const found = all.filter((each): each is Abstract => each !== undefined);
    if (found.length === all.length) loaded = found;
    return found;
  };
  const level = (shape: RecordValue, above: () => readonly Abstract[]): RecordValue =>
    recordOf(
      at,
      `convict${keyOf(shape)}`,
      (key) => {
        const node = shape.get(key);
        if (node?.kind !== 'record') return undefined;
        const inner = above()
          .map((each) => property(r, each, key, at))
          .filter((each): each is Abstract => !isAbsent(each) && each?.kind !== 'unknown');
        const keys = node.keys();
        if (keys && !keys.includes('default')) return level(node, () => inner);
        const variable = constantOf(node.get('env'));
        const below = inner.at(-1) ?? node.get('default');
        const value = variable === undefined ? undefined : environment(r, variable, at);
        return value && below && !isAbsent(below) && !(below.kind === 'const' && below.value === null) ? overriding(value, below) : (value ?? below);
      },
      () => shape.keys(),
      { separator: '.' },
    );
  return level(source, loads);
}
