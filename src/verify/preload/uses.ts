/** Sees calls of Node for paths and ports, before they begin and when they have ended. */
import { errorMonitor, type EventEmitter } from 'node:events';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { Server } from 'node:net';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalUse } from '../hub/messages.js';
import type { Access, Command } from '../recording.js';
import type { Watch } from './settings.js';

type Callable = (this: unknown, ...all: unknown[]) => unknown;
type Reply = Command['reply'];
/** Called before a call begins; may keep it waiting. What it gives is called when the call has ended. */
export type Around = (use: LocalUse) => (reply: Reply) => void;

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

export function watchUses(watch: Watch, around: Around): void {
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
  const wrapped = (plain: Callable, name: string, run: (call: () => unknown, all: unknown[], use: LocalUse) => unknown): Callable =>
    lookalike(plain, function (...all) {
      const touches = inside ? [] : touchesOf(name, all, watch);
      if (touches.length === 0) return plain.apply(this, all);
      const use: LocalUse = { service: 'files', operation: name, touches, text: [name, ...touches.map((each) => each.name)].join(' ') };
      return run(() => alone(() => plain.apply(this, all)), all, use);
    });

  for (const name of Object.keys(FUNCTIONS)) {
    replace(fs, `${name}Sync`, (plain) => wrapped(plain, name, (call, _, use) => whole(call, around(use))));
    replace(fs, name, (plain) =>
      wrapped(plain, name, (call, all, use) => {
        const end = around(use);
        const at = all.findLastIndex((each) => typeof each === 'function');
        const callback = all[at] as Callable | undefined;
        if (!callback) return whole(call, end);
        all[at] = function (this: unknown, ...answer: unknown[]) {
          end(answer[0] instanceof Error ? 'error' : 'ok');
          return callback.apply(this, answer);
        };
        return call();
      }),
    );
    replace(fs['promises'] as Record<string, unknown>, name, (plain) =>
      wrapped(plain, name, async (call, _, use) => {
        const end = around(use);
        try {
          const result = await call();
          end('ok');
          return result;
        } catch (error) {
          end('error');
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

function whole(call: () => unknown, end: (reply: Reply) => void): unknown {
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    end('error');
    throw error;
  }
  end('ok');
  return result;
}

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
