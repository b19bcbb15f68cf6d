/** A socket file that leads to a server on a port: the way into a network of its own. */
import { connect, createServer, type Server } from 'node:net';
import type { Target } from './hub/messages.js';

export function openRelay(path: string, target: Target): Promise<Server> {
  const server = createServer((socket) => {
    const other = connect(target);
    socket.pipe(other).pipe(socket);
    socket.on('error', () => other.destroy());
    other.on('error', () => socket.destroy());
    socket.on('close', () => other.destroy());
    other.on('close', () => socket.destroy());
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve(server));
  });
}
