/** A connection with a server that answers one question after the other. */
import { connect } from 'node:net';
import type { Target } from '../hub/messages.js';
import { Incoming } from '../wire/wire.js';

export interface Line<Answer, Heard> {
  /** Sends a question, or waits for what the server says by itself; `heard` is what its answer is put together in. */
  ask(heard: Heard, send?: Buffer): Promise<Answer>;
  /** Sends what no answer is waited for. */
  send(bytes: Buffer): void;
  /** What is put together for the first question that is open. */
  current(): Heard | undefined;
  /** Answers that question. */
  settle(answer: Answer | Error): void;
  /** Refuses all questions, the open ones and those to come. */
  readonly fail: (error: Error) => void;
  readonly end: () => void;
}

interface Question<Answer, Heard> {
  readonly heard: Heard;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** `hear` takes what is complete out of the bytes that have come. */
export function openLine<Answer, Heard = undefined>(
  target: Target,
  server: string,
  hear: (incoming: Incoming, line: Line<Answer, Heard>) => void,
): Line<Answer, Heard> {
  const socket = connect(target);
  const incoming = new Incoming();
  const open: Question<Answer, Heard>[] = [];
  let broken: Error | undefined;
  const line: Line<Answer, Heard> = {
    ask: (heard, send) =>
      new Promise((resolve, reject) => {
        if (broken) return reject(broken);
        open.push({ heard, resolve, reject });
        if (send) socket.write(send);
      }),
    send: (bytes) => void socket.write(bytes),
    current: () => open[0]?.heard,
    settle(answer) {
      const question = open.shift();
      if (answer instanceof Error) question?.reject(answer);
      else question?.resolve(answer);
    },
    fail(error) {
      broken ??= error;
      for (const each of open.splice(0)) each.reject(broken);
    },
    end: () => socket.destroy(),
  };
  socket.on('data', (data) => {
    incoming.add(data);
    hear(incoming, line);
  });
  socket.on('error', line.fail);
  socket.on('close', () => line.fail(new Error(`The ${server} server has closed the connection.`)));
  return line;
}
