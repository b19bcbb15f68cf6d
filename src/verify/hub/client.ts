/** The laboratory's end of the line to its hub. */
import { spawn } from 'node:child_process';
import type { FromHub, ToHub } from './messages.js';

type Asked = Extract<ToHub, { do: 'open' | 'begin' | 'finish' }>;
type Answered<K extends FromHub['did']> = Extract<FromHub, { did: K }>;

export interface HubClient {
  readonly pid: number;
  ask<K extends Asked['do']>(message: Extract<Asked, { do: K }>): Promise<Answered<K>>;
  tell(message: Exclude<ToHub, Asked>): void;
  end(): void;
}

/** `words` start it; it must be a Node program, by whatever it is wrapped. */
export function startHub(words: readonly [string, ...string[]]): HubClient {
  const [file, ...args] = words;
  // In a session of its own: Ctrl-C must not end it before it has cleaned up.
  const child = spawn(file, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: plainEnvironment(), serialization: 'advanced' });
  let trouble = '';
  let failure: Error | undefined;
  let waiting: { readonly resolve: (message: never) => void; readonly reject: (error: Error) => void } | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    waiting?.reject(failure);
    waiting = undefined;
  };
  child.stderr?.on('data', (data: Buffer) => (trouble = (trouble + data.toString()).slice(-4000)));
  child.on('message', (message: FromHub) => {
    if (message.did === 'fail') return fail(new Error(message.why));
    waiting?.resolve(message as never);
    waiting = undefined;
  });
  // What cannot be sent to a hub that has just ended is followed by its end, which says more.
  child.on('error', (error) => {
    if (child.pid === undefined) fail(error);
  });
  child.on('exit', (code, signal) => fail(new Error(`The hub of the laboratory has ended (${signal ?? code}). ${trouble}`.trim())));
  return {
    pid: child.pid ?? 0,
    ask: (message) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        waiting = { resolve, reject };
        child.send(message);
      }),
    tell(message) {
      if (child.connected) child.send(message);
    },
    end() {
      failure ??= new Error('The laboratory is closed.');
      if (child.connected) child.disconnect();
    },
  };
}

/** Without what a debugger, a runner or another preload makes of a Node process. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, NODE_CHANNEL_FD: _channel, ...env } = process.env;
  return env;
}
