/** What the hub itself asks of a Redis server. */
import { connect } from 'node:net';
import type { HubService, Target } from '../hub/messages.js';
import type { Holdings } from './holdings.js';

/** Sends one command after the other; gives the answers as the server wrote them. The last of them must be short. */
function askRedis(target: Target, commands: readonly (readonly string[])[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(target);
    let text = '';
    socket.setTimeout(10_000, () => socket.destroy(new Error('The Redis server does not answer.')));
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
    for (const words of [...commands, ['QUIT']]) {
      socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`);
    }
  });
}

/** Whether there is a key in any of its databases. */
export async function redisHolds(target: Target): Promise<boolean> {
  return /^db\d+:keys=/m.test(await askRedis(target, [['INFO', 'keyspace']]));
}

export async function redisKeys({ target }: HubService): Promise<Holdings> {
  return {
    version: /^redis_version:(\S+)/m.exec(await askRedis(target, [['INFO', 'server']]))?.[1] ?? '',
    async empty() {
      await askRedis(target, [['FLUSHALL'], ['SCRIPT', 'FLUSH'], ['FUNCTION', 'FLUSH']]);
    },
  };
}
