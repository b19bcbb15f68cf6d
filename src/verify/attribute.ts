/** Tells whose the commands were: what the hub saw by connection and byte, joined with what the processes noted. Pure. */
import { grouped } from '../model/grouped.js';
import type { Greeting, Note, RawCommand, Seen } from './hub/messages.js';
import type { Command, Dial, Origin, Recording, Unread } from './recording.js';

/** `notes` of each process in the order in which it wrote them. */
export function attribute(seen: Seen, notes: readonly Note[]): Recording {
  const marks = grouped(
    notes.filter((note) => note.says === 'mark'),
    ({ from }) => from,
  );
  const originOf = (from: string): Origin => {
    const greeting = seen.connections[from];
    if (!greeting) return { role: '', process: { pid: 0, thread: 0 } };
    return whose(greeting);
  };
  const testOf = (from: string, start: number): Pick<Origin, 'file' | 'test'> => {
    const mark = marks.get(from)?.findLast(({ at }) => at <= start);
    return named(mark ?? {});
  };
  return {
    commands: seen.commands.map(({ from, start, ...command }: RawCommand): Command => ({ ...command, ...originOf(from), ...testOf(from, start) })),
    unread: seen.unread.map(({ from, ...trouble }): Unread => ({ ...trouble, ...originOf(from) })),
    dials: notes.flatMap((note): Dial[] => (note.says === 'dial' ? [{ address: note.address, refused: note.refused, ...whose(note) }] : [])),
    uses: notes
      .filter((note) => note.says === 'use')
      .sort((a, b) => a.at - b.at)
      .map(({ service, operation, touches, text, at, reply, ...by }, seq): Command => {
        const call = { seq, unit: seq, connection: 0, database: '', inTransaction: false };
        return { ...call, at, service, operation, touches, text, reply, ...whose(by) };
      }),
    ...(seen.schedule ? { schedule: seen.schedule } : {}),
  };
}

const whose = ({ role, pid, thread, worker, ...note }: Pick<Greeting, 'role' | 'pid' | 'thread' | 'worker'> & Pick<Origin, 'file' | 'test'>): Origin => ({
  role,
  process: { pid, thread },
  ...(worker === undefined ? {} : { worker }),
  ...named(note),
});

const named = ({ file, test }: { readonly file?: string; readonly test?: string }): Pick<Origin, 'file' | 'test'> => ({
  ...(file === undefined ? {} : { file }),
  ...(test === undefined ? {} : { test }),
});
