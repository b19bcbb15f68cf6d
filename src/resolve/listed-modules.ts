/**
 * What an object holds that is filled with the modules of a folder, as the index of Sequelize's models is:
 * `readdirSync(__dirname).forEach((file) => { const model = require(join(__dirname, file))(sequelize); db[model.name] = model; })`.
 */
import type { Abstract, Frame } from '../model/abstract.js';
import { constantOf, text } from '../model/abstract.js';
import type { FileFacts, Span, Value } from '../model/facts.js';
import { place, type Resolver } from './resolver.js';
import { exists, projectFile } from './documents.js';
import type { FileIndex } from './file-index.js';
import { frameOf } from './frames.js';
import { oneOf } from './text.js';

/** What stands under a name in the object that is made at a place. The file is found by the name: `db.OrderLine` in `order-line.js`. */
export function fromListedFolder(r: Resolver, made: Span, name: string, file: string, frame: Frame | undefined): Abstract | undefined {
  const index = r.index(file);
  if (!index || index.computedWrites.length === 0) return undefined;
  const found: Abstract[] = [];
  for (const write of index.computedWrites) {
    if (write.fn === 0 || !isMadeAt(index, write.of, made)) continue;
    const folder = folderListedFor(index.facts, index, write.fn);
    const path = folder && constantOf(r.value(folder, file, frame));
    if (path === undefined) continue;
    for (const each of fileNames(name)) {
      const module = projectFile(r, `${path}/${each}`, file);
      if (module === undefined || !exists(r, module)) continue;
      const called = frameOf(r, { kind: 'fn', file, fn: write.fn, scope: frame }, [text(each, place(file, write.at))], (frame?.depth ?? 0) + 1);
      const value = r.value(write.value, file, called);
      if (value.kind !== 'unknown') found.push(value);
    }
  }
  return found.length > 0 ? oneOf(found) : undefined;
}

function isMadeAt(index: FileIndex, of: Value, made: Span): boolean {
  const [only, ...others] = of.kind === 'ref' ? (index.writes.get(of.binding) ?? []) : [];
  return only?.value.kind === 'record' && others.length === 0 && only.value.at[0] === made[0];
}

/** The folder whose files a function is called with: `readdirSync(folder).filter(isModel).forEach(fn)`. */
function folderListedFor({ calls }: FileFacts, index: FileIndex, fn: number): Value | undefined {
  const call = calls.find(({ args }) => args[0]?.value.kind === 'fn' && args[0].value.fn === fn);
  if (call?.callee.kind !== 'member' || call.callee.key !== 'forEach') return undefined;
  let list: Value = call.callee.of;
  for (let steps = 0; steps < 6; steps++) {
    if (list.kind === 'ref') {
      const [only, ...others]: readonly { readonly value: Value }[] = index.writes.get(list.binding) ?? [];
      if (!only || others.length > 0) return undefined;
      list = only.value;
    }
    if (list.kind !== 'result') return undefined;
    const { callee, args }: FileFacts['calls'][number] = calls[list.call]!;
    if (isListing(index, callee)) return args[0]?.value;
    if (callee.kind !== 'member') return undefined;
    list = callee.of;
  }
  return undefined;
}

const isListing = (index: FileIndex, callee: Value): boolean =>
  callee.kind === 'member' ? callee.key === 'readdirSync' : callee.kind === 'ref' && index.imports.get(callee.binding)?.name === 'readdirSync';

/** `OrderLine`: `OrderLine.js`, `orderLine.js`, `order-line.ts`, `orderline.model.js`, `order_lines.js`. */
function fileNames(name: string): string[] {
  const words = name.replace(/([a-z\d])(?=[A-Z])/g, '$1 ').split(/[\s_-]+/);
  const forms = [name, name.charAt(0).toLowerCase() + name.slice(1), words.join(''), words.join('-'), words.join('_')];
  const bare = new Set([...forms, ...forms.map((each) => each.toLowerCase())]);
  return [...bare].flatMap((each) => [each, `${each}s`, `${each}.model`]).flatMap((each) => [`${each}.js`, `${each}.ts`]);
}
