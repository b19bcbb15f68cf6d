import type { Abstract, FunctionValue } from '../model/abstract.js';
import { placeKey } from '../model/place.js';
import type { CallId, Value } from '../model/facts.js';
import { place, type Resolver } from './resolver.js';

/** What a NestJS container runs when an application of some modules starts. */
export interface Assembly {
  /** `TypeOrmModule.forRoot(...)` in a list of imports. */
  readonly calls: readonly { readonly file: string; readonly call: CallId }[];
  /** `useFactory` functions. */
  readonly factories: readonly FunctionValue[];
  /** Classes of which the container makes an instance. */
  readonly providers: readonly FunctionValue[];
}

/** Modules and providers below the options of a testing module or below a root module, each once. */
export function assembled(r: Resolver, root: Abstract): Assembly {
  const calls: { file: string; call: CallId }[] = [];
  const factories: FunctionValue[] = [];
  const providers: FunctionValue[] = [];
  const seen = new Set<string>();
  const queue: Abstract[] = [root];
  for (let next = 0; next < queue.length && next < 400; next++) {
    const each = queue[next]!;
    if (each.kind === 'record') {
      const key = placeKey(each.at);
      if (seen.has(key)) continue;
      seen.add(key);
      const own = each.get('module');
      if (own) queue.push(own);
      for (const imported of itemsOf(each.get('imports'))) queue.push(imported);
      for (const provider of itemsOf(each.get('providers'))) {
        const made = provider.kind === 'record' ? (provider.get('useFactory') ?? provider.get('useClass')) : provider;
        if (made?.kind !== 'fn' || seen.has(`${made.file}#${made.fn}`)) continue;
        seen.add(`${made.file}#${made.fn}`);
        if (r.index(made.file)?.facts.functions[made.fn]?.kind === 'class') providers.push(made);
        else factories.push(made);
      }
    } else if (each.kind === 'fn') {
      const facts = r.index(each.file)?.facts;
      const fn = facts?.functions[each.fn];
      const key = `${each.file}#${each.fn}`;
      if (!facts || fn?.kind !== 'class' || seen.has(key)) continue;
      seen.add(key);
      for (const decorator of fn.decorators) {
        const options = decorator.kind === 'result' ? facts.calls[decorator.call]?.args[0]?.value : undefined;
        if (options?.kind !== 'record') continue;
        calls.push(...importCalls(options, each.file));
        queue.push(r.value(options, each.file, undefined));
      }
    }
  }
  return { calls, factories, providers };
}

const itemsOf = (value: Abstract | undefined): readonly Abstract[] =>
  value?.kind === 'list' ? value.items.flatMap((each) => (each.kind === 'list' ? each.items : [each])) : [];

function importCalls(options: Extract<Value, { kind: 'record' }>, file: string): { file: string; call: CallId }[] {
  return options.entries.flatMap((entry) =>
    'spread' in entry || entry.key !== 'imports' || entry.value.kind !== 'list'
      ? []
      : entry.value.items.flatMap((item) => (item.kind === 'result' ? [{ file, call: item.call }] : [])),
  );
}

/** Where the container makes an instance of a class: at the class itself. */
export const instanceOf = (r: Resolver, provider: FunctionValue): Extract<Abstract, { kind: 'instance' }> => ({
  kind: 'instance',
  file: provider.file,
  fn: provider.fn,
  scope: provider.scope,
  args: [],
  at: place(provider.file, r.index(provider.file)?.facts.functions[provider.fn]?.at ?? [0, 0]),
});
