/** What can outlive a test inside one process. The runner models say which kinds reach the next file. */
export type StateKind =
  /** Module-level variables and singletons of the project and of its dependencies. */
  | 'module'
  /** Properties of globalThis. */
  | 'global'
  /** Built-ins that belong to the realm: Array.prototype, Math, Date. */
  | 'intrinsic'
  /** Objects that stay the host's inside a vm context: Buffer, URL, fetch, setTimeout, streams. */
  | 'host-intrinsic'
  /** Exports and prototypes of core modules: fs, net, http. */
  | 'core-module'
  | 'console'
  | 'env'
  /** Other properties of `process`, and its listeners. */
  | 'process'
  | 'cwd'
  /** Spies and stubs. */
  | 'mock'
  | 'module-mock'
  /** Fake clocks. */
  | 'timers'
  /** The runner's own env and global stubs (`vi.stubEnv`, `vi.stubGlobal`). */
  | 'env-stub'
  | 'global-stub'
  | 'http-mock'
  /** Intervals, servers, sockets and connections left open. */
  | 'handle'
  | 'port'
  | 'file';

/** Globals that stay the host's objects inside a vm context (measured on Jest 30.5 and Vitest 4.1): changing the object reaches the next file. */
export const HOST_INTRINSICS: ReadonlySet<string> = new Set([
  'AbortController',
  'AbortSignal',
  'ArrayBuffer',
  'Blob',
  'BroadcastChannel',
  'Buffer',
  'Crypto',
  'CryptoKey',
  'SubtleCrypto',
  'crypto',
  'CustomEvent',
  'Event',
  'EventTarget',
  'DOMException',
  'File',
  'FormData',
  'Headers',
  'Request',
  'Response',
  'MessageChannel',
  'MessageEvent',
  'MessagePort',
  'Performance',
  'performance',
  'ReadableStream',
  'WritableStream',
  'TransformStream',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'Uint8Array',
]);
