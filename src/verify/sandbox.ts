/**
 * A network of its own for hub and tests, where the system gives one: only the loopback device is in it, every address leads there, and nothing leaves.
 * On Linux as root, or where users may make namespaces; elsewhere there is none, and the preload is all that holds tests back.
 */
import { spawnSync } from 'node:child_process';

export interface Sandbox {
  readonly kind: 'namespace' | 'preload';
  /** The words of a command that starts inside. The first one makes the sandbox, all others join it by the process that it became. */
  first(command: readonly [string, ...string[]]): [string, ...string[]];
  join(pid: number, command: readonly [string, ...string[]]): [string, ...string[]];
}

/** Every IPv4 address is this machine's own: who dials another meets nobody, or the hub. */
const LOOPBACK = 'ip link set lo up && ip route add local default dev lo && exec "$0" "$@"';

/** Root keeps what it may; others get a user namespace in which they stay who they are. */
const AS_ROOT = { first: ['unshare', '-n'], join: ['nsenter', '-n'] } as const;
const AS_USER = { first: ['unshare', '-n', '-c', '--keep-caps'], join: ['nsenter', '-n', '-U', '--preserve-credentials'] } as const;

/** None: the preload refuses for Node code, and native code is not held. */
export const WEAK: Sandbox = { kind: 'preload', first: ([...command]) => command, join: (_, [...command]) => command };

let known: Sandbox | undefined;

export function findSandbox(): Sandbox {
  return (known ??= probe());
}

function probe(): Sandbox {
  if (process.platform === 'linux') {
    const words = process.getuid?.() === 0 ? AS_ROOT : AS_USER;
    const namespace: Sandbox = {
      kind: 'namespace',
      first: (command) => [...words.first, '--', 'sh', '-c', LOOPBACK, ...command],
      join: (pid, command) => [...words.join, '-t', String(pid), '--', ...command],
    };
    const [file, ...args] = namespace.first(['true']);
    const joins = spawnSync('nsenter', ['--version'], { stdio: 'ignore' });
    if (spawnSync(file, args, { stdio: 'ignore' }).status === 0 && joins.status === 0) return namespace;
  }
  return WEAK;
}
