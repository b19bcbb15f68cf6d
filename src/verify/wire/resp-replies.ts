/** Answers of a Redis server, counted without keeping them: a value of a hundred megabytes passes in pieces. */
import { Unreadable } from './wire.js';

export interface Reply {
  /** The mark that it begins with: `+`, `-`, `$`, `*`, `>`... */
  readonly type: string;
  /** The first text inside a list, where it is short. */
  readonly first?: string;
  /** The marks that the parts of a list begin with. */
  readonly children: string;
}

const LINES = '+-:_#,(';
const TEXTS = '$!=';
const LISTS: Readonly<Record<string, number>> = { '*': 1, '~': 1, '>': 1, '%': 2 };

/** A function that takes the bytes as they come and gives the answers that they end. */
export function createReplies(): (data: Buffer) => readonly Reply[] {
  /** Parts still to come of the lists that are open, innermost last. */
  const open: number[] = [];
  let line = '';
  /** Bytes of a text that are still to come, its line end included. */
  let skip = 0;
  let text: string | undefined;
  let top: { type: string; first?: string; children: string } | undefined;

  return (data) => {
    const out: Reply[] = [];
    let at = 0;
    while (at < data.length) {
      if (skip > 0) {
        const taken = Math.min(skip, data.length - at);
        if (text !== undefined) text += data.toString('latin1', at, at + taken);
        skip -= taken;
        at += taken;
        if (skip > 0) break;
        if (text !== undefined && top) top.first = text.slice(0, -2);
        text = undefined;
        part(out);
        continue;
      }
      const end = data.indexOf(10, at);
      if (end < 0) {
        line += data.toString('latin1', at);
        if (line.length > 1_048_576) throw new Unreadable('not RESP');
        break;
      }
      line += data.toString('latin1', at, end);
      at = end + 1;
      begin(line.replace(/\r$/, ''), out);
      line = '';
    }
    return out;
  };

  function begin(said: string, out: Reply[]): void {
    const type = said[0] ?? '';
    if (!top) top = { type, children: '' };
    else if (open.length === 1) top.children += type;
    if (LINES.includes(type) && type !== '') {
      if (open.length === 1 && top?.children.length === 1) top.first ??= said.slice(1);
      return part(out);
    }
    const size = Number(said.slice(1));
    if (!Number.isInteger(size)) throw new Unreadable('not RESP');
    if (TEXTS.includes(type) && type !== '') {
      if (size < 0) return part(out);
      if (open.length === 1 && top?.children.length === 1 && top.first === undefined && size < 64) text = '';
      skip = size + 2;
      return;
    }
    const each = LISTS[type];
    if (each === undefined) throw new Unreadable('not RESP');
    if (size <= 0) return part(out);
    open.push(size * each);
  }

  /** One part is complete. */
  function part(out: Reply[]): void {
    while (open.length > 0) {
      const left = open.pop()! - 1;
      if (left > 0) {
        open.push(left);
        return;
      }
    }
    if (!top) throw new Unreadable('not RESP');
    out.push(top);
    top = undefined;
  }
}
