/** The databases of a MongoDB server during a run: they come with what tests write into them, and are gone before the next run. */
import { connect } from 'node:net';
import type { HubService, Target } from '../hub/messages.js';
import { documentsOf, fieldsOf, numberOf, textOf, type Written } from '../wire/bson.js';
import { message, readMessage, type Message } from '../wire/mongodb-messages.js';
import { Incoming } from '../wire/wire.js';
import type { Holdings } from './holdings.js';

/** What stands on every server. */
const SYSTEM = ['admin', 'config', 'local'];

/** On a server that is `given`, what stood there before is left alone. */
export async function mongodbDatabases({ target, given }: HubService): Promise<Holdings> {
  const ask = openMongodb(target);
  const databases = async (): Promise<string[]> => {
    const { body, document } = await ask({ listDatabases: 1, nameOnly: true, $db: 'admin' });
    return documentsOf(body, fieldsOf(body, document).get('databases')).map((at) => textOf(body, fieldsOf(body, at).get('name')) ?? '');
  };
  const { body, document } = await ask({ buildInfo: 1, $db: 'admin' });
  const foreign = new Set([...SYSTEM, ...(given ? await databases() : [])]);
  return {
    version: textOf(body, fieldsOf(body, document).get('version')) ?? '',
    async empty() {
      for (const name of await databases()) if (!foreign.has(name)) await ask({ dropDatabase: 1, $db: name });
    },
  };
}

type Ask = (command: Readonly<Record<string, Written>>) => Promise<Message>;

/** Sends one command after the other. */
function openMongodb(target: Target): Ask {
  const socket = connect(target);
  const incoming = new Incoming();
  const queue: { readonly resolve: (answer: Message) => void; readonly reject: (error: Error) => void }[] = [];
  let broken: Error | undefined;
  let ids = 0;
  const fail = (error: Error): void => {
    broken ??= error;
    for (const each of queue.splice(0)) each.reject(broken);
  };
  socket.on('data', (data) => {
    incoming.add(data);
    for (let answer = readMessage(incoming); answer; answer = readMessage(incoming)) {
      const fields = fieldsOf(answer.body, answer.document);
      if (numberOf(answer.body, fields.get('ok')) === 1) queue.shift()?.resolve(answer);
      else queue.shift()?.reject(new Error(`MongoDB: ${textOf(answer.body, fields.get('errmsg')) ?? 'refused'}`));
    }
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The MongoDB server has closed the connection.')));
  return (command) =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken);
      queue.push({ resolve, reject });
      socket.write(message(++ids, command));
    });
}
