import type { CallSpec, Opening } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

/** What `listen(port)` and `listen({ port })` bind: a free port where none is named. */
export const listenedPort: Opening = { kind: 'network-port', name: ['arg0.port', 'arg0'], privateNames: ['0'], randomByDefault: true };

/** `listen()` of a server of Node, or of one that passes it on. */
export const serverListens: CallSpec = { call: 'Server#listen', returns: 'receiver', op: 'bind', opens: listenedPort, owes: 'server.close()' };

/** The rest of such a server. */
export const serverCalls: readonly CallSpec[] = [
  { call: on('Server', 'close [asyncDispose] closeAllConnections destroy stop shutdown'), releases: 'receiver' },
  { call: 'Server#on|Server#once', returns: 'receiver' },
  { call: on('Server', 'unref ref setTimeout'), returns: 'receiver' },
];

/** `listen()` of an app, which makes the server. */
export const appListens: CallSpec = { call: 'App#listen', returns: 'Server', op: 'bind', opens: listenedPort, owes: 'server.close()' };

/** An app in the manner of connect: routes are added to it, then it listens. */
export const appCalls: readonly CallSpec[] = [
  appListens,
  { call: on('App', 'use get post put patch delete all set on route'), returns: 'receiver' },
  ...serverCalls,
];
