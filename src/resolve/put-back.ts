import type { Abstract, Frame } from '../model/abstract.js';
import { constantOf } from '../model/abstract.js';
import type { Target } from '../model/facts.js';
import { settingOf } from './cells.js';
import { isMapped } from './configuration.js';
import { property } from './evaluate.js';
import { place, type Resolver } from './resolver.js';

/**
 * Whether a constant written to a property is known not to be what stands there by itself: the product sets it to another one, or it is
 * a setting that the environment can give. Objects of the tests' own have whatever start their tests give them.
 */
export function writesOther(
  r: Resolver,
  to: Extract<Target, { kind: 'member' }>,
  written: Abstract,
  file: string,
  frame: Frame | undefined,
  isTestSide: (path: string) => boolean,
): boolean {
  const { key, of } = to;
  if (typeof key !== 'string') return false;
  const holder = r.value(of, file, frame);
  if (holder.kind !== 'record') return false;
  const at = place(file, to.at);
  const setting = settingOf(r, of, key, file, frame);
  if (setting?.package === 'config' ? isMapped(r, setting.keys, at) : setting === undefined && isTestSide(holder.at.path)) return setting !== undefined;
  const [stands, now] = [text(property(r, holder, key, at)), text(written)];
  return stands !== undefined && now !== undefined && stands !== now;
}

const text = (value: Abstract | undefined): string | undefined =>
  value?.kind === 'const' ? String(value.value) : value?.kind === 'text' ? constantOf(value) : undefined;
