/** The databases of a MongoDB server during a run: they come with what tests write into them, and are gone before the next run. */
import type { HubService, Target } from '../hub/messages.js';
import { documentsOf, fieldsOf, numberOf, textOf, type Written } from '../wire/bson.js';
import { message, readMessage, type Message } from '../wire/mongodb-messages.js';
import type { Holdings } from './holdings.js';
import { openLine } from './line.js';

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
  const line = openLine<Message>(target, 'MongoDB', (incoming) => {
    for (let answer = readMessage(incoming); answer; answer = readMessage(incoming)) {
      const fields = fieldsOf(answer.body, answer.document);
      const isDone = numberOf(answer.body, fields.get('ok')) === 1;
      line.settle(isDone ? answer : new Error(`MongoDB: ${textOf(answer.body, fields.get('errmsg')) ?? 'refused'}`));
    }
  });
  let ids = 0;
  return (command) => line.ask(undefined, message(++ids, command));
}
