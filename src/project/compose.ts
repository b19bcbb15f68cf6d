import { posix } from 'node:path';
import type { Place } from '../model/place.js';
import { isObject, spanIndex } from './json-file.js';
import type { ProjectGap, Walk } from './walk.js';
import { parseYaml } from './yaml-file.js';

interface Placed {
  readonly value: string;
  readonly at: Place;
}
interface ComposeService {
  readonly name: string;
  readonly image?: string;
  readonly containerName?: Placed;
  /** Ports of the machine that are written as numbers; a port the engine picks is none. */
  readonly hostPorts: readonly Placed[];
  readonly environment: readonly (Placed & { readonly name: string })[];
  readonly at: Place;
}
export interface ComposeFile {
  readonly path: string;
  readonly projectName?: Placed;
  readonly services: readonly ComposeService[];
}

const COMPOSE = /(?:^|[-_.])compose(?:[-_.][\w.-]+)?\.ya?ml$/;

/** The compose files of a project. `${PORT:-5432}` reads as its default. */
export function readCompose(walk: Walk, gaps: ProjectGap[]): ComposeFile[] {
  const files: ComposeFile[] = [];
  for (const path of walk.files) {
    if (!COMPOSE.test(posix.basename(path))) continue;
    const text = walk.read(path).text;
    const parsed = text === undefined ? undefined : parseYaml(text);
    if (!parsed || 'error' in parsed) {
      gaps.push({ path, why: parsed ? `not valid YAML: ${parsed.error}` : 'it cannot be read' });
      continue;
    }
    if (!isObject(parsed.value) || !isObject(parsed.value['services'])) continue;
    const at = spanIndex(parsed.spans);
    const placed = (value: string, ...keys: string[]): Placed => ({ value: withDefaults(value), at: { path, span: at(...keys) ?? [0, 0] } });
    const services = Object.entries(parsed.value['services']).flatMap(([name, service]): ComposeService[] => {
      if (!isObject(service)) return [];
      const keys = ['services', name];
      const image = typeof service['image'] === 'string' ? withDefaults(service['image']) : undefined;
      const containerName = service['container_name'];
      const ports = Array.isArray(service['ports']) ? service['ports'] : [];
      return [
        {
          name,
          hostPorts: ports.flatMap((port, index) => {
            const host = hostPort(port);
            return host === undefined ? [] : [placed(host, ...keys, 'ports', String(index))];
          }),
          environment: variables(service['environment']).map(([variable, value, key]) => ({ name: variable, ...placed(value, ...keys, 'environment', key) })),
          at: { path, span: at(...keys, ...(image === undefined ? [] : ['image'])) ?? [0, 0] },
          ...(image === undefined ? {} : { image }),
          ...(typeof containerName === 'string' ? { containerName: placed(containerName, ...keys, 'container_name') } : {}),
        },
      ];
    });
    const projectName = parsed.value['name'];
    files.push({ path, services, ...(typeof projectName === 'string' ? { projectName: placed(projectName, 'name') } : {}) });
  }
  return files;
}

/** `5433:5432`, `127.0.0.1:5433:5432/tcp`, `{ published: 5433 }`; a lone `5432` is published on a port that the engine picks. */
function hostPort(port: unknown): string | undefined {
  if (isObject(port)) {
    const published = port['published'];
    if (typeof published === 'number') return published === 0 ? undefined : String(published);
    return typeof published === 'string' && published !== '' ? withDefaults(published) : undefined;
  }
  if (typeof port !== 'string') return undefined;
  const parts = withDefaults(port)
    .replace(/\/\w+$/, '')
    .split(':');
  const host = parts.length > 1 ? parts.at(-2) : undefined;
  return host !== undefined && /^\d+(?:-\d+)?$/.test(host) && host !== '0' ? host : undefined;
}

/** A map or a list of `NAME=value`, with the key of each place. */
function variables(value: unknown): [name: string, value: string, key: string][] {
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown, index): [string, string, string][] => {
      const cut = typeof each === 'string' ? each.indexOf('=') : -1;
      return cut > 0 && typeof each === 'string' ? [[each.slice(0, cut), each.slice(cut + 1), String(index)]] : [];
    });
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, each]): [string, string, string][] =>
    each === null || typeof each === 'object' ? [] : [[name, String(each), name]],
  );
}

function withDefaults(text: string): string {
  return text.replace(/\$\{\w+:?-([^{}]*)\}/g, '$1');
}
