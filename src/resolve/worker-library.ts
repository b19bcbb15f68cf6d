import type { Abstract, Pointed } from '../model/abstract.js';
import { constantOf, text } from '../model/abstract.js';
import { TEMPORARY } from '../model/paths.js';
import type { Place } from '../model/place.js';
import { property } from './evaluate.js';
import { fields, merged } from './objects.js';
import type { Resolver } from './resolver.js';
import { concat, flatten, mapEach, parseUrl, urlPart, withPath } from './text.js';

/** Calls of `isolation-audit/worker`: what they give is this worker's own. */
export function workerCall(r: Resolver, name: string, args: readonly Abstract[], at: Place): Abstract | undefined {
  const [first, second] = args;
  switch (name) {
    case 'workerDatabase':
      return first && ofWorker(first, at);
    case 'workerName':
      return first && concat([first, text('_', at), own(at)], at);
    case 'workerKeyPrefix':
      return second && concat([second, text(':', at), own(at), text(':', at)], at);
    case 'workerConnection':
      return second && connection(r, constantOf(first), second, at);
    case 'workerDirectory':
      return concat([text(`${TEMPORARY}/isolation-audit/`, at), own(at)], at);
    case 'workerPort':
    case 'freePort':
    case 'workerSlot':
      return own(at);
    case 'runId':
      return { kind: 'text', parts: [{ varies: 'run', source: 'isolation-audit', at }], at };
    default:
      return undefined;
  }
}

/** What a variable holds once it is pointed. */
export function pointedAt(kind: Pointed, value: Abstract, at: Place): Abstract {
  if (kind === 'database') return ofWorker(value, at);
  return kind === 'port' ? own(at) : concat([text(`${TEMPORARY}/isolation-audit/`, at), own(at)], at);
}

const own = (at: Place): Abstract => ({ kind: 'text', parts: [{ varies: 'worker', source: 'isolation-audit', at }], at });

/** A connection string with the worker's database in it, or a name or path that the worker's takes the place of. */
function ofWorker(value: Abstract, at: Place): Abstract {
  return mapEach(value, (each) => {
    if (each.kind !== 'text') return each;
    const url = parseUrl(flatten(each).flat);
    if (!url) {
      // A variable that nobody is known to set still leads to the server that it names.
      const [only] = each.parts;
      const isVariable = each.parts.length === 1 && only !== undefined && typeof only !== 'string' && 'varies' in only;
      return isVariable ? concat([text('worker://', at), urlPart(each, 'host'), text('/', at), own(at)], at) : concat([each, text('_', at), own(at)], at);
    }
    if (/^(?:file|sqlite)$/.test(url.protocol)) return concat([text(`${url.protocol}:${TEMPORARY}/isolation-audit/`, at), own(at), text('.db', at)], at);
    return withPath(each, /^(?:redis|valkey)/.test(url.protocol) ? own(at) : concat([urlPart(each, 'path') ?? text('', at), text('_', at), own(at)], at), at);
  });
}

const NAMES = ['database', 'dbName', 'db'];

function connection(r: Resolver, kind: string | undefined, options: Abstract, at: Place): Abstract {
  const said = (name: string): Abstract | undefined => {
    const value = property(r, options, name, at);
    return value && (value.kind === 'text' || value.kind === 'oneOf' || constantOf(value) !== undefined) ? value : undefined;
  };
  const key = NAMES.find((name) => said(name) !== undefined);
  const name = kind === 'redis' || key === undefined ? own(at) : mapEach(said(key)!, (each) => concat([each, text('_', at), own(at)], at));
  return merged(r, [options, fields(at, { [key ?? (property(r, options, 'socket', at)?.kind === 'record' ? 'database' : 'db')]: name })], at);
}
