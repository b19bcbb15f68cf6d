/** What happens before the tests of a file run: its modules are loaded with what they import, global set-up runs, and set-up files register hooks. */
import type { Place } from '../model/place.js';
import { returned } from './calls.js';
import { lifted } from './events.js';
import { missingImport } from './missing-imports.js';
import { exportOf, loadedFrom } from './modules.js';
import { place } from './resolver.js';
import { tell, type Spot, type Telling } from './telling.js';
import { eventsOf, moduleEvents } from './walk.js';

/** What an import can lead to that runs: data, styles and components tell nothing. */
const CODE = /\.[cm]?[jt]sx?$/;

/** Loading a module loads what it imports first. */
export function load(t: Telling, file: string, spot: Spot, via: readonly Place[], tells: (path: string) => boolean): void {
  if (t.loaded.has(file) || t.loaded.size > 60) return;
  t.loaded.add(file);
  const facts = t.w.r.index(file)?.facts;
  if (!facts) {
    t.gaps.push({ why: `${file} cannot be read`, at: via[0] ?? { path: file, span: [0, 0] }, hides: true });
    return;
  }
  for (const each of facts.imports) {
    const specifier = loadedFrom(each);
    if (specifier === undefined) continue;
    const at = place(file, each.at);
    const target = t.w.r.sources.resolveImport(file, specifier);
    if ('file' in target) {
      if (!CODE.test(target.file)) continue;
      if (tells(target.file)) load(t, target.file, spot, [...via, at], tells);
      else listening(t, target.file, spot, [...via, at]);
    } else if ('missing' in target) {
      const gap = missingImport(facts, each, specifier);
      if (gap) t.gaps.push(gap);
    }
  }
  let events = moduleEvents(t.w, file);
  for (const call of via.slice().reverse()) events = events.map((event) => lifted(event, call)).filter((event) => event !== undefined);
  tell(t, events, spot);
}

/** `const server = app.listen(3000)` at the top of the product: whoever imports the module binds the port. What stands under a condition may not run. */
function listening(t: Telling, file: string, spot: Spot, via: readonly Place[]): void {
  if (t.loaded.has(file) || spot.holder.role !== 'module' || !t.w.mayAct(file)) return;
  t.loaded.add(file);
  // Which connection stands behind `mongoose` is for those to say whose story is told.
  const standing = [...t.w.ambient];
  const events = moduleEvents(t.w, file);
  t.w.ambient.clear();
  for (const [name, handle] of standing) t.w.ambient.set(name, handle);
  let conditions = 0;
  for (const event of events) {
    if (event.e === 'branch') conditions++;
    else if (event.e === 'end-branch') conditions--;
    else if (conditions === 0 && event.e === 'react' && event.reaction.kind === 'claim' && event.reaction.resource.kind === 'network-port')
      tell(t, [{ ...event, via: [...via, ...event.via] }], spot);
  }
}

/** The default export of a global setup file, and what it returns, run once. */
export function globalSetup(t: Telling, file: string, spot: Spot): void {
  const index = t.w.r.index(file);
  for (const name of ['default', 'module.exports', 'setup', 'teardown', 'globalSetup', 'globalTeardown', 'mochaGlobalSetup', 'mochaGlobalTeardown']) {
    const exported = index?.exports.get(name);
    if (!exported || !('value' in exported)) continue;
    const value = t.w.r.value(exported.value, file, undefined);
    if (value.kind !== 'fn') continue;
    tell(t, eventsOf(t.w, value, [], 1), spot);
    for (const returned of index?.returns.get(value.fn) ?? []) {
      const inner = value.file === file ? t.w.r.value(returned, file, undefined) : undefined;
      if (inner?.kind === 'fn') tell(t, eventsOf(t.w, inner, [], 1), { ...spot, cleanup: true });
    }
  }
}

/** `export const mochaHooks = { beforeEach() { ... } }`: hooks around every test, a list of functions each. */
export function rootHooks(t: Telling, file: string): void {
  const { rootHooks: known } = t.w.r.runner.vocabulary;
  const exported = known ? exportOf(t.w.r, file, known.export, { path: file, span: [0, 0] }) : undefined;
  const hooks = exported?.kind === 'fn' ? returned(t.w.r, exported, [], undefined, { path: file, span: [0, 0] }) : exported;
  if (!known || hooks?.kind !== 'record') return;
  for (const [name, word] of Object.entries(known.members)) {
    const value = hooks.get(name);
    for (const each of value?.kind === 'list' ? value.items : value ? [value] : []) {
      if (each.kind !== 'fn') continue;
      const at = place(each.file, t.w.r.index(each.file)?.facts.functions[each.fn]?.at ?? [0, 0]);
      const id = t.blocks.length;
      t.blocks.push({ role: 'hook', when: word.when ?? 'before', scope: word.scope ?? 'test', modifiers: [], needs: [], at, seenAt: at });
      t.bodies.push({ block: id, fn: each, args: [], fixtures: [] });
    }
  }
}
