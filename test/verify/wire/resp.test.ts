import { describe, expect, test } from 'vitest';
import { createResp as create } from '../../../src/verify/wire/resp.js';
import { Unreadable, type Frame } from '../../../src/verify/wire/wire.js';

/** A wire whose frames and answers are lists. */
function createResp() {
  const wire = create();
  return { fromClient: (data: Buffer) => [...wire.fromClient(data)], fromServer: (data: Buffer) => [...wire.fromServer(data)], rest: () => wire.rest() };
}
const request = (...words: string[]): Buffer =>
  Buffer.from(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`);
const sent = (...all: string[][]): Buffer => Buffer.concat(all.map((words) => request(...words)));
const seen = (frames: readonly Frame[]): string[] => frames.flatMap(({ commands }) => commands.map(({ text }) => text));

describe('requests', () => {
  test('are read whole however the bytes are cut, and go on unchanged', () => {
    const bytes = Buffer.concat([sent(['SET', 'cart:1', 'ä\r\n*2\r\n'], ['GET', 'cart:1']), Buffer.from('PING hello\r\n'), sent(['DEL', ''])]);
    for (let cut = 1; cut < bytes.length; cut++) {
      const wire = createResp();
      const frames = [...wire.fromClient(bytes.subarray(0, cut)), ...wire.fromClient(bytes.subarray(cut))];
      expect(seen(frames)).toEqual(['SET cart:1 ä *2', 'GET cart:1', 'PING hello', "DEL ''"]);
      expect(Buffer.concat(frames.map((frame) => frame.bytes))).toEqual(bytes);
      expect(frames.map(({ start }) => start)).toEqual([0, 39, 64, 76]);
    }
  });

  test.each([
    [['GET', 'a'], 'GET', [{ kind: 'key', name: 'a', access: 'read' }]],
    [['mset', 'a', '1', 'b', '2'], 'MSET', ['a', 'b'].map((name) => ({ kind: 'key', name, access: 'write' }))],
    [['DEL', 'a', 'b'], 'DEL', ['a', 'b'].map((name) => ({ kind: 'key', name, access: 'clear' }))],
    [['BLPOP', 'jobs', 'later', '0'], 'BLPOP', ['jobs', 'later'].map((name) => ({ kind: 'key', name, access: 'write' }))],
    [['EVAL', 'return 1', '2', 'a', 'b', 'c'], 'EVAL', ['a', 'b'].map((name) => ({ kind: 'key', name, access: 'write' }))],
    [['FLUSHDB'], 'FLUSHDB', [{ kind: 'keyspace', name: '', access: 'clear' }]],
    [['SCAN', '0', 'MATCH', 'user:*'], 'SCAN', [{ kind: 'keyspace', name: 'user:*', access: 'read' }]],
    [['config', 'set', 'maxmemory', '1'], 'CONFIG SET', [{ kind: 'server', name: '', access: 'write' }]],
    [['XREAD', 'COUNT', '1', 'STREAMS', 'a', 'b', '0', '0'], 'XREAD', ['a', 'b'].map((name) => ({ kind: 'key', name, access: 'read' }))],
    [['PUBLISH', 'news', 'x'], 'PUBLISH', [{ kind: 'channel', name: 'news', access: 'write' }]],
    [['OBJECT', 'ENCODING', 'a'], 'OBJECT ENCODING', [{ kind: 'key', name: 'a', access: 'read' }]],
    [['CLIENT', 'SETNAME', 'x'], 'CLIENT SETNAME', []],
    [['JSON.SET', 'doc', '$', '1'], 'JSON.SET', [{ kind: 'key', name: 'doc', access: 'write' }]],
  ])('%j touches', (words, operation, touches) => {
    const [frame] = createResp().fromClient(request(...words));
    expect(frame?.commands[0]).toMatchObject({ operation, touches });
  });

  test('run in the database that was selected before', () => {
    const frames = createResp().fromClient(sent(['GET', 'a'], ['SELECT', '3'], ['GET', 'a']));
    expect(frames.map(({ database }) => database)).toEqual(['0', '0', '3']);
  });

  test('show no password, and a server without one is asked for its default user', () => {
    const frames = createResp().fromClient(sent(['AUTH', 'secret'], ['HELLO', '3', 'AUTH', 'me', 'secret']));
    expect(seen(frames)).toEqual(['AUTH ***', 'HELLO 3 AUTH *** ***']);
    expect(frames[0]?.bytes).toEqual(request('AUTH', 'default', 'secret'));
  });

  test('that are something else are said to be unreadable', () => {
    expect(() => createResp().fromClient(Buffer.from([0x16, 3, 1, 0, 10, 1, 10]))).toThrow(new Unreadable('TLS'));
    expect(() => createResp().fromClient(Buffer.from('*1\r\n:5\r\n'))).toThrow(new Unreadable('not RESP'));
    const wire = createResp();
    expect(() => wire.fromClient(request('MONITOR'))).toThrow(new Unreadable('MONITOR'));
    expect(wire.rest()).toEqual(request('MONITOR'));
  });
});

describe('answers', () => {
  test('belong to requests in order, whatever their shape and wherever they are cut', () => {
    const bytes = Buffer.from('+OK\r\n$-1\r\n*2\r\n*1\r\n:1\r\n$3\r\na\r\n\r\n%1\r\n+a\r\n~2\r\n#t\r\n,1.5\r\n-ERR no\r\n_\r\n*0\r\n');
    for (let cut = 1; cut < bytes.length; cut++) {
      const wire = createResp();
      wire.fromClient(sent(...Array.from({ length: 7 }, () => ['GET', 'a'])));
      const answers = [...wire.fromServer(bytes.subarray(0, cut)), ...wire.fromServer(bytes.subarray(cut))];
      expect(answers.flatMap(({ replies }) => replies)).toEqual(['ok', 'ok', 'ok', 'ok', 'error', 'ok', 'ok']);
    }
  });

  test('of a transaction come with EXEC, as one unit', () => {
    const wire = createResp();
    const frames = wire.fromClient(sent(['GET', 'z'], ['MULTI'], ['SET', 'a', '1'], ['INCR', 'b'], ['EXEC'], ['GET', 'a']));
    expect(frames.map(({ unit }) => unit)).toEqual([1, 2, 2, 2, 2, 3]);
    expect(frames.map(({ commands }) => commands[0]?.inTransaction)).toEqual([false, true, true, true, true, false]);
    expect(wire.fromServer(Buffer.from('$-1\r\n+OK\r\n+QUEUED\r\n+QUEUED\r\n'))).toHaveLength(1);
    expect(wire.fromServer(Buffer.from('*2\r\n+OK\r\n-ERR not an integer\r\n')).map(({ replies }) => replies[0])).toEqual(['ok', 'ok', 'error', 'ok']);
    expect(wire.fromServer(Buffer.from('$1\r\n1\r\n'))).toHaveLength(1);
  });

  test('say that a transaction that was given up ran nothing', () => {
    const wire = createResp();
    wire.fromClient(sent(['MULTI'], ['SET', 'a', '1'], ['EXEC']));
    expect(wire.fromServer(Buffer.from('+OK\r\n+QUEUED\r\n*-1\r\n')).map(({ replies }) => replies[0])).toEqual(['ok', 'none', 'ok']);
  });

  test('are told from messages that are pushed, in both versions of the protocol', () => {
    const two = createResp();
    two.fromClient(sent(['SUBSCRIBE', 'a', 'b']));
    const confirmed = '*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n*3\r\n$9\r\nsubscribe\r\n$1\r\nb\r\n:2\r\n';
    expect(two.fromServer(Buffer.from(`${confirmed}*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$2\r\nhi\r\n`))).toEqual([{ replies: ['ok'] }]);
    const three = createResp();
    three.fromClient(sent(['GET', 'a']));
    expect(three.fromServer(Buffer.from('>2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\na\r\n$1\r\n1\r\n'))).toEqual([{ replies: ['ok'] }]);
  });
});
