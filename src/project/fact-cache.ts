import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFacts } from '../model/facts.js';
import { isObject } from './json-file.js';
import { cacheFolder } from './cache-folder.js';
import type { Walk } from './walk.js';
import { writeFileAtomic } from './write-file.js';

/**
 * Facts of files between runs. A file counts as unchanged when size and modification time are; when only the time differs
 * (a fresh checkout) its content decides. Facts are kept as text and parsed when asked for: a warm run asks for few.
 */
export interface FactCache {
  /** `text` is asked for only when the modification time has changed. */
  get(path: string, text: () => string | undefined): FileFacts | undefined;
  put(path: string, text: string, facts: FileFacts): void;
  /** Other data made from files of the project: valid while the stamp is. */
  remember<Value>(key: string, stamp: string, compute: () => Value): Value;
  /** Writes what has changed; entries of files that are gone are dropped. A cache that cannot be written is no failure. */
  save(): void;
}

interface Entry {
  readonly size: number;
  readonly mtimeMs: number;
  readonly hash: string;
  /** JSON of the facts; bytes as loaded, since most are never asked for. */
  readonly json: string | Buffer;
}
interface Kept {
  readonly stamp: string;
  readonly json: string | Buffer;
}

const MARK = 'isolation-audit facts';
const NEWLINE = Buffer.from('\n');

/** `version` is the tool's own: facts of another version are not read. */
export function openFactCache(walk: Walk, version: string): FactCache {
  const file = join(cacheFolder(walk.root), 'facts.ndjson');
  const { entries, data } = load(file, version);
  const parsed = new Map<string, FileFacts>();
  let isChanged = false;
  return {
    get(path, text) {
      const known = parsed.get(path);
      if (known) return known;
      const entry = entries.get(path);
      const stat = entry && walk.stat(path);
      if (!entry || stat?.size !== entry.size) return undefined;
      if (stat.mtimeMs !== entry.mtimeMs) {
        const content = text();
        if (content === undefined || hashOf(content) !== entry.hash) return undefined;
        entries.set(path, { ...entry, mtimeMs: stat.mtimeMs });
        isChanged = true;
      }
      const facts = parseFacts(entry.json, path);
      if (facts) parsed.set(path, facts);
      return facts;
    },
    put(path, text, facts) {
      const stat = walk.stat(path);
      if (!stat) return;
      entries.set(path, { size: stat.size, mtimeMs: stat.mtimeMs, hash: hashOf(text), json: JSON.stringify(facts) });
      parsed.set(path, facts);
      isChanged = true;
    },
    remember<Value>(key: string, stamp: string, compute: () => Value): Value {
      const known = data.get(key);
      const hash = hashOf(stamp);
      if (known?.stamp === hash) {
        try {
          const value: unknown = JSON.parse(known.json.toString());
          if (isObject(value)) return value as Value;
        } catch {
          // Damaged: made again below.
        }
      }
      const value = compute();
      data.set(key, { stamp: hash, json: JSON.stringify(value) });
      isChanged = true;
      return value;
    },
    save() {
      for (const path of entries.keys()) {
        if (walk.has(path)) continue;
        entries.delete(path);
        isChanged = true;
      }
      if (!isChanged) return;
      try {
        writeFileAtomic(file, dump(version, entries, data));
        isChanged = false;
      } catch {
        // A read-only checkout: the next run is slower, nothing else.
      }
    },
  };
}

/** Changes when one of the files does. */
export function stampOf(paths: readonly string[], walk: Walk): string {
  return paths.map((path) => `${path}:${walk.stat(path)?.size}:${walk.stat(path)?.mtimeMs}`).join('\n');
}

/** Two lines per entry. The head names format, version and counts, so a foreign or cut-off file is noticed before anything is believed. */
function dump(version: string, entries: ReadonlyMap<string, Entry>, data: ReadonlyMap<string, Kept>): Buffer {
  const parts: Buffer[] = [];
  const line = (content: string | Buffer): void => void parts.push(typeof content === 'string' ? Buffer.from(content) : content, NEWLINE);
  line(JSON.stringify({ kind: MARK, version, files: entries.size, data: data.size }));
  for (const [key, { stamp, json }] of data) {
    line(JSON.stringify([key, stamp]));
    line(json);
  }
  for (const [path, { size, mtimeMs, hash, json }] of entries) {
    line(JSON.stringify([path, size, mtimeMs, hash]));
    line(json);
  }
  return Buffer.concat(parts);
}

function load(file: string, version: string): { entries: Map<string, Entry>; data: Map<string, Kept> } {
  const entries = new Map<string, Entry>();
  const data = new Map<string, Kept>();
  try {
    const bytes = readFileSync(file);
    let at = 0;
    const line = (): Buffer => {
      const end = bytes.indexOf(10, at);
      if (end < 0) throw new Error('cut off');
      const content = bytes.subarray(at, end);
      at = end + 1;
      return content;
    };
    const head: unknown = JSON.parse(line().toString());
    if (!isObject(head) || head['kind'] !== MARK || head['version'] !== version) return { entries, data };
    for (let left = Number(head['data']); left > 0; left--) {
      const [key, stamp] = JSON.parse(line().toString()) as readonly [string, string];
      data.set(key, { stamp, json: line() });
    }
    for (let left = Number(head['files']); left > 0; left--) {
      const [path, size, mtimeMs, hash] = JSON.parse(line().toString()) as readonly [string, number, number, string];
      entries.set(path, { size, mtimeMs, hash, json: line() });
    }
    return { entries, data };
  } catch {
    return { entries: new Map(), data: new Map() };
  }
}

const LISTS = ['bindings', 'functions', 'calls', 'imports', 'exports', 'gaps', 'lines', 'directives'] as const satisfies readonly (keyof FileFacts)[];

function parseFacts(json: string | Buffer, path: string): FileFacts | undefined {
  try {
    const facts = JSON.parse(json.toString()) as FileFacts;
    return facts.path === path && LISTS.every((key) => Array.isArray(facts[key])) ? facts : undefined;
  } catch {
    return undefined;
  }
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}
