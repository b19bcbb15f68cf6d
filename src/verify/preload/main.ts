/**
 * Loaded before anything else into every Node process of a run: leads its connections to the hub, says whose they are, and lets none leave this machine.
 * It runs inside the tests of others: it keeps what it uses of Node before they can replace it, and must not fail where they would not.
 */
import { openSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { LabHandle } from '../recording.js';
import type { Note } from '../hub/messages.js';
import { tellLocks } from '../lock-files.js';
import { HANDLE, SETTINGS, type Settings, type Watch } from './settings.js';
import { isLoopback, readDestination } from './destination.js';
import { keepSettings } from './children.js';
import { holdTo } from './order.js';
import { watchUses, type Around } from './uses.js';

const { pid } = process;
const open = openSync;
const write = writeSync;
const nextTick = process.nextTick.bind(process);
const now = performance.now.bind(performance);
const since = performance.timeOrigin;

/** Where runners say which worker this is. */
const WORKERS = ['JEST_WORKER_ID', 'VITEST_POOL_ID', 'MOCHA_WORKER_ID', 'TEST_PARALLEL_INDEX'] as const;

const NOTHING: Watch = { paths: [], bases: [] };

function begin(settings: Settings): void {
  keepSettings(settings);
  const workerOf = (): string | undefined => WORKERS.map((name) => process.env[name]).find((id) => id !== undefined);
  const origin = () => ({ role: settings.role, pid, thread: threadId, ...defined({ worker: workerOf() }) });
  /** What is sent now belongs to this. A new object for each mark, so that a connection sees at once whether it knows it. */
  let mark: { readonly file?: string; readonly test?: string } = {};
  let connections = 0;
  const locks = settings.locks === undefined ? undefined : tellLocks(settings.locks, settings.role);

  let file: number | undefined;
  const note = (said: Note): void => {
    try {
      file ??= open(join(settings.notes, `${pid}-${threadId}.ndjson`), 'a');
      write(file, `${JSON.stringify(said)}\n`);
    } catch {
      // The tests have taken the file system away, or closed what they did not open: the command is told apart less well.
    }
  };

  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the socket that it belongs to
  const connect: (this: Socket, ...rest: unknown[]) => Socket = Socket.prototype.connect as never;
  Socket.prototype.connect = function (this: Socket, ...all: unknown[]): Socket {
    const wanted = readDestination(all);
    const service = settings.services.find(({ ports, path }) => (wanted.path === undefined ? ports.includes(wanted.port) : new RegExp(path).test(wanted.path)));
    const address = wanted.path ?? `${wanted.host}:${wanted.port}`;
    if (!service) {
      if (wanted.path !== undefined || isLoopback(wanted.host)) return connect.apply(this, all);
      note({ says: 'dial', address, refused: true, ...origin(), ...mark });
      const error = Object.assign(new Error(`isolation-audit lets no test leave this machine: it dials ${address}.`), { code: 'ECONNREFUSED' });
      nextTick(() => this.destroy(error));
      return this;
    }
    if (wanted.path === undefined && !isLoopback(wanted.host)) note({ says: 'dial', address, refused: false, ...origin(), ...mark });
    const { path: _, lookup: _lookup, host: _host, port: _port, ...rest } = wanted.options;
    const dialled = connect.call(this, { ...rest, host: '127.0.0.1', port: service.hub, family: 4, autoSelectFamily: false }, wanted.listener);
    // What speaks TLS from its first byte cannot be greeted for.
    if (!('encrypted' in this)) greet(this, address);
    return dialled;
  };

  function greet(socket: Socket, address: string): void {
    const id = `${pid}.${threadId}.${++connections}`;
    socket.write(`${settings.greeting}${JSON.stringify({ id, ...origin(), address })}\n`);
    let known: typeof mark | undefined;
    let sent = 0;
    const count = (chunk: unknown, encoding: unknown): void => {
      locks?.moves();
      if (known !== mark) {
        known = mark;
        note({ says: 'mark', from: id, at: sent, ...mark });
      }
      if (typeof chunk === 'string') sent += Buffer.byteLength(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : undefined);
      else if (ArrayBuffer.isView(chunk)) sent += chunk.byteLength;
    };
    const plainWrite = socket.write.bind(socket) as (...rest: unknown[]) => boolean;
    const plainEnd = socket.end.bind(socket) as (...rest: unknown[]) => Socket;
    socket.write = (...rest: unknown[]) => {
      count(rest[0], rest[1]);
      return plainWrite(...rest);
    };
    socket.end = (...rest: unknown[]) => {
      if (typeof rest[0] !== 'function' && rest[0] != null) count(rest[0], rest[1]);
      return plainEnd(...rest);
    };
  }

  if (settings.watch || locks) {
    const held = settings.order && settings.locks !== undefined ? holdTo(settings.order, settings.role, settings.locks) : undefined;
    const around: Around = (use) => {
      const steps = held?.enter(use) ?? [];
      const by = { at: since + now(), ...origin(), ...mark };
      return (reply) => {
        note({ says: 'use', ...use, ...by, reply });
        held?.leave(steps);
      };
    };
    watchUses(settings.watch ?? NOTHING, around, locks && { ...locks, removed: (path) => held?.gaveBack(path) });
  }

  const handle: LabHandle = {
    mark(of, test) {
      mark = defined({ file: of, test });
      locks?.moves();
    },
  };
  Object.defineProperty(process, HANDLE, { value: handle, enumerable: true, configurable: true });
}

function defined<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

const text = process.env[SETTINGS];
if (text !== undefined && !(HANDLE in process)) begin(JSON.parse(text) as Settings);
