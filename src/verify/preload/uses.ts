/** Sees calls of Node for paths and ports, before they begin and when they have ended. */
import { errorMonitor, type EventEmitter } from 'node:events';
import { constants } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { Server } from 'node:net';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalUse } from '../hub/messages.js';
import type { LockTeller } from '../lock-files.js';
import type { Access, Command } from '../recording.js';
import type { Watch } from './settings.js';

type Callable = (this: unknown, ...all: unknown[]) => unknown;
type Reply = Command['reply'];
/** Called before a call begins; may keep it waiting. What it gives is called when the call has ended. */
export type Around = (use: LocalUse) => (reply: Reply) => void;
/** Who is told of lock files. */
export interface LockWatch extends LockTeller {
  readonly removed: (path: string) => void;
}
/** A call has ended, by this error where it has failed. */
type End = (error?: unknown) => void;

/** Where the path stands among the arguments, and what becomes of it. `Sync` and promises take the same. */
const FUNCTIONS: Readonly<Record<string, readonly (readonly [argument: number, access: Access])[]>> = {
  access: [[0, 'read']],
  exists: [[0, 'read']],
  lstat: [[0, 'read']],
  opendir: [[0, 'read']],
  readFile: [[0, 'read']],
  readdir: [[0, 'read']],
  stat: [[0, 'read']],
  writeFile: [[0, 'write']],
  appendFile: [[0, 'write']],
  mkdir: [[0, 'write']],
  truncate: [[0, 'write']],
  open: [[0, 'write']],
  copyFile: [
    [0, 'read'],
    [1, 'write'],
  ],
  cp: [
    [0, 'read'],
    [1, 'write'],
  ],
  symlink: [[1, 'write']],
  link: [[1, 'write']],
  rename: [
    [0, 'clear'],
    [1, 'write'],
  ],
  rm: [[0, 'clear']],
  rmdir: [[0, 'clear']],
  unlink: [[0, 'clear']],
};

/** Calls of these make a path only where it is not there yet, so that of several one succeeds: where the path stands, and the options that say so. */
const EXCLUSIVE: Readonly<Record<string, readonly [path: number, options?: number]>> = {
  mkdir: [0, 1],
  open: [0, 1],
  writeFile: [0, 2],
  appendFile: [0, 2],
  link: [1],
  symlink: [1],
};

export function watchUses(watch: Watch, around: Around, locks?: LockWatch): void {
  const fs = createRequire(__filename)('node:fs') as Record<string, unknown>;
  // Node's own functions are made of each other: it is the outermost that the test has called.
  let inside = false;
  const alone = <T>(work: () => T): T => {
    inside = true;
    try {
      return work();
    } finally {
      inside = false;
    }
  };
  const wrapped = (plain: Callable, name: string, run: (call: () => unknown, all: unknown[], begin: () => End) => unknown): Callable =>
    lookalike(plain, function (...all) {
      const touches = inside ? [] : touchesOf(name, all, watch);
      const lock = inside || !locks ? undefined : lockIn(name, all, locks, touches.length > 0);
      if (touches.length === 0 && !lock) return plain.apply(this, all);
      const begin = (): End => {
        const use: LocalUse = { service: 'files', operation: name, touches, text: [name, ...touches.map((each) => each.name)].join(' ') };
        const end = touches.length > 0 ? around(use) : undefined;
        const tried = lock?.();
        return (error) => {
          tried?.(error);
          end?.(error === undefined ? 'ok' : 'error');
        };
      };
      return run(() => alone(() => plain.apply(this, all)), all, begin);
    });

  for (const name of Object.keys(FUNCTIONS)) {
    replace(fs, `${name}Sync`, (plain) => wrapped(plain, name, (call, _, begin) => whole(call, begin())));
    replace(fs, name, (plain) =>
      wrapped(plain, name, (call, all, begin) => {
        const end = begin();
        const at = all.findLastIndex((each) => typeof each === 'function');
        const callback = all[at] as Callable | undefined;
        if (!callback) return whole(call, end);
        all[at] = function (this: unknown, ...answer: unknown[]) {
          end(answer[0] instanceof Error ? answer[0] : undefined);
          return callback.apply(this, answer);
        };
        return call();
      }),
    );
    replace(fs['promises'] as Record<string, unknown>, name, (plain) =>
      wrapped(plain, name, async (call, _, begin) => {
        const end = begin();
        try {
          const result = await call();
          end();
          return result;
        } catch (error) {
          end(error ?? true);
          throw error;
        }
      }),
    );
  }
  syncBuiltinESMExports();

  replace(Server.prototype as unknown as Record<string, unknown>, 'listen', (plain) =>
    lookalike(plain, function (...all) {
      const port = portOf(all[0]);
      if (port === undefined) return plain.apply(this, all);
      const end = around({ service: 'ports', operation: 'listen', touches: [{ kind: 'port', name: port, access: 'write' }], text: `listen ${port}` });
      const server = this as EventEmitter;
      const heard = (reply: Reply) => (): void => {
        server.off('listening', good).off(errorMonitor, bad);
        end(reply);
      };
      const [good, bad] = [heard('ok'), heard('error')];
      server.prependListener('listening', good).prependListener(errorMonitor, bad);
      return plain.apply(this, all);
    }),
  );
}

function whole(call: () => unknown, end: End): unknown {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    end(error ?? true);
    throw error;
  }
  end();
  return result;
}

/** What a call means for lock files: told before it begins, and by what comes of it; nothing where it means nothing. */
function lockIn(name: string, all: readonly unknown[], locks: LockWatch, isWatched: boolean): (() => End) | undefined {
  const [argument, options] = EXCLUSIVE[name] ?? [];
  const path = argument === undefined ? undefined : pathOf(all[argument]);
  if (path !== undefined && isExclusive(name, options === undefined ? undefined : all[options]))
    return () => (error) => {
      if (error === undefined || codeOf(error) === 'EEXIST') locks.tried(path, error === undefined);
    };
  const removed = (FUNCTIONS[name] ?? []).flatMap(([at, access]) => (access === 'clear' ? (pathOf(all[at]) ?? []) : []));
  if (removed.length > 0)
    return () => {
      for (const each of removed) locks.removes(each);
      return () => {
        for (const each of removed) locks.removed(each);
      };
    };
  if (isWatched) locks.moves(pathOf(all[0]));
  return undefined;
}

/** A folder, unless those around it may be there; a link; and what is opened with `x` or O_EXCL. */
function isExclusive(name: string, options: unknown): boolean {
  if (name === 'link' || name === 'symlink') return true;
  if (name === 'mkdir') return !(isRecord(options) && options['recursive'] === true);
  const flags = isRecord(options) ? (options['flag'] ?? options['flags']) : name === 'open' ? options : undefined;
  return typeof flags === 'number' ? (flags & constants.O_EXCL) !== 0 : typeof flags === 'string' && flags.includes('x');
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const codeOf = (error: unknown): unknown => (isRecord(error) ? error['code'] : undefined);

function replace(home: Record<string, unknown>, name: string, by: (plain: Callable) => Callable): void {
  const plain = home[name];
  if (typeof plain === 'function') home[name] = by(plain as Callable);
}

/** The same function to whoever looks at it: `util.promisify` and others read what hangs on it. */
const lookalike = (plain: Callable, other: Callable): Callable => Object.defineProperties(other, Object.getOwnPropertyDescriptors(plain));

function touchesOf(name: string, all: readonly unknown[], watch: Watch): LocalUse['touches'] {
  return FUNCTIONS[name]!.flatMap(([argument, access]) => {
    const path = pathOf(all[argument]);
    if (path === undefined) return [];
    const isMeant = watch.paths.some((each) => path === each || path.startsWith(each + sep) || (access === 'clear' && each.startsWith(path + sep)));
    return isMeant ? [{ kind: 'path', name: told(path, watch), access: name === 'open' && !writes(all[1]) ? 'read' : access } as const] : [];
  });
}

function told(path: string, { bases }: Watch): string {
  const base = bases.find(({ folder }) => path === folder || path.startsWith(folder + sep));
  return (base ? base.as + path.slice(base.folder.length + (base.as === '' ? 1 : 0)) : path).split(sep).join('/');
}

/** `r` and numbers without the bits for writing (fcntl.h: O_WRONLY 1, O_RDWR 2) only read. */
const writes = (flags: unknown): boolean => (typeof flags === 'number' ? (flags & 3) !== 0 : typeof flags === 'string' && /[wa+]/.test(flags));

function pathOf(value: unknown): string | undefined {
  try {
    if (typeof value === 'string') return resolve(value);
    if (value instanceof URL) return fileURLToPath(value);
    return Buffer.isBuffer(value) ? resolve(value.toString()) : undefined;
  } catch {
    // No path at all: the function itself says so.
    return undefined;
  }
}

/** Zero is a port that the system chooses. */
function portOf(first: unknown): string | undefined {
  const port = typeof first === 'object' && first !== null && 'port' in first ? first.port : first;
  return (typeof port === 'number' || typeof port === 'string') && Number(port) > 0 ? String(Number(port)) : undefined;
}
