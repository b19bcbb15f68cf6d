/** Sees which paths are written and removed, and which ports are listened on, by the functions of Node that do it. */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { Server } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Use } from '../recording.js';

type Callable = (this: unknown, ...all: unknown[]) => unknown;
type Tell = (does: Use['does'], name: string) => void;

/** Where the path stands among the arguments, and what becomes of it. `Sync` and promises take the same. */
const FUNCTIONS: Readonly<Record<string, readonly (readonly [argument: number, does: Use['does']])[]>> = {
  writeFile: [[0, 'writes']],
  appendFile: [[0, 'writes']],
  mkdir: [[0, 'writes']],
  truncate: [[0, 'writes']],
  createWriteStream: [[0, 'writes']],
  open: [[0, 'writes']],
  copyFile: [[1, 'writes']],
  cp: [[1, 'writes']],
  symlink: [[1, 'writes']],
  link: [[1, 'writes']],
  rename: [
    [0, 'removes'],
    [1, 'writes'],
  ],
  rm: [[0, 'removes']],
  rmdir: [[0, 'removes']],
  unlink: [[0, 'removes']],
};

export function watchUses(tell: Tell): void {
  const fs = createRequire(__filename)('node:fs') as Record<string, unknown>;
  for (const [name, paths] of Object.entries(FUNCTIONS)) {
    for (const [home, own] of [
      [fs, name],
      [fs, `${name}Sync`],
      [fs['promises'], name],
    ] as const) {
      const methods = home as Record<string, Callable | undefined>;
      const plain = methods[own];
      if (plain)
        methods[own] = watched(plain, (all) => {
          if (name === 'open' && !writes(all[1])) return;
          for (const [argument, does] of paths) {
            const path = pathOf(all[argument]);
            if (path !== undefined) tell(does, path);
          }
        });
    }
  }
  syncBuiltinESMExports();

  const server = Server.prototype as unknown as { listen: Callable };
  server.listen = watched(server.listen, ([first]) => {
    const port = typeof first === 'object' && first !== null && 'port' in first ? first.port : first;
    // Zero is a port that the system chooses.
    if ((typeof port === 'number' || typeof port === 'string') && Number(port) > 0) tell('listens', String(Number(port)));
  });
}

/** The same function to whoever looks at it: `util.promisify` and others read what hangs on it. */
function watched(plain: Callable, see: (all: readonly unknown[]) => void): Callable {
  const seen: Callable = function (...all) {
    see(all);
    return plain.apply(this, all);
  };
  return Object.defineProperties(seen, Object.getOwnPropertyDescriptors(plain));
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
