/** Where a call of `Socket.prototype.connect` goes, in all the forms that it takes. */

export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly listener: unknown;
}

/** `connect(options, cb)`, `connect(port, host, cb)`, `connect(path, cb)`, and the list that Node's own callers hand over. */
export function readDestination(all: readonly unknown[]): Destination {
  // `net.connect` hands over one list, marked as read: [options, listener].
  const [first, second] = (Array.isArray(all[0]) ? all[0] : all) as readonly unknown[];
  const listener = Array.isArray(all[0]) ? second : all.findLast((each) => typeof each === 'function');
  const options = optionsOf(first, second);
  const path = typeof options['path'] === 'string' ? options['path'] : undefined;
  const host = typeof options['host'] === 'string' && options['host'] !== '' ? options['host'] : 'localhost';
  return { host, port: Number(options['port']), ...(path === undefined ? {} : { path }), options, listener };
}

function optionsOf(first: unknown, second: unknown): Record<string, unknown> {
  if (typeof first === 'object' && first !== null) return first as Record<string, unknown>;
  if (typeof first === 'string' && !(Number(first) >= 0)) return { path: first };
  return { port: first, host: second };
}

/** This machine, by name or address. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|::1|0\.0\.0\.0|::|::ffff:127\.\d+\.\d+\.\d+)$/i.test(host);
}
