/** Methods whose name says what they do to something that is not known. */
import type { Value } from '../model/facts.js';
import { PUTS_BACK } from './saved.js';

export const RESTORES = /^(restore|mockRestore|restoreAll|restoreAllMocks|resetAll|uninstall|unmock|useRealTimers|verifyAndRestore|reset)$/;
export const CLOSES =
  /^(close|closeAll|end|quit|stop|destroy|disconnect|dispose|terminate|kill|shutdown|release|cleanup|teardown|remove|rm|unlink|stopAll|down|tearDown)$/i;

export const WRITES = new Set(['push', 'unshift', 'splice', 'set', 'add', 'clear', 'delete', 'pop', 'shift', 'fill', 'length']);

const ASSIGNS = new Set([
  'Object.assign',
  'Object.defineProperty',
  'Object.defineProperties',
  'Object.setPrototypeOf',
  'Reflect.set',
  'Reflect.defineProperty',
  'Reflect.deleteProperty',
]);

/** Whether a call by this name may change, close or put back what it is called on or given. */
export function changesByName(callee: Value): boolean {
  if (callee.kind !== 'member') return false;
  if (typeof callee.key !== 'string') return true;
  if (callee.of.kind === 'outer' && ASSIGNS.has(`${callee.of.name}.${callee.key}`)) return true;
  return WRITES.has(callee.key) || PUTS_BACK.test(callee.key) || RESTORES.test(callee.key) || CLOSES.test(callee.key);
}
