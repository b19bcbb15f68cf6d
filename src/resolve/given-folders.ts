import type { RecordValue } from '../model/abstract.js';
import { constantOf, nameOf } from '../model/abstract.js';
import type { Place } from '../model/place.js';
import type { Event } from './events.js';

const FOLDER_OPTION = /^(\w*(out|output|migrations?|cache|data|storage|uploads?|temp|tmp|work|logs?|dest|target|state|dump)_?)?(dir|directory|folder|path)$/i;

/** `init({ migrationsDir: '/tmp/app-migrations' })` in a helper: whoever gets a folder of its own for temporary files writes there. */
export function givenFolders(options: RecordValue, at: Place, out: Event[]): void {
  for (const key of options.written ?? []) {
    if (!FOLDER_OPTION.test(key)) continue;
    const value = options.get(key);
    const path = constantOf(value);
    if (value?.kind !== 'text' || path === undefined || !/^(\/tmp|\/var\/tmp|<tmp>)\/[\w.-]/.test(path)) continue;
    const name = nameOf(value)!;
    out.push({
      e: 'react',
      at,
      via: [],
      assumed: ['the call writes to the folder that it is given'],
      reaction: {
        kind: 'claim',
        resource: { kind: 'filesystem', server: { kind: 'parts', parts: [''] }, name },
        op: 'write',
        client: 'option',
        decidedAt: value.at,
      },
    });
  }
}
