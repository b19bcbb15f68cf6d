import type { CallSpec, Opening } from '../../model/catalogue.js';
import { inForms, on } from '../call-lists.js';

const at = (argument: string): Opening => ({ kind: 'filesystem', name: [argument] });

const written = { call: 'createWriteStream', op: 'write', opens: { kind: 'filesystem', name: ['arg0.fd', 'arg0'] } } as const;
const streamed: readonly CallSpec[] = [
  { ...written, when: ['arg1.flags=a|a+|as|as+'], note: 'append' },
  { ...written, otherwise: true },
];

/** The functions of Node's file system that take paths, in the forms in which a module has them; one with streams also has what the promises lack. */
export const pathCalls = (forms: readonly string[], { streams }: { readonly streams: boolean }): readonly CallSpec[] => {
  const reads = inForms('readFile readdir stat lstat access opendir readlink realpath', forms);
  return [
    { call: inForms('writeFile truncate chmod chown', forms), op: 'write', opens: at('arg0') },
    { call: inForms('appendFile', forms), op: 'write', note: 'append', opens: at('arg0') },
    // What is read in the file stays the same.
    { call: inForms('utimes lutimes', forms), op: 'read', opens: at('arg0') },
    ...(streams ? streamed : []),
    { call: inForms('mkdir', forms), op: 'create', opens: at('arg0') },
    { call: inForms('unlink rmdir', forms), op: 'wipe', wipes: 'path', opens: at('arg0'), releases: 'arg0' },
    { call: inForms('rm', forms), op: 'wipe', wipes: 'path', opens: at('arg0'), releases: 'arg0' },
    { call: inForms('rename', forms), op: 'write', opens: at('arg1') },
    { call: inForms('rename', forms), op: 'wipe', wipes: 'path', opens: at('arg0') },
    { call: inForms('copyFile cp symlink link', forms), op: 'write', opens: at('arg1') },
    { call: inForms('copyFile cp', forms), op: 'read', opens: at('arg0') },
    { call: streams ? `${reads}|existsSync|createReadStream|exists|openAsBlob` : reads, op: 'read', opens: at('arg0') },
    {
      call: inForms('mkdtemp', forms),
      gives: { varies: 'call', source: 'mkdtemp', prefix: 'arg0' },
      owes: 'rm(dir, { recursive: true, force: true })',
      owesKind: 'temp-directory',
    },
    {
      call: inForms('mkdtempDisposable', forms),
      returns: 'TempDir',
      owes: 'dir.remove()',
      owesKind: 'temp-directory',
    },
    { call: on('TempDir', 'remove [asyncDispose] [dispose]'), releases: 'receiver' },
  ];
};

/** Calls that open a file by flags: without flags, and with `r`, for reading. `gives` is the handle and what it owes. */
export const opensByFlags = (call: string, gives: Pick<CallSpec, 'returns' | 'owes' | 'owesKind'>): readonly CallSpec[] => [
  { call, when: ['!arg1'], op: 'read', opens: at('arg0'), ...gives },
  { call, when: ['arg1=r|rs'], op: 'read', opens: at('arg0'), ...gives },
  { call, otherwise: true, op: 'write', opens: at('arg0'), ...gives },
];

/** What `open` of the promises gives. */
export const fileHandle = { returns: 'FileHandle', owes: 'handle.close()', owesKind: 'handle' } as const;

export const fileHandleCalls: readonly CallSpec[] = [
  { call: on('FileHandle', 'writeFile appendFile write truncate'), op: 'write' },
  { call: 'FileHandle#close|FileHandle#[asyncDispose]', releases: 'receiver' },
];

export const watchCalls: readonly CallSpec[] = [
  { call: 'watch|watchFile', returns: 'Watcher', owes: 'watcher.close()', owesKind: 'handle' },
  { call: 'unwatchFile', releases: 'arg0' },
  { call: 'Watcher#close|Watcher#unref', releases: 'receiver' },
];
