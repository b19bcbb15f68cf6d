import type { Abstract } from '../model/abstract.js';
import { constantOf, text, unknown } from '../model/abstract.js';
import { HOME, isAbsolute, normalisePath, ROOT, TEMPORARY, WORKING_DIRECTORY } from '../model/paths.js';
import type { Place } from '../model/place.js';
import type { Json } from '../model/runner.js';
import { copied } from './objects.js';
import type { Resolver } from './resolver.js';
import { mapEach } from './text.js';

/** JSON and YAML as values. Where a value stands is looked up only for those that somebody shows. */
export function dataValue(r: Resolver, data: Json, path: string, keys: readonly string[] = []): Abstract {
  const at: Place = {
    path,
    get span() {
      return r.sources.dataSpan?.(path, keys) ?? [0, 0];
    },
  };
  const part = (key: string, each: Json): Abstract => dataValue(r, each, path, [...keys, key]);
  if (typeof data === 'string') return text(data, at);
  if (data === null || typeof data === 'number' || typeof data === 'boolean') return { kind: 'const', value: data, at };
  if (isList(data)) return { kind: 'list', items: data.map((each, index) => part(String(index), each)), open: false, at };
  return { kind: 'record', at, get: (key) => (Object.hasOwn(data, key) ? part(key, data[key]!) : undefined), keys: () => Object.keys(data) };
}

const isList = (data: Json): data is readonly Json[] => Array.isArray(data);

/** Folders from the one of a file up to the root, which is the empty text. */
export function foldersAbove(file: string): string[] {
  const out: string[] = [];
  for (let folder = file; folder !== '';) {
    folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
    out.push(folder);
  }
  return out;
}

export const inFolder = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** The file of the project that a path names at run time. What the working directory is nobody knows: a folder above the asking file. */
export function projectFile(r: Resolver, path: string, file: string): string | undefined {
  const bare = path.replace(/^file:(\/\/)?/, '');
  if (bare.startsWith(`${ROOT}/`)) return normalisePath(bare.slice(ROOT.length + 1));
  if (bare.startsWith(TEMPORARY) || bare.startsWith(HOME)) return undefined;
  const relative = bare.startsWith(`${WORKING_DIRECTORY}/`) ? bare.slice(WORKING_DIRECTORY.length + 1) : isAbsolute(bare) ? undefined : bare;
  if (relative === undefined) return undefined;
  return foldersAbove(file)
    .map((folder) => normalisePath(inFolder(folder, relative)))
    .find((each) => exists(r, each));
}

export const exists = (r: Resolver, path: string): boolean => r.sources.has?.(path) ?? (isData(path) && r.sources.data(path) !== undefined);

export const isData = (path: string): boolean => /\.(json|json5|jsonc|ya?ml)$/.test(path);

const FILE = 'file:';

/** What a file holds: text that nobody has read yet, marked with the file's path. */
export function contentOf(r: Resolver, path: Abstract | undefined, at: Place): Abstract | undefined {
  if (!path) return undefined;
  return mapEach(path, (each) => {
    const known = constantOf(each);
    const file = known === undefined ? undefined : projectFile(r, known, at.path);
    const content = unknown('what a file holds', at);
    return file === undefined || !isData(file) ? content : { kind: 'text', parts: [content], at, from: [FILE + file] };
  });
}

/** `JSON.parse` and the like of what a file holds: objects that are made anew by each call. */
export function parsedContent(r: Resolver, content: Abstract | undefined, at: Place): Abstract | undefined {
  if (content?.kind !== 'text') return undefined;
  const path = content.from?.find((each) => each.startsWith(FILE))?.slice(FILE.length);
  const data = path === undefined ? undefined : r.sources.data(path);
  return path === undefined || data === undefined ? undefined : copied(dataValue(r, data, path), at);
}

/** `readJson(path)`: read and parsed at once. */
export function documentAt(r: Resolver, path: Abstract | undefined, at: Place): Abstract | undefined {
  const content = contentOf(r, path, at);
  return content && mapEach(content, (each) => parsedContent(r, each, at) ?? unknown('what a file holds', at));
}
