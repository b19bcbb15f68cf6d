import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLab } from '../../src/verify/lab.js';
import { fieldsOf, textOf, type Written } from '../../src/verify/wire/bson.js';
import { message, readMessage } from '../../src/verify/wire/mongodb-messages.js';
import { Incoming } from '../../src/verify/wire/wire.js';
import { buildPrograms } from './programs.js';
import { roles } from './roles.js';

/* No server of MongoDB can be had here: one that answers as its documentation says stands in for it. */

const { script, alone } = roles();
const databases = new Set(['admin', 'config', 'local', 'stood_here']);
const seen: string[] = [];
let server: Server;

function answerTo(command: string, database: string): Readonly<Record<string, Written>> {
  seen.push(`${command} ${database}`);
  if (command === 'buildInfo') return { version: '8.0.4', ok: 1 };
  if (command === 'listDatabases') return { databases: [...databases].map((name) => ({ name })), ok: 1 };
  if (command === 'insert') databases.add(database);
  if (command === 'dropDatabase') databases.delete(database);
  return { ok: 1 };
}

beforeAll(async () => {
  server = createServer((socket) => {
    const incoming = new Incoming();
    let ids = 0;
    socket.on('data', (data) => {
      incoming.add(data);
      for (let next = readMessage(incoming); next; next = readMessage(incoming)) {
        const fields = fieldsOf(next.body, next.document);
        const [command = ''] = fields.keys();
        socket.write(message(++ids, answerTo(command, textOf(next.body, fields.get('$db')) ?? ''), next.id));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

test('what a run has made is dropped before the next, and what stood there is not', async () => {
  const { port } = server.address() as AddressInfo;
  const lab = await openLab({ needs: [{ kind: 'mongodb' }], urls: { mongodb: `mongodb://127.0.0.1:${port}` }, programs: await buildPrograms() });
  try {
    expect(lab.services).toEqual([{ kind: 'mongodb', how: 'given', version: '8.0.4' }]);
    const bytes = message(7, { insert: 'orders', documents: [{ name: 'Ada' }], $db: 'shop' }).toString('base64');
    const insert = script(
      'insert',
      "mark('one');",
      `const socket = require('node:net').connect(27017, 'mongo.internal'); socket.write(Buffer.from('${bytes}', 'base64'));`,
      "await new Promise((done) => socket.once('data', done)); socket.destroy();",
    );
    const { code, said, recording } = await alone(lab, insert);
    expect({ code, said }).toEqual({ code: 0, said: '' });
    expect(recording.commands).toMatchObject([
      { test: 'one', database: 'shop', operation: 'INSERT', touches: [{ kind: 'collection', name: 'orders', access: 'write' }], reply: 'ok' },
    ]);
    seen.length = 0;
    await alone(lab, script('nothing'));
    expect(seen).toEqual(['listDatabases admin', 'dropDatabase shop']);
    expect([...databases]).toEqual(['admin', 'config', 'local', 'stood_here']);
  } finally {
    await lab.close();
  }
}, 60_000);
