import type { Abstract } from '../model/abstract.js';
import { constantOf } from '../model/abstract.js';
import type { Place } from '../model/place.js';
import type { ComputedOption, Json } from '../model/runner.js';
import { returned } from './calls.js';
import { exportOf } from './modules.js';
import type { Resolver } from './resolver.js';

export interface ReadConfiguration {
  readonly options: { readonly [key: string]: Json };
  readonly computed: readonly ComputedOption[];
  readonly optionPlaces: Readonly<Record<string, Place>>;
}

/** What a configuration module exports, as far as the source tells; nothing of it is run. */
export function readConfiguration(r: Resolver, path: string): ReadConfiguration {
  const at: Place = { path, span: [0, 0] };
  const computed: ComputedOption[] = [];
  const optionPlaces: Record<string, Place> = {};
  let whole = exportOf(r, path, 'default', at) ?? exportOf(r, path, 'module.exports', at);
  // `export default defineConfig(({ mode }) => ({ ... }))`, `module.exports = async () => ({ ... })`
  if (whole?.kind === 'fn') whole = returned(r, whole, [], undefined, at);
  if (whole?.kind === 'oneOf') whole = whole.of.find((each) => each.kind === 'record') ?? whole;
  const options = whole ? toJson(whole, whole.kind === 'list' ? 'projects' : '', computed, optionPlaces, 0) : undefined;
  if (options === undefined || options === null || typeof options !== 'object' || Array.isArray(options)) {
    if (Array.isArray(options)) return { options: { projects: options as Json }, computed, optionPlaces };
    return { options: {}, computed: [...computed, { key: '', why: whole?.kind === 'unknown' ? whole.why : 'its export is not an object', at }], optionPlaces };
  }
  return { options: options as { readonly [key: string]: Json }, computed, optionPlaces };
}

/** Plain data where the value is plain; what is not goes to `computed` and is left out. */
function toJson(value: Abstract, key: string, computed: ComputedOption[], places: Record<string, Place>, depth: number): Json | undefined {
  const say = (why: string, at?: Place): Json | undefined => {
    computed.push({ key, why, ...(at ? { at } : {}) });
    return undefined;
  };
  if (depth > 8) return say('it is nested too deep');
  switch (value.kind) {
    case 'const':
      if (value.at) places[key] = value.at;
      return value.value;
    case 'text': {
      places[key] = value.at;
      const known = constantOf(value);
      if (known === undefined) say('it depends on where it runs', value.at);
      return known;
    }
    case 'list': {
      places[key] = value.at;
      if (value.open) say('the list has parts that are not known', value.at);
      return value.items.map((each, index) => toJson(each, `${key}.${index}`, computed, places, depth + 1)).filter((each): each is Json => each !== undefined);
    }
    case 'record': {
      if (key !== '') places[key] = value.at;
      const keys = value.keys() ?? value.written ?? [];
      if (!value.keys()) say('it is spread from something that is not known', value.at);
      const out: Record<string, Json> = {};
      for (const each of keys) {
        const inner = value.get(each);
        const json = inner ? toJson(inner, key === '' ? each : `${key}.${each}`, computed, places, depth + 1) : undefined;
        if (json !== undefined) out[each] = json;
      }
      return out;
    }
    case 'oneOf': {
      say(
        `it is one of several values: ${value.of.map((each) => (each.kind === 'const' ? String(each.value) : (constantOf(each) ?? each.kind))).join(', ')}`,
        firstPlace(value),
      );
      return undefined;
    }
    case 'fn':
      return say('it is a function');
    case 'unknown':
      return say(value.why, value.at);
    default:
      return say('it is computed', 'at' in value ? value.at : undefined);
  }
}

const firstPlace = (value: Extract<Abstract, { kind: 'oneOf' }>): Place | undefined =>
  value.of.flatMap((each) => ('at' in each && each.at ? [each.at] : []))[0];
